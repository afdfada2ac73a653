"""Moving that is refused: too late, too full, not there; then the old place stands."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import calling_off, changing, moving, seat_queries, securing
from booking.bookings.models import Booking
from booking.bookings.refusals import (
    Cancelled,
    NotMovable,
    OtherOffering,
    Past,
    TooEarly,
    TooLate,
    TooLateToMove,
)
from booking.db import unit_of_work
from booking.errors import Gone, NotFound
from booking.schedule.refusals import Taken
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.reading import load_of, rows_of, written
from tests.hours import a_consultation, a_taken_slot, an_expert, at


def move(booked, occurrence_id, *, now):
    return unit_of_work(partial(moving.move_to_date, booked.booking_id, occurrence_id, now=now))


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=5, party_max=5, cancel_until_minutes=120)


@pytest.fixture
def date(clock, offering_id):
    """Publish a date of the offering, so many hours from now."""

    def publish(hours, **wanted):
        details = {"offering_id": offering_id, "seats": 5} | wanted
        return an_occurrence(clock, starts_at=clock() + timedelta(hours=hours), **details)

    return publish


def test_where_the_places_do_not_suffice_the_old_ones_stand_and_nobody_is_told(date, clock):
    old, full = date(24), date(48)
    a_booking(full, clock, email="bruno@example.org")
    booked = a_booking(old, clock)
    before = written(), rows_of(Booking.occurrence_id, Booking.sequence, Booking.changed_at)

    with pytest.raises(Taken):
        move(booked, full, now=clock())

    assert (written(), rows_of(Booking.occurrence_id, Booking.sequence, Booking.changed_at)) == before
    assert (load_of(occurrence_id=old), load_of(occurrence_id=full)) == (3, 3)


def test_the_places_of_a_hold_that_has_expired_can_be_moved_into(date, clock):
    new = date(48)
    hold(new, 5, now=clock())
    booked = a_booking(date(24), clock)

    with pytest.raises(Taken):
        move(booked, new, now=clock.forward(minutes=14))
    assert move(booked, new, now=clock.forward(minutes=1))


def hold(occurrence_id, places, *, now):
    """Let somebody who is filling in the form hold places of a date for a quarter of an hour."""
    until, house = now + timedelta(minutes=15), house_id()

    def deed():
        seats = seat_queries.seats_of(occurrence_id)
        securing.claim_seats(seats, places, house_id=house, until=until, now=now)

    unit_of_work(deed)


def test_the_deadline_is_that_of_the_old_date(date, clock):
    start = clock() + timedelta(hours=24)
    booked, late = a_booking(date(24), clock), a_booking(date(24), clock)
    new = date(48)
    before = written()

    with pytest.raises(TooLateToMove):
        move(late, new, now=start - timedelta(minutes=120) + timedelta(seconds=1))
    with pytest.raises(NotMovable):
        move(late, new, now=start)
    assert written() == before

    assert move(booked, new, now=start - timedelta(minutes=120))


def test_a_date_whose_own_deadline_has_passed_can_be_moved_to_as_long_as_it_can_be_booked(date, clock):
    booked = a_booking(date(24), clock)

    assert move(booked, date(1), now=clock())

    with pytest.raises(TooLateToMove):
        move(booked, date(48), now=clock())


def test_the_new_date_must_be_bookable(app, clock):
    offering_id = an_offering(notice_minutes=120, horizon_days=30)
    at = partial(an_occurrence, clock, offering_id=offering_id)
    start = clock() + timedelta(days=20)
    booked = a_booking(at(starts_at=start), clock)
    cancelled = at()
    reasons = {"de": "Die Führungsperson ist krank."}
    unit_of_work(
        lambda: calling_off.cancel_occurrence(cancelled, reasons=reasons, actor="system", now=clock())
    )
    refused = {
        at(starts_at=clock() + timedelta(hours=1)): TooLate,
        at(starts_at=clock() - timedelta(minutes=1)): Past,
        at(starts_at=clock() + timedelta(days=31)): TooEarly,
        cancelled: Cancelled,
        an_occurrence(clock): OtherOffering,
        999_999: NotFound,
    }
    before = written()

    for occurrence_id, refusal in refused.items():
        with pytest.raises(refusal):
            move(booked, occurrence_id, now=clock())

    assert written() == before


def test_nobody_moves_to_another_house(date, clock):
    library = house_id("library")
    there = an_occurrence(clock, house_id=library, offering_id=an_offering(house_id=library, key="rundgang"))
    booked = a_booking(date(24), clock)

    with pytest.raises(NotFound):
        move(booked, there, now=clock())


def test_nobody_moves_into_a_consultation_that_somebody_has_by_its_number(app, clock):
    offering_id = a_consultation()
    host_id = an_expert(offering_id, "wed 15:00-16:00")
    start = at("2027-01-13 15:00")
    taken = a_taken_slot(offering_id, (host_id,), start, start + timedelta(minutes=30))
    booked = a_booking(an_occurrence(clock, offering_id=offering_id, seats=3), clock, party={"adults": 1})

    with pytest.raises(NotFound):
        move(booked, taken.occurrence_id, now=clock())


def test_what_is_cancelled_or_erased_or_unknown_cannot_be_moved(date, clock):
    new = date(48)
    cancelled, erased = a_booking(date(24), clock), a_booking(date(24), clock)
    unit_of_work(partial(changing.cancel, cancelled.booking_id, now=clock()))
    unit_of_work(partial(changing.erase, erased.booking_id, now=clock()))

    with pytest.raises(NotMovable):
        move(cancelled, new, now=clock())
    with pytest.raises(Gone):
        move(erased, new, now=clock())
    with pytest.raises(NotFound):
        unit_of_work(partial(moving.move_to_date, 999_999, new, now=clock()))
