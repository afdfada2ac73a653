"""Deed: let a slot take as much room and equipment as another number of people needs."""

from datetime import datetime

from sqlalchemy import delete, select

from booking.catalogue.models import Need, Place
from booking.db import execute
from booking.schedule import taking
from booking.schedule.models import Allocation, Occurrence, Resource
from booking.schedule.rules import units_for
from booking.schedule.taking import Share


def fit_private_slot(occurrence_id: int, people: int, *, now: datetime) -> None:
    """Take for so many people what is counted by people; what the slot holds is locked.

    A date of the programme and a shared slot hold enough for all their seats
    already.  Raises DBAPIError with the guard's name where it does not suffice.
    """
    wanted = (
        select(
            Allocation.id,
            Allocation.claim_id,
            Allocation.resource_id,
            Allocation.starts_at,
            Allocation.ends_at,
            Need.people_per_unit,
        )
        .join(Occurrence, Occurrence.claim_id == Allocation.claim_id)
        .join(Resource, Resource.id == Allocation.resource_id)
        .join(Need, Need.offering_id == Occurrence.offering_id)
        .outerjoin(Place, Place.id == Need.place_id)
        .where(Occurrence.id == occurrence_id)
        .where(Occurrence.is_slot.is_(True), Occurrence.shared_host_id.is_(None))
        .where((Need.pool_id == Resource.pool_id) | (Need.place_id == Resource.place_id))
        .where(Need.people_per_unit.is_not(None) | Place.is_shared.is_(True))
        .order_by(Allocation.resource_id)
    )
    rows = {row.id: row for row in execute(wanted)}.values()
    if not rows:
        return
    execute(delete(Allocation).where(Allocation.id.in_([row.id for row in rows])))
    shares = [
        Share(row.resource_id, row.starts_at, row.ends_at, _units(people, row.people_per_unit))
        for row in rows
    ]
    taking.take_locked(shares, claim_id=next(iter(rows)).claim_id, now=now)


def _units(people: int, people_per_unit: int | None) -> int:
    return units_for(people, people_per_unit=people_per_unit) if people_per_unit else people
