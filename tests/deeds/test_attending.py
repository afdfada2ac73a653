"""Check-in: who came is counted, two desks do not overwrite each other, and everything can be taken back."""

from datetime import timedelta

import pytest

from booking.bookings import attending, changing
from booking.bookings.attendance_models import Arrival
from booking.bookings.staff_refusals import (
    MoreThanBooked,
    NobodyCame,
    NotExpected,
    TooEarlyToCheckIn,
)
from booking.db import unit_of_work
from booking.errors import Stale
from booking.journal.models import Event
from tests.builders import a_booking, an_occurrence
from tests.deeds.door import DESK, ZONE, all_is_well, came, check_in, of_date, state, undo
from tests.deeds.reading import events, load_of, rows_of


@pytest.fixture
def today(app, clock):
    """A date of today, in an hour."""
    return an_occurrence(clock, starts_at=clock() + timedelta(hours=1))


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
