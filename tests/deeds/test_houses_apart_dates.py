"""Two houses under one roof: neither sees, changes or counts the other's dates and series."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from booking.bookings import changing_dates, date_counts, ending_series
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.schedule import date_options, planning, series, series_queries, staff_dates
from booking.schedule.staff_dates import Filters, Scope
from booking.timekit.clock import StoppedClock
from tests.builders import a_booking, a_host, a_room, an_offering, house_id
from tests.dates import STAFF, a_change, a_draft
from tests.deeds.series_ways import DAYS, a_series_wanted, decided, made


@dataclass(frozen=True)
class Owned:
    """What Leipzig has: a series with four dates, the second of them dropped, and a draft."""

    series: int
    occurrence: int
    draft: int
    offering: int
    wanted: Any
    clock: StoppedClock


def _by(own: Owned, house: int) -> dict[str, Any]:
    return {"house_id": house, "actor": STAFF, "now": own.clock()}


def _with(own: Owned, house: int) -> dict[str, Any]:
    return {"house": houses.house(house), "actor": STAFF, "now": own.clock()}


def _done(deed: Callable[..., None], *of: Any, **more: Any) -> bool:
    """Do what returns nothing, and say that it was done."""
    deed(*of, **more)
    return True


Question = Callable[[Owned, int], Any]
QUESTIONS: Mapping[str, Question] = {
    "schedule.staff_dates.dates": lambda own, house: (
        staff_dates.dates(house, scope=Scope(), filters=Filters(), language="de", now=own.clock()).dates
    ),
    "schedule.staff_dates.date_of_staff": lambda own, house: staff_dates.date_of_staff(
        own.occurrence, house_id=house, scope=Scope(), language="de", now=own.clock()
    ),
    "schedule.staff_dates.unstaffed": lambda own, house: (
        staff_dates.unstaffed(house, scope=Scope(), language="de", now=own.clock())
        or (house == own.wanted.plan.house_id)
    ),
    "schedule.date_options.offerings": lambda own, house: date_options.offerings(
        house, programme_ids=None, language="de"
    ),
    "schedule.date_options.offering": lambda own, house: date_options.offering(
        own.offering, house_id=house, programme_ids=None, language="de"
    ),
    "schedule.date_options.hosts": lambda _own, house: date_options.hosts(house),
    "schedule.date_options.places": lambda _own, house: date_options.places(house),
    "schedule.date_options.programmes": lambda own, house: (
        date_options.programmes(house) or house == own.wanted.plan.house_id
    ),
    "schedule.series_queries.page": lambda own, house: series_queries.page(
        own.series, house_id=house, language="de"
    ),
    "schedule.series_queries.made_before": lambda own, house: series_queries.made_before(
        own.wanted.once, house_id=house
    ),
    "schedule.series_queries.days_of": lambda own, house: series_queries.days_of(own.series, house_id=house),
    "schedule.series_queries.lost_days": lambda own, house: series_queries.lost_days(
        own.series, house_id=house
    ),
    "schedule.series_queries.like": lambda own, house: series_queries.like(
        own.series, DAYS[0], house=houses.house(house)
    ),
    "schedule.series_queries.further": lambda own, house: series_queries.further(
        own.series, date(2027, 3, 1), house=houses.house(house)
    ),
    "schedule.planning.plan_of": lambda own, house: planning.plan_of(own.occurrence, house_id=house),
    "schedule.planning.plans_of": lambda own, house: planning.plans_of([own.occurrence], house_id=house),
    "schedule.planning.publish_draft": lambda own, house: _done(
        planning.publish_draft, own.draft, version=1, **_by(own, house)
    ),
    "schedule.planning.drop_draft": lambda own, house: _done(
        planning.drop_draft, own.draft, **_by(own, house)
    ),
    "schedule.series.preview": lambda own, house: series.preview(
        own.wanted, house=houses.house(house), language="de", now=own.clock()
    ),
    "schedule.series.make": lambda own, house: series.make(own.wanted, {}, **_with(own, house)),
    "schedule.series.extend": lambda own, house: _done(
        series.extend, own.series, own.wanted, {}, **_with(own, house)
    ),
    "schedule.series.bring_back": lambda own, house: series.bring_back(
        own.series, DAYS[1], **_with(own, house)
    ),
    "schedule.series.shorten": lambda own, house: _done(
        series.shorten, own.series, DAYS[3], **_by(own, house)
    ),
    "bookings.date_counts.of_date": lambda own, house: (
        date_counts.of_date(own.occurrence, house_id=house, now=own.clock()).bookings
    ),
    "bookings.ending_series.end_series": lambda own, house: ending_series.end_series(
        own.series, DAYS[0], reasons={"de": "x"}, tells=True, **_by(own, house)
    ),
    "bookings.changing_dates.change_dates": lambda own, house: changing_dates.change_dates(
        [a_change_of(own)], tells=True, **_by(own, house)
    ),
}
"""Each question and deed that names a house, asked for what Leipzig has; the deeds in their order."""


def a_change_of(own: Owned) -> changing_dates.Change:
    plan, row = planning.plan_of(own.occurrence, house_id=own.wanted.plan.house_id)
    return changing_dates.Change(own.occurrence, row.version, plan)


@pytest.fixture
def owned(app, clock) -> Owned:
    """A house with dates beside one that has none."""
    offering_id = an_offering()
    wanted = a_series_wanted(offering_id=offering_id, host_ids=(a_host(),))
    series_id = made(wanted, clock, decided(wanted, clock) | {DAYS[1]: "leave_out"})
    ids = [one.id for one in unit_of_work(lambda: page_of(series_id)).members]
    a_booking(ids[0], clock)
    draft = a_draft(clock, offering_id=offering_id, place_id=a_room())
    return Owned(series_id, ids[0], draft, offering_id, wanted, clock)


def page_of(series_id):
    return series_queries.page(series_id, house_id=house_id(), language="de")


def test_every_question_and_deed_that_names_a_house_is_asked_here():
    schedule = (staff_dates, date_options, series_queries, planning, series)
    modules = (*schedule, date_counts, ending_series, changing_dates)
    asking = {
        f"{module.__name__.removeprefix('booking.')}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and {"house_id", "house"} & set(inspect.signature(function).parameters)
    }

    assert asking == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_another_house_finds_nothing_and_changes_nothing(owned, name):
    library = house_id("library")
    try:
        found = unit_of_work(lambda: QUESTIONS[name](owned, library))
    except NotFound:
        found = None

    assert not found


@pytest.mark.parametrize("name", [name for name in QUESTIONS if "change" not in name])
def test_the_house_itself_finds_it(owned, name):
    assert unit_of_work(lambda: QUESTIONS[name](owned, house_id()))


def test_a_change_names_its_house_too(owned, clock):
    assert a_change(owned.occurrence).plan.house_id == house_id()
