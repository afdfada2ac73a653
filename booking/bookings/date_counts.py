"""Question: how many bookings and people a date has, and what else takes its places."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, func, select

from booking.bookings import states
from booking.bookings.models import Booking
from booking.db import execute
from booking.schedule.models import Allocation, Claim, Occurrence, Resource
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Counts:
    """Who takes the places of a date; ``held_back`` by staff, ``being_booked`` by forms that are open."""

    bookings: int
    people: int
    being_booked: int
    held_back: int


def of_date(occurrence_id: int, *, house_id: int, now: datetime) -> Counts:
    """Return the counts of a date of a house; zeros for another one's."""
    row = execute(_COUNTS, {"occurrence": occurrence_id, "house": house_id, "now": to_epoch(now)}).one()
    taken = int(row.taken or 0)
    people, being = int(row.people or 0), int(row.being or 0)
    return Counts(int(row.bookings), people, being, max(0, taken - people - being))


_NOW = bindparam("now", type_=BigInteger)
_alive = Claim.expires_at.is_(None) | (Claim.expires_at > _NOW)
_booked = Booking.state.in_(sorted(states.TAKES_PLACES))
_COUNTS = (
    select(
        func.count(Booking.id).filter(_booked).label("bookings"),
        func.sum(Allocation.quantity).filter(_booked).label("people"),
        func.sum(Allocation.quantity)
        .filter(Booking.id.is_(None), Claim.expires_at.is_not(None))
        .label("being"),
        func.sum(Allocation.quantity).label("taken"),
    )
    .select_from(Resource)
    .join(Occurrence, Occurrence.id == Resource.occurrence_id)
    .join(Allocation, Allocation.resource_id == Resource.id)
    .join(Claim, Claim.id == Allocation.claim_id)
    .outerjoin(Booking, Booking.claim_id == Claim.id)
    .where(
        Resource.occurrence_id == bindparam("occurrence"),
        Occurrence.house_id == bindparam("house"),
        _alive,
    )
)
"""A statement made once: making it costs more than running it."""
