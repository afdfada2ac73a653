"""The programme in people's calendars: which dates, how they change, and that nobody is asked twice for nothing."""

from datetime import timedelta
from urllib.parse import urlsplit

import icalendar
import pytest
from werkzeug.http import http_date

from booking.bookings import calling_off
from booking.catalogue import service as catalogue
from booking.db import unit_of_work
from booking.houses.facts import LANGUAGES
from tests.builders import TEXTS, a_booking, an_occurrence, an_offering, house_id
from tests.hours import a_consultation, a_taken_slot, an_expert, at
from tests.visitors import Visitor
from tests.web.ways import LIBRARY, path, post

FEED, NEWS = "/de/programm.ics", "/de/programm.atom"
BOTH = pytest.mark.parametrize("address", [FEED, NEWS])
TALK = {"de": TEXTS["de"] | {"title": "Vortrag"}, "en": TEXTS["en"] | {"title": "Talk"}}


def fetch(visitor, address=FEED, *, status=200, **headers):
    answer = visitor.client.get(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    assert answer.status_code == status
    return answer


def events(visitor, address=FEED):
    return icalendar.Calendar.from_ical(fetch(visitor, address).data).walk("VEVENT")


def titles(visitor, address=FEED):
    return [str(event["SUMMARY"]) for event in events(visitor, address)]


def cancel(occurrence_id, clock, reason="Der Strom ist ausgefallen."):
    deed = lambda: calling_off.cancel_occurrence(  # noqa: E731
        occurrence_id, reasons={"de": reason}, actor="staff:1", now=clock()
    )
    unit_of_work(deed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_tells_every_date_with_its_page_and_place(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)

    (event,) = events(visitor, path(app, "calendar_feed", language))

    assert str(event["SUMMARY"]) == TEXTS["de" if language == "ls" else language]["title"]
    assert str(event["URL"]) == "http://localhost" + path(
        app, "occurrence", language, occurrence_id=occurrence_id
    )
    assert visitor.get(urlsplit(str(event["URL"])).path).status == 200
    assert event["DTSTART"].dt == clock() + timedelta(days=1)
    assert "Magazingasse 3, 04109 Leipzig" in str(event["LOCATION"])
    assert event["GEO"].latitude == 51.3397


def test_one_date_has_one_uid_in_all_languages_and_none_of_a_booker(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    (invitation,) = [
        icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
        for part in post(app)[0].walk()
        if part.get_content_type() == "text/calendar"
    ]

    uids = {
        str(event["UID"])
        for language in LANGUAGES
        for event in events(visitor, path(app, "calendar_feed", language))
    }

    assert len(uids) == 1
    assert str(invitation["UID"]) not in uids
    assert not any("@" in uid for uid in uids)


FILTERS = {
    "kind=talk": ["Vortrag"],
    "kind=talk&kind=tour": ["Rundgang", "Vortrag"],
    "offering=talk": ["Vortrag"],
    "audience=seniors": ["Vortrag"],
    "topic=ai": ["Vortrag"],
    "language=en": ["Vortrag"],
    "part=evening": ["Vortrag"],
    "weekday=3": ["Vortrag"],
    "access=step_free": ["Rundgang"],
    "q=vortrag": ["Vortrag"],
    "kind=tour&audience=seniors": [],
    "utm_source=newsletter": ["Rundgang", "Vortrag"],
}


@pytest.fixture
def tour_and_talk(app, clock):
    an_occurrence(clock, offering_id=an_offering(key="tour"))
    topic = unit_of_work(lambda: catalogue.enter_topic("ai", {"de": "KI", "en": "AI"}, house_id=house_id()))
    talk = an_offering(
        key="talk", kind="talk", texts=TALK, audiences=("seniors",), topic_ids=(topic,), is_step_free=False
    )
    an_occurrence(clock, offering_id=talk, starts_at=at("2027-01-13 18:00"), language="en")


@pytest.mark.parametrize("query", FILTERS)
def test_a_calendar_takes_the_filters_of_the_programme(visitor, tour_and_talk, query):
    assert titles(visitor, f"{FEED}?{query}") == FILTERS[query]


@BOTH
@pytest.mark.parametrize(
    "query", ["kind=party", "offering=none", "topic=none", "audience=cats", "weekday=9", "kind=tour&kind=x"]
)
def test_a_feed_of_what_nobody_knows_is_not_found_rather_than_full_of_something_else(
    visitor, tour_and_talk, address, query
):
    assert visitor.get(f"{address}?{query}").status == 404


def test_a_calendar_names_what_it_tells(visitor, tour_and_talk):
    calendar = icalendar.Calendar.from_ical(fetch(visitor, f"{FEED}?topic=ai&kind=talk").data)

    assert str(calendar["NAME"]) == "Smart City Lab Leipzig – Vortrag – KI"
    assert str(calendar["SOURCE"]) == "http://localhost/de/programm.ics?kind=talk&topic=ai"


def test_a_cancelled_date_is_told_for_thirty_days_as_cancelled(visitor, clock):
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(days=60))
    (before,) = events(visitor)
    clock.forward(hours=1)
    cancel(occurrence_id, clock)

    (after,) = events(visitor)

    assert str(after["UID"]) == str(before["UID"])
    assert (str(after["STATUS"]), int(after["SEQUENCE"])) == ("CANCELLED", int(before["SEQUENCE"]) + 1)
    assert after["DTSTAMP"].dt == clock() > before["DTSTAMP"].dt
    assert "Der Strom ist ausgefallen." in str(after["DESCRIPTION"])
    clock.forward(hours=24 * 30)
    assert len(events(visitor)) == 1
    clock.forward(hours=24)
    assert events(visitor) == []


def test_dates_of_three_months_past_stay(visitor, clock):
    an_occurrence(clock)
    clock.forward(hours=24 * 92)
    assert len(events(visitor)) == 1
    clock.forward(hours=24 * 3)
    assert events(visitor) == []


def test_free_times_and_what_somebody_booked_of_them_stand_in_no_feed(app, visitor, clock):
    offering_id = a_consultation(key="ki", media=("on_site", "video"))
    mira = an_expert(offering_id, "wed 15:00-19:00", key="mira")
    a_taken_slot(offering_id, (mira,), at("2027-01-13 17:30"), at("2027-01-13 18:00"))

    for address in (FEED, f"{FEED}?offering=ki", NEWS):
        body = fetch(visitor, address).get_data(as_text=True)
        assert "BEGIN:VEVENT" not in body
        assert "<entry" not in body
        assert "video.leipzig.example" not in body


@BOTH
def test_a_feed_stays_the_same_to_the_byte_while_people_book_and_time_goes_by(visitor, clock, address):
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(days=3))
    before = fetch(visitor, address)

    a_booking(occurrence_id, clock)
    clock.forward(hours=20)

    after = fetch(visitor, address)
    assert after.data == before.data
    assert after.headers["ETag"] == before.headers["ETag"]


@BOTH
def test_a_feed_is_asked_for_again_by_tag_or_by_time(visitor, clock, address):
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(days=3))
    first = fetch(visitor, address)
    assert first.headers["Cache-Control"] == "private, max-age=900"
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    assert not etag.startswith("W/")
    assert "Set-Cookie" not in first.headers

    for known in ({"If_None_Match": etag}, {"If_Modified_Since": changed}):
        assert fetch(visitor, address, status=304, **known).data == b""
        assert (
            visitor.client.head(
                address, headers={name.replace("_", "-"): value for name, value in known.items()}
            ).status_code
            == 304
        )
    head = visitor.client.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", etag)

    clock.forward(hours=1)
    cancel(occurrence_id, clock)
    for known in ({"If_None_Match": etag}, {"If_Modified_Since": changed}):
        fetch(visitor, address, status=200, **known)


@BOTH
def test_what_a_feed_lets_go_of_at_midnight_counts_as_a_change(visitor, clock, address):
    an_occurrence(clock)
    seen = http_date(clock())

    clock.forward(hours=24)

    fetch(visitor, address, status=200, If_Modified_Since=seen)
    fetch(visitor, address, status=304, If_Modified_Since=http_date(clock()))


def test_each_house_tells_its_own_dates(app, visitor, clock):
    an_occurrence(clock)

    assert events(visitor) != []
    theirs = Visitor(app, host=LIBRARY).client.get(FEED, base_url=f"http://{LIBRARY}")
    assert b"BEGIN:VEVENT" not in theirs.data
    assert b"SOURCE;VALUE=URI:http://" + LIBRARY.encode() in theirs.data.replace(b"\r\n ", b"")
