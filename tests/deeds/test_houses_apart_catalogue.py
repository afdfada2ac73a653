"""Two houses under one roof: the staff of neither sees the other's offerings, rooms, equipment, repairs or topics."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from booking.catalogue import draft_queries, offering_lists, thing_lists
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.people.permissions import Acting
from booking.schedule import repairing, thing_uses
from booking.schedule.repairing import WantedRepair
from booking.timekit.clock import StoppedClock
from tests.builders import a_need, a_pool, a_room, a_topic, an_occurrence, an_offering, house_id
from tests.staff import a_programme, a_staff


@dataclass(frozen=True)
class Owned:
    """What Leipzig has of everything, by its number, and who asks for which house."""

    offering: int
    room: int
    pool: int
    topic: int
    programme: int
    repair: int
    editors: Mapping[int, Acting]
    clock: StoppedClock


def _ids(found: list[Any]) -> list[int]:
    return [one.id for one in found]


def _limited(own: Owned, house: int) -> list[Any]:
    return thing_uses.limited_by(own.pool, house_id=house, since=own.clock(), until=None, language="de")


Question = Callable[[Owned, int], Any]
QUESTIONS: Mapping[str, Question] = {
    "catalogue.draft_queries.draft": lambda own, house: (
        draft_queries.draft(own.offering, editor=own.editors[house]).key
    ),
    "catalogue.offering_lists.offerings": lambda own, house: _ids(
        offering_lists.offerings(editor=own.editors[house], language="de")
    ),
    "catalogue.thing_lists.programmes": lambda _own, house: _ids(thing_lists.programmes(house)),
    "catalogue.thing_lists.topics": lambda _own, house: _ids(thing_lists.topics(house)),
    "catalogue.thing_lists.places": lambda _own, house: _ids(thing_lists.places(house)),
    "catalogue.thing_lists.pools": lambda _own, house: _ids(thing_lists.pools(house)),
    "catalogue.thing_lists.programme": lambda own, house: (
        thing_lists.programme(own.programme, house_id=house).key
    ),
    "catalogue.thing_lists.topic": lambda own, house: thing_lists.topic(own.topic, house_id=house).key,
    "catalogue.thing_lists.place": lambda own, house: thing_lists.place(own.room, house_id=house).key,
    "catalogue.thing_lists.pool": lambda own, house: thing_lists.pool(own.pool, house_id=house).key,
    "schedule.thing_uses.uses": lambda own, house: thing_uses.uses(
        house_id=house, pool_id=own.pool, now=own.clock()
    ),
    "schedule.thing_uses.limited_by": _limited,
    "schedule.thing_uses.repairs": lambda own, house: thing_uses.repairs(house, pool_id=own.pool),
    "schedule.thing_uses.repair": lambda own, house: thing_uses.repair(own.repair, house_id=house).units,
}


@pytest.fixture
def owned(app, clock) -> Owned:
    """Leipzig with an offering that needs all it has, of which one unit is broken."""
    editors = {
        house_id(key): a_staff("coordinator", house_id=house_id(key)) for key in ("leipzig", "library")
    }
    room, pool, programme = a_room(), a_pool(8), a_programme()
    wanted = WantedRepair(1, clock(), clock() + timedelta(days=3))
    deed = lambda: repairing.begin(pool, wanted, editor=editors[house_id()], now=clock())  # noqa: E731
    repair, topic = unit_of_work(deed), a_topic()
    needs = (a_need(kind="room", place_id=room), a_need(kind="pool", pool_id=pool, people_per_unit=1))
    offering = an_offering(seats=8, party_max=8, needs=needs, topic_ids=(topic,), programme_id=programme)
    an_occurrence(clock, offering_id=offering, seats=8)
    return Owned(offering, room, pool, topic, programme, repair, editors, clock)


def asked(question: Question, owned: Owned, house: int) -> object:
    """Return the answer, or None where there is nothing for this house."""
    try:
        return unit_of_work(lambda: question(owned, house))
    except NotFound:
        return None


def test_every_question_of_the_catalogue_that_names_a_house_is_asked_here():
    modules = (draft_queries, offering_lists, thing_lists, thing_uses)
    asking = {
        f"{module.__name__.removeprefix('booking.')}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and {"house_id", "editor"} & set(inspect.signature(function).parameters)
    }

    assert asking == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_house_is_told_of_its_own_things_alone(owned, name):
    assert asked(QUESTIONS[name], owned, house_id("leipzig"))
    assert not asked(QUESTIONS[name], owned, house_id("library"))
