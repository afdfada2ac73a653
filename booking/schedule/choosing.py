"""Questions before a slot is taken: who wants what, and which team would give it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from booking.catalogue.models import Offering
from booking.db import execute
from booking.errors import NotFound
from booking.houses.facts import House
from booking.schedule.loading import Asked, slot_queries
from booking.schedule.models import Allocation, Occurrence, Resource
from booking.schedule.refusals import SlotGone
from booking.schedule.taking import Share
from booking.schedule.teams import Chosen, Pick, choose_team
from booking.timekit.instants import day_bounds, from_epoch, local_date, to_epoch


@dataclass(frozen=True, slots=True)
class Wanted:
    """A slot that somebody wants; ``language`` must be spoken, ``prefers`` is taken where it is spoken.

    ``overrules``  staff want it beyond lead time and horizon
    """

    house_id: int
    offering_id: int
    starts_at: datetime
    medium: str
    language: str | None
    host_id: int | None
    people: int
    prefers: str = "de"
    overrules: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """What a slot takes; ``joins`` is the occurrence, with its claim, that other parties come to already."""

    wanted: Wanted
    ends_at: datetime
    language: str
    seats: int
    is_shared: bool
    host_ids: tuple[int, ...]
    place_id: int | None
    shares: tuple[Share, ...]
    joins: int | None
    joined_claim: int | None
    held: tuple[int, ...]

    def resource_ids(self) -> frozenset[int]:
        """Return what must be locked before ``settle``."""
        return frozenset(share.resource_id for share in self.shares) | frozenset(self.held)


def choose(wanted: Wanted, *, house: House, moving: int | None = None, now: datetime) -> Team:
    """Return who and what would take the slot; changes nothing.

    ``moving``  the claim of the booking that is moved: it blocks nothing
    Raises NotFound for an offering that is not booked by slots, and SlotGone.
    """
    since, until = day_bounds(local_date(wanted.starts_at, house.zone), house.zone)
    asked = Asked(
        wanted.medium, wanted.language, wanted.host_id, wanted.people, moving, overrules=wanted.overrules
    )
    found = slot_queries(house, [wanted.offering_id], asked=asked, since=since, until=until, now=now)
    if wanted.offering_id not in found:
        raise NotFound
    query = found[wanted.offering_id]
    chosen = choose_team(query, to_epoch(wanted.starts_at))
    if chosen is None:
        raise SlotGone
    is_shared = query.policy.capacity > 1
    seats = query.policy.capacity if is_shared else _seats(wanted.offering_id)
    return _team(wanted, chosen, seats=seats, is_shared=is_shared)


_LIMITED = or_(
    Offering.per_day.is_not(None), Offering.per_week.is_not(None), Offering.minutes_per_day.is_not(None)
)


def is_limited(offering_id: int) -> bool:
    """Return whether an offering has limits a day or a week."""
    return execute(select(Offering.id).where(Offering.id == offering_id, _LIMITED)).scalar() is not None


def in_turn(offering_id: int) -> None:
    """Let one after the other choose where an offering has limits: its row is locked before they are counted."""
    execute(select(Offering.id).where(Offering.id == offering_id, _LIMITED).with_for_update())


def resources_of(occurrence_id: int) -> list[int]:
    """Return the seats of an occurrence and all that it takes: what is locked before its parties change."""
    seats = select(Resource.id).where(Resource.occurrence_id == occurrence_id)
    taken = (
        select(Allocation.resource_id)
        .join(Occurrence, Occurrence.claim_id == Allocation.claim_id)
        .where(Occurrence.id == occurrence_id)
    )
    return list(execute(seats.union(taken)).scalars())


def _seats(offering_id: int) -> int:
    return int(execute(select(Offering.seats).where(Offering.id == offering_id)).scalar_one())


def _team(wanted: Wanted, chosen: Chosen, *, seats: int, is_shared: bool) -> Team:
    joined = None
    if chosen.joins is not None:
        joined = execute(select(Occurrence.id).where(Occurrence.claim_id == chosen.joins)).scalar_one()
    spoken = chosen.hosts[0].languages
    language = wanted.language or (wanted.prefers if wanted.prefers in spoken else min(spoken, default="de"))
    host_ids = tuple(host.id for host in chosen.hosts)
    room_ids = [room.id for room in chosen.rooms]
    place = select(Resource.place_id).where(Resource.id.in_(room_ids)).order_by(Resource.id)
    return Team(
        wanted=wanted,
        ends_at=from_epoch(chosen.end),
        language=language,
        seats=seats,
        is_shared=is_shared,
        host_ids=host_ids,
        place_id=execute(place).scalars().first() if room_ids else None,
        shares=_shares(chosen, host_ids) if joined is None else (),
        joins=joined,
        joined_claim=chosen.joins,
        held=tuple(resources_of(joined)) if joined is not None else (),
    )


def _shares(chosen: Chosen, host_ids: tuple[int, ...]) -> tuple[Share, ...]:
    hosts = execute(select(Resource.id).where(Resource.host_id.in_(host_ids))).scalars()
    picks = [Pick(id_, 1, chosen.start - chosen.before, chosen.end + chosen.after) for id_ in hosts]
    return tuple(
        Share(pick.id, pick.start, pick.end, pick.units)
        for pick in (*picks, *chosen.rooms, *chosen.equipment)
    )
