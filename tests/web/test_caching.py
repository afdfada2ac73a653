"""Caches: an unchanged page is not sent again, a changed one is; what is personal is never kept."""

from datetime import timedelta

import pytest

from tests.builders import an_occurrence, an_offering
from tests.web.ways import a_secret, book, path

PAGES = ["/de/", "/en/programme", "/de/angebote/tour", "/en/dates/1", "/de/impressum", "/de/geloescht"]


@pytest.fixture
def occurrence_id(app, clock):
    return an_occurrence(clock, offering_id=an_offering(key="tour", seats=6, party_max=6), seats=6)


def tag(visitor, address):
    answer = visitor.client.get(address)
    assert answer.headers["Cache-Control"] == "no-cache"
    return answer.headers["ETag"]


@pytest.mark.parametrize("address", PAGES)
def test_an_unchanged_page_is_not_sent_again(visitor, occurrence_id, address):
    etag = tag(visitor, address)

    for condition in (etag, f'"x", {etag}', "*", f"W/{etag}"):
        for method in ("GET", "HEAD"):
            answer = visitor.client.open(address, method=method, headers={"If-None-Match": condition})
            assert (answer.status_code, answer.data) == (304, b""), condition
            assert answer.headers["ETag"] == etag
    assert visitor.client.get(address, headers={"If-None-Match": '"x"'}).status_code == 200


def test_languages_and_filters_have_tags_of_their_own(visitor, occurrence_id):
    addresses = ["/de/programm", "/en/programme", "/de/programm?kind=tour", "/de/programm?from=2027-01-12"]

    assert len({tag(visitor, address) for address in addresses}) == len(addresses)


@pytest.mark.parametrize("address", ["/de/", "/en/programme", "/de/angebote/tour", "/en/dates/1"])
def test_a_page_is_sent_again_once_places_are_taken_and_once_they_come_back(
    app, visitor, occurrence_id, address
):
    before = tag(visitor, address)
    secret = book(visitor, occurrence_id).response.request.path.split("/")[3]
    taken = tag(visitor, address)
    assert taken != before
    assert visitor.client.get(address, headers={"If-None-Match": before}).status_code == 200

    visitor.post(path(app, "cancel", secret=secret), visitor.get(path(app, "cancel", secret=secret)).fields())

    assert tag(visitor, address) == before


def test_a_page_is_sent_again_once_a_date_has_begun(visitor, clock):
    offering_id = an_offering(key="tour")
    for days in (1, 2):
        an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=days))
    before = tag(visitor, "/de/angebote/tour")

    clock.forward(hours=24)

    assert visitor.client.get("/de/angebote/tour", headers={"If-None-Match": before}).status_code == 200


def test_pages_that_are_gone_or_personal_have_no_tag(app, visitor, clock, occurrence_id):
    secret = a_secret(visitor, occurrence_id)
    clock.forward(hours=25)

    for address in ("/de/termine/1", path(app, "manage", secret=secret), "/de/meine-buchungen", "/nothing"):
        answer = visitor.client.get(address, headers={"If-None-Match": "*"})
        assert answer.status_code in (200, 404, 410)
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "ETag" not in answer.headers


def test_static_files_are_named_with_a_hash_of_their_content_and_exist(visitor, occurrence_id):
    page = visitor.get("/de/")
    loaded = [one for one in page.all("link") if one.get("rel") not in ("canonical", "alternate")]
    loaded += [one for one in page.all("script") if one.get("type") == "module"]
    files = {one.get("src") or one.get("href") for one in loaded}

    assert len(files) >= 5
    for address in files:
        assert visitor.client.get(address).status_code == 200, address
