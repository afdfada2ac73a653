"""Deeds on claims and allocations: lock, take, release; the guard of the database has the last word."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, delete, exists, insert, or_, select, update

from booking.db import execute
from booking.schedule.models import LONGEST_SECONDS, Allocation, Claim, Occurrence, Resource
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Share:
    """So many of a resource from one instant until another, in epoch seconds, half-open."""

    resource_id: int
    starts_at: int
    ends_at: int
    quantity: int


_NEW_CLAIM = insert(Claim).returning(Claim.id)
_LOCK = update(Resource).where(Resource.id == bindparam("resource")).values(version=Resource.version + 1)
_ALLOCATE = insert(Allocation)
_IN_THE_WAY = (
    select(Allocation.claim_id)
    .join(Claim, Claim.id == Allocation.claim_id)
    .where(
        Allocation.resource_id.in_(bindparam("resources", expanding=True)),
        Allocation.starts_at < bindparam("latest"),
        Allocation.starts_at > bindparam("oldest"),
        Allocation.ends_at > bindparam("earliest"),
        Claim.expires_at <= bindparam("now"),
    )
)
_FREE_EXPIRED = delete(Allocation).where(Allocation.claim_id.in_(_IN_THE_WAY))
_HOLDS_SOMETHING = exists(select(Allocation.id).where(Allocation.claim_id == Claim.id))
_OF_A_DATE = exists(select(Occurrence.id).where(Occurrence.claim_id == Claim.id))
_KEEP = (
    update(Claim)
    .where(Claim.id == bindparam("claim"))
    .values(expires_at=bindparam("until", type_=BigInteger))
    .returning(exists(select(Allocation.id).where(Allocation.claim_id == bindparam("claim"))))
)
"""Statements of the booking path, made once: making them costs more than running them."""


def new_claim(*, house_id: int, now: datetime, expires_at: datetime | None = None) -> int:
    """Write a claim and return its id; one with an expiry is a hold."""
    until = None if expires_at is None else to_epoch(expires_at)
    row = {"house_id": house_id, "created_at": now, "expires_at": until}
    return int(execute(_NEW_CLAIM, row).scalar_one())


def lock(resource_ids: Iterable[int]) -> None:
    """Lock resources, sorted by id, until the transaction ends; their versions rise."""
    for resource_id in sorted(set(resource_ids)):
        execute(_LOCK, {"resource": resource_id})


def take(shares: Iterable[Share], *, claim_id: int, now: datetime) -> None:
    """Lock the resources of the shares in sorted order, then ``take_locked``."""
    wanted = list(shares)
    lock(share.resource_id for share in wanted)
    take_locked(wanted, claim_id=claim_id, now=now)


def take_locked(shares: Iterable[Share], *, claim_id: int, now: datetime) -> None:
    """Allocate the shares to a claim, after emptying expired claims on the same, locked resources.

    A share longer than 31 days is stored in pieces.  Raises DBAPIError with
    the guard's name where a capacity does not suffice; the unit of work makes
    that Taken.
    """
    wanted = sorted(shares, key=lambda share: share.resource_id)
    _free_expired(wanted, now=now)
    pieces = [asdict(piece) | {"claim_id": claim_id} for share in wanted for piece in _pieces(share)]
    for piece in pieces:  # one by one: the guard of the first may speak before the second is written
        execute(_ALLOCATE, piece)


def _free_expired(wanted: list[Share], *, now: datetime) -> None:
    """Take from the expired claims in the way what they held; the claims stay, and may take it again."""
    earliest = min(share.starts_at for share in wanted)
    in_the_way = {
        "resources": sorted({share.resource_id for share in wanted}),
        "earliest": earliest,
        "latest": max(share.ends_at for share in wanted),
        "oldest": earliest - LONGEST_SECONDS,
        "now": to_epoch(now),
    }
    execute(_FREE_EXPIRED, in_the_way)


def held_by(claim_id: int | None) -> list[int]:
    """Return the resources of which a claim holds some."""
    held = select(Allocation.resource_id).where(Allocation.claim_id == claim_id)
    return list(execute(held).scalars())


def release(claim_id: int) -> None:
    """Give back all that a claim took, and the claim; its resources are locked first, sorted."""
    lock(held_by(claim_id))
    execute(delete(Claim).where(Claim.id == claim_id))


def empty(claim_id: int) -> None:
    """Give back all that a claim took and keep the claim; its resources are locked first, sorted."""
    lock(held_by(claim_id))
    execute(delete(Allocation).where(Allocation.claim_id == claim_id))


def keep(claim_id: int, *, until: datetime | None) -> bool:
    """Let a claim end at ``until``, or never, and return whether it holds anything still.

    Its resources are locked, so that nobody takes them from it meanwhile.
    """
    ends = None if until is None else to_epoch(until)
    return bool(execute(_KEEP, {"claim": claim_id, "until": ends}).scalar())


def is_over(claim_id: int, *, now: datetime) -> bool:
    """Return whether a claim has expired, or is gone."""
    found = execute(select(Claim.id, Claim.expires_at).where(Claim.id == claim_id)).one_or_none()
    return found is None or (found.expires_at is not None and found.expires_at <= to_epoch(now))


def expired_claims(*, now: datetime) -> list[int]:
    """Return the ids of expired claims of which anything is left; each is released in a unit of work of its own."""
    is_over = select(Claim.id).where(Claim.expires_at <= to_epoch(now))
    return list(execute(is_over.where(or_(_HOLDS_SOMETHING, ~_OF_A_DATE))).scalars())


def release_expired(claim_id: int, *, now: datetime) -> None:
    """Release a claim if it is still expired: housekeeping, nobody waits for it.

    That of a date stays, empty, for those who book it next.
    """
    lock(held_by(claim_id))
    is_over = select(Claim.id).where(Claim.id == claim_id, Claim.expires_at <= to_epoch(now))
    if execute(is_over).scalar():
        execute(delete(Allocation).where(Allocation.claim_id == claim_id))
        execute(delete(Claim).where(Claim.id == claim_id, ~_OF_A_DATE))


def _pieces(share: Share) -> Iterable[Share]:
    start = share.starts_at
    while start < share.ends_at:
        end = min(share.ends_at, start + LONGEST_SECONDS)
        yield Share(share.resource_id, start, end, share.quantity)
        start = end
