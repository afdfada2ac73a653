"""Days without a free time: named with what closes them, with the nearest free day, and with the next page."""

import pytest

from booking.db import unit_of_work
from booking.schedule import service
from booking.schedule.hours import Of
from tests.builders import house_id
from tests.hours import a_consultation, an_expert, at, away
from tests.web.slots import asked, days, starts, with_class, words
from tests.web.ways import path

TEXTS = {
    "de": {"title": "Sprechstunde KI", "summary": "Fragen Sie.", "description": "Alles über KI."},
    "en": {"title": "Consultation AI", "summary": "Ask us.", "description": "All about AI."},
}


@pytest.fixture
def offering_id(app):
    """Half-hours on Wednesdays from three to seven, in the house or by video, by Mira (de, en)."""
    return a_consultation(key="ki", media=("on_site", "video"), texts=TEXTS)


@pytest.fixture
def mira(offering_id):
    return an_expert(offering_id, "wed 15:00-19:00", key="mira", languages=("de", "en"))


def times(visitor, spoken="en", **filters):
    return visitor.get(path(visitor.app, "times", spoken, key="ki"), query_string=filters)


def test_pages_go_on_until_the_horizon_and_keep_the_filters(visitor, app):
    offering_id = a_consultation(key="ki", horizon_days=20, texts=TEXTS)
    an_expert(offering_id, "wed 15:00-16:00")
    first = times(visitor, part="afternoon")
    (later,) = {link.get("href") for link in first.all("a") if link.get("rel") == "next"}

    second = visitor.get(later)

    assert asked(later) == {"medium": "on_site", "part": "afternoon", "from": "2027-01-25"}
    assert starts(second) == ["2027-01-27T14:00Z", "2027-01-27T14:30Z"]
    assert [link.get("rel") for link in second.all("a") if link.get("rel")] == ["prev"]
    assert (
        days(second)[-1].said.startswith("This cannot be booked yet.") or "No times" in days(second)[-1].said
    )


def test_an_empty_page_leads_to_the_next_free_time(visitor, offering_id, mira):
    away(at("2027-01-01 00:00").date(), at("2027-02-09 00:00").date(), of=Of(host_id=mira))

    page = times(visitor)

    (empty,) = with_class(page.tree, "empty")
    assert "Wednesday, 10 February 2027, 15:00, Consultation AI" in words(empty)
    assert "The nearest free day is Wednesday, 10 February 2027." in days(page)[0].said


def test_where_nothing_is_free_at_all_the_phone_number_stands(visitor, offering_id):
    empty = with_class(times(visitor).tree, "empty")[0]

    assert "+49 341 1230000" in words(empty)
    assert "look at the other consultations" in words(empty)


def test_school_holidays_are_named_beside_their_days(visitor, mira):
    february = times(visitor, **{"from": "2027-02-08"})
    text = words(next(one for one in february.all("section") if "10 February" in words(one)))

    assert "School holidays: Winterferien" in text
    assert "School holidays" not in times(visitor).text


def test_state_holidays_are_named(visitor, clock, offering_id):
    an_expert(offering_id, "daily 10:00-11:00")
    clock.forward(days=70)  # to 22 March

    easter = days(times(visitor))
    assert [day.said[:34] for day in easter if not day.times] == [
        "The house is closed: Good Friday. ",
        "The house is closed: Easter Monday",
    ]


def test_a_closure_is_named_with_the_nearest_free_day(visitor, offering_id):
    an_expert(offering_id, "daily 10:00-11:00")
    house, friday = house_id(), at("2027-01-15 00:00").date()
    unit_of_work(lambda: service.close(house, friday, friday, reasons={"de": "Umbau", "en": "Rebuilding"}))

    (closed,) = [day for day in days(times(visitor)) if not day.times]

    assert closed.heading == "Friday, 15 January 2027"
    assert closed.said.startswith(
        "The house is closed: Rebuilding. The nearest free day is Saturday, 16 January 2027."
    )
