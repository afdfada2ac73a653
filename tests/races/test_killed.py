"""kill -9 of any process while people book: what was acknowledged exists, all or nothing, and every mail comes."""

import json
import os
import random
import signal
import subprocess
import threading
import time

import pytest

from tests.browsers import in_turns
from tests.builders import an_occurrence
from tests.machines import Machine, kill, wait_until
from tests.mailroom import Mailroom
from tests.races.load import Load

pytestmark = pytest.mark.race

BOOKINGS, SECONDS, SEED = 300, 200, 7
KILLING_MAILS = (5, 30, 60)  # the worker dies after the server has these and before it hears so
STEPS = ("worker", "web", "worker", "web", "master", "web", "all", "web", "worker", "web")


class Reaper:
    """Kills processes of a machine, and starts again what nobody else would."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._random = random.Random(SEED)
        self._one_at_a_time = threading.RLock()
        self._master = machine.start_web()
        self._worker = machine.start_worker()
        machine.wait_for("/readyz")

    def web(self) -> None:
        """One web process: gunicorn starts another."""
        found = self._machine.children_of(self._master.pid)
        if found:
            kill(self._random.choice(found))

    def worker(self) -> None:
        with self._one_at_a_time:
            self._kill(self._worker)
            self._worker = self._machine.start_worker()

    def master(self) -> None:
        """The master alone: its children notice and end; only then is the address free for another."""
        orphans = set(self._machine.children_of(self._master.pid))
        self._kill(self._master)
        wait_until(lambda: not orphans & set(self._machine.processes()), seconds=SECONDS)
        self._master = self._machine.start_web()

    def all(self) -> None:
        """The whole instance at one moment, as a power cut would."""
        with self._one_at_a_time:
            for pid in self._machine.processes():
                kill(pid)
            self._master, self._worker = self._machine.start_web(), self._machine.start_worker()

    def end_worker(self) -> None:
        self._worker.terminate()
        self._worker.wait(15)

    @staticmethod
    def _kill(process: "subprocess.Popen[bytes]") -> None:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def test_nothing_is_lost_and_nothing_is_half_done(machine, mailroom):
    began = time.monotonic()
    with machine.inside() as clock:
        dates = [an_occurrence(clock, seats=300) for _ in range(4)]
    reaper = Reaper(machine)
    mailroom.box.meanwhile = lambda number: reaper.worker() if number in KILLING_MAILS else None
    load = Load(machine, dates, BOOKINGS)

    with load.running():
        for number, step in enumerate(STEPS, start=1):
            load.wait_for(number * BOOKINGS // (len(STEPS) + 1), seconds=SECONDS)
            getattr(reaper, step)()
    mailroom.box.meanwhile = lambda _number: None
    machine.wait_for("/readyz")

    print(
        f"{load.unanswered} requests without an answer,"
        f" {len(load.kept)} holds and {len(load.acknowledged)} bookings acknowledged"
    )
    assert load.refused == []
    assert load.unanswered > 0, "the kills met nobody"
    _every_hold_is_whole(machine, load)
    _what_was_acknowledged_exists(machine, load)
    machine.check_invariants()
    _every_mail_comes(machine, mailroom, reaper)
    print(f"{time.monotonic() - began:.1f} s in all")


def _every_hold_is_whole(machine: Machine, load: Load) -> None:
    """Whether acknowledged or not: a hold has all its places, its link and its line in the journal, or is not there."""
    places = """SELECT coalesce(sum(a.quantity), 0) FROM allocation a JOIN resource r ON r.id = a.resource_id
                 WHERE a.claim_id = h.claim_id AND r.occurrence_id = h.occurrence_id"""
    links = "SELECT count(*) FROM link l WHERE l.purpose = 'hold' AND l.subject_id = h.id"
    lines = "SELECT count(*) FROM event e WHERE e.deed = 'hold.made' AND e.object_id = h.id"
    holds = machine.rows(f"SELECT h.party, ({places}), ({links}), ({lines}) FROM hold h")
    whole = [(sum(_party(party).values()), 1, 1) for party, *_ in holds]
    assert [tuple(found) for _, *found in holds] == whole
    assert len(holds) >= len(load.kept)
    [(allocations,)] = machine.rows(
        "SELECT count(*) FROM allocation a JOIN resource r ON r.id = a.resource_id WHERE r.occurrence_id IS NOT NULL"
    )
    assert allocations == len(holds), "places are taken by nobody"
    statuses = in_turns(list(load.kept.values())[::10], lambda page: machine.browser().get(page).status)
    assert set(statuses) <= {200, 302}  # the form, or on to the booking


def _party(stored: str | dict[str, int]) -> dict[str, int]:
    return dict(json.loads(stored) if isinstance(stored, str) else stored)


def _what_was_acknowledged_exists(machine: Machine, load: Load) -> None:
    booked = machine.rows("SELECT email, count(*) FROM booking WHERE state = 'confirmed' GROUP BY email")
    assert {times for _, times in booked} == {1}
    assert load.acknowledged.keys() <= {email for email, _ in booked}
    pages = list(load.acknowledged.values())[::10]
    assert set(in_turns(pages, lambda page: machine.browser().get(page).status)) == {200}


def _every_mail_comes(machine: Machine, mailroom: Mailroom, reaper: Reaper) -> None:
    """At least one for each booking; a second one is the same to a mail program and a calendar."""
    reaper.end_worker()
    machine.change("UPDATE outgoing_mail SET leased_until = 0 WHERE state = 'leased'")  # minutes later
    together = in_turns([("worker", "--once")] * 2, lambda command: machine.run(*command))
    assert [done.returncode for done in together] == [0, 0], together

    booked = dict(machine.rows("SELECT email, uid FROM booking WHERE state = 'confirmed'"))
    arrived = mailroom.by_recipient()

    assert arrived.keys() == booked.keys()
    for email, mails in arrived.items():
        assert len(set(mails)) == 1, f"{email} got two different mails: {mails}"
        assert (mails[0].uid, mails[0].sequence, mails[0].method) == (booked[email], "0", "REQUEST")
    twice = sum(len(mails) - 1 for mails in arrived.values())
    print(f"{len(arrived)} mails arrived, {twice} of them a second time")
    assert twice >= 1, "the worker was never killed between handing over and noting it"
    assert machine.rows("SELECT count(*) FROM outgoing_mail WHERE state <> 'sent'") == [(0,)]
