"""Two mail workers at once: no mail twice, and the mails of one booking in the order of what happened."""

from collections import Counter
from functools import partial

import pytest

from booking.bookings import changing
from booking.db import unit_of_work
from tests.builders import a_booking, an_occurrence
from tests.machines import Machine, wait_until

pytestmark = pytest.mark.race

PEOPLE = 60


def unsent(machine: Machine) -> int:
    [(count,)] = machine.rows("SELECT count(*) FROM outgoing_mail WHERE state IN ('owed', 'leased')")
    return int(count)


def test_no_mail_leaves_twice_and_none_overtakes_another(machine, mailroom):
    with machine.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=PEOPLE)
        booked = [_booked(number, occurrence_id, clock) for number in range(PEOPLE)]
        for _ in range(2):
            machine.start_worker()
        for number in range(0, PEOPLE, 2):
            if number % 4:  # its confirmation has just left, or is about to be noted as sent
                wait_until(lambda: _has_mail(mailroom, number), seconds=30)  # noqa: B023 - called at once
            unit_of_work(partial(changing.cancel, booked[number], now=clock()))
    wait_until(lambda: unsent(machine) == 0, seconds=60)

    mails = mailroom.mails()

    assert max(Counter(mail.message_id for mail in mails).values()) == 1
    methods = Counter(_methods(some) for some in mailroom.by_recipient().values())
    assert set(methods) <= {("REQUEST",), ("REQUEST", "CANCEL"), ("CANCEL",)}
    assert methods["REQUEST", "CANCEL"] >= 5, "too few to say anything about their order"
    for some in mailroom.by_recipient().values():
        assert len({mail.uid for mail in some}) == 1
        assert [mail.sequence for mail in some] == sorted(mail.sequence for mail in some)


def _email(number):
    return f"visitor-{number}@example.org"


def _booked(number, occurrence_id, clock):
    party, once = {"adults": 1}, f"two-workers-{number}"
    return a_booking(occurrence_id, clock, email=_email(number), once=once, party=party).booking_id


def _has_mail(mailroom, number):
    return any(_email(number) in recipients for _, recipients, _ in list(mailroom.box.letters))


def _methods(mails):
    return tuple(mail.method for mail in mails)
