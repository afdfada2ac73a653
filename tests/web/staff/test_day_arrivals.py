"""Arrivals: a party is checked in by two taps, by who may, and everybody sees no more than is theirs."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import attending, changing
from booking.bookings.attendance_models import Attendance
from booking.bookings.models import Booking
from booking.db import unit_of_work
from tests.builders import a_booking, a_host, an_occurrence
from tests.deeds.reading import rows_of

ARRIVALS = "/de/intern/ankunft"


@pytest.fixture
def host_id(app):
    return a_host()


@pytest.fixture
def today(app, clock, host_id):
    """A date of today in an hour, given by Mira."""
    return an_occurrence(clock, starts_at=clock() + timedelta(hours=1), host_ids=(host_id,))


def buttons(page):
    """Return the values of the "all here" buttons."""
    return [one.get("value") for one in page.all("button") if one.get("name") == "everybody"]


def came():
    return dict(rows_of(Attendance.category, Attendance.people))


def state():
    return [one for (one,) in rows_of(Booking.state)]


def pressed(visitor, path, form=-1, **more):
    page = visitor.get(path)
    return visitor.post(path, page.fields(form) | more)


def test_the_desk_checks_a_party_in_from_the_list_of_the_day(staff, clock, today):
    booked = a_booking(today, clock)
    desk = staff("desk")
    page = desk.get(ARRIVALS)
    assert page.status == 200
    assert "Amina Kaya" in page.text
    assert "amina@example.org" not in page.response.text

    done = desk.post(ARRIVALS, page.fields() | {"everybody": buttons(page)[0]})

    assert (state(), came()) == (["attended"], {"adults": 2, "children": 1})
    assert done.status == 200
    assert buttons(done) == []
    assert f"/de/intern/ankunft/buchung/{booked.booking_id}?back=day" in done.links()


def test_two_taps_from_the_day_check_in_all_of_a_party(staff, clock, today):
    booked = a_booking(today, clock)
    guide = staff("desk")
    first = guide.get(ARRIVALS)
    party = first.link(ending=f"/ankunft/buchung/{booked.booking_id}")
    page = guide.get(party)

    after = guide.post(party, page.fields() | {"deed": "all"})

    assert state() == ["attended"]
    assert after.response.request.path == ARRIVALS


def test_numbers_are_noted_by_category_and_can_be_changed_and_undone(staff, clock, today):
    path = f"/de/intern/ankunft/buchung/{a_booking(today, clock).booking_id}"
    desk = staff("desk")
    assert desk.get(path).fields()["adults"] == "2"

    pressed(desk, path, adults="1", children="0", deed="numbers")
    assert came() == {"adults": 1}
    pressed(desk, path, adults="2", children="1", deed="numbers")
    assert came() == {"adults": 2, "children": 1}
    pressed(desk, path, deed="undo")

    assert (state(), came()) == (["confirmed"], {})


@pytest.mark.parametrize(("typed", "status"), [("zwei", 422), ("-1", 422), ("4", 422), ("0", 422)])
def test_wrong_numbers_are_told_and_kept(staff, clock, today, typed, status):
    path = f"/de/intern/ankunft/buchung/{a_booking(today, clock).booking_id}"
    desk = staff("desk")

    answer = pressed(desk, path, adults=typed, children="0", deed="numbers")

    assert answer.status == status
    assert answer.fields()["adults"] == typed
    assert (state(), came()) == (["confirmed"], {})


def test_the_second_desk_sees_both_numbers_and_may_insist(staff, clock, today):
    booked = a_booking(today, clock)
    path = f"/de/intern/ankunft/buchung/{booked.booking_id}"
    first, second = staff("desk"), staff("desk")
    seen = second.get(path).fields()
    pressed(first, path, adults="1", children="0", deed="numbers")

    answer = second.post(path, seen | {"adults": "2", "children": "0", "deed": "numbers"})
    assert answer.status == 409
    assert answer.fields()["adults"] == "2"
    assert came() == {"adults": 1}

    again = second.post(path, answer.fields() | {"deed": "numbers"})
    assert again.status == 200
    assert came() == {"adults": 2}


def test_a_stale_button_on_the_list_changes_nothing_and_shows_how_it_stands(staff, clock, today):
    booked = a_booking(today, clock)
    desk = staff("desk")
    page = desk.get(ARRIVALS)
    note = partial(attending.check_in, booked.booking_id, {"adults": 1}, zone="Europe/Berlin")
    unit_of_work(partial(note, actor="staff:9", now=clock()))

    answer = desk.post(ARRIVALS, page.fields() | {"everybody": buttons(page)[0]})

    assert answer.status == 409
    assert came() == {"adults": 1}
    assert buttons(answer) == [f"{booked.booking_id}.1"]


def test_a_whole_group_is_checked_in_and_the_list_closed_and_opened(staff, clock, today):
    for n in range(3):
        a_booking(today, clock, email=f"{n}@example.org")
    path = f"/de/intern/ankunft/termin/{today}"
    desk = staff("desk")

    pressed(desk, path, deed="all")
    assert state() == ["attended"] * 3

    late = a_booking(today, clock, email="late@example.org")
    clock.forward(hours=2, minutes=5)
    pressed(desk, path, deed="close")
    assert dict(rows_of(Booking.id, Booking.state))[late.booking_id] == "no_show"
    pressed(desk, path, deed="open")
    assert dict(rows_of(Booking.id, Booking.state))[late.booking_id] == "confirmed"


def test_the_list_is_not_closed_while_the_date_runs(staff, clock, today):
    a_booking(today, clock)

    assert pressed(staff("desk"), f"/de/intern/ankunft/termin/{today}", deed="close").status == 409
    assert state() == ["confirmed"]


def test_an_erased_or_cancelled_booking_is_on_no_list(staff, clock, today):
    cancelled, erased = (a_booking(today, clock, email=f"{n}@example.org").booking_id for n in range(2))
    unit_of_work(lambda: changing.cancel(cancelled, now=clock()))
    unit_of_work(lambda: changing.erase(erased, now=clock()))
    desk = staff("desk")

    assert "Amina" not in desk.get(ARRIVALS).text
    for booking_id in (cancelled, erased):
        assert desk.get(f"{ARRIVALS}/buchung/{booking_id}").status == 404


def test_looking_changes_nothing(staff, clock, today):
    booked = a_booking(today, clock)
    desk = staff("desk")
    for path in (ARRIVALS, f"{ARRIVALS}/termin/{today}", f"{ARRIVALS}/buchung/{booked.booking_id}"):
        desk.get(path + "?deed=all&everybody=1.0&done=1&said=all")

    assert (state(), came()) == (["confirmed"], {})


def test_what_people_typed_is_words(staff, clock, today):
    a_booking(today, clock, name="<script>alert(1)</script> Öz")

    page = staff("desk").get(ARRIVALS)

    assert "<script>alert(1)" not in page.response.text
    assert "<script>alert(1)</script> Öz" in page.text


@pytest.mark.parametrize(
    "odd",
    ["day=9999-99-99", "day=x", "day=1850-01-01", "page=0", "page=99999", "span=x&group=y", "person=-1"],
)
def test_odd_addresses_show_a_page(staff, odd):
    for path in ("/de/intern/ankunft", "/de/intern/tag", "/de/intern/tagesliste", "/de/intern/kalender"):
        assert staff("coordinator").get(f"{path}?{odd}").status == 200
