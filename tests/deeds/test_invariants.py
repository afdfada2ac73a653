"""What must always be true: of every history, and told by name when something breaks it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import text

from booking.bookings import calling_off, changing, retention
from booking.bookings.models import Booking
from booking.db import db, execute, unit_of_work
from booking.errors import DomainError
from booking.messages import outbox
from booking.reports.invariants import INVARIANTS, broken
from booking.schedule import service, taking
from booking.schedule.models import Occurrence, Resource
from booking.timekit.clock import StoppedClock
from tests.builders import a_booking, a_host, a_need, a_pool, an_occurrence, an_offering, house_id
from tests.deeds.reading import Column, rows_of

GUARD = "allocation_within_capacity_on_update"
NO_GUARD = f"the guard {GUARD} is missing"
HOLDS = "a confirmed booking holds exactly its seats"
DATE = "(SELECT max(id) FROM occurrence)"
EMPTY_CLAIM = f"(SELECT claim_id FROM occurrence WHERE id = {DATE})"
TAKE_FOR_NOBODY = f"""INSERT INTO allocation (claim_id, resource_id, starts_at, ends_at, quantity)
          SELECT claim_id, (SELECT min(id) FROM resource WHERE occurrence_id IS NOT NULL), 1000, 2000, 1
            FROM occurrence WHERE id = {DATE}"""
NEED = """INSERT INTO access_need (booking_id, kind, words, consent_at, state, claim_id)
          SELECT id, 'dgs', '', 1, 'arranged', {claim} FROM booking"""

BREAKS: Mapping[str, tuple[tuple[str, ...], set[str]]] = {
    "no resource is overbooked": (
        ("drop the guard", "UPDATE allocation SET quantity = 16"),
        {NO_GUARD, HOLDS},
    ),
    HOLDS: (("UPDATE allocation SET quantity = 1",), set()),
    "a cancelled booking holds nothing": (("UPDATE booking SET state = 'cancelled_by_house'",), set()),
    "a confirmed booking brings somebody": (("DELETE FROM party_count",), {HOLDS}),
    "a booking is at the time of its occurrence": (("UPDATE booking SET ends_at = ends_at + 60",), set()),
    "a booking and its occurrence belong to one house": (
        ("UPDATE booking SET house_id = (SELECT id FROM house WHERE key = 'library')",),
        set(),
    ),
    "a confirmed booking has its confirmation in the outbox": (("DELETE FROM outgoing_mail",), set()),
    "a cancelled date has no confirmed booking": (
        ("UPDATE occurrence SET state = 'cancelled', cancelled_at = 1",),
        set(),
    ),
    "what somebody needs is taken for a booking that stands": (
        (
            NEED.format(claim="claim_id"),
            "UPDATE booking SET state = 'cancelled_by_house'",
        ),
        {"a cancelled booking holds nothing"},
    ),
    "places that are held back are taken on their date": (
        (
            f"""INSERT INTO held_back (house_id, occurrence_id, claim_id, places, version)
            SELECT house_id, id, claim_id, 2, 1 FROM occurrence WHERE id = {DATE}""",
        ),
        set(),
    ),
    "what was taken for a need is there": ((NEED.format(claim=EMPTY_CLAIM),), set()),
    "a slot that somebody comes to takes its hosts for good": (
        (
            "UPDATE occurrence SET is_slot = true",
            "UPDATE claim SET expires_at = 5 WHERE id IN (SELECT claim_id FROM occurrence)",
        ),
        set(),
    ),
    "a slot that nobody comes to takes nothing for good": (
        (f"UPDATE occurrence SET is_slot = true WHERE id = {DATE}", TAKE_FOR_NOBODY),
        set(),
    ),
    "a booking that waits for its address has a claim that ends": (
        ("UPDATE booking SET confirm_until = 5, state = 'to_be_confirmed'",),
        set(),
    ),
    "a claim without an end belongs to somebody or holds something": (
        ("INSERT INTO claim (house_id, created_at) SELECT min(id), 1 FROM house",),
        set(),
    ),
    "who came is counted of a booking that was attended": (
        ("INSERT INTO attendance (booking_id, category, people) SELECT id, 'adults', 2 FROM booking",),
        set(),
    ),
    "somebody came with a booking that was attended": (("UPDATE booking SET state = 'attended'",), set()),
    "an occurrence's seats are its capacity": (("UPDATE resource SET capacity = 99",), set()),
    "every occurrence has its seats": ((f"DELETE FROM resource WHERE occurrence_id = {DATE}",), set()),
    "a manage link opens a booking": (("UPDATE link SET subject_id = 999999",), set()),
    "an erased booking holds nothing personal": (
        ("forget the rule", "UPDATE booking SET erased_at = 1"),
        set(),
    ),
}
"""How each invariant is broken behind the back of every deed, and what breaks with it."""


def told() -> list[str]:
    return unit_of_work(lambda: broken(db.session.connection()))


def behind_the_back(statement: str) -> None:
    """Run a statement; two of them take away what would refuse the next one."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    drops = {
        "drop the guard": f"DROP TRIGGER {GUARD}" + ("" if is_sqlite else " ON allocation"),
        "forget the rule": "PRAGMA ignore_check_constraints = ON"
        if is_sqlite
        else "ALTER TABLE booking DROP CONSTRAINT ck_booking_erased_is_empty",
    }
    execute(text(drops.get(statement, statement)))


def test_every_invariant_has_its_case():
    assert set(BREAKS) == set(INVARIANTS)


@pytest.mark.parametrize("name", list(BREAKS))
def test_a_broken_invariant_is_told_by_name(app, clock, name):
    a_booking(an_occurrence(clock), clock)
    an_occurrence(clock)
    assert told() == []

    statements, besides = BREAKS[name]
    for statement in statements:
        behind_the_back(statement)
    lines = broken(db.session.connection())

    assert {line if line == NO_GUARD else line.partition(":")[0] for line in lines} == {name} | besides
    assert all(any(character.isdigit() for character in line) for line in lines if line != NO_GUARD)


def test_what_was_taken_before_a_capacity_was_lowered_breaks_nothing(app, clock):
    pool_id = a_pool(4)
    in_two_hours, tomorrow = clock() + timedelta(hours=2), clock() + timedelta(days=1)
    repair = partial(service.repair, pool_id, starts_at=clock(), now=clock())
    unit_of_work(partial(repair, 3, ends_at=in_two_hours))
    unit_of_work(partial(repair, 1, ends_at=tomorrow))
    ((resource_id,),) = rows_of(Resource.id)

    unit_of_work(lambda: service.change_capacity(resource_id, 1, now=in_two_hours))

    assert told() == []


class History:
    """A busy house: everything that can happen, in an order drawn by lot."""

    def __init__(self, seed: int, clock: StoppedClock) -> None:
        self.lot, self.clock = Random(seed), clock
        pool_id = a_pool(8)
        needs = (
            a_need(kind="pool", pool_id=pool_id, people_per_unit=2),
            a_need(kind="host", after_minutes=15),
        )
        self.offering_id = an_offering(needs=needs, seats=12, party_max=6, cancel_until_minutes=30)
        self.hosts = [a_host() for _ in range(2)]
        self.deeds: list[Callable[[], object]] = [self.publish, self.cancel_date, self.cancel, self.erase]
        self.deeds += [self.correct, self.hold, self.work, self.wait, self.publish, *[self.book] * 9]
        self.refused = 0

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            try:
                self.lot.choice(self.deeds)()
            except DomainError:
                self.refused += 1

    def publish(self) -> object:
        start = self.clock() + timedelta(hours=self.lot.randint(2, 60))
        hosts = (self.lot.choice(self.hosts),)
        return an_occurrence(
            self.clock, offering_id=self.offering_id, starts_at=start, seats=12, host_ids=hosts
        )

    def one_of(self, column: Column) -> int:
        rows = rows_of(column) or [(0,)]
        return int(self.lot.choice(rows[-4:])[0])

    def book(self) -> object:
        party = {"adults": self.lot.randint(1, 4), "children": self.lot.randint(1, 3)}
        return a_booking(self.one_of(Occurrence.id), self.clock, party=party)

    def cancel(self) -> object:
        booking_id = self.one_of(Booking.id)
        return unit_of_work(lambda: changing.cancel(booking_id, now=self.clock()))

    def cancel_date(self) -> object:
        occurrence_id, reasons = self.one_of(Occurrence.id), {"de": "krank"}
        if not occurrence_id or self.lot.random() < 0.6:
            return None
        return unit_of_work(
            lambda: calling_off.cancel_occurrence(
                occurrence_id, reasons=reasons, actor="system", now=self.clock()
            )
        )

    def erase(self) -> object:
        booking_id = self.one_of(Booking.id)
        return unit_of_work(lambda: changing.erase(booking_id, now=self.clock()))

    def correct(self) -> object:
        booking_id, email = self.one_of(Booking.id), f"{self.lot.randint(1, 99)}@example.org"
        return unit_of_work(lambda: changing.change_address(booking_id, email, now=self.clock()))

    def hold(self) -> object:
        wanted = rows_of(Resource.id, Occurrence.starts_at, where=Resource.occurrence_id == Occurrence.id)
        resource_id, start = self.lot.choice(wanted or [(0, self.clock())])
        seconds, until = int(start.timestamp()), self.clock() + timedelta(minutes=15)
        share, house = taking.Share(resource_id, seconds, seconds + 3600, self.lot.randint(1, 5)), house_id()

        def deed() -> None:
            claim_id = taking.new_claim(house_id=house, now=self.clock(), expires_at=until)
            taking.take([share], claim_id=claim_id, now=self.clock())

        return unit_of_work(deed) if wanted else None

    def work(self) -> object:
        mail = unit_of_work(lambda: outbox.lease_next(now=self.clock()))
        return mail and unit_of_work(lambda: outbox.mark_sent(mail, now=self.clock()))

    def wait(self) -> object:
        return retention.run(now=self.clock.forward(hours=self.lot.choice((1, 1, 2, 30))))


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_in_whatever_order_nothing_is_ever_broken(app, clock, seed):
    history = History(seed, clock)
    for _ in range(4):
        history.go_on(30)
        assert told() == []

    assert history.refused > 5
    assert {state for (state,) in rows_of(Booking.state)} > {"cancelled_by_visitor", "cancelled_by_house"}
    assert len(rows_of(Booking.id)) > 15
