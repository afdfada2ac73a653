"""Deeds: make the date of a slot with its hosts, room and equipment, and free them when nobody comes any more.

``booking.schedule.choosing`` finds the team first.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from booking.db import db, execute
from booking.schedule import service, taking
from booking.schedule.choosing import Team
from booking.schedule.models import IS_NOT_CANCELLED, Allocation, Claim, Occurrence, OccurrenceHost, Resource
from booking.schedule.refusals import Taken
from booking.timekit.instants import from_epoch, to_epoch

VIDEO_ROOM_BYTES = 12


@dataclass(frozen=True, slots=True)
class SlotDate:
    """The date that a slot became; its seats are still to be taken."""

    occurrence_id: int
    seats_resource_id: int
    claim_id: int
    starts_at: datetime
    ends_at: datetime


def settle(team: Team, *, expires_at: datetime | None, now: datetime) -> SlotDate:
    """Return the date of a slot, with all that it takes; ``team.resource_ids()`` are locked.

    ``expires_at``  until when it takes them unless ``follow_parties`` says otherwise
    Raises DBAPIError with the guard's name, or Taken, when somebody was faster.
    """
    if team.joins is not None:
        medium = execute(select(Occurrence.medium).where(Occurrence.id == team.joins)).scalar()
        if not taking.held_by(team.joined_claim) or medium != team.wanted.medium:
            raise Taken  # the others have left meanwhile: choose again
        return _slot_date(team.joins)
    occurrence_id = _write_shared(team, now=now) if team.is_shared else _write(team, now=now)
    found = _slot_date(occurrence_id)
    if taking.held_by(found.claim_id):
        return found  # two came first: this one joins the other
    taking.keep(found.claim_id, until=expires_at)
    taking.take_locked(team.shares, claim_id=found.claim_id, now=now)
    return found


def stands(occurrence_id: int) -> bool:
    """Return whether the date of a slot takes its hosts; it may have lost them when all its holds were over."""
    claim_id = execute(select(Occurrence.claim_id).where(Occurrence.id == occurrence_id)).scalar_one()
    return bool(taking.held_by(claim_id))


def moving_claim(occurrence_id: int, party_claim_id: int | None) -> int | None:
    """Return the claim that does not count when a party moves: the slot's own, or the party's where it is shared."""
    wanted = select(Occurrence.claim_id, Occurrence.shared_host_id).where(Occurrence.id == occurrence_id)
    found = execute(wanted).one()
    return party_claim_id if found.shared_host_id is not None else int(found.claim_id)


def follow_parties(occurrence_id: int, *, now: datetime) -> None:
    """Let a slot's date take what it needs as long as somebody comes or holds it; else free everything.

    ``resources_of`` the occurrence are locked. Dates that are no slots stay as they are.
    """
    found = execute(
        select(Occurrence.claim_id).where(Occurrence.id == occurrence_id, Occurrence.is_slot.is_(True))
    ).scalar()
    if found is None:
        return
    firm = func.count(Claim.id).filter(Claim.expires_at.is_(None))
    parties = execute(
        select(firm.label("firm"), func.max(Claim.expires_at).label("held"))
        .select_from(Resource)
        .join(Allocation, Allocation.resource_id == Resource.id)
        .join(Claim, Claim.id == Allocation.claim_id)
        .where(Resource.occurrence_id == occurrence_id)
    ).one()
    if parties.firm:
        taking.keep(found, until=None)
    elif parties.held and parties.held > to_epoch(now):
        taking.keep(found, until=from_epoch(parties.held))
    else:
        taking.empty(found)


def _slot_date(occurrence_id: int) -> SlotDate:
    wanted = (
        select(Occurrence.claim_id, Occurrence.starts_at, Occurrence.ends_at, Resource.id)
        .join(Resource, Resource.occurrence_id == Occurrence.id)
        .where(Occurrence.id == occurrence_id)
    )
    claim_id, starts_at, ends_at, seats = execute(wanted).one()
    return SlotDate(occurrence_id, seats, claim_id, starts_at, ends_at)


def _write(team: Team, *, now: datetime) -> int:
    row = _row(team) | {"claim_id": taking.new_claim(house_id=team.wanted.house_id, now=now)}
    occurrence_id = int(execute(insert(Occurrence).returning(Occurrence.id), row).scalar_one())
    service.add_resource(house_id=team.wanted.house_id, capacity=team.seats, occurrence_id=occurrence_id)
    _write_hosts(occurrence_id, team)
    return occurrence_id


def _unless_there(own_insert: Callable[[type[Occurrence]], Any]) -> Any:
    same = ["offering_id", "starts_at", "shared_host_id"]
    written = own_insert(Occurrence).on_conflict_do_nothing(index_elements=same, index_where=IS_NOT_CANCELLED)
    return written.returning(Occurrence.id)


_WRITE_SHARED = {"sqlite": _unless_there(sqlite_insert), "postgresql": _unless_there(postgresql_insert)}


def _write_shared(team: Team, *, now: datetime) -> int:
    """Write the one date of this offering, start and host, or bring it back where nobody comes to it.

    Raises Taken where others come to it in another medium.
    """
    claim_id = taking.new_claim(house_id=team.wanted.house_id, now=now)
    row = _row(team) | {"claim_id": claim_id, "shared_host_id": team.host_ids[0]}
    written = execute(_WRITE_SHARED[db.engine.dialect.name], row).scalar()
    if written is not None:
        service.add_resource(house_id=team.wanted.house_id, capacity=team.seats, occurrence_id=int(written))
        _write_hosts(int(written), team)
        return int(written)
    execute(delete(Claim).where(Claim.id == claim_id))
    same = select(Occurrence.id, Occurrence.claim_id, Occurrence.medium).where(
        Occurrence.offering_id == team.wanted.offering_id,
        Occurrence.starts_at == team.wanted.starts_at,
        Occurrence.shared_host_id == team.host_ids[0],
        IS_NOT_CANCELLED,
    )
    found = execute(same).one()  # its host is locked, so nobody else changes it
    if taking.is_over(found.claim_id, now=now) or not taking.held_by(found.claim_id):
        taking.empty(found.claim_id)
        _bring_back(found.id, team, now=now)
    elif found.medium != team.wanted.medium:
        raise Taken
    return int(found.id)


def _bring_back(occurrence_id: int, team: Team, *, now: datetime) -> None:
    same = ("offering_id", "starts_at", "house_id")
    row = {name: value for name, value in _row(team).items() if name not in same}
    changed = row | {"version": Occurrence.version + 1}
    execute(update(Occurrence).where(Occurrence.id == occurrence_id).values(**changed))
    execute(delete(OccurrenceHost).where(OccurrenceHost.occurrence_id == occurrence_id))
    _write_hosts(occurrence_id, team)
    seats = execute(select(Resource.id).where(Resource.occurrence_id == occurrence_id)).scalar_one()
    execute(delete(Allocation).where(Allocation.resource_id == seats))  # of holds that are over
    service.change_capacity(seats, team.seats, now=now)


def _row(team: Team) -> dict[str, Any]:
    return {
        "house_id": team.wanted.house_id,
        "offering_id": team.wanted.offering_id,
        "place_id": team.place_id,
        "starts_at": team.wanted.starts_at,
        "ends_at": team.ends_at,
        "language": team.language,
        "planned_seats": team.seats,
        "seats": team.seats,
        "state": "published",
        "is_slot": True,
        "medium": team.wanted.medium,
        "video_room": secrets.token_urlsafe(VIDEO_ROOM_BYTES) if team.wanted.medium == "video" else "",
    }


def _write_hosts(occurrence_id: int, team: Team) -> None:
    for host_id in team.host_ids:
        execute(insert(OccurrenceHost).values(occurrence_id=occurrence_id, host_id=host_id))
