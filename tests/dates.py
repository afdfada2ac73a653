"""Builders of dates that staff plan: plans, changes and series."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import count
from typing import Any

from booking.bookings import changing_dates
from booking.bookings.changing_dates import Change
from booking.db import unit_of_work
from booking.schedule import planning, service
from booking.schedule.publishing import Plan
from booking.timekit.clock import StoppedClock
from booking.timekit.instants import at_wall
from tests.builders import a_need, a_room, an_offering, house_id

STAFF = "staff:7"
TUESDAY = date(2027, 1, 12)
_numbers = count(1)


def a_plan(**wanted: Any) -> Plan:
    """Return a plan of a tour on Tuesday at two, unless told otherwise (``day``, ``at``)."""
    day, at = wanted.pop("day", TUESDAY), wanted.pop("at", time(14))
    starts_at = wanted.pop("starts_at", None) or at_wall(day, at, "Europe/Berlin")
    details: dict[str, Any] = {
        "house_id": wanted.get("house_id") or house_id(),
        "offering_id": wanted.get("offering_id") or an_offering(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=wanted.pop("minutes", 60)),
        "seats": 15,
        "language": "de",
        "host_ids": (),
        "place_id": None,
        "once": f"date-{next(_numbers)}",
    }
    return Plan(**(details | wanted))


def taught(host_id: int, offering_id: int) -> int:
    """Enter a host for an offering, and return the host."""
    unit_of_work(lambda: service.teach(host_id, offering_id))
    return host_id


def an_offering_in(room: int, **wanted: Any) -> int:
    """Add a tour that needs a host and this room, and return its id."""
    needs = (a_need(kind="host"), a_need(kind="room", place_id=room))
    return an_offering(needs=needs, **wanted)


def a_draft(clock: StoppedClock, **wanted: Any) -> int:
    """Write a draft in a room of its own and return its id."""
    plan = a_plan(**({"place_id": a_room()} | wanted))
    return unit_of_work(lambda: planning.draft(plan, actor=STAFF, now=clock()))


def published(clock: StoppedClock, **wanted: Any) -> int:
    """Publish a date as staff do, in a room of its own, and return its id."""
    plan = a_plan(**({"place_id": a_room()} | wanted))
    return unit_of_work(lambda: planning.publish_now(plan, actor=STAFF, now=clock()))


def planned(occurrence_id: int, house: int | None = None) -> tuple[Plan, Any]:
    """Return what a date is planned as, and its row."""
    return unit_of_work(lambda: planning.plan_of(occurrence_id, house_id=house or house_id()))


def a_change(occurrence_id: int, *, version: int | None = None, **wanted: Any) -> Change:
    """Return a change of a date; ``later`` moves it by so much."""
    plan, row = planned(occurrence_id)
    later = wanted.pop("later", timedelta(0))
    changed = replace(plan, starts_at=plan.starts_at + later, ends_at=plan.ends_at + later)
    return Change(occurrence_id, row.version if version is None else version, replace(changed, **wanted))


def changed(clock: StoppedClock, *changes: Change, tells: bool = True, house: int | None = None) -> int:
    """Change dates and return how many mails that makes."""
    wanted: Sequence[Change] = changes
    return unit_of_work(
        lambda: changing_dates.change_dates(
            wanted, house_id=house or house_id(), actor=STAFF, tells=tells, now=clock()
        )
    )
