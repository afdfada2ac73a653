"""Two houses and the bookings that staff work with: who signed in to one finds nothing of the other."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from booking.bookings import caller_queries, exporting, staff_lists, staff_pages
from booking.bookings.models import Booking
from booking.bookings.staff_lists import Wanted
from booking.db import execute, unit_of_work
from booking.errors import NotFound
from booking.people.permissions import COORDINATOR, DESK, Acting
from booking.timekit.clock import StoppedClock
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.hours import ZONE

MODULES = (staff_lists, staff_pages, caller_queries, exporting)


@dataclass(frozen=True)
class Owned:
    """What Leipzig has: a date that can be booked, and a booking of it."""

    key: str
    offering_id: int
    occurrence_id: int
    booking_id: int
    reference: str
    clock: StoppedClock

    def place(self) -> dict[str, Any]:
        """Return where and when questions are asked."""
        return {"zone": ZONE, "now": self.clock()}


QUESTIONS: Mapping[str, Callable[[Owned, Acting], object]] = {
    "staff_lists.page": lambda own, who: [
        one.id for one in staff_lists.page(who, Wanted(), language="de", **own.place()).rows
    ],
    "staff_lists.exported": lambda own, who: [
        one.id for one in staff_lists.exported(who, Wanted(), language="de", **own.place())
    ],
    "staff_lists.offerings": lambda own, who: [
        one for one, _title in staff_lists.offerings(who, language="de") if one == own.offering_id
    ],
    "staff_lists.unreachable": lambda own, who: staff_lists.unreachable(who, **own.place()),
    "staff_pages.find": lambda own, who: (
        staff_pages.find(own.reference, who, language="de", **own.place()).page.id
    ),
    "staff_pages.reference_of": lambda own, who: staff_pages.reference_of(own.booking_id, who, **own.place()),
    "caller_queries.offerings": lambda own, who: [
        one.id for one in caller_queries.offerings(who, language="de") if one.id == own.offering_id
    ],
    "caller_queries.offering": lambda own, who: caller_queries.offering(own.key, who, language="de").id,
    "caller_queries.offering_of_date": lambda own, who: (
        caller_queries.offering_of_date(own.occurrence_id, who, language="de").id
    ),
    "caller_queries.of_programmes": lambda own, who: caller_queries.of_programmes(who, [own.offering_id]),
    "exporting.export": lambda own, who: [
        one.id for one in exporting.export(who, Wanted(), language="de", **own.place())
    ],
}
"""Each question of these modules that names who asks, asked for what Leipzig has."""


def somebody(house):
    return Acting(1, house, "Dana", "de", frozenset({DESK, COORDINATOR}), None, None)


@pytest.fixture
def owned(app, clock):
    offering_id = an_offering(key="only-here")
    date = an_occurrence(clock, offering_id=offering_id)
    booked = a_booking(date, clock)
    marked = update(Booking).values(unreachable_at=clock())
    unit_of_work(partial(execute, marked))
    wanted = select(Booking.reference).where(Booking.id == booked.booking_id)
    reference = unit_of_work(lambda: str(execute(wanted).scalar_one()))
    return Owned("only-here", offering_id, date, booked.booking_id, reference, clock)


def answer(name, owned, house):
    """Return what is found, or nothing where that is refused."""
    try:
        return unit_of_work(partial(QUESTIONS[name], owned, somebody(house)))
    except NotFound:
        return None


def test_every_question_that_names_who_asks_is_asked_here():
    asking = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "acting" in inspect.signature(function).parameters
    }

    assert asking == set(QUESTIONS)


def test_who_signed_in_to_one_house_finds_nothing_of_the_other(owned):
    for name in QUESTIONS:
        assert answer(name, owned, house_id()), f"{name} finds nothing at all"
        assert not answer(name, owned, house_id("library")), name
