"""Housekeeping: holds are forgotten a day after they ended."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import changing, confirming, holding, retention
from booking.bookings.models import Hold
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.links.models import Link
from booking.schedule.models import Claim
from tests.builders import an_occurrence, an_offering
from tests.deeds.reading import load_of, rows_of
from tests.holds import a_contact, a_hold, booked


def test_housekeeping_forgets_holds_a_day_after_they_ended(app, clock):
    a_hold(an_occurrence(clock, seats=2), clock)
    clock.forward(hours=24)
    retention.run(now=clock())
    assert len(rows_of(Hold.id)) == 1

    clock.forward(minutes=16)
    retention.run(now=clock())

    assert rows_of(Hold.id) == []
    assert rows_of(Claim.id, where=Claim.expires_at.is_not(None)) == []


def test_a_hold_is_remembered_while_its_booking_waits_for_its_address(app, clock):
    occurrence_id = an_occurrence(
        clock, offering_id=an_offering(address_check="on"), starts_at=clock() + timedelta(days=9)
    )
    held = a_hold(occurrence_id, clock)
    clock.forward(hours=24, minutes=14)
    booking = booked(held, clock)
    clock.forward(minutes=2)
    retention.run(now=clock())

    unit_of_work(partial(confirming.confirm, booking.booking_id, now=clock()))

    assert load_of(occurrence_id=occurrence_id) == 2


def test_the_link_of_a_form_that_is_sent_again_lives_a_day_longer(app, clock):
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(days=9))
    first = a_hold(occurrence_id, clock, once="form")
    clock.forward(hours=20)

    assert a_hold(occurrence_id, clock, once="form") == first

    ((expires_at,),) = rows_of(Link.expires_at, where=Link.purpose == "hold")
    assert expires_at == clock() + holding.HELD_FOR + holding.LINK_KEPT


def test_a_hold_whose_form_is_forgotten_cannot_be_booked(app, clock):
    held = a_hold(an_occurrence(clock, seats=2), clock)
    clock.forward(hours=25)
    retention.run(now=clock())

    with pytest.raises(NotFound):
        unit_of_work(partial(confirming.book_held, held.hold_id, a_contact(), now=clock()))


def test_cancelling_a_booking_that_began_as_a_hold_gives_its_places_back(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    booking = booked(a_hold(occurrence_id, clock), clock)

    unit_of_work(partial(changing.cancel, booking.booking_id, now=clock()))

    assert load_of(occurrence_id=occurrence_id) == 0
