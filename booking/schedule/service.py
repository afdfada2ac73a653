"""Deeds: resources, repairs, closures and skills."""

from datetime import date, datetime

from sqlalchemy import insert, select, update

from booking.db import execute
from booking.journal import service as journal
from booking.schedule import taking
from booking.schedule.models import Closure, HolidayOpening, Repair, Resource, Skill
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch


def add_resource(
    *,
    house_id: int,
    capacity: int,
    host_id: int | None = None,
    place_id: int | None = None,
    pool_id: int | None = None,
    occurrence_id: int | None = None,
) -> int:
    """Give exactly one host, room, pool or occurrence a capacity, and return the resource's id."""
    row = insert(Resource).values(
        house_id=house_id,
        capacity=capacity,
        capacity_since=0,
        version=0,
        host_id=host_id,
        place_id=place_id,
        pool_id=pool_id,
        occurrence_id=occurrence_id,
    )
    return int(execute(row.returning(Resource.id)).scalar_one())


def change_capacity(resource_id: int, capacity: int, *, now: datetime) -> None:
    """Let a resource have another capacity from ``now`` on; the guard refuses one below its use."""
    changed = update(Resource).where(Resource.id == resource_id)
    execute(changed.values(capacity=capacity, capacity_since=to_epoch(now), version=Resource.version + 1))


def repair(
    pool_id: int,
    units: int,
    *,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    note: str = "",
    actor: str = "system",
) -> int:
    """Take units of a pool out of use for a time and return the claim that brings them back."""
    resource = execute(select(Resource.id, Resource.house_id).where(Resource.pool_id == pool_id)).one()
    claim_id = taking.new_claim(house_id=resource.house_id, now=now)
    share = Share(resource.id, to_epoch(starts_at), to_epoch(ends_at), units)
    taking.take([share], claim_id=claim_id, now=now)
    row = {"house_id": resource.house_id, "pool_id": pool_id, "claim_id": claim_id, "units": units}
    execute(insert(Repair).values(**row, starts_at=starts_at, ends_at=ends_at, note=note))
    journal.record(
        "pool.repair_began",
        house_id=resource.house_id,
        actor=actor,
        object_kind="pool",
        object_id=pool_id,
        now=now,
        units=units,
    )
    return claim_id


def close(house_id: int, first_day: date, last_day: date, *, reasons: dict[str, str]) -> None:
    """Close the house on local days, first to last, both included."""
    execute(
        insert(Closure).values(house_id=house_id, first_day=first_day, last_day=last_day, reasons=reasons)
    )


def open_on_holiday(house_id: int, day: date) -> None:
    """Open the house on a day on purpose: no holiday and no closure by days closes it then."""
    execute(insert(HolidayOpening).values(house_id=house_id, day=day))


def teach(host_id: int, offering_id: int, *, is_fixed: bool = False) -> None:
    """Note that a host can give an offering, or takes part in each slot of one that is given by fixed hosts."""
    execute(insert(Skill).values(host_id=host_id, offering_id=offering_id, is_fixed=is_fixed))
