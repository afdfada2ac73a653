"""Bounds of holding: nobody keeps everything from others."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import confirming, hold_queries, holding
from booking.bookings.refusals import NoMoreTime, TooManyHolds
from booking.bookings.rules import MOST_EXTENSIONS, Bounds
from booking.db import unit_of_work
from tests.builders import an_occurrence, an_offering
from tests.deeds.reading import load_of
from tests.holds import a_hold, a_slot_hold, booked
from tests.hours import a_consultation, an_expert, at

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


def test_what_one_changes_counts_once(app, clock):
    """Whoever has as much as may be held may still choose another date instead, or bring one more."""
    offering_id = an_offering()
    dates = [
        an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=n)) for n in (1, 2)
    ]
    one = Bounds(at_once=1, per_client=8, rush=1000)
    first = a_hold(dates[0], clock, bounds=one, once="form")

    a_hold(dates[0], clock, bounds=one, once="form", party={"adults": 3})
    a_hold(dates[1], clock, bounds=one, replaces=(first.hold_id,))

    assert [load_of(occurrence_id=date) for date in dates] == [0, 2]
    with pytest.raises(TooManyHolds):
        a_hold(an_occurrence(clock), clock, bounds=one)


def test_changing_to_and_fro_is_no_way_to_keep_for_ever(app, clock):
    """The same form for another date is more time by another name, so it counts as an extension."""
    offering_id = an_offering()
    dates = [
        an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=n)) for n in (1, 2)
    ]
    a_hold(dates[0], clock, once="form")
    for time in range(1, MOST_EXTENSIONS + 1):
        clock.forward(minutes=14)
        a_hold(dates[time % 2], clock, once="form")

    with pytest.raises(NoMoreTime):
        a_hold(dates[1], clock, once="form")


def test_a_form_that_goes_on_in_a_rush_is_as_suspicious_as_a_new_one(app, clock):
    dates = [an_occurrence(clock), an_occurrence(clock)]
    calm = a_hold(dates[0], clock, once="form")
    rush = Bounds(at_once=10, per_client=80, rush=1)

    a_hold(dates[1], clock, once="form", bounds=rush)

    assert unit_of_work(lambda: hold_queries.hold(calm.hold_id)).suspicion == "rush"


def test_a_slot_chosen_instead_of_another_counts_once(app, clock):
    offering_id, one = a_consultation(), Bounds(at_once=1, per_client=8, rush=1000)
    an_expert(offering_id, "wed 15:00-16:00")
    first = a_slot_hold(offering_id, at("2027-01-13 15:00"), clock, bounds=one)

    a_slot_hold(offering_id, at("2027-01-13 15:30"), clock, bounds=one, replaces=(first.hold_id,))

    with pytest.raises(TooManyHolds):
        a_slot_hold(offering_id, at("2027-01-13 15:00"), clock, bounds=one)


def test_the_hold_of_another_client_that_is_replaced_does_not_count_for_this_one(app, clock):
    dates = [an_occurrence(clock), an_occurrence(clock)]
    one = Bounds(at_once=1, per_client=8, rush=1000)
    at_home = a_hold(dates[0], clock, bounds=one, client="at home")
    a_hold(dates[1], clock, bounds=one, client="on the way")

    with pytest.raises(TooManyHolds):
        a_hold(dates[0], clock, bounds=one, client="on the way", replaces=(at_home.hold_id,))


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
