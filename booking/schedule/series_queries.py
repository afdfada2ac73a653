"""Questions about series: their dates and the days without one, and how they would go on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, select

from booking.catalogue.models import Offering
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.houses.facts import House
from booking.schedule import planning
from booking.schedule.models import Occurrence
from booking.schedule.publishing import Plan
from booking.schedule.series_models import Series, SeriesGap
from booking.schedule.series_rules import Pattern, run_on


@dataclass(frozen=True, slots=True)
class Member:
    """One date of a series."""

    id: int
    series_day: date
    starts_at: datetime
    ends_at: datetime
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """A series; ``gaps``: why it has no date on a day."""

    id: int
    offering_id: int
    programme_id: int | None
    title: str
    pattern: Pattern
    state_holidays: str
    school_holidays: str
    version: int
    members: tuple[Member, ...]
    gaps: Mapping[date, str]


def page(series_id: int, *, house_id: int, language: str) -> SeriesPage:
    """Return a series with its dates in their order, in three statements; raises NotFound."""
    row = _row(series_id, house_id=house_id, language=language)
    found = execute(_MEMBERS, {"series": series_id}).all()
    gaps = execute(_GAPS, {"series": series_id}).all()
    return SeriesPage(
        id=row.id,
        offering_id=row.offering_id,
        programme_id=row.programme_id,
        title=row.title,
        pattern=_pattern(row),
        state_holidays=row.state_holidays,
        school_holidays=row.school_holidays,
        version=row.version,
        members=tuple(Member(**one._mapping) for one in found),
        gaps={gap.day: gap.why for gap in gaps},
    )


def made_before(once: str, *, house_id: int) -> int | None:
    """Return the series that the first sending of a form made."""
    mine = select(Series.id).where(Series.once == once, Series.house_id == house_id)
    found: int | None = execute(mine).scalar()
    return found


def days_of(series_id: int, *, house_id: int) -> set[date]:
    """Return every day that a series has made, with a date or without; raises NotFound."""
    _row(series_id, house_id=house_id)
    days = {row.series_day for row in execute(_MEMBERS, {"series": series_id})}
    return days | {row.day for row in execute(_GAPS, {"series": series_id})}


def lost_days(series_id: int, *, house_id: int) -> set[date]:
    """Return the days on which a series has no date (any more); raises NotFound."""
    _row(series_id, house_id=house_id)
    members = execute(_MEMBERS, {"series": series_id}).all()
    stand = {row.series_day for row in members if row.state != "cancelled"}
    gaps = {row.day for row in execute(_GAPS, {"series": series_id})}
    return (gaps | {row.series_day for row in members}) - stand


def like(series_id: int, day: date, *, house: House) -> Plan:
    """Return a date on a day like the one before it in the series, or the first; cancelled ones if there are no others.

    Raises NotFound for a series that has never had a date.
    """
    members = execute(_MEMBERS, {"series": series_id}).all()
    stand = [row for row in members if row.state != "cancelled"] or members
    if not stand:
        raise NotFound
    before = [row for row in stand if row.series_day <= day] or stand[:1]
    plan, _row_of = planning.plan_of(before[-1].id, house_id=house.id)
    return on_day(plan, day, zone=house.zone)


def further(series_id: int, last_day: date, *, house: House) -> tuple[Plan, Pattern]:
    """Return a series as it would go on after all its days until ``last_day``; raises NotFound."""
    row = _row(series_id, house_id=house.id)
    known = days_of(series_id, house_id=house.id)
    first = max(known, default=row.first_day - timedelta(days=1)) + timedelta(days=1)
    pattern = replace(_pattern(row), first_day=first, last_day=last_day, times=None, anchor=row.first_day)
    return like(series_id, last_day, house=house), pattern


def on_day(plan: Plan, day: date, *, zone: str) -> Plan:
    """Return a plan on another local day, at the same time on the wall and equally long."""
    at = plan.starts_at.astimezone(ZoneInfo(zone)).time()
    minutes = int((plan.ends_at - plan.starts_at).total_seconds()) // 60
    run = run_on(day, at, minutes=minutes, zone=zone)
    return replace(plan, starts_at=run.starts_at, ends_at=run.ends_at)


def _row(series_id: int, *, house_id: int, language: str = "de") -> Row[Any]:
    row = execute(_SERIES, {"series": series_id, "house": house_id, "language": language}).one_or_none()
    if row is None:
        raise NotFound
    return row


def _pattern(row: Row[Any]) -> Pattern:
    return Pattern(
        rhythm=row.rhythm,
        weekdays=frozenset(row.weekdays),
        first_day=row.first_day,
        ordinal=row.ordinal,
        last_day=row.last_day,
        times=row.times,
    )


_SERIES = with_texts(
    select(
        Series.id,
        Series.offering_id,
        Offering.programme_id,
        text("title"),
        Series.rhythm,
        Series.weekdays,
        Series.ordinal,
        Series.first_day,
        Series.last_day,
        Series.times,
        Series.state_holidays,
        Series.school_holidays,
        Series.version,
    )
    .select_from(Series)
    .join(Offering, Offering.id == Series.offering_id)
).where(Series.id == bindparam("series"), Series.house_id == bindparam("house"))
_MEMBERS = (
    select(
        Occurrence.id,
        Occurrence.series_day,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Occurrence.state,
        Occurrence.version,
    )
    .where(Occurrence.series_id == bindparam("series"))
    .order_by(Occurrence.series_day, Occurrence.id)
)
_GAPS = (
    select(SeriesGap.day, SeriesGap.why)
    .where(SeriesGap.series_id == bindparam("series"))
    .order_by(SeriesGap.day)
)
"""Statements made once: making them costs more than running them."""
