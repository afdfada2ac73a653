"""Two houses under one roof: neither shows the other's offerings, topics, dates, experts or opening hours."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from booking.catalogue import overview, topics
from booking.db import unit_of_work
from booking.houses import queries as houses
from booking.schedule import next_dates, opening_hours, service, topic_queries
from booking.timekit.clock import StoppedClock
from tests.builders import a_topic, an_occurrence, an_offering, house_id
from tests.hours import a_consultation, an_expert

DAY = date(2027, 1, 20)


@dataclass(frozen=True)
class Owned:
    """What Leipzig has: a topic with an offering, a date of it and an expert."""

    topic: int
    clock: StoppedClock


Question = Callable[[Owned, int], Any]
QUESTIONS: Mapping[str, Question] = {
    "catalogue.overview.offerings": lambda own, house: [
        one.key for one in overview.offerings(house, language="de")
    ],
    "catalogue.topics.topics": lambda own, house: [one.key for one in topics.topics(house, language="de")],
    "schedule.next_dates.next_of_each": lambda own, house: list(
        next_dates.next_of_each(house, language="de", now=own.clock())
    ),
    "schedule.next_dates.languages_of_each": lambda own, house: next_dates.languages_of_each(
        house, now=own.clock()
    ),
    "schedule.topic_queries.next_dates": lambda own, house: topic_queries.next_dates(
        own.topic, house_id=house, language="de", now=own.clock()
    ),
    "schedule.topic_queries.experts": lambda own, house: [
        one.key for one in topic_queries.experts(own.topic, house_id=house)
    ],
    "schedule.opening_hours.days": lambda own, house: [
        day.closed_by
        for day in opening_hours.days(houses.house(house), DAY, DAY, language="de").values()
        if day.closed_by
    ],
}
"""Each question that names a house, asked for what Leipzig has."""


@pytest.fixture
def owned(app, clock) -> Owned:
    """A house with a topic beside one that has nothing."""
    topic = a_topic(key="ki")
    an_occurrence(clock, offering_id=an_offering(key="vortrag", topic_ids=(topic,)))
    an_expert(a_consultation(key="ki", topic_ids=(topic,)), key="mira")
    leipzig = house_id()
    unit_of_work(lambda: service.close(leipzig, DAY, DAY, reasons={"de": "Umbau"}))
    return Owned(topic, clock)


def test_every_question_that_names_a_house_is_asked_here():
    modules = (overview, topics, next_dates, topic_queries, opening_hours)
    asking = {
        f"{module.__name__.removeprefix('booking.')}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and {"house_id", "house"} & set(inspect.signature(function).parameters)
    }

    assert asking == set(QUESTIONS)


def test_each_house_finds_its_own_and_nothing_of_the_other(owned):
    leipzig, library = house_id(), house_id("library")

    found = {name: unit_of_work(lambda: ask(owned, leipzig)) for name, ask in QUESTIONS.items()}  # noqa: B023
    foreign = {name: unit_of_work(lambda: ask(owned, library)) for name, ask in QUESTIONS.items()}  # noqa: B023

    assert [name for name, value in found.items() if not value] == []
    assert {name: value for name, value in foreign.items() if value} == {}
