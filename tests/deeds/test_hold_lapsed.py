"""A lapsed hold of a slot: booked late only where nothing has changed for others."""

from datetime import date

import pytest

from booking.bookings.models import Booking
from booking.schedule.models import Occurrence
from booking.schedule.refusals import SlotGone
from tests.deeds.reading import rows_of
from tests.holds import a_slot_booking, a_slot_hold, booked
from tests.hours import a_consultation, an_expert, at, free

THREE, FOUR = at("2027-01-13 15:00"), at("2027-01-13 16:00")
HOURS = "wed 15:00-17:00"
SHARED = {"seats": 4, "party_max": 2, "is_shared": True, "media": ("on_site", "video")}
VIDEO = {"medium": "video"}


def test_a_limit_that_others_used_up_meanwhile_is_kept(app, clock):
    offering_id = a_consultation(per_day=1)
    an_expert(offering_id, HOURS)
    held = a_slot_hold(offering_id, THREE, clock)
    clock.forward(minutes=15)
    a_slot_booking(offering_id, FOUR, clock, client="another")

    with pytest.raises(SlotGone):
        booked(held, clock)

    assert len(rows_of(Booking.id)) == 1


def test_a_limit_that_nobody_used_up_lets_the_late_one_book(app, clock):
    offering_id = a_consultation(per_day=1)
    an_expert(offering_id, HOURS)
    held = a_slot_hold(offering_id, THREE, clock)
    clock.forward(minutes=15)

    booked(held, clock)

    assert free(offering_id, date(2027, 1, 13), now=clock()) == ""


def test_a_shared_date_comes_back_in_the_medium_of_whoever_comes_next(app, clock):
    offering_id = a_consultation(**SHARED)
    an_expert(offering_id, HOURS)
    late = a_slot_hold(offering_id, THREE, clock)
    clock.forward(minutes=15)

    a_slot_booking(offering_id, THREE, clock, slot=VIDEO, client="another")

    assert rows_of(Occurrence.medium) == [("video",)]
    with pytest.raises(SlotGone):
        booked(late, clock)  # on site was asked for, and the expert sits at a screen
    assert len(rows_of(Booking.id)) == 1


def test_nobody_joins_a_shared_date_in_another_medium(app, clock):
    offering_id = a_consultation(**SHARED)
    an_expert(offering_id, HOURS)
    a_slot_booking(offering_id, THREE, clock)

    with pytest.raises(SlotGone):
        a_slot_hold(offering_id, THREE, clock, slot=VIDEO)
    a_slot_hold(offering_id, THREE, clock)
