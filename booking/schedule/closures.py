"""When the house is closed: state holidays and its own closures, unless it opens on purpose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BigInteger, bindparam, or_, select, type_coerce

from booking.db import execute
from booking.houses.facts import House
from booking.schedule.models import Closure as ClosureRow
from booking.schedule.models import HolidayOpening
from booking.schedule.openings import Closure, Days
from booking.timekit.holidays import state_holidays
from booking.timekit.instants import day_bounds, to_epoch
from booking.timekit.intervals import Span


@dataclass(frozen=True, slots=True)
class Closing:
    """What closes the house, state holidays first, and the dates on which it opens whatever closes them whole."""

    closures: tuple[Closure, ...]
    opened: frozenset[date]


def closing(house: House, first: date, last: date, *, language: str) -> Closing:
    """Return what closes a house on the local dates ``first`` to ``last``, in two statements.

    ``language``  in which closures are named, in German where they have no such name
    """
    asked = {
        "house": house.id,
        "first": first,
        "last": last,
        "begin": to_epoch(day_bounds(first, house.zone)[0]),
        "end": to_epoch(day_bounds(last, house.zone)[1]),
    }
    opened = frozenset(execute(_OPENED, asked).scalars())
    own = [
        Closure(_when(row), row.reasons.get(language) or row.reasons.get("de", ""))
        for row in execute(_CLOSURES, asked)
    ]
    return Closing((*_holidays(house, first, last, language), *own), opened)


def closed_days(house: House, first: date, last: date, *, language: str) -> Mapping[date, str]:
    """Return the local days from ``first`` to ``last`` that are closed whole, with what closes them.

    Opening a day lifts whatever closes it as a day, but not a closure between two instants.
    """
    return closed_within(closing(house, first, last, language=language), first, last, zone=house.zone)


def closed_within(found: Closing, first: date, last: date, *, zone: str) -> dict[date, str]:
    """Return the same of what is loaded already."""
    named: dict[date, str] = {}
    for day in _days(first, last):
        for closure in found.closures:
            if _closes(closure, day, found.opened, zone):
                named.setdefault(day, closure.name)
    return named


def _closes(closure: Closure, day: date, opened: frozenset[date], zone: str) -> bool:
    if isinstance(closure.when, Days):
        return closure.when.first <= day <= closure.when.last and day not in opened
    begin, end = day_bounds(day, zone)
    return closure.when[0] <= to_epoch(begin) and to_epoch(end) <= closure.when[1]


def _when(row: Any) -> Days | Span:
    return (row.starts_at, row.ends_at) if row.first_day is None else Days(row.first_day, row.last_day)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _holidays(house: House, first: date, last: date, language: str) -> Iterator[Closure]:
    language = "de" if language == "ls" else language
    for year in range(first.year, last.year + 1):
        for day, name in state_holidays(house.country, house.subdivision, year, language).items():
            if first <= day <= last:
                yield Closure(Days(day, day), name, is_holiday=True)


_OPENED = select(HolidayOpening.day).where(
    HolidayOpening.house_id == bindparam("house"),
    HolidayOpening.day.between(bindparam("first"), bindparam("last")),
)
_starts, _ends = (type_coerce(one, BigInteger) for one in (ClosureRow.starts_at, ClosureRow.ends_at))
_CLOSURES = (
    select(
        ClosureRow.first_day,
        ClosureRow.last_day,
        _starts.label("starts_at"),
        _ends.label("ends_at"),
        ClosureRow.reasons,
    )
    .where(
        ClosureRow.house_id == bindparam("house"),
        or_(
            (ClosureRow.first_day <= bindparam("last")) & (ClosureRow.last_day >= bindparam("first")),
            (_starts < bindparam("end")) & (_ends > bindparam("begin")),
        ),
    )
    .order_by(ClosureRow.id)
)
"""Statements made once: making them costs more than running them."""
