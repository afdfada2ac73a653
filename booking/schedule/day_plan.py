"""Questions for the plan of a day: who and what there is, when hosts are free or away, what is closed or in repair."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from booking.catalogue.models import Offering, Place, Pool
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.houses.facts import House
from booking.people.models import Host
from booking.schedule import calendars
from booking.schedule.closures import Closing, closing
from booking.schedule.models import LONGEST_SECONDS, Allocation, Claim, Repair, Resource
from booking.schedule.openings import closed_spans, expand, spans_of
from booking.timekit.instants import day_bounds, from_epoch, to_epoch
from booking.timekit.intervals import Span, merge, subtract

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """A host."""

    id: int
    first_name: str
    last_name: str
    kind: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Room:
    """A room or meeting point."""

    id: int
    names: Names


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasts: ``what`` is "free", "away", "closed" or "repair"."""

    what: str
    starts_at: datetime
    ends_at: datetime
    host_id: int | None = None
    place_id: int | None = None
    name: str = ""
    names: Names | None = None
    units: int = 0


@dataclass(frozen=True, slots=True)
class Things:
    """Who and what can be chosen: hosts, rooms, and (id, title) of offerings."""

    people: Sequence[Person]
    rooms: Sequence[Room]
    offerings: Sequence[tuple[int, str]]


def things(house_id: int, *, language: str) -> Things:
    """Return active hosts, rooms and meeting points, and offerings that are not archived, in three statements."""
    asked = {"house": house_id, "language": language}
    return Things(
        [Person(*row) for row in execute(_PEOPLE, asked)],
        [Room(*row) for row in execute(_ROOMS, asked)],
        [(row.id, row.title) for row in execute(_OFFERINGS, asked)],
    )


def stretches(
    house: House,
    *,
    host_ids: Collection[int],
    place_ids: Collection[int],
    first: date,
    last: date,
    language: str,
    now: datetime,
) -> list[Stretch]:
    """Return what fills the local days ``first`` to ``last`` beside dates, in seven statements.

    Free hours are those of hosts: their weekly or changed hours without
    absences, closures and what they are taken for; expired holds take nothing.
    """
    begin, end = to_epoch(day_bounds(first, house.zone)[0]), to_epoch(day_bounds(last, house.zone)[1])
    known = calendars.load(house, host_ids=host_ids, place_ids=place_ids, first=first, last=last)
    closed = closing(house, first, last, language=language)
    busy = _busy(host_ids, begin, end, now=now)
    return [
        *_closed(closed, house.zone, begin, end),
        *_away(known, house.zone, begin, end),
        *_free(known, closed, busy, host_ids, (begin, end)),
        *_repairs(house.id, begin, end),
    ]


def _closed(found: Closing, zone: str, begin: int, end: int) -> list[Stretch]:
    return [
        _stretch("closed", span, name=closure.name)
        for closure in found.closures
        for span in _clip(closed_spans([closure], found.opened, zone, since=begin, until=end), begin, end)
    ]


def _away(known: calendars.Calendars, zone: str, begin: int, end: int) -> list[Stretch]:
    return [
        _stretch("away", span, **{f"{owner[0]}_id": owner[1]})
        for owner, times in known.absences.items()
        for span in _clip(spans_of(times, zone, since=begin, until=end), begin, end)
    ]


def _free(
    known: calendars.Calendars,
    closed: Closing,
    busy: Mapping[int, list[Span]],
    host_ids: Collection[int],
    within: Span,
) -> list[Stretch]:
    begin, end = within
    shut = closed_spans(closed.closures, closed.opened, known.zone, since=begin, until=end)
    told = []
    for host_id in host_ids:
        spans, _grid = expand(known.at_all(("host", host_id)), since=begin, until=end)
        left = subtract(subtract(merge(spans), shut), merge(busy.get(host_id, [])))
        told += [_stretch("free", span, host_id=host_id) for span in _clip(left, begin, end)]
    return told


def _busy(host_ids: Collection[int], begin: int, end: int, *, now: datetime) -> Mapping[int, list[Span]]:
    asked = {"hosts": list(host_ids), "begin": begin, "end": end, "oldest": begin - LONGEST_SECONDS}
    found: dict[int, list[Span]] = {}
    for row in execute(_BUSY, asked | {"now": to_epoch(now)}):
        found.setdefault(row.host_id, []).append((row.starts_at, row.ends_at))
    return found


def _repairs(house_id: int, begin: int, end: int) -> list[Stretch]:
    asked = {"house": house_id, "begin": from_epoch(begin), "end": from_epoch(end)}
    return [
        Stretch("repair", row.starts_at, row.ends_at, name=row.note, names=row.names, units=row.units)
        for row in execute(_REPAIRS, asked)
    ]


def _clip(spans: Collection[Span], begin: int, end: int) -> list[Span]:
    cut = [(max(start, begin), min(stop, end)) for start, stop in spans]
    return [(start, stop) for start, stop in cut if start < stop]


def _stretch(what: str, span: Span, **more: Any) -> Stretch:
    return Stretch(what, from_epoch(span[0]), from_epoch(span[1]), **more)


_PEOPLE = (
    select(Host.id, Host.first_name, Host.last_name, Host.kind)
    .where(Host.house_id == bindparam("house"), Host.is_active)
    .order_by(Host.first_name, Host.last_name, Host.id)
)
_ROOMS = (
    select(Place.id, Place.names)
    .where(Place.house_id == bindparam("house"))
    .order_by(Place.kind.desc(), Place.key)
)
_OFFERINGS = (
    with_texts(select(Offering.id, text("title")).select_from(Offering))
    .where(Offering.house_id == bindparam("house"), Offering.state != "archived")
    .order_by(text("title"), Offering.id)
)
_BUSY = (
    select(Resource.host_id, Allocation.starts_at, Allocation.ends_at)
    .join(Resource, Resource.id == Allocation.resource_id)
    .join(Claim, Claim.id == Allocation.claim_id)
    .where(
        Resource.host_id.in_(bindparam("hosts", expanding=True)),
        Allocation.starts_at < bindparam("end"),
        Allocation.starts_at > bindparam("oldest"),  # none is longer than 31 days: the index does the rest
        Allocation.ends_at > bindparam("begin"),
        Claim.expires_at.is_(None) | (Claim.expires_at > bindparam("now")),
    )
)
_REPAIRS = (
    select(Repair.starts_at, Repair.ends_at, Repair.note, Repair.units, Pool.names)
    .join(Pool, Pool.id == Repair.pool_id)
    .where(
        Repair.house_id == bindparam("house"),
        Repair.starts_at < bindparam("end"),
        Repair.ends_at > bindparam("begin"),
    )
    .order_by(Repair.starts_at, Repair.id)
)
"""Statements made once: making them costs more than running them."""
