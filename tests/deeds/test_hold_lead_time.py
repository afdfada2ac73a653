"""A hold and the lead time: what was taken in time may be finished; once it is over, the rule holds again."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import holding, retention
from booking.bookings.refusals import TooLate
from booking.db import unit_of_work
from tests.builders import an_occurrence, an_offering
from tests.deeds.reading import load_of
from tests.holds import BOUNDS, a_hold, booked

MINUTE = timedelta(minutes=1)


def test_what_is_held_in_time_can_be_booked_after_the_lead_time(app, clock):
    offering_id = an_offering(notice_minutes=60)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, starts_at=clock() + 65 * MINUTE)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=10)

    booked(held, clock)

    with pytest.raises(TooLate):
        a_hold(occurrence_id, clock, client="later")


@pytest.mark.parametrize("is_swept", [False, True])
def test_what_was_held_too_long_is_not_booked_after_the_lead_time_whoever_swept_meanwhile(
    app, clock, is_swept
):
    offering_id = an_offering(notice_minutes=60)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, starts_at=clock() + 65 * MINUTE)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=16)
    if is_swept:
        retention.run(now=clock())

    with pytest.raises(TooLate):
        booked(held, clock)
    with pytest.raises(TooLate):
        unit_of_work(partial(holding.extend, held.hold_id, bounds=BOUNDS, now=clock()))


def test_what_is_held_in_time_can_be_held_longer_after_the_lead_time(app, clock):
    offering_id = an_offering(notice_minutes=60)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, starts_at=clock() + 65 * MINUTE)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=14)

    unit_of_work(partial(holding.extend, held.hold_id, bounds=BOUNDS, now=clock()))
    clock.forward(minutes=10)
    booked(held, clock)

    assert load_of(occurrence_id=occurrence_id) == 2
