"""Changing how many come to a consultation: what it takes by people follows, as far as there is enough."""

from functools import partial

import pytest

from booking.bookings import moving
from booking.bookings.refusals import PartyTooLarge, TooFewLeft
from booking.db import unit_of_work
from booking.schedule.refusals import Taken
from tests.builders import a_need, a_pool
from tests.deeds.reading import load_of, mails, written
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, at

THREE = at("2027-01-13 15:00")
HOURS = "wed 15:00-16:00"


def change(booked, adults, *, now):
    return unit_of_work(partial(moving.change_party, booked.booking_id, {"adults": adults}, now=now))


def test_equipment_counted_by_people_follows_a_private_party_up_and_down(app, clock):
    tablets = a_pool(2)
    offering_id = a_consultation(
        seats=6, party_max=6, needs=(a_need(kind="pool", pool_id=tablets, people_per_unit=2),)
    )
    expert = an_expert(offering_id, HOURS)
    booked = a_slot_booking(offering_id, THREE, clock)
    assert load_of(pool_id=tablets) == 1

    for adults, units in ((4, 2), (2, 1), (3, 2)):
        assert change(booked, adults, now=clock())
        assert (load_of(pool_id=tablets), load_of(host_id=expert)) == (units, 1)
    before = written()

    with pytest.raises(Taken):
        change(booked, 5, now=clock())
    with pytest.raises(PartyTooLarge):
        change(booked, 7, now=clock())

    assert (written(), load_of(pool_id=tablets)) == (before, 2)
    assert [mail[0] for mail in mails()] == ["confirmation", "changed", "changed", "changed"]


def test_a_party_of_a_shared_slot_gets_the_places_that_others_leave(app, clock):
    tablets = a_pool(4)
    offering_id = a_consultation(
        is_shared=True,
        seats=4,
        party_max=4,
        needs=(a_need(kind="pool", pool_id=tablets, people_per_unit=1),),
    )
    an_expert(offering_id, HOURS)
    amina, _ = (a_slot_booking(offering_id, THREE, clock) for _ in range(2))

    assert change(amina, 3, now=clock())
    with pytest.raises(TooFewLeft) as refused:
        change(amina, 4, now=clock())

    assert refused.value.facts == {"most": 3}
    assert load_of(pool_id=tablets) == 4, "a shared slot has enough for everybody from the first party on"
