"""Check-in of whole dates: groups, lists that are closed and opened again, who is inside, what retention leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from booking.bookings import attendance_queries, attending, calling_off, changing, retention
from booking.bookings.attendance_models import Arrival, Attendance
from booking.bookings.models import Booking
from booking.bookings.staff_refusals import (
    NotOverYet,
    NotToBeUndone,
)
from booking.db import db, unit_of_work
from booking.errors import Gone, NotFound
from booking.schedule.models import Occurrence
from tests.builders import a_booking, an_occurrence, house_id
from tests.deeds.door import ZONE, all_is_well, came, check_in, of_date, state, undo
from tests.deeds.reading import rows_of


@pytest.fixture
def today(app, clock):
    """A date of today, in an hour."""
    return an_occurrence(clock, starts_at=clock() + timedelta(hours=1))


def test_a_whole_group_is_checked_in_at_once(app, clock, today):
    first, cancelled, partly, last = (
        a_booking(today, clock, email=f"{n}@example.org").booking_id for n in range(4)
    )
    unit_of_work(lambda: changing.cancel(cancelled, now=clock()))
    check_in(partly, clock, {"adults": 1})

    assert of_date(attending.check_in_date, today, clock, zone=ZONE) == 2

    assert dict(rows_of(Booking.id, Booking.state)) == {
        first: "attended",
        cancelled: "cancelled_by_visitor",
        partly: "attended",
        last: "attended",
    }
    assert sorted(rows_of(Attendance.booking_id, Attendance.category, Attendance.people)) == [
        (first, "adults", 2),
        (first, "children", 1),
        (partly, "adults", 1),
        (last, "adults", 2),
        (last, "children", 1),
    ]
    assert of_date(attending.check_in_date, today, clock, zone=ZONE) == 0
    assert all_is_well()


def test_the_list_is_closed_by_hand_once_the_date_is_over_and_opened_again(app, clock, today):
    came_, missed = (a_booking(today, clock, email=f"{n}@example.org").booking_id for n in range(2))
    check_in(came_, clock)
    clock.forward(hours=2, seconds=-1)
    with pytest.raises(NotOverYet):
        of_date(attending.close_list, today, clock)

    clock.forward(seconds=1)
    assert of_date(attending.close_list, today, clock) == 1
    assert dict(rows_of(Booking.id, Booking.state)) == {came_: "attended", missed: "no_show"}
    assert of_date(attending.close_list, today, clock) == 0

    assert of_date(attending.open_list, today, clock) == 1
    assert dict(rows_of(Booking.id, Booking.state)) == {came_: "attended", missed: "confirmed"}
    assert all_is_well()


def test_who_was_noted_as_absent_and_was_there_is_checked_in_all_the_same(app, clock, today):
    booked = a_booking(today, clock)
    clock.forward(hours=3)
    of_date(attending.close_list, today, clock)

    check_in(booked.booking_id, clock)

    assert (state(), came()) == (["attended"], {"adults": 2, "children": 1})


def test_a_party_of_a_date_that_was_moved_since_is_not_awaited_again(app, clock, today):
    booked = a_booking(today, clock)
    check_in(booked.booking_id, clock)
    later = clock() + timedelta(hours=4)
    unit_of_work(lambda: db.session.execute(update(Occurrence).values(ends_at=later, starts_at=clock())))

    with pytest.raises(NotToBeUndone):
        undo(booked.booking_id, clock)

    assert state() == ["attended"]


def test_the_list_of_a_cancelled_date_stays_closed(app, clock, today):
    booked = a_booking(today, clock)
    check_in(booked.booking_id, clock)
    reasons = {"de": "Wasserschaden."}
    unit_of_work(lambda: calling_off.cancel_occurrence(today, reasons=reasons, actor="staff:7", now=clock()))

    with pytest.raises(NotToBeUndone):
        undo(booked.booking_id, clock)
    with pytest.raises(NotToBeUndone):
        of_date(attending.open_list, today, clock)


def test_another_house_has_no_such_date(app, clock, today):
    other = house_id("library")
    for deed, more in (
        (attending.check_in_date, {"zone": ZONE}),
        (attending.close_list, {}),
        (attending.open_list, {}),
    ):
        with pytest.raises(NotFound):
            of_date(deed, today, clock, house_id=other, **more)


def test_retention_forgets_when_a_party_came_and_keeps_how_many(app, clock, today):
    booked = a_booking(today, clock)
    check_in(booked.booking_id, clock)

    retention.run(now=clock.forward(days=9))

    assert rows_of(Arrival.arrived_at) == [(None,)]
    assert (state(), came()) == (["attended"], {"adults": 2, "children": 1})
    with pytest.raises(Gone):
        check_in(booked.booking_id, clock, {"adults": 1})


def test_who_is_in_the_house_now_is_counted(app, clock, today):
    later = an_occurrence(clock, starts_at=clock() + timedelta(hours=5))
    check_in(a_booking(today, clock).booking_id, clock, {"adults": 1})
    check_in(a_booking(later, clock, email="b@example.org").booking_id, clock)
    a_booking(today, clock, email="c@example.org")

    def inside(house=None):
        asked = {"since": clock() - timedelta(hours=9), "now": clock()}
        return unit_of_work(lambda: attendance_queries.in_the_house(house or house_id(), **asked))

    assert (inside().people, inside().parties, inside().tickets) == (4, 2, 0)
    assert inside(house_id("library")).all == 0
    clock.forward(hours=2)
    assert (inside().people, inside().parties) == (3, 1)
