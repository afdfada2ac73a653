"""Questions: what uses a room or a pool from now on, and the repairs of equipment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, or_, select, type_coerce
from sqlalchemy.orm import aliased

from booking.catalogue.models import Offering, OfferingText, Pool
from booking.db import execute
from booking.errors import NotFound
from booking.schedule import rules
from booking.schedule.models import LONGEST_SECONDS, Allocation, Claim, Occurrence, Repair, Resource
from booking.timekit.instants import from_epoch, to_epoch

FOREVER = 2**62


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody takes ``quantity`` of a thing from one instant until another, buffers included.

    ``starts_at``  and ``ends_at`` of what is told: the date itself, without its buffers
    ``title``      of the offering, or empty for a repair and for what is held otherwise
    """

    kind: str
    occurrence_id: int | None
    repair_id: int | None
    offering_id: int | None
    programme_id: int | None
    title: str
    starts_at: datetime
    ends_at: datetime
    taken_from: int
    taken_until: int
    quantity: int
    seats: int
    is_slot: bool


@dataclass(frozen=True, slots=True)
class RepairLine:
    """Units of a pool that are out of service."""

    id: int
    pool_id: int
    pool_names: Mapping[str, str]
    units: int
    starts_at: datetime
    ends_at: datetime
    note: str


def uses(
    *,
    house_id: int,
    now: datetime,
    place_id: int | None = None,
    pool_id: int | None = None,
    until: datetime | None = None,
    language: str = "de",
) -> list[Use]:
    """Return what takes of a room or a pool after ``now`` (and before ``until``), earliest first: one statement."""
    asked = {
        "house": house_id,
        "place": place_id or 0,
        "pool": pool_id or 0,
        "since": to_epoch(now),
        "oldest": to_epoch(now) - LONGEST_SECONDS,
        "until": to_epoch(until) if until else FOREVER,
        "now": to_epoch(now),
        "language": language,
    }
    return [_use(row) for row in execute(_USES, asked)]


def in_the_way(found: Sequence[Use], *, capacity: int, more: int = 0) -> list[Use]:
    """Return the uses at whose time more than the capacity would be taken, with ``more`` units taken besides."""
    rows = [(use.taken_from, use.taken_until, use.quantity) for use in found]
    return [
        use for use in found if rules.peak(rows, start=use.taken_from, end=use.taken_until) + more > capacity
    ]


def too_few(found: Sequence[Use], use: Use, *, capacity: int, more: int = 0) -> int:
    """Return how many units are lacking at most while ``use`` lasts."""
    rows = [(one.taken_from, one.taken_until, one.quantity) for one in found]
    return max(0, rules.peak(rows, start=use.taken_from, end=use.taken_until) + more - capacity)


def within(found: Iterable[Use], starts_at: datetime, ends_at: datetime) -> list[Use]:
    """Return the uses that touch a time."""
    start, end = to_epoch(starts_at), to_epoch(ends_at)
    return [use for use in found if use.taken_from < end and use.taken_until > start]


def limited_by(
    pool_id: int, *, house_id: int, since: datetime, until: datetime | None, language: str
) -> list[tuple[int, str, datetime, datetime, int, int]]:
    """Return dates that publish fewer seats than planned because of a pool: id, title, times, seats, planned."""
    asked = {"house": house_id, "pool": pool_id, "since": to_epoch(since), "language": language}
    asked["until"] = to_epoch(until) if until else FOREVER
    return [
        (row.id, _title(row), row.starts_at, row.ends_at, row.seats, row.planned_seats)
        for row in execute(_LIMITED, asked)
    ]


def repairs(house_id: int, *, pool_id: int | None = None) -> list[RepairLine]:
    """Return the repairs of a house, or of one pool, latest first."""
    wanted = _REPAIRS if pool_id is None else _REPAIRS.where(Repair.pool_id == pool_id)
    return [RepairLine(*row) for row in execute(wanted, {"house": house_id})]


def repair(repair_id: int, *, house_id: int) -> RepairLine:
    """Return a repair; raises NotFound."""
    row = execute(_REPAIRS.where(Repair.id == repair_id), {"house": house_id}).one_or_none()
    if row is None:
        raise NotFound
    return RepairLine(*row)


def _use(row: Any) -> Use:
    kind = "date" if row.occurrence_id else "repair" if row.repair_id else "other"
    return Use(
        kind=kind,
        occurrence_id=row.occurrence_id,
        repair_id=row.repair_id,
        offering_id=row.offering_id,
        programme_id=row.programme_id,
        title=_title(row),
        starts_at=row.date_starts or row.repair_starts or from_epoch(row.starts_at),
        ends_at=row.date_ends or row.repair_ends or from_epoch(row.ends_at),
        taken_from=row.starts_at,
        taken_until=row.ends_at,
        quantity=row.quantity,
        seats=row.seats or 0,
        is_slot=bool(row.is_slot),
    )


def _title(row: Any) -> str:
    return row.wanted_title or row.german_title or row.key or ""


_WANTED, _GERMAN = aliased(OfferingText), aliased(OfferingText)
_COUNTS = or_(Claim.expires_at.is_(None), Claim.expires_at > bindparam("now", type_=BigInteger))


def _named(statement: Any) -> Any:
    """Join what an occurrence is of, with its title in the bound ``language`` and in German."""
    wanted = (_WANTED.offering_id == Offering.id) & (_WANTED.language == bindparam("language"))
    german = (_GERMAN.offering_id == Offering.id) & (_GERMAN.language == "de")
    return (
        statement.outerjoin(Offering, Offering.id == Occurrence.offering_id)
        .outerjoin(_WANTED, wanted)
        .outerjoin(_GERMAN, german)
    )


_TITLES = (_WANTED.title.label("wanted_title"), _GERMAN.title.label("german_title"), Offering.key)
_USES = (
    _named(
        select(
            Allocation.starts_at,
            Allocation.ends_at,
            Allocation.quantity,
            Occurrence.id.label("occurrence_id"),
            Occurrence.starts_at.label("date_starts"),
            Occurrence.ends_at.label("date_ends"),
            Occurrence.seats,
            Occurrence.is_slot,
            Offering.id.label("offering_id"),
            Offering.programme_id,
            Repair.id.label("repair_id"),
            Repair.starts_at.label("repair_starts"),
            Repair.ends_at.label("repair_ends"),
            *_TITLES,
        )
        .select_from(Allocation)
        .join(Resource, Resource.id == Allocation.resource_id)
        .join(Claim, Claim.id == Allocation.claim_id)
        .outerjoin(Occurrence, Occurrence.claim_id == Claim.id)
        .outerjoin(Repair, Repair.claim_id == Claim.id)
    )
    .where(
        Resource.house_id == bindparam("house"),
        or_(Resource.place_id == bindparam("place"), Resource.pool_id == bindparam("pool")),
        Allocation.ends_at > bindparam("since"),
        Allocation.starts_at > bindparam("oldest"),
        Allocation.starts_at < bindparam("until"),
        _COUNTS,
    )
    .order_by(Allocation.starts_at, Allocation.id)
)
_LIMITED = (
    _named(
        select(
            Occurrence.id,
            Occurrence.starts_at,
            Occurrence.ends_at,
            Occurrence.seats,
            Occurrence.planned_seats,
            *_TITLES,
        ).select_from(Occurrence)
    )
    .where(
        Occurrence.house_id == bindparam("house"),
        Occurrence.limited_by_pool_id == bindparam("pool"),
        Occurrence.state != "cancelled",
        type_coerce(Occurrence.ends_at, BigInteger) > bindparam("since"),
        type_coerce(Occurrence.starts_at, BigInteger) < bindparam("until"),
    )
    .order_by(Occurrence.starts_at, Occurrence.id)
)
_REPAIRS = (
    select(
        Repair.id,
        Repair.pool_id,
        Pool.names,
        Repair.units,
        Repair.starts_at,
        Repair.ends_at,
        Repair.note,
    )
    .join(Pool, Pool.id == Repair.pool_id)
    .where(Repair.house_id == bindparam("house"))
    .order_by(Repair.starts_at.desc(), Repair.id.desc())
)
