"""Check-in: who came is counted, two desks do not overwrite each other, and everything can be taken back."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from booking.bookings import attendance_queries, attending, calling_off, changing, retention
from booking.bookings.attendance_models import Arrival, Attendance
from booking.bookings.models import Booking
from booking.bookings.staff_refusals import (
    MoreThanBooked,
    NobodyCame,
    NotExpected,
    NotOverYet,
    NotToBeUndone,
    TooEarlyToCheckIn,
)
from booking.db import db, unit_of_work
from booking.errors import Gone, NotFound, Stale
from booking.journal.models import Event
from booking.reports.invariants import broken
from booking.schedule.models import Occurrence
from tests.builders import a_booking, an_occurrence, house_id
from tests.deeds.reading import events, load_of, rows_of

ZONE = "Europe/Berlin"
DESK = "staff:7"


@pytest.fixture
def today(app, clock):
    """A date of today, in an hour."""
    return an_occurrence(clock, starts_at=clock() + timedelta(hours=1))


def check_in(booking_id, clock, came=None, **more):
    deed = partial(attending.check_in, booking_id, came, zone=ZONE, actor=DESK, now=clock())
    unit_of_work(partial(deed, **more))


def undo(booking_id, clock, **more):
    unit_of_work(partial(attending.undo, booking_id, actor=DESK, now=clock(), **more))


def of_date(deed, occurrence_id, clock, **more):
    house = more.pop("house_id", None) or house_id()
    return unit_of_work(partial(deed, occurrence_id, house_id=house, actor=DESK, now=clock(), **more))


def state():
    return [one for (one,) in rows_of(Booking.state)]


def came():
    return dict(rows_of(Attendance.category, Attendance.people))


def all_is_well():
    db.session.rollback()
    return broken(db.session.connection()) == []


def test_all_of_a_party_are_there_with_one_deed(app, clock, today):
    booked = a_booking(today, clock)

    check_in(booked.booking_id, clock)

    assert (state(), came()) == (["attended"], {"adults": 2, "children": 1})
    assert rows_of(Arrival.arrived_at, Arrival.version) == [(clock(), 1)]
    assert rows_of(Event.deed, Event.actor, Event.changes)[-1] == (
        "booking.checked_in",
        DESK,
        {"came": [0, 3]},
    )
    assert load_of(occurrence_id=today) == 3
    assert all_is_well()


def test_the_same_numbers_again_change_nothing(app, clock, today):
    booked = a_booking(today, clock)
    check_in(booked.booking_id, clock, version=0)
    before, arrived = events(), rows_of(Arrival.arrived_at, Arrival.version)

    clock.forward(minutes=5)
    check_in(booked.booking_id, clock, version=0)

    assert events() == before
    assert rows_of(Arrival.arrived_at, Arrival.version) == arrived


def test_who_comes_late_is_added_and_the_first_arrival_stays(app, clock, today):
    booked, first = a_booking(today, clock), clock()
    check_in(booked.booking_id, clock, {"adults": 1, "children": 0})
    assert came() == {"adults": 1}

    clock.forward(minutes=20)
    check_in(booked.booking_id, clock, {"adults": 2, "children": 1}, version=1)

    assert came() == {"adults": 2, "children": 1}
    assert rows_of(Arrival.arrived_at, Arrival.version) == [(first, 2)]
    assert rows_of(Event.changes)[-1] == ({"came": [1, 3]},)


def test_children_may_come_in_place_of_adults(app, clock, today):
    booked = a_booking(today, clock)

    check_in(booked.booking_id, clock, {"adults": 1, "children": 2})

    assert came() == {"adults": 1, "children": 2}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"adults": 3, "children": 1}, MoreThanBooked),
        ({"adults": 0}, NobodyCame),
        ({}, NobodyCame),
        ({"adults": 3, "children": -1}, NobodyCame),
    ],
)
def test_impossible_numbers_are_refused_and_change_nothing(app, clock, today, wrong, refusal):
    booked = a_booking(today, clock)
    before = events()

    with pytest.raises(refusal):
        check_in(booked.booking_id, clock, wrong)

    assert (state(), came(), events()) == (["confirmed"], {}, before)


def test_the_second_desk_learns_that_the_first_has_noted_other_numbers(app, clock, today):
    booked = a_booking(today, clock)
    check_in(booked.booking_id, clock, {"adults": 1}, version=0)

    with pytest.raises(Stale):
        check_in(booked.booking_id, clock, version=0)
    with pytest.raises(Stale):
        undo(booked.booking_id, clock, version=0)

    assert came() == {"adults": 1}


def test_nobody_is_checked_in_before_the_day(app, clock):
    midnight = clock() + timedelta(hours=14)  # 00:00 of Tuesday in Leipzig
    tomorrow = an_occurrence(clock, starts_at=midnight)
    booked = a_booking(tomorrow, clock)
    clock.forward(hours=14, seconds=-1)
    with pytest.raises(TooEarlyToCheckIn):
        check_in(booked.booking_id, clock)
    with pytest.raises(TooEarlyToCheckIn):
        of_date(attending.check_in_date, tomorrow, clock, zone=ZONE)

    clock.forward(seconds=1)
    check_in(booked.booking_id, clock)

    assert state() == ["attended"]


def test_a_check_in_can_be_taken_back_and_done_again(app, clock, today):
    booked = a_booking(today, clock)
    check_in(booked.booking_id, clock)

    undo(booked.booking_id, clock, version=1)

    assert (state(), came()) == (["confirmed"], {})
    assert rows_of(Arrival.arrived_at, Arrival.version) == [(None, 2)]
    assert events()[-1] == "booking.check_in_undone"
    assert all_is_well()
    later = clock.forward(minutes=1)
    check_in(booked.booking_id, clock, version=2)
    assert rows_of(Arrival.arrived_at, Arrival.version) == [(later, 3)]


def test_undoing_what_was_not_done_changes_nothing(app, clock, today):
    booked = a_booking(today, clock)
    before = events()

    undo(booked.booking_id, clock)

    assert (events(), rows_of(Arrival.version)) == (before, [])


def test_a_cancelled_booking_opens_no_door(app, clock, today):
    booked = a_booking(today, clock)
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))

    with pytest.raises(NotExpected):
        check_in(booked.booking_id, clock)
    with pytest.raises(NotExpected):
        undo(booked.booking_id, clock)

    assert state() == ["cancelled_by_visitor"]


def test_who_is_checked_in_cannot_cancel_any_more(app, clock, today):
    booked = a_booking(today, clock)
    check_in(booked.booking_id, clock)

    with pytest.raises(Exception, match="cancel"):
        unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))

    assert state() == ["attended"]


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
