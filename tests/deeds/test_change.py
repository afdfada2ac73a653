"""What bookers do with what is stored of them: another address, the links once more, erasure."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import changing
from booking.bookings.models import Booking, PartyCount
from booking.bookings.reaching import mark_unreachable
from booking.bookings.service import thread_of
from booking.db import unit_of_work
from booking.errors import Gone
from booking.links import queries as links
from booking.messages import outbox
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_occurrence, house_id
from tests.deeds.reading import events, load_of, mails, rows_of, written


def change_address(booked, email, *, now):
    unit_of_work(lambda: changing.change_address(booked.booking_id, email, now=now))


def erase(booked, *, now):
    unit_of_work(lambda: changing.erase(booked.booking_id, now=now))


def not_reached(booked, *, now):
    thread = thread_of(booked.booking_id)
    unit_of_work(lambda: mark_unreachable(thread, recipient="amina@example.org", now=now))


def send_next(clock):
    """Let the worker send one mail; it gives the lease."""
    mail = unit_of_work(lambda: outbox.lease_next(now=clock()))
    assert mail is not None
    unit_of_work(lambda: outbox.mark_sent(mail, now=clock()))
    return mail


def test_another_address_gets_the_confirmation_and_the_wrong_one_nothing_more(app, clock):
    booked = a_booking(an_occurrence(clock), clock, email="amnia@example.org")

    change_address(booked, "amina@example.org", now=clock.forward(minutes=1))

    assert rows_of(Booking.email, Booking.sequence, Booking.changed_at) == [("amina@example.org", 0, clock())]
    assert mails() == [
        ("confirmation", "REQUEST", "skipped", "amnia@example.org"),
        ("confirmation", "REQUEST", "owed", "amina@example.org"),
    ]
    old, new = [facts["link_id"] for (facts,) in rows_of(OutgoingMail.facts)]
    assert old == booked.link_id != new
    assert events()[-1] == "booking.address_changed"


def test_the_same_address_is_written_to_again_only_after_it_could_not_be_reached(app, clock):
    booked = a_booking(an_occurrence(clock), clock)
    before = written()

    change_address(booked, "amina@example.org", now=clock())
    assert written() == before

    not_reached(booked, now=clock())
    change_address(booked, "amina@example.org", now=clock())
    assert rows_of(Booking.unreachable_at) == [(None,)]
    assert [mail[2] for mail in mails()] == ["skipped", "owed"]


def test_a_cancellation_that_is_still_owed_goes_to_the_new_address(app, clock):
    booked = a_booking(an_occurrence(clock), clock, email="amnia@example.org")
    send_next(clock)
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))

    change_address(booked, "amina@example.org", now=clock())

    assert mails()[1:] == [
        ("cancellation", "CANCEL", "owed", "amina@example.org"),
        ("address_changed", None, "owed", "amnia@example.org"),
    ]


def test_a_cancellation_that_goes_to_the_new_address_carries_the_link_that_works(app, clock):
    booked = a_booking(an_occurrence(clock), clock, email="amnia@example.org")
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))

    change_address(booked, "amina@example.org", now=clock.forward(minutes=1))

    (link_id,) = [
        facts["link_id"]
        for (facts,) in rows_of(OutgoingMail.facts, where=OutgoingMail.kind == "cancellation")
    ]
    assert link_id != booked.link_id
    opened = links.subject_of(link_id, purpose="manage", house_id=house_id(), now=clock())
    assert opened == booked.booking_id


def test_who_asks_for_links_is_owed_a_mail_whether_the_address_is_known_or_not(app, clock):
    a_booking(an_occurrence(clock), clock)
    ask = partial(changing.ask_for_links, house_id=house_id(), language="de", now=clock())
    unit_of_work(partial(ask, "amina@example.org"))
    unit_of_work(partial(ask, "bruno@example.org"))

    asked = rows_of(
        OutgoingMail.recipient, OutgoingMail.facts, OutgoingMail.state, where=OutgoingMail.kind == "links"
    )
    assert asked == [("amina@example.org", {}, "owed"), ("bruno@example.org", {}, "owed")]


def test_erasing_a_booking_ahead_cancels_it_and_the_proof_is_the_last_to_know_the_address(app, clock):
    occurrence_id = an_occurrence(clock)
    booked = a_booking(occurrence_id, clock, phone="+49 341 1", note="Kinderwagen")
    send_next(clock)

    erase(booked, now=clock.forward(minutes=1))

    (row,) = rows_of(
        Booking.name, Booking.email, Booking.phone, Booking.note, Booking.state, Booking.erased_at
    )
    assert row == ("", "", "", "", "cancelled_by_visitor", clock())
    assert load_of(occurrence_id=occurrence_id) == 0
    assert rows_of(PartyCount.people) == [(2,), (1,)]
    assert mails() == [
        ("confirmation", "REQUEST", "sent", ""),
        ("erased", "CANCEL", "owed", "amina@example.org"),
    ]
    send_next(clock)
    assert rows_of(OutgoingMail.recipient, OutgoingMail.facts, OutgoingMail.state) == [("", {}, "sent")] * 2
    assert events()[-2:] == ["booking.cancelled_by_visitor", "booking.erased"]


def test_erasing_a_past_booking_cancels_nothing(app, clock):
    booked = a_booking(an_occurrence(clock), clock)
    send_next(clock)

    erase(booked, now=clock.forward(days=2))

    assert rows_of(Booking.state, Booking.sequence, Booking.email) == [("confirmed", 0, "")]
    assert mails()[1:] == [("erased", None, "owed", "amina@example.org")]
    assert events()[-1] == "booking.erased"


def test_a_cancellation_that_erasing_withdraws_rides_along_with_the_proof(app, clock):
    booked = a_booking(an_occurrence(clock), clock)
    send_next(clock)
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))

    erase(booked, now=clock())

    assert mails()[1:] == [
        ("cancellation", "CANCEL", "skipped", ""),
        ("erased", "CANCEL", "owed", "amina@example.org"),
    ]
    assert [facts.get("sequence") for (facts,) in rows_of(OutgoingMail.facts)] == [None, None, 1]


def test_the_links_of_an_erased_booking_open_nothing(app, clock):
    booked = a_booking(an_occurrence(clock), clock)
    erase(booked, now=clock())

    with pytest.raises(Gone):
        unit_of_work(
            lambda: links.subject_of(booked.link_id, purpose="manage", house_id=house_id(), now=clock())
        )
    for deed in (changing.erase, changing.cancel):
        with pytest.raises(Gone):
            unit_of_work(partial(deed, booked.booking_id, now=clock()))


def test_a_mail_that_is_on_its_way_while_a_booking_is_erased_is_forgotten_when_it_arrives(app, clock):
    booked = a_booking(an_occurrence(clock), clock)
    mail = unit_of_work(lambda: outbox.lease_next(now=clock()))
    assert mail is not None

    erase(booked, now=clock())
    unit_of_work(lambda: outbox.mark_failed(mail, "550 amina@example.org", now=clock()))

    assert rows_of(OutgoingMail.recipient, OutgoingMail.facts, OutgoingMail.fault)[0] == ("", {}, "")


def test_who_cannot_be_reached_is_erased_without_a_mail(app, clock):
    booked = a_booking(an_occurrence(clock, starts_at=clock() + timedelta(days=3)), clock)
    not_reached(booked, now=clock())

    erase(booked, now=clock())

    assert mails() == [("confirmation", "REQUEST", "skipped", "")]
