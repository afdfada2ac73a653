"""What a date tells of its places: who booked, who has come, what is held back, what forms that are open hold."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import attending, date_counts
from booking.bookings.date_counts import Counts
from booking.bookings.planned import planned_in_house
from booking.db import unit_of_work
from tests.builders import a_booking, an_occurrence, house_id
from tests.calls import hold_back
from tests.deeds.door import ZONE, check_in, of_date
from tests.holds import a_hold
from tests.staff import a_staff


@pytest.fixture
def today(app, clock):
    """A date of today, in an hour."""
    return an_occurrence(clock, starts_at=clock() + timedelta(hours=1))


def counts(occurrence_id, clock):
    return unit_of_work(partial(date_counts.of_date, occurrence_id, house_id=house_id(), now=clock()))


def test_what_is_held_back_until_some_hours_before_is_not_being_booked(today, clock):
    hold_back(today, 3, a_staff("desk"), clock, minutes_before=30)

    assert counts(today, clock) == Counts(bookings=0, people=0, being_booked=0, held_back=3)


def test_who_has_come_or_was_missed_had_booked_all_the_same(today, clock):
    first, _second = (a_booking(today, clock, email=f"{n}@example.org").booking_id for n in range(2))
    check_in(first, clock)
    assert counts(today, clock) == Counts(bookings=2, people=6, being_booked=0, held_back=0)

    clock.forward(hours=3)
    of_date(attending.close_list, today, clock)
    assert counts(today, clock) == Counts(bookings=2, people=6, being_booked=0, held_back=0)


def test_a_form_that_is_open_is_being_booked(today, clock):
    a_hold(today, clock)

    assert counts(today, clock).being_booked == 2
    clock.forward(hours=2)
    assert counts(today, clock).being_booked == 0


def test_a_date_is_planned_with_those_who_stand_in_the_house(today, clock):
    a_booking(today, clock)
    of_date(attending.check_in_date, today, clock, zone=ZONE)

    deed = partial(planned_in_house, since=clock(), until=clock() + timedelta(days=1), language="de")
    (date,) = unit_of_work(partial(deed, house_id()))

    assert (len(date.parties), date.people) == (1, 3)
