"""When a host or room can be had: weekly hours, changed dates, absences, closures, and what is taken.

Windows are wall time of the host's zone; ``timekit.intervals`` cuts and shifts them into instants.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from booking.timekit import intervals
from booking.timekit.intervals import DAY, Load, Run, Span, Stretch, day_number, merge, shifted, subtract

MIDNIGHT = 1440
_THURSDAY = 3  # 1 January 1970
_LONGEST_CHAIN = 366  # days that a chain of overlapping windows is followed back

_Window = tuple[int, int, int]  # wall start, wall end, wall start as written


@dataclass(frozen=True, slots=True)
class Hours:
    """A window of the wall clock in minutes after midnight: start 0 to 1439, end 0 to 1440.

    1440 is 24:00, the end of the day; an end at or before the start lies on the next day.
    Raises ValueError for other minutes.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < MIDNIGHT and 0 <= self.end <= MIDNIGHT):
            raise ValueError(f"{self.start} to {self.end} are no minutes of a day")

    @property
    def minutes(self) -> int:
        """How long the wall clock shows it."""
        return self.end - self.start if self.end > self.start else self.end - self.start + MIDNIGHT


@dataclass(frozen=True, slots=True)
class Weekly:
    """Hours that come back; weekday, week, ordinal and validity are those of the date they begin on.

    ``weekdays``     0 is Monday
    ``valid_from``   with ``valid_until`` the first and the last date, both included
    ``parity``       of the ISO week: 0 even, 1 odd, None every week
    ``ordinals``     which of these weekdays in the month: 1 to 5, -1 for the last; empty for each
    Raises ValueError for what is outside these bounds.
    """

    hours: Hours
    weekdays: frozenset[int]
    valid_from: date | None = None
    valid_until: date | None = None
    parity: int | None = None
    ordinals: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        known = self.weekdays <= frozenset(range(7)) and self.ordinals <= {-1, 1, 2, 3, 4, 5}
        if not known or self.parity not in (None, 0, 1):
            raise ValueError(f"no such days: {self}")


@dataclass(frozen=True, slots=True)
class Override:
    """The hours of one local date instead of its weekly ones; no windows: closed."""

    day: date
    windows: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """Whole local dates, first and last included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Closure:
    """The house is closed on local dates, or from one instant until another."""

    when: Days | Span
    name: str = ""
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hours of a host or a room; rules, changed dates and whole-day absences are read in ``zone``."""

    zone: str
    weekly: tuple[Weekly, ...] = ()
    overrides: tuple[Override, ...] = ()
    absences: tuple[Days | Span, ...] = ()


class Taken(NamedTuple):
    """So many units, taken from ``start`` until ``end``; of a resource, its own buffers lie inside.

    ``claim_id``    whose it is: 0 for nobody's
    ``expires_at``  a hold blocks until this instant; None for what stays
    """

    start: int
    end: int
    units: int = 1
    claim_id: int = 0
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A room or a pool of units; without a ``calendar`` it can be used at any time."""

    id: int
    capacity: int = 1
    allocations: tuple[Taken, ...] = ()
    calendar: Calendar | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """So many units of one of the candidates (no two complete each other), with buffers in minutes."""

    kind: Literal["room", "equipment"]
    candidates: tuple[Resource, ...]
    units: int = 1
    before: int = 0
    after: int = 0


def expand(calendar: Calendar, *, since: int, until: int) -> tuple[list[Span], list[Run]]:
    """Return what is open in ``[since, until)``, merged, and the grid that candidates lie on.

    Both may reach a little further. The grid is that of the windows before anybody is absent: absences
    never move it. A chain of overlapping windows is followed back for at most 366 days.
    Raises KeyError (ZoneInfoNotFoundError) for an unknown zone.
    """
    reach = 3
    grid = _grid(calendar, since - reach * DAY, until)
    while _begins_earlier(grid, since, reach) and reach <= _LONGEST_CHAIN:
        reach *= 5
        grid = _grid(calendar, since - reach * DAY, until)
    spans = merge([(start, end) for start, _, end in grid])
    if not calendar.absences:
        return spans, grid
    return subtract(spans, spans_of(calendar.absences, calendar.zone, since=since, until=until)), grid


def blocking(rows: Iterable[Taken], now: int, ignored: Container[int | None]) -> list[Load]:
    """Return what blocks: neither holds that have expired nor what belongs to an ignored claim."""
    return [
        (start, end, units)
        for start, end, units, claim_id, expires_at in rows
        if (expires_at is None or expires_at > now) and claim_id not in ignored
    ]


def spans_of(times: Iterable[Days | Span], zone: str, *, since: int, until: int) -> list[Span]:
    """Return local dates and instants as one merged list, exact within ``[since, until)``."""
    days = [(day_number(w.first) * DAY, (day_number(w.last) + 1) * DAY) for w in times if isinstance(w, Days)]
    given = [w for w in times if isinstance(w, tuple)]
    return merge(intervals.instants(days, zone, since=since, until=until) + given)


def closed_spans(
    closures: Sequence[Closure], opened: Iterable[date], zone: str, *, since: int, until: int
) -> list[Span]:
    """Return, merged, when the house is closed; it opens on ``opened`` dates, whatever closes them whole.

    A closure by instants stands on an opened date, too: it is the more exact word.
    """
    whole = [c.when for c in closures if isinstance(c.when, Days)]
    walls = merge((day_number(days.first) * DAY, (day_number(days.last) + 1) * DAY) for days in whole)
    kept = subtract(walls, merge((day_number(day) * DAY, (day_number(day) + 1) * DAY) for day in opened))
    by_instants = [c.when for c in closures if isinstance(c.when, tuple)]
    return merge([*intervals.instants(kept, zone, since=since, until=until), *by_instants])


def _grid(calendar: Calendar, since: int, until: int) -> list[Run]:
    """The windows, joined where one starts strictly inside an earlier one."""
    clock = intervals.stretches(calendar.zone, since=since, until=until)
    first, last = since // DAY - 1, until // DAY + 1
    changed: dict[int, list[Hours]] = {}
    for override in calendar.overrides:
        changed.setdefault(day_number(override.day), []).extend(override.windows)
    runs = [run for window in _changed(calendar, changed, first, last) for run in _runs(window, clock)]
    for rule in calendar.weekly:
        days = _days(rule, first, last)
        usual = [d for d in days if d not in changed and d + 1 not in changed] if changed else days
        runs += intervals.daily(usual, _wall(0, rule.hours, ()), clock)
    return intervals.join_runs(runs)


def _begins_earlier(grid: list[Run], since: int, reach: int) -> bool:
    return any(run[0] < since - (reach - 2) * DAY and run[2] > since for run in grid)


def _changed(
    calendar: Calendar, changed: Mapping[int, Sequence[Hours]], first: int, last: int
) -> Iterator[_Window]:
    """The windows on changed dates and on the days before them."""
    for rule in calendar.weekly if changed else ():
        for day in _days(rule, first, last):
            if day in changed or day + 1 in changed:
                start, end = _wall(day, rule.hours, changed)
                # a changed date takes the minutes that are its own; those after midnight belong to the next
                yield max(start, (day + 1) * DAY) if day in changed else start, end, start
    for day, windows in changed.items():
        for hours in windows if first <= day <= last else ():
            start, end = _wall(day, hours, changed)
            yield start, end, start


def _wall(day: int, hours: Hours, changed: Container[int]) -> Span:
    start = day * DAY + hours.start * 60
    end = start + hours.minutes * 60
    return start, min(end, (day + 1) * DAY) if day + 1 in changed else end


def _days(rule: Weekly, first: int, last: int) -> list[int]:
    low = max(first, day_number(rule.valid_from)) if rule.valid_from else first
    high = min(last, day_number(rule.valid_until)) if rule.valid_until else last
    days = [n for day in rule.weekdays for n in range(low + (day - _THURSDAY - low) % 7, high + 1, 7)]
    if rule.parity is None and not rule.ordinals:
        return days
    return [number for number in days if _fits(rule, intervals.day_of(number))]


def _fits(rule: Weekly, day: date) -> bool:
    if rule.parity not in (None, day.isocalendar().week % 2):
        return False
    is_last = (day + timedelta(days=7)).month != day.month
    return not rule.ordinals or (day.day + 6) // 7 in rule.ordinals or (is_last and -1 in rule.ordinals)


def _runs(window: _Window, clock: Sequence[Stretch]) -> list[Run]:
    start, end, written = window
    if start >= end:
        return []
    spans = shifted((start, end), clock)
    if not spans:
        return []
    anchor = spans[0][0] if start == written else shifted((written, end), clock)[0][0]
    return [(begin, anchor, stop) for begin, stop in spans]
