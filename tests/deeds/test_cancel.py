"""Cancelling: a booking by its booker, a date by the house, and who hears of it."""

from datetime import timedelta

import pytest

from booking.bookings import calling_off, changing
from booking.bookings.models import Booking
from booking.bookings.refusals import NotCancellable, TooLateToCancel
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from booking.schedule.models import Claim, Occurrence
from tests.builders import a_booking, a_host, a_need, a_pool, a_room, an_occurrence, an_offering
from tests.deeds.reading import events, load_of, mails, rows_of, written

REASONS = {"de": "Die Führungsperson ist krank.", "en": "The guide is ill."}


def cancel(booked, *, now):
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=now))


def cancel_date(occurrence_id, *, now):
    return unit_of_work(
        lambda: calling_off.cancel_occurrence(occurrence_id, reasons=REASONS, actor="staff:7", now=now)
    )


def test_a_cancelled_booking_gives_its_places_back_and_its_booker_is_told(app, clock):
    occurrence_id = an_occurrence(clock, seats=3)
    booked = a_booking(occurrence_id, clock)

    cancel(booked, now=clock.forward(minutes=1))

    assert load_of(occurrence_id=occurrence_id) == 0
    (row,) = rows_of(Booking.state, Booking.sequence, Booking.claim_id, Booking.changed_at)
    assert row == ("cancelled_by_visitor", 1, None, clock())
    assert mails() == [
        ("confirmation", "REQUEST", "skipped", "amina@example.org"),
        ("cancellation", "CANCEL", "owed", "amina@example.org"),
    ]
    assert [facts["sequence"] for (facts,) in rows_of(OutgoingMail.facts)] == [0, 1]
    assert events()[-1] == "booking.cancelled_by_visitor"
    a_booking(occurrence_id, clock)


def test_cancelling_twice_changes_nothing(app, clock):
    booked = a_booking(an_occurrence(clock), clock)
    cancel(booked, now=clock())
    before, row = written(), rows_of(Booking.state, Booking.sequence, Booking.changed_at)

    cancel(booked, now=clock.forward(minutes=5))

    assert written() == before
    assert rows_of(Booking.state, Booking.sequence, Booking.changed_at) == row


def test_the_deadline_is_the_last_instant_at_which_a_visitor_can_cancel(app, clock):
    offering_id = an_offering(cancel_until_minutes=120)
    start = clock() + timedelta(days=1)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, starts_at=start)
    late, in_time = a_booking(occurrence_id, clock), a_booking(occurrence_id, clock)
    before = written()

    with pytest.raises(TooLateToCancel):
        cancel(late, now=start - timedelta(minutes=120) + timedelta(seconds=1))
    with pytest.raises(NotCancellable):
        cancel(late, now=start)
    assert written() == before

    cancel(in_time, now=start - timedelta(minutes=120))
    assert [state for (state,) in rows_of(Booking.state)] == ["confirmed", "cancelled_by_visitor"]


def test_what_the_house_has_cancelled_or_nobody_knows_cannot_be_cancelled(app, clock):
    occurrence_id = an_occurrence(clock)
    booked = a_booking(occurrence_id, clock)
    cancel_date(occurrence_id, now=clock())

    with pytest.raises(NotCancellable):
        cancel(booked, now=clock())
    with pytest.raises(NotFound):
        unit_of_work(lambda: changing.cancel(999_999, now=clock()))


def test_a_cancelled_date_frees_its_host_its_room_and_its_equipment(app, clock):
    host_id, place_id, pool_id = a_host(), a_room(), a_pool(8)
    needs = (a_need(kind="room", place_id=place_id), a_need(kind="pool", pool_id=pool_id, people_per_unit=1))
    offering_id = an_offering(needs=needs, seats=8, party_max=8)
    plan = {"offering_id": offering_id, "host_ids": (host_id,), "place_id": place_id, "seats": 8}
    occurrence_id = an_occurrence(clock, **plan)
    taken = {"host_id": host_id, "place_id": place_id, "pool_id": pool_id}
    assert [load_of(**{name: number}) for name, number in taken.items()] == [1, 1, 8]

    assert cancel_date(occurrence_id, now=clock()) == 0

    assert [load_of(**{name: number}) for name, number in taken.items()] == [0, 0, 0]
    assert rows_of(
        Occurrence.state, Occurrence.cancelled_at, Occurrence.cancel_reason, Occurrence.version
    ) == [("cancelled", clock(), REASONS, 2)]
    an_occurrence(clock, **plan)


def test_everybody_is_told_of_a_cancelled_date_in_their_own_language_with_its_reason(app, clock):
    occurrence_id = an_occurrence(clock)
    gone = a_booking(occurrence_id, clock, email="gone@example.org")
    cancel(gone, now=clock())
    for language in ("de", "en", "ls"):
        a_booking(occurrence_id, clock, language=language, email=f"{language}@example.org")

    assert cancel_date(occurrence_id, now=clock()) == 3

    told = rows_of(
        OutgoingMail.recipient,
        OutgoingMail.method,
        OutgoingMail.language,
        OutgoingMail.facts,
        where=OutgoingMail.kind == "cancelled_by_house",
    )
    assert [(mail[0], mail[1], mail[2], mail[3]["reason"], mail[3]["sequence"]) for mail in told] == [
        ("de@example.org", "CANCEL", "de", REASONS["de"], 1),
        ("en@example.org", "CANCEL", "en", REASONS["en"], 1),
        ("ls@example.org", "CANCEL", "ls", REASONS["de"], 1),
    ]
    assert told[1][3]["title"] == "Guided tour"
    assert {mail[2] for mail in mails() if mail[0] == "confirmation"} == {"skipped"}
    assert [state for (state,) in rows_of(Booking.state)] == ["cancelled_by_visitor"] + [
        "cancelled_by_house"
    ] * 3
    assert load_of(occurrence_id=occurrence_id) == 0
    assert len(rows_of(Claim.id)) == 1
    assert rows_of(Event.actor, Event.counts)[-1] == ("staff:7", {"bookings": 3})


def test_a_booking_that_was_erased_during_a_date_goes_with_it_and_nobody_is_told(app, clock):
    occurrence_id = an_occurrence(clock)
    booked = a_booking(occurrence_id, clock)
    clock.forward(days=1, minutes=10)
    unit_of_work(lambda: changing.erase(booked.booking_id, now=clock()))
    before = mails()

    assert cancel_date(occurrence_id, now=clock()) == 0

    assert rows_of(Booking.state, Booking.claim_id) == [("cancelled_by_house", None)]
    assert load_of(occurrence_id=occurrence_id) == 0
    assert mails() == before


def test_cancelling_a_date_twice_tells_nobody_again(app, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    cancel_date(occurrence_id, now=clock())
    before = written()

    assert cancel_date(occurrence_id, now=clock.forward(minutes=5)) == 0

    assert written() == before
