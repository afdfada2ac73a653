"""A list of free times by day, as visitors filter it: what a filter hides, and why the other days are empty; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from booking.schedule.gaps import Gap, by_day, gaps
from booking.schedule.slots import HostMode, Slot, SlotQuery, free_slots
from booking.timekit.instants import from_epoch
from booking.timekit.intervals import DAY

PARTS = {"morning": range(12), "afternoon": range(12, 17), "evening": range(17, 24)}  # hours of the start
_STEPS = (14 * DAY, 60 * DAY)  # most often something is free soon
Fits = Callable[[Slot], bool]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Consecutive days, first to last, on which ``count`` times are free but for one filter."""

    first: date
    last: date
    by: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Free times by local day of the house, and for every other day what hides them or why there are none.

    ``after``  where there is no time at all: the first one after these days, if any
    """

    days: Mapping[date, Sequence[Slot]]
    hidden: Sequence[Hidden]
    gaps: Sequence[Gap]
    after: Slot | None = None


@dataclass(frozen=True, slots=True)
class Loosened:
    """The same question without one filter, called ``by``."""

    by: str
    query: SlotQuery
    fits: Fits


def fits_in(weekdays: frozenset[int], parts: frozenset[str], zone: str) -> Fits:
    """Return whether a slot starts on one of the weekdays (1 is Monday) and parts of the day; empty for any."""
    hours = {hour for part in parts for hour in PARTS[part]}
    house = ZoneInfo(zone)

    def fits(slot: Slot) -> bool:
        local = from_epoch(slot.start).astimezone(house)
        return (not weekdays or local.isoweekday() in weekdays) and (not hours or local.hour in hours)

    return fits if weekdays or parts else _anything


def only_with(query: SlotQuery, host_id: int) -> SlotQuery:
    """Return the question for slots in which one host takes part."""
    policy, ids = query.policy, {host.id for host in query.hosts}
    if policy.mode is HostMode.ALL or host_id in policy.fixed:
        return query if host_id in ids else replace(query, hosts=())
    kept = {host_id, *policy.fixed}
    return replace(query, hosts=tuple(host for host in query.hosts if host.id in kept))


def listing(
    query: SlotQuery,
    fits: Fits,
    days: Sequence[date],
    *,
    loosened: Sequence[Loosened],
    after: Callable[[], Slot | None],
) -> Listing:
    """Return what is free on the days, and of every empty one what hides its times or why it has none.

    ``after``     asked for the first time after these days, where they have none
    ``loosened``  the question without each of the filters, the least missed first, and at last without any:
                  days that are empty even then are explained by it
    """
    shown = [slot for slot in free_slots(query) if fits(slot)]
    found = by_day(shown, query.zone)
    empty = [day for day in days if day not in found]
    hidden: list[Hidden] = []
    for one in loosened if empty else ():
        more = by_day([slot for slot in free_slots(one.query) if one.fits(slot)], query.zone)
        hidden += _together(Hidden(day, day, one.by, len(more[day])) for day in empty if day in more)
        empty = [day for day in empty if day not in more]
    unfiltered = loosened[-1].query if loosened else query
    later = after() if not shown else None
    told = gaps(unfiltered, empty, shown or [slot for slot in [later] if slot])
    return Listing(found, sorted(hidden, key=lambda one: one.first), told, later)


def soonest(query: SlotQuery, fits: Fits = lambda _: True, *, most: int = 1) -> list[Slot]:
    """Return the first slots of the query's range, at most ``most``."""
    found: list[Slot] = []
    for step in (*_STEPS, query.until - query.since):
        until = min(query.since + step, query.until)
        found = [slot for slot in free_slots(replace(query, until=until)) if fits(slot)]
        if len(found) >= most or until == query.until:
            break
    return found[:most]


def _anything(_: Slot) -> bool:
    return True


def _together(days: Iterable[Hidden]) -> list[Hidden]:
    """Consecutive days as one, with the sum of their times."""
    found: list[Hidden] = []
    for one in days:
        if found and found[-1].last + timedelta(days=1) == one.first:
            found[-1] = replace(found[-1], last=one.last, count=found[-1].count + one.count)
        else:
            found.append(one)
    return found
