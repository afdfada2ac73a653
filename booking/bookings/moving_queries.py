"""Questions of whoever moves a booking or changes its party."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from booking.bookings.models import Booking
from booking.bookings.rules import Policy
from booking.catalogue.models import Offering
from booking.db import execute
from booking.errors import NotFound
from booking.schedule.models import Allocation, Claim, Occurrence, OccurrenceHost, Resource
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Target:
    """A date to which somebody wants to move, and the resource that holds its seats."""

    occurrence_id: int
    offering_key: str
    starts_at: datetime
    ends_at: datetime
    resource_id: int
    policy: Policy


@dataclass(frozen=True, slots=True)
class SlotOf:
    """The slot that a booking has, or its date; ``moving`` is the claim that does not count while it moves.

    That of a private slot holds its expert and room; in a shared one the
    others stay, and only the party's own seats do not count.
    """

    offering_id: int
    age_min: int
    is_slot: bool
    starts_at: datetime
    medium: str
    language: str
    host_ids: tuple[int, ...]
    moving: int | None


def slot_of(booking_id: int) -> SlotOf:
    """Return what a booking has; raises NotFound for an unknown one."""
    row = execute(_SLOT, {"booking": booking_id}).one_or_none()
    if row is None:
        raise NotFound
    values = dict(row._mapping)
    occurrence_id, own, of_slot = (values.pop(name) for name in ("occurrence_id", "own", "of_slot"))
    is_shared = values.pop("shared_host_id") is not None
    hosts = select(OccurrenceHost.host_id).where(OccurrenceHost.occurrence_id == occurrence_id)
    host_ids = tuple(execute(hosts.order_by(OccurrenceHost.host_id)).scalars())
    return SlotOf(**values, host_ids=host_ids, moving=own if is_shared else of_slot)


def target(occurrence_id: int, *, booking_id: int) -> Target:
    """Return a date of the booking's own house; raises NotFound for a hidden or foreign one, and for a slot.

    A slot that somebody took is nobody else's to move to by its number.
    """
    row = execute(_TARGET, {"occurrence": occurrence_id, "booking": booking_id}).one_or_none()
    if row is None:
        raise NotFound
    policy = Policy(
        state=row.state,
        starts_at=row.starts_at,
        notice_minutes=row.notice_minutes,
        horizon_days=row.horizon_days,
        party_min=row.party_min,
        party_max=row.party_max,
    )
    return Target(row.occurrence_id, row.offering_key, row.starts_at, row.ends_at, row.resource_id, policy)


def most_people(resource_id: int, *, claim_id: int, now: datetime) -> int:
    """Return how many people a claim could have of the seats of a date: all that no other one holds.

    Holds that have expired count as free: the deed that wants their places deletes them.
    """
    counts = or_(Claim.expires_at.is_(None), Claim.expires_at > to_epoch(now))
    others = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .join(Claim, Claim.id == Allocation.claim_id)
        .where(Allocation.resource_id == resource_id, Allocation.claim_id != claim_id, counts)
    )
    capacity = select(Resource.capacity).where(Resource.id == resource_id)
    return int(execute(capacity).scalar_one()) - int(execute(others).scalar_one())


_TARGET = (
    select(
        Occurrence.id.label("occurrence_id"),
        Occurrence.starts_at,
        Occurrence.ends_at,
        Occurrence.state,
        Offering.key.label("offering_key"),
        Offering.notice_minutes,
        Offering.horizon_days,
        Offering.party_min,
        Offering.party_max,
        Resource.id.label("resource_id"),
    )
    .join(Offering, Offering.id == Occurrence.offering_id)
    .join(Resource, Resource.occurrence_id == Occurrence.id)
    .join(Booking, (Booking.id == bindparam("booking")) & (Booking.house_id == Occurrence.house_id))
    .where(Occurrence.id == bindparam("occurrence"), Occurrence.is_slot.is_(False))
    .where(Occurrence.state.in_(("published", "cancelled")), Offering.state == "published")
)
_SLOT = (
    select(
        Occurrence.id.label("occurrence_id"),
        Occurrence.offering_id,
        Offering.age_min,
        Occurrence.is_slot,
        Occurrence.starts_at,
        Occurrence.medium,
        Occurrence.language,
        Occurrence.shared_host_id,
        Occurrence.claim_id.label("of_slot"),
        Booking.claim_id.label("own"),
    )
    .join(Offering, Offering.id == Occurrence.offering_id)
    .join(Booking, Booking.occurrence_id == Occurrence.id)
    .where(Booking.id == bindparam("booking"))
)
"""Statements made once: making them costs more than running them."""
