"""Delivering: what becomes of a letter, and that one broken letter never stops the others."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from booking.bookings import changing
from booking.bookings.models import Booking
from booking.db import execute, unit_of_work
from booking.messages import rules
from booking.messages.letters import Refused, ServerAway, TryLater
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_occurrence, house_id
from tests.deeds.post import Carrier, Writer, deliver, leased
from tests.deeds.reading import events, mails, rows_of


def two_bookings(clock):
    """Amina books, then Bruno."""
    occurrence_id = an_occurrence(clock)
    return [a_booking(occurrence_id, clock, email=f"{name}@example.org") for name in ("amina", "bruno")]


def failing(fault, *, at="amina@example.org"):
    """A carrier that meets a fault with the letters of one recipient."""

    def fate(letter):
        if letter.recipient.email == at:
            raise fault

    return Carrier(fate)


def states_of_mails():
    return [state for (state,) in rows_of(OutgoingMail.state)]


def test_what_is_owed_is_sent_once(app, clock):
    two_bookings(clock)
    carrier = Carrier()

    assert deliver(carrier, clock) == 2
    assert deliver(carrier, clock) == 0

    assert [letter.recipient.email for letter in carrier.carried] == [
        "amina@example.org",
        "bruno@example.org",
    ]
    references = [reference for (reference,) in rows_of(Booking.reference)]
    assert [letter.text for letter in carrier.carried] == references
    assert rows_of(OutgoingMail.state, OutgoingMail.done_at) == [("sent", clock())] * 2


def test_a_refused_letter_is_final_and_the_booker_cannot_be_reached(app, clock):
    two_bookings(clock)

    assert deliver(failing(Refused(550, "unknown")), clock) == 2

    assert rows_of(OutgoingMail.state, OutgoingMail.fault) == [("failed", "550 unknown"), ("sent", "")]
    assert rows_of(Booking.unreachable_at) == [(clock(),), (None,)]
    assert events()[-1] == "booking.unreachable"


def test_a_letter_that_is_refused_for_now_is_tried_again(app, clock):
    two_bookings(clock)
    assert deliver(failing(TryLater("451 greylisted")), clock) == 2
    assert rows_of(OutgoingMail.state, OutgoingMail.fault) == [("owed", "451 greylisted"), ("sent", "")]

    clock.forward(minutes=1)
    assert deliver(Carrier(), clock) == 1

    assert rows_of(OutgoingMail.state, OutgoingMail.fault, OutgoingMail.tries)[0] == ("sent", "", 2)
    assert rows_of(Booking.unreachable_at) == [(None,), (None,)]


def test_after_two_days_nobody_tries_any_more_and_staff_phone(app, clock):
    a_booking(an_occurrence(clock, starts_at=clock() + timedelta(days=9)), clock)
    carrier = failing(TryLater("452 full"))
    began = clock()
    while states_of_mails() == ["owed"]:
        deliver(carrier, clock)
        clock.forward(hours=4)

    assert clock() - began == rules.GIVE_UP_AFTER + timedelta(hours=4)
    assert states_of_mails() == ["failed"]
    assert rows_of(Booking.unreachable_at) != [(None,)]


def test_a_server_that_is_away_ends_the_round_and_nothing_is_lost(app, clock):
    two_bookings(clock)
    carrier = failing(ServerAway("connection refused"))

    with pytest.raises(ServerAway):
        deliver(carrier, clock)

    assert carrier.tried == ["amina@example.org"]
    assert rows_of(OutgoingMail.state, OutgoingMail.tries) == [("owed", 1), ("owed", 0)]
    clock.forward(minutes=1)
    assert deliver(Carrier(), clock) == 2
    assert rows_of(Booking.unreachable_at) == [(None,), (None,)]


def test_a_letter_that_cannot_be_written_is_parked_after_five_tries_and_the_others_go_on(app, clock):
    first, _ = two_bookings(clock)
    deliver(Carrier(), clock)
    unit_of_work(lambda: changing.cancel(first.booking_id, now=clock()))
    writer, rounds = Writer(broken={"cancellation"}), 0
    while "owed" in states_of_mails():
        a_booking(an_occurrence(clock), clock, email=f"{rounds}@example.org")
        assert deliver(Carrier(), clock, writer=writer) == 2
        rounds += 1
        clock.forward(hours=2)

    assert rounds == rules.POISON_TRIES
    assert states_of_mails() == ["sent", "sent", "parked"] + ["sent"] * rounds
    faults = [fault for (fault,) in rows_of(OutgoingMail.fault) if fault]
    assert faults == ["LookupError: no template for cancellation"]


def test_facts_of_another_version_are_poison_for_that_mail_alone(app, clock):
    two_bookings(clock)
    broken = update(OutgoingMail).where(OutgoingMail.recipient == "amina@example.org")
    unit_of_work(lambda: execute(broken.values(facts={"newer": 1})) and None)

    assert deliver(Carrier(), clock) == 2
    assert states_of_mails() == ["owed", "sent"]


def test_a_transport_that_breaks_in_an_unknown_way_does_not_stop_the_others(app, clock):
    two_bookings(clock)

    assert deliver(failing(ZeroDivisionError("nobody thought of that")), clock) == 2

    assert states_of_mails() == ["owed", "sent"]
    assert rows_of(OutgoingMail.fault)[0] == ("ZeroDivisionError: nobody thought of that",)


def test_a_request_that_was_leased_before_the_cancellation_is_not_sent_after_it(app, clock):
    booked, _ = two_bookings(clock)
    leased(clock)
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))
    clock.forward(minutes=3)
    carrier = Carrier()

    deliver(carrier, clock)

    assert [letter.subject for letter in carrier.carried] == ["confirmation", "cancellation"]
    assert mails()[0][2] == "skipped"


def test_links_are_sent_for_what_is_ahead_and_nothing_to_an_address_that_nobody_booked_with(app, clock):
    two_bookings(clock)
    past = a_booking(an_occurrence(clock, starts_at=clock() + timedelta(hours=2)), clock)
    deliver(Carrier(), clock)
    clock.forward(hours=4)
    ask = partial(changing.ask_for_links, house_id=house_id(), language="de", now=clock())
    unit_of_work(partial(ask, "amina@example.org"))
    unit_of_work(partial(ask, "stranger@example.org"))
    carrier = Carrier()

    assert deliver(carrier, clock) == 2

    ((ahead,),) = rows_of(Booking.reference, where=Booking.email == "amina@example.org")[:1]
    assert [(letter.recipient.email, letter.text) for letter in carrier.carried] == [
        ("amina@example.org", ahead)
    ]
    assert rows_of(Booking.id)[-1] == (past.booking_id,)
    assert mails()[-2:] == [("links", None, "sent", ""), ("links", None, "skipped", "")]
