"""What a deed has read changes before it locks: a hold is booked, extended or forgotten in between."""

from functools import partial
from itertools import count

import pytest

from booking.bookings import hold_queries, holding, securing
from booking.bookings.models import Booking
from booking.db import TRIES_OVERTAKEN, db, unit_of_work
from booking.errors import Overtaken
from booking.reports.invariants import broken
from tests.builders import an_occurrence
from tests.deeds.reading import load_of, rows_of
from tests.holds import BOUNDS, a_hold, a_slot_hold, booked
from tests.hours import a_consultation, an_expert, at


def seen(held):
    """Return the hold as a deed reads it before it locks anything."""
    return unit_of_work(partial(hold_queries.hold, held.hold_id))


def let_go(page, clock):
    unit_of_work(partial(securing.let_go, [page], now=clock()))


def test_places_that_were_booked_in_between_are_not_given_back(app, clock):
    occurrence_id = an_occurrence(clock)
    held = a_hold(occurrence_id, clock)
    page = seen(held)
    booked(held, clock)

    with pytest.raises(Overtaken):
        let_go(page, clock)

    assert load_of(occurrence_id=occurrence_id) == 2
    assert broken(db.session.connection()) == []


def test_a_slot_that_was_booked_in_between_keeps_its_host(app, clock):
    offering_id = a_consultation()
    expert = an_expert(offering_id, "wed 15:00-16:00")
    held = a_slot_hold(offering_id, at("2027-01-13 15:00"), clock)
    page = seen(held)
    booked(held, clock)

    with pytest.raises(Overtaken):
        let_go(page, clock)

    assert load_of(host_id=expert) == 1
    assert broken(db.session.connection()) == []


def test_places_that_were_lost_and_taken_again_in_between_are_read_again(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=16)
    other = a_hold(occurrence_id, clock, client="other")
    unit_of_work(partial(holding.give_up, other.hold_id, now=clock()))
    page = seen(held)
    unit_of_work(partial(holding.extend, held.hold_id, bounds=BOUNDS, now=clock()))

    with pytest.raises(Overtaken):
        let_go(page, clock)
    assert load_of(occurrence_id=occurrence_id) == 2
    unit_of_work(partial(holding.give_up, held.hold_id, now=clock()))

    assert load_of(occurrence_id=occurrence_id) == 0
    assert rows_of(Booking.id) == []


def test_a_deed_that_others_overtake_is_done_all_the_same(app):
    """A cancellation while the same booking is moved to and fro: nobody who cancels is sent away for it."""
    tries = count(1)

    def overtaken_ten_times() -> str:
        if next(tries) <= 10:
            raise Overtaken
        return "done"

    assert unit_of_work(overtaken_ten_times) == "done"


def test_a_deed_that_is_overtaken_for_ever_ends(app):
    tries = count(1)

    def always_overtaken() -> None:
        next(tries)
        raise Overtaken

    with pytest.raises(Overtaken):
        unit_of_work(always_overtaken)
    assert next(tries) == TRIES_OVERTAKEN + 1
