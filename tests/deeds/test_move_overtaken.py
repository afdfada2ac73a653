"""A booking that somebody moves while it is being moved: its own new place is nobody else's."""

from functools import partial

import pytest

from booking.bookings import moving_queries, moving_slots
from booking.db import unit_of_work
from booking.errors import Overtaken
from booking.schedule.refusals import SlotGone
from tests.holds import a_slot_booking, a_slot_wanted
from tests.hours import a_consultation, an_expert, at, the_house

FOUR, HALF_PAST = at("2027-01-13 16:00"), at("2027-01-13 16:30")


@pytest.fixture
def talk(app):
    """A consultation of one expert, at two times."""
    offering_id = a_consultation()
    an_expert(offering_id, "wed 16:00-17:00")
    return offering_id


def slot_of(booked):
    return unit_of_work(lambda: moving_queries.slot_of(booked.booking_id))


def team_for(booked, slot, wanted, clock):
    deed = partial(moving_slots.team_for, booked.booking_id, slot, wanted, house=the_house())
    return unit_of_work(partial(deed, now=clock()))


def test_who_stands_in_the_own_way_since_is_looked_at_again(talk, clock):
    booked = a_slot_booking(talk, FOUR, clock, client="amina")
    seen, wanted = slot_of(booked), a_slot_wanted(talk, HALF_PAST)
    move = partial(moving_slots.move_to_slot, booked.booking_id, wanted, house=the_house())
    assert unit_of_work(partial(move, now=clock()))

    with pytest.raises(Overtaken):
        team_for(booked, seen, wanted, clock)


def test_a_time_that_others_have_is_gone(talk, clock):
    booked = a_slot_booking(talk, FOUR, clock, client="amina")
    a_slot_booking(talk, HALF_PAST, clock, client="bruno")

    with pytest.raises(SlotGone):
        team_for(booked, slot_of(booked), a_slot_wanted(talk, HALF_PAST), clock)
