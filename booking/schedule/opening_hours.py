"""When the doors of a house are open on each day: its weekly hours without what closes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from booking.houses.facts import House
from booking.schedule.closures import Closing, closed_within, closing
from booking.schedule.openings import Days
from booking.timekit.instants import at_wall, from_epoch, to_epoch
from booking.timekit.intervals import Span, merge, subtract


@dataclass(frozen=True, slots=True)
class Day:
    """One local day: from when until when the doors are open, or why they stay closed all day.

    ``closed_by``  a state holiday or a closure; empty where the weekly hours alone know no opening
    ``usually``    whether the weekly hours would open on this day
    """

    day: date
    open: Sequence[tuple[datetime, datetime]]
    closed_by: str
    usually: bool


def days(house: House, first: date, last: date, *, language: str) -> Mapping[date, Day]:
    """Return the local days from ``first`` to ``last``, in two statements."""
    found = closing(house, first, last, language=language)
    closed = closed_within(found, first, last, zone=house.zone)
    wanted = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day: _day(house, day, found, closed.get(day, "")) for day in wanted}


def open_until(today: Day, *, now: datetime) -> datetime | None:
    """Return when the doors close that are open now, or None where they are closed."""
    return next((end for begin, end in today.open if begin <= now < end), None)


def next_opening(known: Mapping[date, Day], *, now: datetime) -> datetime | None:
    """Return when the doors open next, as far as the days are known."""
    return next((begin for day in known.values() for begin, _ in day.open if begin > now), None)


def _day(house: House, day: date, found: Closing, closed_by: str) -> Day:
    windows = house.opening.windows(day)
    spans = [(to_epoch(_at(day, start, house)), to_epoch(_at(day, end, house))) for start, end in windows]
    left: list[Span] = [] if closed_by else subtract(spans, _between_instants(found))
    return Day(day, [(from_epoch(start), from_epoch(end)) for start, end in left], closed_by, bool(windows))


def _at(day: date, minute: int, house: House) -> datetime:
    wall = time(minute // 60 % 24, minute % 60)
    return at_wall(day + timedelta(days=minute // 1440), wall, house.zone)


def _between_instants(found: Closing) -> list[Span]:
    return merge(one.when for one in found.closures if not isinstance(one.when, Days))
