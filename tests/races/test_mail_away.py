"""The mail server goes away and comes back: people book all the time, and every mail arrives afterwards."""

import pytest

from tests.browsers import in_turns
from tests.builders import an_occurrence
from tests.machines import Machine

pytestmark = pytest.mark.race

PEOPLE = 6


def owed(machine: Machine) -> list[str]:
    """Return the states of all mails."""
    return [state for (state,) in machine.rows("SELECT state FROM outgoing_mail ORDER BY id")]


def work_once(machine: Machine) -> None:
    done = machine.run("worker", "--once")
    assert done.returncode == 0, done.stderr


def test_bookings_go_on_and_the_mails_follow(serving, mailroom):
    with serving.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=50)
    addresses = [f"visitor-{number}@example.org" for number in range(PEOPLE)]

    def book(email):
        return serving.browser().form_of(occurrence_id).fill(email).book().status

    mailroom.leave()
    assert in_turns(addresses[:3], book) == [303] * 3
    work_once(serving)
    assert owed(serving) == ["owed"] * 3
    assert in_turns(addresses[3:], book) == [303] * 3

    mailroom.come_back()
    assert mailroom.mails() == []
    serving.change("UPDATE outgoing_mail SET due_at = 0 WHERE state = 'owed'")  # the delay has passed
    work_once(serving)

    assert owed(serving) == ["sent"] * PEOPLE
    assert sorted(mail.recipient for mail in mailroom.mails()) == sorted(addresses)
