"""Two houses under one roof: the day of one, and who comes to it, is nothing to the other."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from booking.bookings import attendance_queries, attending, day_queries, party_queries
from booking.bookings.day_queries import Wanted
from booking.bookings.day_scope import NAME, DayScope, scope_of
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.people.permissions import COORDINATOR, Acting
from booking.schedule import day_plan
from booking.timekit.clock import StoppedClock
from tests.builders import a_booking, a_host, a_room, an_occurrence, house_id
from tests.hours import hours_of

ZONE, DAY = "Europe/Berlin", date(2027, 1, 11)


@dataclass(frozen=True)
class Owned:
    """What Leipzig has today: a date, a party that came, one that did not, a host with hours."""

    occurrence_id: int
    booking_id: int
    host_id: int
    clock: StoppedClock

    def scope(self, house: int) -> DayScope:
        """Somebody who runs everything of a house."""
        acting = Acting(1, house, "Dana", "de", frozenset({COORDINATOR}), None, None)
        return scope_of(acting, today=DAY, zone=ZONE)

    def span(self) -> Wanted:
        return Wanted(self.clock() - timedelta(days=1), self.clock() + timedelta(days=1))


@pytest.fixture
def owned(app, clock) -> Owned:
    host = a_host()
    hours_of(host, "mon 09:00-18:00")
    a_room()
    date_id = an_occurrence(clock, starts_at=clock() + timedelta(minutes=30), host_ids=(host,))
    came, _missed = (a_booking(date_id, clock, email=f"{n}@example.org").booking_id for n in range(2))
    unit_of_work(lambda: attending.check_in(came, zone=ZONE, actor="staff:1", now=clock()))
    return Owned(date_id, came, host, clock)


def _stretches(own: Owned, house: int) -> list[Any]:
    found = day_plan.stretches(
        houses.house(house),
        host_ids=[one.id for one in day_plan.things(house, language="de").people],
        place_ids=[],
        first=DAY,
        last=DAY,
        language="de",
        now=own.clock(),
    )
    return list(found)


def _things(_own: Owned, house: int) -> list[Any]:
    found = day_plan.things(house, language="de")
    return [*found.people, *found.rooms, *found.offerings]


Question = Callable[[Owned, int], object]
QUESTIONS: Mapping[str, Question] = {
    "day_queries.dates": lambda own, house: day_queries.dates(
        own.span(), scope=own.scope(house), language="de"
    ),
    "day_queries.count": lambda own, house: day_queries.count(own.span(), scope=own.scope(house)),
    "day_queries.date": lambda own, house: day_queries.date(
        own.occurrence_id, scope=own.scope(house), language="de"
    ),
    "party_queries.date_of": lambda own, house: party_queries.date_of(own.booking_id, house_id=house),
    "party_queries.party": lambda own, house: party_queries.party(own.booking_id, sight=NAME, house_id=house),
    "attendance_queries.in_the_house": lambda own, house: (
        attendance_queries.in_the_house(house, since=own.clock() - timedelta(hours=9), now=own.clock()).all
    ),
    "attendance_queries.lists_to_close": lambda own, house: attendance_queries.lists_to_close(
        house, ended_by=own.clock() + timedelta(days=1)
    ),
    "day_plan.things": _things,
    "day_plan.stretches": _stretches,
}
"""Each question about a day that names a house, asked for what Leipzig has."""


def test_every_question_that_names_a_house_is_asked_here():
    modules = (day_queries, party_queries, attendance_queries, day_plan)
    asking = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and {"house_id", "house", "scope"} & set(inspect.signature(function).parameters)
    }

    assert asking == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_house_finds_its_own_and_the_other_finds_nothing(owned, name):
    def answer(house):
        try:
            return unit_of_work(lambda: QUESTIONS[name](owned, house))
        except NotFound:
            return None

    assert answer(house_id())
    assert not answer(house_id("library"))
