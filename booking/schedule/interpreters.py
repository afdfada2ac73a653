"""Who could interpret at a time, and which equipment has a unit left: asked before it is taken for somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from booking.catalogue.models import Need, Pool
from booking.db import execute
from booking.houses.facts import House
from booking.people.models import Host
from booking.schedule import calendars, rules, taken
from booking.schedule.calendars import Calendars
from booking.schedule.models import Resource
from booking.schedule.openings import MIDNIGHT, Calendar, Hours, Weekly, blocking, expand
from booking.schedule.taken import Takings
from booking.schedule.taking import Share
from booking.timekit.instants import local_date, to_epoch

INTERPRETER = "interpreter"
_ALWAYS = (Weekly(Hours(0, MIDNIGHT), frozenset(range(7))),)


@dataclass(frozen=True, slots=True)
class Visit:
    """When and at what somebody is needed; ``ignored``: claims that are given back before anything is taken."""

    offering_id: int
    medium: str
    starts_at: datetime
    ends_at: datetime
    ignored: frozenset[int] = frozenset()


def signers(house: House, visit: Visit, *, language: str, now: datetime) -> list[Share]:
    """Return a share of each host who speaks or signs a language and is free, those who interpret first.

    Free are they with the buffers of the offering's own hosts.  Who has
    weekly hours works in them alone, who has none can be asked for any time
    at which nothing else is entered.  Changes nothing.
    """
    able = [row for row in execute(_HOSTS, {"house": house.id}) if language in row.languages]
    if not able:
        return []
    day = local_date(visit.starts_at, house.zone)
    margin = timedelta(days=1)
    known = calendars.load(
        house, host_ids=[row.id for row in able], place_ids=(), first=day - margin, last=day + margin
    )
    span = _span(visit)
    takings = _takings(span, [row.resource_id for row in able], [row.id for row in able], now=now)
    free = [row for row in able if _is_free(row, visit, known, takings, now=now)]
    free.sort(key=lambda row: (row.kind != INTERPRETER, row.id))
    return [Share(row.resource_id, *span, 1) for row in free]


def units(house_id: int, key: str, visit: Visit, *, now: datetime) -> Share | None:
    """Return a share of one unit of a pool, or None where all are taken or the house has no such pool."""
    row = execute(_POOL, {"house": house_id, "key": key}).one_or_none()
    if row is None:
        return None
    start, end = span = _span(visit)
    takings = _takings(span, [row.id], [], now=now)
    load = blocking(takings.allocations.get(row.id, ()), to_epoch(now), visit.ignored)
    free = int(row.capacity) - (rules.peak(load, start=start, end=end) if load else 0)
    return Share(row.id, start, end, 1) if free > 0 else None


def _span(visit: Visit) -> tuple[int, int]:
    """Return what the offering's own hosts are taken for, buffers included."""
    before, after = execute(_BUFFERS, {"offering": visit.offering_id}).one()
    return to_epoch(visit.starts_at) - 60 * before, to_epoch(visit.ends_at) + 60 * after


def _takings(
    span: tuple[int, int], resource_ids: Collection[int], host_ids: Collection[int], *, now: datetime
) -> Takings:
    wanted = taken.Wanted(
        since=span[0],
        until=span[1],
        reach=0,
        resources=frozenset(resource_ids),
        hosts=frozenset(host_ids),
        sharing=frozenset(),
        limited=frozenset(),
        medium="",
        moving=None,
        now=to_epoch(now),
    )
    return taken.load(wanted)


def _is_free(row: Row[Any], visit: Visit, known: Calendars, takings: Takings, *, now: datetime) -> bool:
    """Return whether nothing that was loaded, all of it at the time of the visit, keeps a host from it."""
    if blocking(takings.allocations.get(row.resource_id, ()), to_epoch(now), visit.ignored):
        return False
    if any(start < end for start, end in takings.busy.get(row.id, ())):
        return False
    start, end = to_epoch(visit.starts_at), to_epoch(visit.ends_at)
    open_spans, _ = expand(_calendar(row.id, visit, known), since=start, until=end)
    return any(begin <= start and end <= stop for begin, stop in open_spans)


def _calendar(host_id: int, visit: Visit, known: Calendars) -> Calendar:
    owner = ("host", host_id)
    if owner in known.rules:
        return known.of_host(host_id, offering_id=visit.offering_id, medium=visit.medium)
    return Calendar(known.zone, _ALWAYS, known.overrides.get(owner, ()), known.absences.get(owner, ()))


_HOSTS = (
    select(Host.id, Host.kind, Host.languages, Resource.id.label("resource_id"))
    .join(Resource, Resource.host_id == Host.id)
    .where(Host.house_id == bindparam("house"), Host.is_active.is_(True))
    .order_by(Host.id)
)
_POOL = (
    select(Resource.id, Resource.capacity)
    .join(Pool, Pool.id == Resource.pool_id)
    .where(Pool.house_id == bindparam("house"), Pool.key == bindparam("key"))
)
_BUFFERS = select(
    func.coalesce(func.max(Need.before_minutes), 0), func.coalesce(func.max(Need.after_minutes), 0)
).where(Need.offering_id == bindparam("offering"), Need.kind == "host")
"""Statements made once: making them costs more than running them."""
