"""Deeds of staff: take units of a pool out of service for a time, and bring them back earlier."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, delete, select, type_coerce, update

from booking.catalogue.editor import Editor
from booking.catalogue.models import Pool
from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal
from booking.schedule import service, taking, thing_uses
from booking.schedule.models import Allocation, Repair, Resource
from booking.schedule.staff_refusals import MoreThanThere, RepairOver, UnitsInUse
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class WantedRepair:
    """So many units are out of service for a time; ``note`` says what is broken, nothing of a person."""

    units: int
    starts_at: datetime
    ends_at: datetime
    note: str = ""


def begin(pool_id: int, wanted: WantedRepair, *, editor: Editor, now: datetime) -> int:
    """Take the units out of service and return the id of the repair; longer than 31 days they go in pieces.

    Raises NotFound, MoreThanThere, and UnitsInUse where dates need them (or Taken, if the guard is the first to see).
    """
    pool = select(Pool.units, Resource.id).join(Resource, Resource.pool_id == Pool.id)
    row = execute(pool.where(Pool.id == pool_id, Pool.house_id == editor.house_id)).one_or_none()
    if row is None:
        raise NotFound
    if wanted.units > row.units:
        raise MoreThanThere(most=row.units)
    taking.lock([row.id])
    if conflicts(pool_id, wanted, editor=editor, units=row.units, now=now):
        raise UnitsInUse
    claim_id = service.repair(
        pool_id,
        wanted.units,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        now=now,
        note=wanted.note,
        actor=editor.actor,
    )
    return int(execute(select(Repair.id).where(Repair.claim_id == claim_id)).scalar_one())


def conflicts(
    pool_id: int, wanted: WantedRepair, *, editor: Editor, units: int, now: datetime, language: str = "de"
) -> list[thing_uses.Use]:
    """Return what needs units at that time for which too few would be left."""
    since = min(now, wanted.starts_at)
    found = thing_uses.uses(
        house_id=editor.house_id, pool_id=pool_id, now=since, until=wanted.ends_at, language=language
    )
    touched = thing_uses.within(found, wanted.starts_at, wanted.ends_at)
    return thing_uses.in_the_way(touched, capacity=units, more=wanted.units)


def end(repair_id: int, *, editor: Editor, now: datetime) -> None:
    """Bring the units back now; a repair that has not begun is taken away.  Raises NotFound and RepairOver."""
    mine = (Repair.id == repair_id, Repair.house_id == editor.house_id)
    row = execute(
        select(Repair.claim_id, Repair.pool_id, Repair.units, Repair.starts_at, Repair.ends_at).where(*mine)
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.ends_at <= now:
        raise RepairOver
    if row.starts_at >= now:
        taking.release(row.claim_id)
    else:
        _shorten(row.claim_id, now=now)
        still = type_coerce(Repair.ends_at, BigInteger) > to_epoch(now)
        if (
            execute(update(Repair).where(*mine, still).values(ends_at=now).returning(Repair.id)).scalar()
            is None
        ):
            raise RepairOver
    journal.record(
        "pool.repair_ended",
        house_id=editor.house_id,
        actor=editor.actor,
        object_kind="pool",
        object_id=row.pool_id,
        now=now,
        units=row.units,
        changes={"ends_at": [to_epoch(row.ends_at), to_epoch(now)]},
    )


def _shorten(claim_id: int, *, now: datetime) -> None:
    until = to_epoch(now)
    taking.lock(taking.held_by(claim_id))
    execute(delete(Allocation).where(Allocation.claim_id == claim_id, Allocation.starts_at >= until))
    later = update(Allocation).where(Allocation.claim_id == claim_id, Allocation.ends_at > until)
    execute(later.values(ends_at=until))
