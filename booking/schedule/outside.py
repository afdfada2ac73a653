"""Which runs would lie outside the hours of a host or room; pure, but for the calendars that are given."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar

from booking.schedule.calendars import Calendars
from booking.schedule.hours import Of
from booking.schedule.openings import Calendar, Closure, closed_spans
from booking.schedule.previewing import open_spans
from booking.timekit.instants import to_epoch
from booking.timekit.intervals import DAY, Span, overlaps


class Run(Protocol):
    """What is planned: an offering in a medium, from one instant until another."""

    @property
    def offering_id(self) -> int: ...
    @property
    def medium(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


R = TypeVar("R", bound=Run)
FURTHEST = 10 * 366 * DAY  # hours are written out no further: nothing can be planned there any more


def outside(runs: Iterable[R], known: Calendars, of: Of) -> list[R]:
    """Return the runs that the hours do not cover from start to end, in their order."""
    kept = list(runs)
    if not kept:
        return []
    since = min(to_epoch(one.starts_at) for one in kept) - DAY
    until = min(max(to_epoch(one.ends_at) for one in kept) + DAY, since + FURTHEST)
    wanted = {(one.offering_id, one.medium) for one in kept}
    open_ = {key: open_spans(_calendar(known, of, *key), since=since, until=until) for key in wanted}
    return [one for one in kept if not _covers(open_[one.offering_id, one.medium], _span(one))]


def within(runs: Iterable[R], times: Iterable[Span]) -> list[R]:
    """Return the runs that share an instant with one of the times, in their order."""
    found = list(times)
    return [one for one in runs if any(overlaps(_span(one), time) for time in found)]


def closed_by(runs: Iterable[R], closure: Closure, opened: Iterable[date], zone: str) -> list[R]:
    """Return the runs during which a closure would close the house; ``opened``: dates on which it opens anyway."""
    kept = list(runs)
    if not kept:
        return []
    since = min(to_epoch(one.starts_at) for one in kept) - DAY
    until = min(max(to_epoch(one.ends_at) for one in kept) + DAY, since + FURTHEST)
    return within(kept, closed_spans([closure], opened, zone, since=since, until=until))


def _calendar(known: Calendars, of: Of, offering_id: int, medium: str) -> Calendar | None:
    if of.host_id is not None:
        return known.of_host(of.host_id, offering_id=offering_id, medium=medium)
    return known.of_place(of.place_id or 0, offering_id=offering_id, medium=medium)


def _span(run: Run) -> Span:
    return to_epoch(run.starts_at), to_epoch(run.ends_at)


def _covers(spans: Iterable[Span], wanted: Span) -> bool:
    return any(start <= wanted[0] and wanted[1] <= end for start, end in spans)
