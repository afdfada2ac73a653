"""Today in the house, on a screen: what runs, what comes and how soon, the numbers called; nobody is named."""

from datetime import date, timedelta

import pytest

from booking.bookings import calling_off
from booking.db import unit_of_work
from booking.schedule import service as schedule
from tests.builders import a_booking, a_room, an_occurrence, an_offering, house_id
from tests.hours import at
from tests.walk_ins import a_desk, a_walk_in, call_next, draw
from tests.web.ways import LANGUAGES, a_secret, counted, path, said

every_variant = pytest.mark.parametrize("language", LANGUAGES)


def today(visitor, language="de"):
    return visitor.get(path(visitor.app, "today", language))


def rows(page):
    found = [one for one in page.all("li") if (one.get("class") or "").startswith("wall__date")]
    return [" ".join("".join(one.itertext()).split()) for one in found]


@every_variant
def test_the_screen_tells_what_runs_and_what_comes_and_how_soon(app, visitor, clock, language):
    room = a_room()
    for hours in (-0.5, 0.75, 5):
        an_occurrence(clock, starts_at=clock() + timedelta(hours=hours), place_id=room if hours > 0 else None)

    page = today(visitor, language)

    running, soon, later = rows(page)
    spoken = "de" if language == "ls" else language
    assert said("runs until %(time)s", language, time={"de": "10:30 Uhr", "en": "10:30"}[spoken]) in running
    assert counted("in %(num)s minute", "in %(num)s minutes", 45, language) in soon
    assert "Foyer" in soon
    assert counted("%(num)s place free", "%(num)s places free", 15, language) in soon
    assert "15:00" in later
    assert not any(word in later for word in ("Minute", "minute"))


def test_each_date_has_its_page_as_a_code(visitor, clock):
    an_occurrence(clock, starts_at=clock() + timedelta(hours=1))

    page = today(visitor)

    titles = ["".join(one.itertext()) for one in page.tree.iter("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == 1
    assert "Montag, 11. Januar 2027, 11:00" in titles[0]


def test_nothing_on_the_screen_can_be_pressed_and_nobody_is_named(visitor, clock):
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(hours=2))
    a_secret(visitor, occurrence_id)

    page = today(visitor)

    assert page.all("a") == page.all("form") == page.all("nav") == page.all("footer") == []
    assert "Amina" not in page.response.get_data(as_text=True)
    assert "Set-Cookie" not in page.response.headers


def test_what_is_full_or_cancelled_says_so(visitor, clock):
    full = an_occurrence(clock, starts_at=clock() + timedelta(hours=1), seats=3)
    a_booking(full, clock)
    off = an_occurrence(clock, starts_at=clock() + timedelta(hours=2))
    unit_of_work(
        lambda: calling_off.cancel_occurrence(off, reasons={"de": "Krank"}, actor="staff:1", now=clock())
    )

    first, second = rows(today(visitor))

    assert said("Fully booked", "de") in first
    assert said("Cancelled", "de") in second


@every_variant
def test_places_that_can_be_had_at_the_desk_alone_are_told_without_a_code(app, visitor, clock, language):
    full = an_occurrence(clock, starts_at=clock() + timedelta(hours=1), seats=3)
    a_booking(full, clock)
    offering_id = an_offering(notice_minutes=180)
    an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(hours=2))

    page = today(visitor, language)

    _, closed = rows(page)
    words = ("%(num)s place left: ask at the desk", "%(num)s places left: ask at the desk")
    assert counted(*words, 15, language) in closed
    assert [one for one in page.all("div") if one.get("class") == "wall__code"] == []
    assert " ".join(said("Everything is free of charge. Ask us at the desk.", language).split()) in page.text


def test_what_is_over_leaves_the_screen_and_what_does_not_fit_is_counted(visitor, clock):
    for step in range(7):
        an_occurrence(clock, starts_at=clock() + timedelta(hours=1, minutes=15 * step))
    assert len(rows(today(visitor))) == 5
    assert (
        counted("and %(num)s more date today", "and %(num)s more dates today", 2, "de") in today(visitor).text
    )

    clock.forward(hours=3)

    assert len(rows(today(visitor))) == 2


def test_a_day_without_dates_shows_the_next_ones_with_their_day(visitor, clock):
    an_occurrence(clock, starts_at=clock() + timedelta(days=2))

    page = today(visitor)

    (row,) = rows(page)
    assert row.startswith("Mittwoch, 13. Januar 2027")
    assert said("Next dates", "de") in page.text
    assert said("There are no dates in the next days. Ask us what is planned.", "de") not in page.text


@every_variant
def test_a_closed_day_says_why(visitor, clock, language):
    reasons = {"de": "Inventur", "en": "Stocktaking"}
    unit_of_work(lambda: schedule.close(house_id(), date(2027, 1, 11), date(2027, 1, 11), reasons=reasons))

    reason = "Stocktaking" if language == "en" else "Inventur"
    assert said("Closed today: %(reason)s", language, reason=reason) in today(visitor, language).text


def test_the_numbers_that_are_called_stand_beside_the_dates(visitor, clock):
    offering_id = a_walk_in(key="help")
    draw(offering_id, clock)
    call_next(a_desk(offering_id, clock, "Tisch 2"), clock)

    text = today(visitor).text

    assert "Leipzig App: Hilfe" in text
    assert "1 Tisch 2" in text


def test_the_screen_says_how_old_it_is_and_asks_again_without_script(visitor, clock):
    page = today(visitor)

    assert said("As of %(time)s.", "de", time="10:00 Uhr") in page.text
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page.response.get_data(
        as_text=True
    )
    (wall,) = [one for one in page.all("div") if one.get("data-now")]
    assert (wall.get("data-now"), wall.get("data-zone")) == (clock().isoformat(), "Europe/Berlin")


def test_the_minutes_go_by_and_an_unchanged_minute_is_not_sent_again(visitor, clock):
    an_occurrence(clock, starts_at=at("2027-01-11 11:00"))
    etag = today(visitor).response.headers["ETag"]
    address = path(visitor.app, "today")
    assert visitor.client.get(address, headers={"If-None-Match": etag}).status_code == 304

    clock.forward(minutes=1)

    assert counted("in %(num)s minute", "in %(num)s minutes", 59, "de") in rows(today(visitor))[0]


@every_variant
def test_the_numbers_have_a_screen_without_menu_with_the_way_to_the_queue_as_a_code(visitor, clock, language):
    a_walk_in(key="help")
    address = path(visitor.app, "now_serving", language)

    screen, page = visitor.get(f"{address}?screen=1"), visitor.get(address)

    assert screen.all("nav") == screen.all("footer") == screen.all("a") == []
    assert len(list(screen.tree.iter("{http://www.w3.org/2000/svg}title"))) == 1
    assert page.all("nav") != []
    assert f"{address}?screen=1" in page.links()
