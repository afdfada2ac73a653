"""Moving to another date: the old place stands until the new one is certain, and the calendar entry moves along."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import calling_off, changing, moving
from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.journal.models import Event
from booking.links import queries as links
from booking.links.models import Link
from booking.messages.models import OutgoingMail
from booking.timekit.instants import to_epoch
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.deeds.reading import events, load_of, mails, rows_of, written


def move(booked, occurrence_id, *, now):
    return unit_of_work(partial(moving.move_to_date, booked.booking_id, occurrence_id, now=now))


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=5, party_max=5, cancel_until_minutes=120)


@pytest.fixture
def date(clock, offering_id):
    """Publish a date of the offering, so many hours from now."""

    def publish(hours, **wanted):
        details = {"offering_id": offering_id, "seats": 5} | wanted
        return an_occurrence(clock, starts_at=clock() + timedelta(hours=hours), **details)

    return publish


def facts_of_mails():
    return [facts for (facts,) in rows_of(OutgoingMail.facts)]


def test_a_moved_booking_is_on_the_new_date_alone_and_its_booker_is_told(date, clock):
    old, new = date(24), date(48)
    booked = a_booking(old, clock)
    before = rows_of(Booking.reference, Booking.uid, Booking.created_at, Booking.claim_id)

    assert move(booked, new, now=clock.forward(minutes=1))

    assert (load_of(occurrence_id=old), load_of(occurrence_id=new)) == (0, 3)
    start = clock() + timedelta(hours=48, minutes=-1)
    (row,) = rows_of(
        Booking.occurrence_id,
        Booking.starts_at,
        Booking.ends_at,
        Booking.state,
        Booking.sequence,
        Booking.changed_at,
    )
    assert row == (new, start, start + timedelta(hours=1), "confirmed", 1, clock())
    assert rows_of(Booking.reference, Booking.uid, Booking.created_at, Booking.claim_id) == before
    assert mails() == [
        ("confirmation", "REQUEST", "owed", "amina@example.org"),
        ("moved", "REQUEST", "owed", "amina@example.org"),
    ]
    assert events()[-1] == "booking.moved"
    assert rows_of(Event.actor, Event.counts)[-1] == ("visitor", {"people": 3, "occurrence_before": old})


def test_the_mail_of_a_move_tells_both_times_and_replaces_the_entry_in_the_calendar(date, clock):
    old, new = date(24), date(48)
    booked = a_booking(old, clock)

    move(booked, new, now=clock.forward(minutes=1))

    first, second = facts_of_mails()
    assert second["uid"] == first["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second["stamp"] > first["stamp"]
    assert second["link_id"] == first["link_id"] == booked.link_id
    assert second["starts_at"] == to_epoch(clock() + timedelta(hours=48, minutes=-1))
    assert (second["former_starts_at"], second["former_ends_at"]) == (first["starts_at"], first["ends_at"])
    assert second["occurrence_id"] == new


def test_the_older_mail_leaves_before_the_one_that_replaces_its_entry(date, clock):
    booked = a_booking(date(24), clock)
    move(booked, date(48), now=clock())
    move(booked, date(72), now=clock())
    carrier = Carrier()

    deliver(carrier, clock)

    assert [letter.subject for letter in carrier.carried] == ["confirmation", "moved", "moved"]
    first = carrier.carried[0].message_id
    assert [letter.in_reply_to for letter in carrier.carried] == [None, first, first]


def test_moving_to_the_same_date_twice_moves_once_and_writes_once(date, clock):
    new = date(48)
    booked = a_booking(date(24), clock)
    move(booked, new, now=clock())
    before, row = written(), rows_of(Booking.sequence, Booking.changed_at)

    assert not move(booked, new, now=clock.forward(minutes=5))

    assert written() == before
    assert rows_of(Booking.sequence, Booking.changed_at) == row


def test_a_date_that_overlaps_the_old_one_is_no_conflict_with_oneself(date, clock):
    old, later = date(24), date(24.5)
    booked = a_booking(old, clock)

    assert move(booked, later, now=clock())
    assert move(booked, old, now=clock())

    assert (load_of(occurrence_id=old), load_of(occurrence_id=later)) == (3, 0)
    assert rows_of(Booking.sequence) == [(2,)]


def test_links_of_earlier_mails_go_on_working_until_a_week_after_the_new_date(date, clock):
    new = clock() + timedelta(days=30)
    booked = a_booking(date(24), clock)
    ended = rows_of(Link.expires_at)

    move(booked, date(30 * 24), now=clock())

    assert rows_of(Link.id, Link.expires_at) == [(booked.link_id, new + timedelta(days=7, hours=1))]
    opens = partial(links.subject_of, booked.link_id, purpose="manage", house_id=house_id())
    assert unit_of_work(lambda: opens(now=new)) == booked.booking_id

    move(booked, date(25), now=clock())
    assert rows_of(Link.expires_at) != ended, "a link that was promised is not shortened"


def test_a_moved_booking_is_cancelled_where_it_is(date, clock):
    old, new = date(24), date(48)
    booked = a_booking(old, clock)
    move(booked, new, now=clock())

    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))

    assert (load_of(occurrence_id=old), load_of(occurrence_id=new)) == (0, 0)
    assert mails() == [
        ("confirmation", "REQUEST", "skipped", "amina@example.org"),
        ("moved", "REQUEST", "skipped", "amina@example.org"),
        ("cancellation", "CANCEL", "owed", "amina@example.org"),
    ]
    assert [facts["sequence"] for facts in facts_of_mails()] == [0, 1, 2]


def test_a_date_that_the_house_cancels_takes_along_who_moved_in_and_not_who_moved_away(date, clock):
    left, entered = date(24), date(48)
    away, into = a_booking(left, clock, email="away@example.org"), a_booking(date(72), clock)
    move(away, date(96), now=clock())
    move(into, entered, now=clock())
    call_off = partial(calling_off.cancel_occurrence, reasons={"de": "x"}, actor="system", now=clock())

    assert unit_of_work(partial(call_off, left)) == 0
    assert unit_of_work(partial(call_off, entered)) == 1

    assert [state for (state,) in rows_of(Booking.state)] == ["confirmed", "cancelled_by_house"]


def test_another_address_hears_of_the_moved_booking_as_it_stands(date, clock):
    booked = a_booking(date(24), clock, email="amnia@example.org")
    move(booked, date(48), now=clock())

    unit_of_work(partial(changing.change_address, booked.booking_id, "amina@example.org", now=clock()))

    assert mails()[-1] == ("confirmation", "REQUEST", "owed", "amina@example.org")
    assert [mail[2] for mail in mails()] == ["skipped", "skipped", "owed"]
    assert facts_of_mails()[-1]["starts_at"] == to_epoch(clock() + timedelta(hours=48))
    assert facts_of_mails()[-1]["sequence"] == 1
