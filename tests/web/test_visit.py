"""The visit page and what the start page says of today: hours, holidays and closures, from data."""

from datetime import date, timedelta

import pytest

from booking.db import unit_of_work
from booking.schedule import hours, service
from tests.builders import house_id
from tests.hours import at
from tests.visitors import Visitor

WEDNESDAY = date(2027, 1, 13)


def close(first, last=None, **reasons):
    house = house_id()
    unit_of_work(lambda: service.close(house, first, last or first, reasons=reasons or {"de": "Umbau"}))


@pytest.mark.parametrize(
    ("when", "german", "english"),
    [
        (
            "2027-01-11 10:00",
            "Wieder geöffnet: Dienstag, 12. Januar 2027, 10:00 Uhr",
            "12 January 2027, 10:00",
        ),
        ("2027-01-12 09:59", "Heute ab 10:00 Uhr geöffnet.", "Opens today at 10:00."),
        ("2027-01-12 10:00", "Heute geöffnet bis 18:00 Uhr.", "Open today until 18:00."),
        ("2027-01-12 17:59", "Heute geöffnet bis 18:00 Uhr.", "Open today until 18:00."),
        ("2027-01-12 18:00", "Zurzeit geschlossen.", "Closed now."),
        ("2027-02-06 12:00", "Heute geöffnet bis 16:00 Uhr.", "Open today until 16:00."),
        ("2027-03-26 12:00", "Heute geschlossen: Karfreitag.", "Closed today: Good Friday."),
    ],
)
def test_the_house_says_whether_it_is_open_now(visitor, clock, when, german, english):
    clock.forward(seconds=(at(when) - clock()).total_seconds())

    for page in ("/de/", "/de/besuch"):
        assert german in visitor.get(page).text
    assert english in visitor.get("/en/visit").text


def test_a_closure_between_two_instants_ends_the_day_early(visitor, clock):
    clock.forward(seconds=(at("2027-01-12 12:00") - clock()).total_seconds())
    house, until = house_id(), at("2027-01-12 20:00")
    unit_of_work(
        lambda: hours.close_between(
            at("2027-01-12 15:00"), until, house_id=house, reasons={"de": "Fest"}, now=clock()
        )
    )

    assert "Heute geöffnet bis 15:00 Uhr." in visitor.get("/de/besuch").text


def test_the_days_on_which_the_next_weeks_differ_are_told_with_their_reason(visitor):
    close(WEDNESDAY, WEDNESDAY + timedelta(days=1), de="Umbau", en="Rebuilding")
    close(date(2027, 1, 18), de="Niemand da")  # a Monday: closed anyhow
    close(date(2027, 3, 20))  # further away than eight weeks

    text = visitor.get("/de/besuch").text

    assert "Mittwoch, 13. Januar 2027: Umbau" in text
    assert "Donnerstag, 14. Januar 2027: Umbau" in text
    assert "Niemand da" not in text
    assert "20. März" not in text
    assert "Wednesday, 13 January 2027: Rebuilding" in visitor.get("/en/visit").text


def test_the_weekly_hours_are_told_in_words(visitor):
    german, english = visitor.get("/de/besuch").text, visitor.get("/en/visit").text

    assert "Dienstag bis Donnerstag 10:00–18:00 Uhr" in german
    assert "erster Samstag im Monat 11:00–16:00 Uhr" in german
    assert "Tuesday to Thursday 10:00–18:00" in english


def test_the_way_there_needs_nobody_else(visitor):
    page = visitor.get("/de/besuch")

    assert "geo:51.3397,12.3731" in page.links()
    assert [one for one in page.links() if one.startswith("http")] == []
    assert "Magazingasse 3" in page.text
    assert "10 Arbeitstage vorher" in page.text


def test_each_house_tells_its_own_hours(app):
    library = Visitor(app, host="bibliothek.localhost").get("/de/besuch").text

    assert "Donnerstag 10:00–20:00 Uhr" in library
    assert "Magazingasse" not in library


def test_country_and_hours_are_told_in_the_language_of_the_page(visitor):
    assert "Deutschland" in visitor.get("/de/besuch").text
    english, easy = visitor.get("/en/visit").text, visitor.get("/ls/besuch").text

    assert ("Germany" in english, "Deutschland" in english) == (True, False)
    assert "von 10 Uhr bis 18 Uhr" in easy
    assert "10:00–18:00" not in easy
