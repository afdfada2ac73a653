"""Questions about rooms with hours, changed days and absences, as those who edit them see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from booking.catalogue.models import Place
from booking.db import execute
from booking.errors import NotFound
from booking.schedule.availability_models import (
    Absence,
    AvailabilityOverride,
    AvailabilityRule,
    OverrideWindow,
)
from booking.schedule.hours import Of


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A local date with windows of its own, in minutes after midnight; none: closed."""

    id: int
    day: date
    windows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Away:
    """An absence, of local days or between two instants."""

    id: int
    first_day: date | None
    last_day: date | None
    starts_at: datetime | None
    ends_at: datetime | None


def rooms(house_id: int, *, language: str) -> list[tuple[int, str, int]]:
    """Return id, name and number of weekly hours of the rooms that a house uses, by name."""
    counted = select(func.count()).where(AvailabilityRule.place_id == Place.id).scalar_subquery()
    wanted = select(Place.id, Place.names, counted.label("rules"))
    rows = execute(wanted.where(Place.house_id == house_id, Place.kind == "room", Place.is_active))
    return sorted(((row.id, _said(row.names, language), row.rules) for row in rows), key=lambda one: one[1])


def room_name(place_id: int, *, house_id: int, language: str) -> str:
    """Return the name of a room of the house; raises NotFound."""
    wanted = select(Place.names).where(Place.id == place_id, Place.house_id == house_id, Place.kind == "room")
    names = execute(wanted).scalar()
    if names is None:
        raise NotFound
    return _said(names, language)


def changed_days(of: Of, *, house_id: int, since: date) -> list[ChangedDay]:
    """Return the dates with windows of their own from a local date on, in their order, in one statement."""
    found: dict[tuple[int, date], list[tuple[int, int]]] = {}
    mine = _mine(AvailabilityOverride, of)
    wanted = (
        select(
            AvailabilityOverride.id,
            AvailabilityOverride.day,
            OverrideWindow.start_minute,
            OverrideWindow.end_minute,
        )
        .outerjoin(OverrideWindow, OverrideWindow.override_id == AvailabilityOverride.id)
        .where(mine, AvailabilityOverride.house_id == house_id, AvailabilityOverride.day >= since)
        .order_by(AvailabilityOverride.day, OverrideWindow.start_minute)
    )
    for row in execute(wanted):
        windows = found.setdefault((row.id, row.day), [])
        if row.start_minute is not None:
            windows.append((row.start_minute, row.end_minute))
    return [ChangedDay(id_, day, tuple(windows)) for (id_, day), windows in found.items()]


def absences(of: Of, *, house_id: int, since: date, now: datetime) -> list[Away]:
    """Return the absences that are not over, by their beginning, in one statement."""
    wanted = select(
        Absence.id, Absence.first_day, Absence.last_day, Absence.starts_at, Absence.ends_at
    ).where(
        _mine(Absence, of),
        Absence.house_id == house_id,
        or_(Absence.last_day >= since, Absence.ends_at > now),
    )
    return [Away(*row) for row in execute(wanted.order_by(Absence.first_day, Absence.starts_at))]


def _mine(table: Any, of: Of) -> Any:
    return table.host_id == of.host_id if of.host_id is not None else table.place_id == of.place_id


def _said(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names.get("de", "")
