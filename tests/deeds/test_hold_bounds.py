"""Bounds of holding: nobody keeps everything from others."""

from functools import partial

import pytest

from booking.bookings import confirming, holding
from booking.bookings.refusals import TooManyHolds
from booking.bookings.rules import Bounds
from booking.db import unit_of_work
from tests.builders import an_occurrence, an_offering
from tests.holds import a_hold, booked

OUTSIDER = Bounds(at_once=2, per_client=8, rush=1000)


def test_a_client_holds_only_so_much(app, clock):
    dates = [an_occurrence(clock, seats=2) for _ in range(4)]
    for one in dates[:2]:
        a_hold(one, clock, bounds=OUTSIDER)

    with pytest.raises(TooManyHolds):
        a_hold(dates[2], clock, bounds=OUTSIDER)

    a_hold(dates[2], clock, bounds=OUTSIDER, client="somebody else")
    clock.forward(minutes=15)
    a_hold(dates[3], clock, bounds=OUTSIDER)


def test_a_client_begins_only_so_often(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    for _ in range(OUTSIDER.per_client):
        held = a_hold(occurrence_id, clock, bounds=OUTSIDER)
        unit_of_work(partial(holding.give_up, held.hold_id, now=clock()))

    with pytest.raises(TooManyHolds):
        a_hold(occurrence_id, clock, bounds=OUTSIDER)


def test_a_client_holds_a_share_of_a_date_and_always_one_party(app, clock):
    half = Bounds(at_once=20, per_client=100, rush=1000, share=50)
    occurrence_id = an_occurrence(clock, offering_id=an_offering(party_max=3), seats=8)
    for _ in range(2):
        a_hold(occurrence_id, clock, bounds=half)

    with pytest.raises(TooManyHolds):
        a_hold(occurrence_id, clock, bounds=half)

    a_hold(occurrence_id, clock, bounds=half, client="somebody else")
    small = an_occurrence(clock, offering_id=an_offering(party_max=3), seats=3)
    a_hold(small, clock, bounds=half, party={"adults": 3})


def test_a_lapsed_hold_that_is_extended_counts_as_a_new_one(app, clock):
    dates = [an_occurrence(clock, seats=2) for _ in range(3)]
    lapsed = a_hold(dates[0], clock, bounds=OUTSIDER)
    clock.forward(minutes=15)
    for one in dates[1:]:
        a_hold(one, clock, bounds=OUTSIDER)

    with pytest.raises(TooManyHolds):
        unit_of_work(partial(holding.extend, lapsed.hold_id, bounds=OUTSIDER, now=clock()))


def test_bookings_that_wait_for_their_address_count_as_held(app, clock):
    offering_id = an_offering(address_check="on")
    dates = [an_occurrence(clock, offering_id=offering_id, seats=2) for _ in range(3)]
    waiting = [booked(a_hold(one, clock, bounds=OUTSIDER), clock) for one in dates[:2]]

    with pytest.raises(TooManyHolds):
        a_hold(dates[2], clock, bounds=OUTSIDER)

    unit_of_work(partial(confirming.confirm, waiting[0].booking_id, now=clock()))
    a_hold(dates[2], clock, bounds=OUTSIDER)
