"""What pages tell machines: their address and languages, what they are about, and nothing of anybody."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from booking.bookings import calling_off
from booking.db import unit_of_work
from booking.houses.facts import LANGUAGES
from tests.builders import TEXTS, a_booking, a_room, a_topic, an_occurrence, an_offering
from tests.hours import a_consultation, an_expert
from tests.web.every_address import Places, filled
from tests.web.heads import data, is_hidden, linked, metas
from tests.web.ways import path

BASE = "http://localhost"


@pytest.fixture
def places(visitor, clock):
    return Places(visitor, clock)


def test_every_page_that_may_be_found_tells_its_address_what_it_is_about_and_its_languages(visitor, places):
    told = 0
    for rule, address in filled(places):
        page = visitor.get(address) if rule.endpoint.startswith("public.") else None
        if page is None or page.response.mimetype != "text/html" or is_hidden(page) or metas(page, "robots"):
            continue
        told += 1
        (canonical,), (description,) = linked(page, "canonical"), metas(page, "description")
        assert canonical.get("href") == BASE + page.response.request.path
        assert metas(page, "og:url") == [canonical.get("href")]
        assert 10 < len(description) <= 163
        assert metas(page, "og:description") == [description]
        assert metas(page, "og:title") == [" ".join("".join(page.all("h1")[0].itertext()).split())], address
        hreflangs = {one.get("hreflang"): one.get("href") for one in linked(page) if one.get("hreflang")}
        if page.response.request.path.startswith("/ls/"):
            assert hreflangs == {}
            continue
        assert set(hreflangs) == {"de", "en", "x-default"}
        for tag in ("de", "en"):
            other = visitor.get(urlsplit(hreflangs[tag]).path)
            back = {one.get("hreflang"): one.get("href") for one in linked(other) if one.get("hreflang")}
            assert back == hreflangs, address
    assert told > 20


def test_pages_of_one_person_tell_machines_only_that_they_are_not_to_be_found(app, visitor, places):
    checked = 0
    for rule, address in filled(places):
        if "secret" not in rule.arguments:
            continue
        page = visitor.get(address)
        if page.response.mimetype != "text/html":
            continue
        checked += 1
        assert is_hidden(page), address
        assert linked(page, "canonical") == linked(page) == []
        assert data(page) == {}
        assert not [one for one in page.all("meta") if (one.get("property") or "").startswith("og:")]
    assert checked > 10


def test_forms_of_a_date_and_pages_of_errors_are_not_to_be_found(app, visitor, clock):
    occurrence_id = an_occurrence(clock)

    for address in (
        path(app, "book", occurrence_id=occurrence_id),
        "/de/termine/999",
        "/de/nirgends",
        "/fr/",
    ):
        page = visitor.get(address)
        assert is_hidden(page), address
        assert linked(page, "canonical") == []


def test_the_address_is_that_of_the_configuration_without_the_query(app, visitor, clock):
    page = visitor.get("/en/programme?kind=tour&utm_source=x", headers={"X-Forwarded-Host": "evil.example"})

    assert linked(page, "canonical")[0].get("href") == f"{BASE}/en/programme"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_tells_all_that_search_engines_ask_of_an_event(app, visitor, clock, language):
    room = a_room(names={"de": "Foyer", "en": "Foyer"})
    occurrence_id = an_occurrence(clock, place_id=room, seats=5)
    a_booking(occurrence_id, clock)
    address = path(app, "occurrence", language, occurrence_id=occurrence_id)

    page = visitor.get(address)
    event = data(page)["Event"]

    assert "amina" not in page.response.get_data(as_text=True).lower()
    assert event["name"] == TEXTS["de" if language == "ls" else language]["title"]
    assert event["url"] == BASE + address
    assert event["startDate"] == "2027-01-12T10:00:00+01:00"
    assert datetime.fromisoformat(event["endDate"]) == clock() + timedelta(hours=25)
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["isAccessibleForFree"] is True
    assert event["inLanguage"] == "de"
    assert (event["maximumAttendeeCapacity"], event["remainingAttendeeCapacity"]) == (5, 2)
    assert event["location"]["name"] == "Smart City Lab Leipzig, Foyer"
    assert event["location"]["address"]["streetAddress"] == "Magazingasse 3"
    assert event["location"]["geo"]["latitude"] == 51.3397
    assert event["organizer"]["@id"] == f"{BASE}/#house"
    offer = event["offers"]
    assert (offer["price"], offer["priceCurrency"], offer["url"]) == ("0", "EUR", BASE + address)
    assert offer["availability"] == "https://schema.org/LimitedAvailability"


def test_a_date_elsewhere_tells_where(visitor, app, clock):
    meeting_point = a_room(
        kind="meeting_point",
        names={"de": "Am Brunnen"},
        address="Markt 1, 04109 Leipzig",
        latitude=51.34,
        longitude=12.37,
    )
    occurrence_id = an_occurrence(clock, place_id=meeting_point)

    place = data(visitor.get(path(app, "occurrence", occurrence_id=occurrence_id)))["Event"]["location"]

    assert (place["name"], place["address"]) == ("Am Brunnen", "Markt 1, 04109 Leipzig")
    assert place["geo"]["latitude"] == 51.34


def test_a_cancelled_date_says_so(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    unit_of_work(
        lambda: calling_off.cancel_occurrence(
            occurrence_id, reasons={"de": "Krank"}, actor="staff:1", now=clock()
        )
    )

    event = data(visitor.get(path(app, "occurrence", occurrence_id=occurrence_id)))["Event"]

    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert "offers" not in event


NASTY = "</script><script>alert(1)</script><!-- & \u2028 ' \" ]]>"


def test_no_text_of_people_can_end_the_data(app, visitor, clock):
    texts = {"de": {"title": "T" + NASTY, "summary": "S" + NASTY, "description": "D" + NASTY}}
    offering_id = an_offering(key="nasty", texts=texts)
    occurrence_id = an_occurrence(clock, offering_id=offering_id)

    page = visitor.get(path(app, "occurrence", occurrence_id=occurrence_id))

    assert data(page)["Event"]["name"] == "T" + NASTY
    assert "<script>alert" not in page.response.get_data(as_text=True)
    assert metas(page, "og:title")[0].startswith("T" + NASTY.partition("\u2028")[0].rstrip())


def test_the_house_tells_where_it_is_and_when_it_is_open(app, visitor):
    for name in ("start", "visit"):
        house = data(visitor.get(path(app, name)))["GovernmentOffice"]
        assert house["address"]["postalCode"] == "04109"
        assert house["telephone"] == "+49 341 1230000"
        first = house["openingHoursSpecification"][0]
        assert (len(first["dayOfWeek"]), first["opens"], first["closes"]) == (3, "10:00", "18:00")


def test_lists_name_their_dates_and_consultations_their_times(app, visitor, clock):
    tour, ki = an_offering(key="tour"), a_consultation(key="ki")
    an_expert(ki, "wed 15:00-19:00", key="mira")
    for day in (1, 2):
        an_occurrence(clock, offering_id=tour, starts_at=clock() + timedelta(days=day))

    for address in (path(app, "programme"), path(app, "offering", key="tour")):
        items = data(visitor.get(address))["ItemList"]
        assert items["numberOfItems"] == 2
        assert [one["position"] for one in items["itemListElement"]] == [1, 2]
        assert visitor.get(urlsplit(items["itemListElement"][0]["url"]).path).status == 200
    service = data(visitor.get(path(app, "offering", key="ki")))["Service"]
    assert service["offers"]["url"] == BASE + path(app, "times", key="ki")


def test_pages_name_the_feed_of_what_they_show(app, visitor, clock):
    an_occurrence(clock, offering_id=an_offering(key="tour"))
    feeds = {
        "/de/programm?kind=tour&people=3&view=week": "kind=tour",
        "/de/angebote/tour": "offering=tour",
        "/de/impressum": "",
    }

    for address, query in feeds.items():
        found = {one.get("type"): one.get("href") for one in linked(visitor.get(address)) if one.get("type")}
        assert set(found) == {"text/calendar", "application/atom+xml"}
        for href in found.values():
            assert urlsplit(href).query == query
            assert visitor.client.get(href).status_code == 200


def test_lists_of_dates_lead_people_to_their_feed(app, visitor, clock):
    an_occurrence(clock, offering_id=an_offering(key="tour", topic_ids=[a_topic(key="ai")]))
    feeds = {
        path(app, "programme") + "?kind=tour": "kind=tour",
        path(app, "offering", key="tour"): "offering=tour",
        path(app, "topic", key="ai"): "topic=ai",
    }

    for address, query in feeds.items():
        page = visitor.get(address)
        assert path(app, "calendar_feed") + f"?{query}" in page.links(), address
        assert path(app, "subscribe") in page.links()


def test_a_picture_to_share_stands_in_the_head_with_its_size(app, visitor):
    page = visitor.get("/de/")

    (image,) = metas(page, "og:image")
    answer = visitor.client.get(image.removeprefix(BASE))
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data.startswith(b"\x89PNG")
    width, height = (int.from_bytes(answer.data[at : at + 4], "big") for at in (16, 20))
    assert [str(width), str(height)] == [*metas(page, "og:image:width"), *metas(page, "og:image:height")]
    assert metas(page, "og:image:alt")[0]
