"""Deeds: the house closes on days, opens again, and opens on a holiday on purpose."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal
from booking.schedule.models import Closure, HolidayOpening
from booking.schedule.refusals import UnfitHours


def close_days(
    first_day: date,
    last_day: date,
    *,
    house_id: int,
    reasons: Mapping[str, str],
    now: datetime,
    actor: str = "system",
) -> int:
    """Close the house on local days, first to last, both included, and return the id of the closure.

    ``reasons``  by language; visitors read them.  Raises UnfitHours for days in the wrong order.
    """
    if last_day < first_day:
        raise UnfitHours
    alike = select(Closure.id, Closure.reasons).where(
        Closure.house_id == house_id, Closure.first_day == first_day, Closure.last_day == last_day
    )
    for known in execute(alike):
        if known.reasons == dict(reasons):  # a button that was pressed twice
            return int(known.id)
    row = insert(Closure).values(
        house_id=house_id, first_day=first_day, last_day=last_day, reasons=dict(reasons)
    )
    closure_id = int(execute(row.returning(Closure.id)).scalar_one())
    days = {"first_day": [None, first_day.isoformat()], "last_day": [None, last_day.isoformat()]}
    _record("house.closed", closure_id, house_id=house_id, now=now, actor=actor, changes=days)
    return closure_id


def remove_closure(closure_id: int, *, house_id: int, now: datetime, actor: str = "system") -> None:
    """Take a closure back; raises NotFound for one that the house does not have."""
    mine = delete(Closure).where(Closure.id == closure_id, Closure.house_id == house_id)
    if execute(mine.returning(Closure.id)).scalar() is None:
        raise NotFound
    _record("house.opened_again", closure_id, house_id=house_id, now=now, actor=actor)


def open_on(day: date, *, house_id: int, now: datetime, actor: str = "system") -> None:
    """Open the house on a day on purpose, whatever closes it whole; once is enough."""
    known = select(HolidayOpening.id).where(HolidayOpening.house_id == house_id, HolidayOpening.day == day)
    if execute(known).scalar() is not None:
        return
    row = insert(HolidayOpening).values(house_id=house_id, day=day).returning(HolidayOpening.id)
    opening_id = int(execute(row).scalar_one())
    changes = {"opened_on": [None, day.isoformat()]}
    _record("holiday.opened", opening_id, house_id=house_id, now=now, actor=actor, changes=changes)


def close_again_on(day: date, *, house_id: int, now: datetime, actor: str = "system") -> None:
    """Let a day be closed again by what closes it; raises NotFound unless it was opened on purpose."""
    mine = delete(HolidayOpening).where(HolidayOpening.house_id == house_id, HolidayOpening.day == day)
    opening_id = execute(mine.returning(HolidayOpening.id)).scalar()
    if opening_id is None:
        raise NotFound
    changes = {"opened_on": [day.isoformat(), None]}
    _record("holiday.closed_again", int(opening_id), house_id=house_id, now=now, actor=actor, changes=changes)


def _record(
    deed: str,
    number: int,
    *,
    house_id: int,
    now: datetime,
    actor: str,
    changes: Mapping[str, object] | None = None,
) -> None:
    journal.record(
        deed,
        house_id=house_id,
        actor=actor,
        object_kind="holiday" if deed.partition(".")[0] == "holiday" else "closure",
        object_id=number,
        now=now,
        changes=changes,
    )
