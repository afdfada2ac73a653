"""Changing how many come, up and down: the places held stand until the new number is certain."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import changing, moving
from booking.bookings.access_refusals import CompanionNotCounted
from booking.bookings.models import Booking, PartyCount
from booking.bookings.refusals import (
    NotMovable,
    PartyTooLarge,
    PartyTooSmall,
    TooFewLeft,
    TooLateToMove,
)
from booking.db import unit_of_work
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_occurrence, an_offering
from tests.deeds.reading import events, load_of, mails, rows_of, written
from tests.needs import booked_with


def change(booked, *, now, **party):
    return unit_of_work(partial(moving.change_party, booked.booking_id, party, now=now))


@pytest.fixture
def occurrence_id(app, clock) -> int:
    """A date with eight places of which one booking can have two to six."""
    offering_id = an_offering(seats=8, party_min=2, party_max=6, cancel_until_minutes=120)
    return an_occurrence(clock, offering_id=offering_id, seats=8)


@pytest.mark.parametrize("party", [{"adults": 2, "children": 4}, {"adults": 2}, {"children": 3}])
def test_more_fewer_or_others_come_and_the_places_follow(occurrence_id, clock, party):
    booked = a_booking(occurrence_id, clock)

    assert change(booked, now=clock.forward(minutes=1), **party)

    assert load_of(occurrence_id=occurrence_id) == sum(party.values())
    assert dict(rows_of(PartyCount.category, PartyCount.people)) == party
    assert rows_of(Booking.sequence, Booking.changed_at) == [(1, clock())]
    assert mails()[1:] == [("changed", "REQUEST", "owed", "amina@example.org")]
    assert events()[-1] == "booking.party_changed"
    counts = {"people": sum(party.values()), "people_before": 3}
    assert rows_of(Event.actor, Event.counts)[-1] == ("visitor", counts)


def test_the_mail_tells_both_numbers_and_replaces_the_entry_in_the_calendar(occurrence_id, clock):
    booked = a_booking(occurrence_id, clock)

    change(booked, now=clock.forward(minutes=1), adults=5)

    first, second = [facts for (facts,) in rows_of(OutgoingMail.facts)]
    assert second["uid"] == first["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second["stamp"] > first["stamp"]
    assert second["party"] == {"adults": 5}
    assert second["former_party"] == {"adults": 2, "children": 1}
    assert second["starts_at"] == second["former_starts_at"] == first["starts_at"]
    assert second["link_id"] == booked.link_id


def test_the_same_number_changes_nothing(occurrence_id, clock):
    booked = a_booking(occurrence_id, clock)
    before = written(), rows_of(Booking.sequence, Booking.changed_at)

    assert not change(booked, now=clock.forward(minutes=1), adults=2, children=1)

    assert (written(), rows_of(Booking.sequence, Booking.changed_at)) == before


def test_all_places_that_nobody_else_has_can_be_had_and_one_more_is_refused_with_their_number(
    occurrence_id, clock
):
    a_booking(occurrence_id, clock, party={"adults": 3}, email="bruno@example.org")
    booked = a_booking(occurrence_id, clock)
    before = written(), rows_of(PartyCount.category, PartyCount.people)

    with pytest.raises(TooFewLeft) as refused:
        change(booked, now=clock(), adults=6)
    assert refused.value.facts == {"most": 5}
    assert (written(), rows_of(PartyCount.category, PartyCount.people)) == before

    assert change(booked, now=clock(), adults=5)
    assert load_of(occurrence_id=occurrence_id) == 8


def test_the_bounds_of_the_offering_hold(occurrence_id, clock):
    booked = a_booking(occurrence_id, clock)

    with pytest.raises(PartyTooLarge) as large:
        change(booked, now=clock(), adults=7)
    with pytest.raises(PartyTooSmall) as small:
        change(booked, now=clock(), adults=1)
    with pytest.raises(PartyTooSmall):
        change(booked, now=clock())

    assert (large.value.facts, small.value.facts) == ({"most": 6}, {"fewest": 2})
    assert load_of(occurrence_id=occurrence_id) == 3


def test_the_number_can_be_changed_until_the_deadline_for_cancelling(occurrence_id, clock):
    booked = a_booking(occurrence_id, clock)
    start = clock() + timedelta(days=1)

    assert change(booked, now=start - timedelta(minutes=120), adults=2)
    with pytest.raises(TooLateToMove):
        change(booked, now=start - timedelta(minutes=120) + timedelta(seconds=1), adults=4)
    with pytest.raises(NotMovable):
        change(booked, now=start, adults=4)


def test_a_companion_keeps_a_place(occurrence_id, clock):
    offering_id = an_offering(seats=8, party_max=6)
    booked = booked_with(an_occurrence(clock, offering_id=offering_id, seats=8), clock, "companion")

    with pytest.raises(CompanionNotCounted):
        change(booked, now=clock(), adults=1)

    assert change(booked, now=clock(), adults=3)


def test_what_is_cancelled_stays_as_it_was(occurrence_id, clock):
    booked = a_booking(occurrence_id, clock)
    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))
    before = written()

    with pytest.raises(NotMovable):
        change(booked, now=clock(), adults=2)

    assert written() == before


def test_fewer_people_make_room_for_others_at_once(occurrence_id, clock):
    booked = a_booking(occurrence_id, clock, party={"adults": 6})

    change(booked, now=clock(), adults=2)

    a_booking(occurrence_id, clock, party={"adults": 6}, email="bruno@example.org")
    assert load_of(occurrence_id=occurrence_id) == 8
