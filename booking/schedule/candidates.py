"""Questions of whoever plans a date: who could give it and which rooms are free then, and the next free days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, select

from booking.catalogue.models import Place
from booking.db import execute
from booking.houses.facts import House
from booking.people.models import Host
from booking.schedule import calendars, clashes, kit_loading, rules, taken
from booking.schedule.calendars import Calendars
from booking.schedule.clashes import against
from booking.schedule.kits import HOST, ROOM, Names
from booking.schedule.models import Resource, Skill
from booking.schedule.openings import blocking
from booking.schedule.publishing import Plan
from booking.schedule.series_queries import on_day
from booking.schedule.taken import Takings
from booking.timekit.instants import local_date, to_epoch
from booking.timekit.intervals import overlaps

LOOKED_AHEAD = 28  # days
MOST = 3
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HostChoice:
    """Somebody who could give a date; ``why`` not then: host (taken), busy, absent, hours, or "" where free."""

    id: int
    name: str
    languages: tuple[str, ...]
    is_skilled: bool
    speaks: bool
    why: str

    @property
    def is_free(self) -> bool:
        """Whether nothing is in the way at that time."""
        return not self.why

    @property
    def fits(self) -> bool:
        """Whether there is nothing against this person."""
        return self.is_skilled and self.speaks and self.is_free


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A room or meeting point; ``people_limit`` None: nobody counts."""

    id: int
    names: Names
    people_limit: int | None
    is_free: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Everybody and every place of the house, those that fit first."""

    hosts: tuple[HostChoice, ...]
    rooms: tuple[RoomChoice, ...]


def choices(plan: Plan, *, house: House, ignored: frozenset[int] = frozenset(), now: datetime) -> Choices:
    """Return who and what could be chosen for a date, in a constant number of statements.

    ``ignored``  the claim of the date itself, which gives back what it has
    """
    people = execute(_HOSTS, {"house": house.id, "offering": plan.offering_id}).all()
    places = execute(_PLACES, {"house": house.id}).all()
    own = to_epoch(plan.starts_at), to_epoch(plan.ends_at)
    span = _room_span(plan)
    takings = _takings(span, people, places, now=now)
    day = local_date(plan.starts_at, house.zone)
    known = calendars.load(
        house, host_ids=[row.id for row in people], place_ids=(), first=day - _DAY, last=day + _DAY
    )

    def load(resource_id: int | None, wanted: tuple[int, int]) -> int:
        rows = blocking(takings.allocations.get(resource_id or 0, ()), to_epoch(now), ignored)
        return rules.peak(rows, start=wanted[0], end=wanted[1])

    def host(row: Row[Any]) -> HostChoice:
        why = HOST if load(row.resource_id, own) >= 1 else _why(row.id, plan, known, takings)
        return HostChoice(
            id=row.id,
            name=f"{row.first_name} {row.last_name}".strip(),
            languages=tuple(row.languages),
            is_skilled=row.offering_id is not None,
            speaks=plan.language in row.languages,
            why=why,
        )

    def place(row: Row[Any]) -> RoomChoice:
        units = plan.seats if row.is_shared else 1
        is_free = row.resource_id is None or load(row.resource_id, span) + units <= row.capacity
        return RoomChoice(row.id, row.names, row.people_limit, is_free)

    hosts = sorted((host(row) for row in people), key=_rank)
    rooms = sorted((place(row) for row in places), key=lambda one: (not one.is_free, one.id))
    return Choices(tuple(hosts), tuple(rooms))


def _room_span(plan: Plan) -> tuple[int, int]:
    """Return when a room would be taken, with the buffers of the one that the offering names."""
    needed = kit_loading.kit(replace(plan.wanted(), host_ids=(), place_id=None))
    room = next((one for one in needed.items if one.kind == ROOM), None)
    return (
        room.span(plan.starts_at, plan.ends_at)
        if room
        else (to_epoch(plan.starts_at), to_epoch(plan.ends_at))
    )


def next_days(
    plan: Plan, *, house: House, ignored: frozenset[int] = frozenset(), language: str, now: datetime
) -> list[Plan]:
    """Return the same time on the next days on which nothing is in the way, at most MOST, within LOOKED_AHEAD days."""
    first = local_date(plan.starts_at, house.zone)
    plans = [
        on_day(plan, first + timedelta(days=number), zone=house.zone) for number in range(1, LOOKED_AHEAD + 1)
    ]
    found = clashes.check(plans, house=house, language=language, ignored=ignored, now=now)
    return [one.plan for one in found if not _is_hindered(one)][:MOST]


def _is_hindered(one: clashes.Checked) -> bool:
    kinds = {clash.kind for clash in one.clashes}
    return one.is_blocked or bool(kinds & {"holiday", "closure", "absent", "hours", "busy"})


def _rank(one: HostChoice) -> tuple[bool, bool, bool, str]:
    return (not one.is_skilled, not one.speaks, not one.is_free, one.name)


def _why(host_id: int, plan: Plan, known: Calendars, takings: Takings) -> str:
    span = to_epoch(plan.starts_at), to_epoch(plan.ends_at)
    if any(overlaps(one, span) for one in takings.busy.get(host_id, ())):
        return "busy"
    return against((HOST, host_id), plan, known)


def _takings(
    span: tuple[int, int], people: Sequence[Row[Any]], places: Sequence[Row[Any]], *, now: datetime
) -> Takings:
    resources = {row.resource_id for row in (*people, *places) if row.resource_id is not None}
    return taken.load(
        taken.Wanted(
            since=span[0],
            until=span[1],
            reach=0,
            resources=frozenset(resources),
            hosts=frozenset(row.id for row in people),
            sharing=frozenset(),
            limited=frozenset(),
            medium="",
            moving=None,
            now=to_epoch(now),
        )
    )


_HOSTS = (
    select(
        Host.id,
        Host.first_name,
        Host.last_name,
        Host.languages,
        Skill.offering_id,
        Resource.id.label("resource_id"),
    )
    .join(Resource, Resource.host_id == Host.id)
    .outerjoin(Skill, and_(Skill.host_id == Host.id, Skill.offering_id == bindparam("offering")))
    .where(Host.house_id == bindparam("house"), Host.is_active.is_(True))
    .order_by(Host.id)
)
_PLACES = (
    select(
        Place.id,
        Place.names,
        Place.people_limit,
        Place.is_shared,
        Resource.id.label("resource_id"),
        Resource.capacity,
    )
    .outerjoin(Resource, Resource.place_id == Place.id)
    .where(Place.house_id == bindparam("house"), Place.is_active.is_(True))
    .order_by(Place.id)
)
"""Statements made once: making them costs more than running them."""
