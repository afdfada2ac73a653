"""Rules of series: on which days and at which instants dates come back, by RFC 5545, 3.3.10; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice

from booking.schedule.staff_refusals import SeriesTooFar, SeriesTooLong, SeriesWithoutDates
from booking.timekit.instants import at_wall
from booking.timekit.zones import exists

MOST_DATES = 200
MOST_DAYS = 730  # from the first day to the last
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How dates come back.

    ``rhythm``    "weekly", "second_week" counted from the week of the first day, or "monthly"
    ``weekdays``  0 is Monday
    ``ordinal``   of a monthly one: which of these weekdays in the month, 1 to 5, -1 for the last
    ``last_day``  included; or so many ``times``, days that are skipped afterwards included
    ``anchor``    in whose week every second week is counted from, where that is not the first day's
    """

    rhythm: str
    weekdays: frozenset[int]
    first_day: date
    ordinal: int | None = None
    last_day: date | None = None
    times: int | None = None
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One date of a series: its local day and its instants."""

    day: date
    starts_at: datetime
    ends_at: datetime


def runs(pattern: Pattern, at: time, *, minutes: int, zone: str) -> list[Run]:
    """Return the dates of a series, in their order: always at the same time on the wall, and equally long.

    A day on which the clocks skip that time has none, and does not count; a
    time that they show twice is the first.  Raises SeriesTooLong beyond
    MOST_DATES, SeriesTooFar beyond MOST_DAYS, SeriesWithoutDates for none.
    """
    if pattern.times is not None and pattern.times > MOST_DATES:
        raise SeriesTooLong(most=MOST_DATES)
    if pattern.last_day is not None and (pattern.last_day - pattern.first_day).days > MOST_DAYS:
        raise SeriesTooFar(most=MOST_DAYS)
    wanted = (day for day in _days(pattern) if exists(datetime.combine(day, at), zone))
    most = MOST_DATES + 1 if pattern.times is None else pattern.times
    days = list(islice(wanted, most))
    if not days:
        raise SeriesWithoutDates
    if len(days) > MOST_DATES:
        raise SeriesTooLong(most=MOST_DATES)
    if pattern.times is not None and len(days) < pattern.times:
        raise SeriesTooFar(most=MOST_DAYS)
    return [run_on(day, at, minutes=minutes, zone=zone) for day in days]


def run_on(day: date, at: time, *, minutes: int, zone: str) -> Run:
    """Return the date on a local day; a time that does not exist lies an hour later, as RFC 5545, 3.3.5 has it."""
    starts_at = at_wall(day, at, zone)
    return Run(day, starts_at, starts_at + timedelta(minutes=minutes))


def _days(pattern: Pattern) -> Iterator[date]:
    """Yield the days of a pattern, in order, for at most MOST_DAYS."""
    end = pattern.last_day or pattern.first_day + timedelta(days=MOST_DAYS)
    days = _monthly(pattern) if pattern.rhythm == "monthly" else _weekly(pattern)
    for day in days:
        if day > end:
            return
        if day >= pattern.first_day:
            yield day


def _weekly(pattern: Pattern) -> Iterator[date]:
    anchor = pattern.anchor or pattern.first_day
    monday = anchor - timedelta(days=anchor.weekday())
    step = _WEEK * (2 if pattern.rhythm == "second_week" else 1)
    for number in count():
        for weekday in sorted(pattern.weekdays):
            yield monday + step * number + timedelta(days=weekday)


def _monthly(pattern: Pattern) -> Iterator[date]:
    year, month = pattern.first_day.year, pattern.first_day.month
    for number in count(month - 1):
        first = date(year + number // 12, number % 12 + 1, 1)
        found = (_in_month(first, weekday, pattern.ordinal or 1) for weekday in pattern.weekdays)
        yield from sorted(day for day in found if day is not None)


def _in_month(first: date, weekday: int, ordinal: int) -> date | None:
    begin = first + timedelta(days=(weekday - first.weekday()) % 7)
    days = [begin + _WEEK * number for number in range(5) if (begin + _WEEK * number).month == first.month]
    if ordinal == -1:
        return days[-1]
    return days[ordinal - 1] if ordinal <= len(days) else None
