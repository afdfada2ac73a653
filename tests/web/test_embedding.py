"""The list in a frame of another site: who may frame it, what it shows, and that it only links out."""

from datetime import timedelta

import pytest

from booking.houses.facts import LANGUAGES
from tests.builders import TEXTS, an_occurrence, an_offering
from tests.hours import at
from tests.visitors import Visitor
from tests.web.every_address import Places, filled
from tests.web.ways import LIBRARY, path, said

LEIPZIG = "https://www.leipzig.example"
TALK = {"de": TEXTS["de"] | {"title": "Vortrag"}, "en": TEXTS["en"] | {"title": "Talk"}}


def embed(visitor, query="", language="de"):
    return visitor.get(path(visitor.app, "embed", language) + query)


def titles(page):
    return [link for link in ("".join(one.itertext()) for one in page.all("a")) if "Uhr" in link]


def frames(response):
    policy = response.headers["Content-Security-Policy"]
    (found,) = [part for part in policy.split("; ") if part.startswith("frame-ancestors")]
    return found.removeprefix("frame-ancestors "), response.headers.get("X-Frame-Options")


@pytest.fixture
def tour_and_talk(app, clock):
    for day in (1, 2, 3):
        an_occurrence(
            clock, offering_id=_tour() if day == 1 else None, starts_at=clock() + timedelta(days=day)
        )
    talk = an_offering(key="talk", kind="talk", texts=TALK, audiences=("seniors",))
    an_occurrence(clock, offering_id=talk, starts_at=at("2027-01-13 18:00"))


def _tour():
    return an_offering(key="tour")


def test_only_the_sites_of_the_houses_file_may_frame_the_list(app, visitor, tour_and_talk):
    assert frames(embed(visitor).response) == (LEIPZIG, None)
    theirs = Visitor(app, host=LIBRARY)
    assert frames(embed(theirs).response) == ("https://www.stadtbibliothek.example", None)


def test_the_list_may_be_framed_from_memory_and_unchanged_too(visitor, tour_and_talk):
    address = path(visitor.app, "embed")
    first = visitor.client.get(address)

    again = visitor.client.get(address)
    unchanged = visitor.client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert unchanged.status_code == 304
    assert frames(again) == frames(unchanged) == frames(first) == (LEIPZIG, None)


def test_no_other_page_may_be_framed(visitor, clock):
    places, checked = Places(visitor, clock), 0
    for rule, address in filled(places):
        if rule.endpoint in ("public.embed", "system.picture"):
            continue
        answer = visitor.client.get(address)
        assert frames(answer) == ("'none'", "DENY"), address
        checked += 1
    assert checked > 100


def test_an_error_in_the_frame_is_not_framed(visitor):
    assert frames(visitor.get("/de/einbetten/nirgends").response) == ("'none'", "DENY")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_opens_the_whole_window_and_there_is_nothing_to_send(visitor, tour_and_talk, language):
    page = embed(visitor, language=language)

    assert len(page.all("a")) == 5
    assert {one.get("target") for one in page.all("a")} == {"_top"}
    assert page.all("form") == page.all("script") == page.all("nav") == []
    assert "Set-Cookie" not in page.response.headers
    assert visitor.get(page.links()[0]).status == 200


QUERIES = {
    "?kind=talk": 1,
    "?kind=tour": 3,
    "?offering=tour": 1,
    "?audience=seniors": 1,
    "?number=2": 2,
    "?number=0": 1,
    "?number=x": 4,
    "?number=99999": 4,
    "?number=٣": 4,
    "?weekday=3": 2,
    "?kind=tour&audience=seniors": 0,
}


@pytest.mark.parametrize("query", QUERIES)
def test_the_address_says_what_is_listed(visitor, tour_and_talk, query):
    assert len(titles(embed(visitor, query))) == QUERIES[query]


def test_what_the_address_names_and_nobody_knows_is_passed_over_with_a_note(visitor, tour_and_talk):
    page = embed(visitor, "?offering=nothing")

    assert len(titles(page)) == 4
    assert said("There is no such offering here. All are shown.", "de") in page.text


def test_an_empty_list_leads_on(visitor, clock):
    page = embed(visitor)

    assert said("There are no such dates at the moment.", "de") in page.text
    assert page.links() == [path(visitor.app, "programme")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_has_what_is_to_be_copied(visitor, tour_and_talk, language):
    page = visitor.get(path(visitor.app, "embed_guide", language))

    (snippet,) = ["".join(one.itertext()) for one in page.all("pre")]
    assert f'<iframe src="http://localhost{path(visitor.app, "embed", language)}?number=6"' in snippet
    assert LEIPZIG in page.text
    terms = {"".join(one.itertext()) for one in page.all("dt")}
    assert {"tour", "talk", "seniors"} <= terms
