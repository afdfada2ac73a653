"""Booking: what is written, what is refused, and that the same form books once."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from booking.bookings import service as bookings
from booking.bookings.models import Booking, PartyCount
from booking.bookings.refusals import (
    Cancelled,
    FormUsed,
    PartyTooLarge,
    PartyTooSmall,
    Past,
    TooEarly,
    TooLate,
)
from booking.bookings.rules import kept_until
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.errors import NotFound
from booking.journal.models import Event
from booking.links.models import Link
from booking.schedule import taking
from booking.schedule.models import Allocation, Occurrence, Resource
from booking.schedule.refusals import Taken
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch
from tests.builders import a_booking, a_wish, an_occurrence, an_offering, house_id
from tests.deeds.reading import events, load_of, mails, rows_of, written

MINUTE = timedelta(minutes=1)


def a_hold(occurrence_id, clock, *, seats, minutes):
    """Hold seats of a date as somebody who is still typing."""
    ((resource_id, starts_at, ends_at),) = rows_of(
        Resource.id, Occurrence.starts_at, Occurrence.ends_at, where=Resource.occurrence_id == Occurrence.id
    )

    def deed():
        until = clock() + timedelta(minutes=minutes)
        claim_id = taking.new_claim(house_id=house_id(), now=clock(), expires_at=until)
        share = Share(resource_id, to_epoch(starts_at), to_epoch(ends_at), seats)
        taking.take([share], claim_id=claim_id, now=clock())
        return claim_id

    return unit_of_work(deed)


def change(table, row_id, **values):
    """Change a row as no deed of this version does yet."""
    changed = update(table).where(table.id == row_id).values(**values)
    unit_of_work(lambda: execute(changed) and None)


def test_a_booking_is_all_that_it_needs_in_one_go(app, clock):
    occurrence_id = an_occurrence(clock)

    booked = a_booking(occurrence_id, clock, phone="+49 341 1", language="en")

    (row,) = rows_of(
        Booking.id, Booking.state, Booking.sequence, Booking.language, Booking.phone, Booking.ends_at
    )
    assert row[:5] == (booked.booking_id, "confirmed", 0, "en", "+49 341 1")
    assert rows_of(PartyCount.category, PartyCount.people) == [("adults", 2), ("children", 1)]
    assert load_of(occurrence_id=occurrence_id) == 3
    assert rows_of(Link.id, Link.subject_id, Link.expires_at) == [
        (booked.link_id, row[0], kept_until(row[5]))
    ]
    assert mails() == [("confirmation", "REQUEST", "owed", "amina@example.org")]
    assert events() == ["occurrence.published", "booking.confirmed"]
    assert rows_of(Event.actor, Event.counts)[-1] == ("visitor", {"people": 3})


def test_the_last_places_are_sold_once_and_a_refusal_leaves_nothing_behind(app, clock):
    occurrence_id = an_occurrence(clock, seats=3)
    a_booking(occurrence_id, clock)
    before = written()

    with pytest.raises(Taken):
        a_booking(occurrence_id, clock, party={"adults": 1})

    assert written() == before


def test_the_policy_refuses_at_the_exact_minute_and_leaves_nothing_behind(app, clock):
    offering_id = an_offering(notice_minutes=90, horizon_days=10, seats=6, party_min=2, party_max=4)
    start = clock() + timedelta(days=10)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, starts_at=start, seats=6)
    before = written()

    def refused(why, now, **wanted):
        wish = a_wish(occurrence_id, **wanted)
        with pytest.raises(why) as caught:
            unit_of_work(lambda: bookings.book(wish, once="once", now=now))
        assert written() == before
        return caught.value.facts

    refused(TooEarly, start - timedelta(days=10) - MINUTE)
    refused(TooLate, start - timedelta(minutes=90) + MINUTE)
    refused(Past, start)
    refused(Past, start + timedelta(days=9))
    assert refused(PartyTooSmall, clock(), party={"adults": 1}) == {"fewest": 2}
    assert refused(PartyTooSmall, clock(), party={}) == {"fewest": 2}
    assert refused(PartyTooLarge, clock(), party={"adults": 3, "children": 2}) == {"most": 4}
    change(Occurrence, occurrence_id, state="cancelled", cancelled_at=clock())
    refused(Cancelled, clock())


def test_the_first_and_the_last_minute_of_the_policy_still_count(app, clock):
    offering_id = an_offering(notice_minutes=90, horizon_days=10, seats=6, party_min=2, party_max=4)
    start = clock() + timedelta(days=10)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, starts_at=start, seats=6)

    a_booking(occurrence_id, clock, party={"adults": 2})
    clock.forward(days=10, minutes=-90)
    a_booking(occurrence_id, clock, party={"adults": 4})

    assert load_of(occurrence_id=occurrence_id) == 6


def test_what_is_unknown_hidden_or_of_another_house_does_not_exist(app, clock):
    offering_id = an_offering()
    occurrence_id = an_occurrence(clock, offering_id=offering_id)
    other_house = house_id("library")
    before = written()

    with pytest.raises(NotFound):
        a_booking(999_999, clock)
    with pytest.raises(NotFound):
        a_booking(occurrence_id, clock, house_id=other_house)
    change(Offering, offering_id, state="archived")
    with pytest.raises(NotFound):
        a_booking(occurrence_id, clock)
    change(Offering, offering_id, state="published")
    change(Occurrence, occurrence_id, state="draft")
    with pytest.raises(NotFound):
        a_booking(occurrence_id, clock)

    assert written() == before


def test_the_same_form_sent_twice_is_one_booking(app, clock):
    occurrence_id = an_occurrence(clock, seats=3)

    first = a_booking(occurrence_id, clock, once="the-key-of-the-form")
    before = written()
    second = a_booking(occurrence_id, clock, once="the-key-of-the-form")

    assert first == second
    assert written() == before


def test_the_key_of_a_form_for_another_date_is_used_up(app, clock):
    a_booking(an_occurrence(clock), clock, once="the-key-of-the-form")
    other = an_occurrence(clock)
    before = written()

    with pytest.raises(FormUsed):
        a_booking(other, clock, once="the-key-of-the-form")

    assert written() == before


def test_somebody_elses_hold_blocks_until_the_very_instant_at_which_it_expires(app, clock):
    occurrence_id = an_occurrence(clock, seats=3)
    claim_id = a_hold(occurrence_id, clock, seats=1, minutes=15)

    clock.forward(minutes=15, seconds=-1)
    with pytest.raises(Taken):
        a_booking(occurrence_id, clock)
    clock.forward(seconds=1)
    a_booking(occurrence_id, clock)

    assert load_of(occurrence_id=occurrence_id) == 3
    assert rows_of(Allocation.id, where=Allocation.claim_id == claim_id) == []
