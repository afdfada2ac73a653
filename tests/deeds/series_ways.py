"""What the tests of series share: one of four Tuesdays, previewed, decided and made."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from booking.db import unit_of_work
from booking.schedule import series, series_queries
from booking.schedule.series import Wanted
from booking.schedule.series_rules import Pattern
from booking.timekit.clock import StoppedClock
from tests.builders import a_room, an_offering, house_id
from tests.dates import STAFF, a_plan
from tests.hours import the_house

TUESDAYS = Pattern("weekly", frozenset({1}), date(2027, 1, 12), times=4)

DAYS = [date(2027, 1, 12) + timedelta(days=7 * n) for n in range(4)]


def a_series_wanted(**wanted: Any) -> Wanted:
    """Return a series of four Tuesdays at two, unless told otherwise."""
    plan = wanted.pop("plan", None) or a_plan(
        offering_id=wanted.pop("offering_id", None) or an_offering(),
        place_id=wanted.pop("place_id", None) or a_room(),
        host_ids=wanted.pop("host_ids", ()),
    )
    details: dict[str, Any] = {
        "plan": plan,
        "pattern": TUESDAYS,
        "at": time(14),
        "minutes": 60,
        "state": "publish",
        "state_holidays": "skip",
        "school_holidays": "open",
        "once": "a series",
    }
    return Wanted(**(details | wanted))


def previewed(wanted: Wanted, clock: StoppedClock, *, language: str = "de") -> Any:
    """Return what the page shows of each day before a series is made."""
    return unit_of_work(lambda: series.preview(wanted, house=the_house(), language=language, now=clock()))


def decided(wanted: Wanted, clock: StoppedClock) -> dict[date, str]:
    """Return what is proposed for each day."""
    return {one.run.day: one.decision for one in previewed(wanted, clock)}


def made(wanted: Wanted, clock: StoppedClock, decisions: Mapping[date, str] | None = None) -> int:
    """Make a series as it was proposed, or decided, and return its id."""
    chosen = decisions or decided(wanted, clock)
    return unit_of_work(lambda: series.make(wanted, chosen, house=the_house(), actor=STAFF, now=clock()))


def page_of(series_id: int) -> Any:
    """Return what the page of a series shows."""
    return unit_of_work(lambda: series_queries.page(series_id, house_id=house_id(), language="de"))
