"""What is taken already, loaded for the slot engine: allocations, busy times, shared slots, counted bookings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, exists, or_, select, type_coerce
from sqlalchemy.orm import aliased

from booking.db import execute
from booking.schedule.availability_models import BusyTime
from booking.schedule.models import LONGEST_SECONDS, Allocation, Claim, Occurrence, Resource
from booking.schedule.openings import Taken
from booking.schedule.slots import Shared
from booking.timekit.intervals import DAY, Span

_FIRST = itemgetter(0)
_WEEK = 8 * DAY  # a week that begins before the range, read in any zone


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: starts in ``[since, until)``, that take what they need up to ``reach`` seconds around it.

    ``sharing``  offerings whose slots are shared; ``limited``  those with limits a day or a week
    """

    since: int
    until: int
    reach: int
    resources: frozenset[int]
    hosts: frozenset[int]
    sharing: frozenset[int]
    limited: frozenset[int]
    medium: str
    moving: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Takings:
    """Allocations by resource, busy times by host, occurrences and counted bookings by offering."""

    allocations: Mapping[int, tuple[Taken, ...]]
    busy: Mapping[int, tuple[Span, ...]]
    shared: Mapping[int, tuple[Shared, ...]]
    bookings: Mapping[int, tuple[Taken, ...]]


def load(wanted: Wanted) -> Takings:
    """Return what is taken, in at most four statements."""
    around = {"since": wanted.since - wanted.reach, "until": wanted.until + wanted.reach}
    around |= {"oldest": around["since"] - LONGEST_SECONDS}
    left = _left_alone(wanted)
    rows = execute(_ALLOCATIONS, around | {"resources": list(wanted.resources)}).all()
    times = execute(_BUSY, around | {"hosts": list(wanted.hosts)}).all()
    slots = _slots(wanted)
    return Takings(
        {key: tuple(_taken(found, left)) for key, found in groupby(rows, _FIRST)},
        {key: tuple(one[1:] for one in found) for key, found in groupby(times, _FIRST)},
        _shared(slots, wanted),
        _bookings(slots, wanted),
    )


def _taken(rows: Iterable[Row[Any]], left: frozenset[int]) -> Iterator[Taken]:
    found = (Taken._make(row[1:]) for row in rows)
    return (one for one in found if one.claim_id not in left) if left else found


def _left_alone(wanted: Wanted) -> frozenset[int]:
    """Return the claim of the occurrence that nobody comes to once the moved party has left it."""
    if wanted.moving is None:
        return frozenset()
    return frozenset(execute(_ALONE, {"moving": wanted.moving, "now": wanted.now}).scalars())


def _slots(wanted: Wanted) -> list[Row[Any]]:
    offerings = wanted.sharing | wanted.limited
    if not offerings:
        return []
    reach = max(wanted.reach, _WEEK if wanted.limited else 0)
    around = {"since": wanted.since - reach, "until": wanted.until + reach}
    return list(execute(_SLOTS, around | {"offerings": list(offerings)}))


def _shared(slots: Iterable[Row[Any]], wanted: Wanted) -> dict[int, tuple[Shared, ...]]:
    runs: defaultdict[int, dict[tuple[int, int, int, int], list[Taken]]] = defaultdict(dict)
    for row in slots:
        if row.offering_id in wanted.sharing and row.medium == wanted.medium:
            run = (row.claim_id, row.starts_at, row.ends_at, row.seats)
            parties = runs[row.offering_id].setdefault(run, [])
            if row.party_id is not None:
                parties.append(Taken(row.starts_at, row.ends_at, row.people, row.party_id, row.party_until))
    return {
        offering_id: tuple(Shared(*run, tuple(parties)) for run, parties in found.items())
        for offering_id, found in runs.items()
    }


def _bookings(slots: Iterable[Row[Any]], wanted: Wanted) -> dict[int, tuple[Taken, ...]]:
    found: defaultdict[int, list[Taken]] = defaultdict(list)
    for row in slots:
        if row.offering_id in wanted.limited and row.party_id is not None:
            ends = [until for until in (row.until, row.party_until) if until is not None]
            claim_id = row.party_id if row.offering_id in wanted.sharing else row.claim_id
            found[row.offering_id].append(
                Taken(row.starts_at, row.ends_at, row.people, claim_id, min(ends, default=None))
            )
    return {offering_id: tuple(rows) for offering_id, rows in found.items()}


_ALLOCATIONS = (
    select(
        Allocation.resource_id,
        Allocation.starts_at,
        Allocation.ends_at,
        Allocation.quantity,
        Allocation.claim_id,
        Claim.expires_at,
    )
    .join(Claim, Claim.id == Allocation.claim_id)
    .where(
        Allocation.resource_id.in_(bindparam("resources", expanding=True)),
        Allocation.starts_at < bindparam("until"),
        Allocation.starts_at > bindparam("oldest"),  # none is longer than 31 days: the index does the rest
        Allocation.ends_at > bindparam("since"),
    )
    .order_by(Allocation.resource_id, Allocation.starts_at)
)
_BUSY = (
    select(BusyTime.host_id, BusyTime.starts_at, BusyTime.ends_at)
    .where(
        BusyTime.host_id.in_(bindparam("hosts", expanding=True)),
        BusyTime.starts_at < bindparam("until"),
        BusyTime.starts_at > bindparam("oldest"),
        BusyTime.ends_at > bindparam("since"),
    )
    .order_by(BusyTime.host_id, BusyTime.starts_at)
)
_party = aliased(Claim)
_starts, _ends = (type_coerce(one, BigInteger) for one in (Occurrence.starts_at, Occurrence.ends_at))
_SLOTS = (
    select(
        Occurrence.offering_id,
        Occurrence.claim_id,
        _starts.label("starts_at"),
        _ends.label("ends_at"),
        Occurrence.seats,
        Occurrence.medium,
        Claim.expires_at.label("until"),
        Allocation.quantity.label("people"),
        _party.id.label("party_id"),
        _party.expires_at.label("party_until"),
    )
    .select_from(Occurrence)
    .join(Claim, Claim.id == Occurrence.claim_id)
    .join(Resource, Resource.occurrence_id == Occurrence.id)
    .outerjoin(Allocation, Allocation.resource_id == Resource.id)
    .outerjoin(_party, _party.id == Allocation.claim_id)
    .where(
        Occurrence.offering_id.in_(bindparam("offerings", expanding=True)),
        Occurrence.is_slot.is_(True),
        Occurrence.state == "published",
        _starts < bindparam("until"),
        _starts > bindparam("since"),
    )
    .order_by(_starts, Occurrence.id, Allocation.id)
)
"""The slots of an offering that were ever booked, with a row for each party that comes or holds its place."""

_moved, _other = aliased(Allocation), aliased(Allocation)
_ALONE = (
    select(Occurrence.claim_id)
    .join(Resource, Resource.occurrence_id == Occurrence.id)
    .join(_moved, _moved.resource_id == Resource.id)
    .where(
        _moved.claim_id == bindparam("moving"),
        Occurrence.is_slot.is_(True),
        ~exists(
            select(_other.id)
            .join(Claim, Claim.id == _other.claim_id)
            .where(
                _other.resource_id == Resource.id,
                _other.claim_id != bindparam("moving"),
                or_(Claim.expires_at.is_(None), Claim.expires_at > bindparam("now", type_=BigInteger)),
            )
            .correlate(Resource)
        ),
    )
)
"""Statements made once: making them costs more than running them."""
