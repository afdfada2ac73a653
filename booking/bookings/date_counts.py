"""Question: how many bookings and people a date has, and what else takes its places."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, func, select

from booking.bookings import states
from booking.bookings.models import Booking
from booking.bookings.staff_models import HeldBack
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
    return Counts(int(row.bookings), int(row.people or 0), int(row.being or 0), int(row.held_back or 0))


_NOW = bindparam("now", type_=BigInteger)
_alive = Claim.expires_at.is_(None) | (Claim.expires_at > _NOW)
_booked = Booking.state.in_(sorted(states.STANDS))
_kept = HeldBack.id.is_not(None)
_COUNTS = (
    select(
        func.count(Booking.id).filter(_booked).label("bookings"),
        func.sum(Allocation.quantity).filter(_booked).label("people"),
        func.sum(Allocation.quantity).filter(Booking.id.is_(None), HeldBack.id.is_(None)).label("being"),
        func.sum(Allocation.quantity).filter(_kept).label("held_back"),
    )
    .select_from(Resource)
    .join(Occurrence, Occurrence.id == Resource.occurrence_id)
    .join(Allocation, Allocation.resource_id == Resource.id)
    .join(Claim, Claim.id == Allocation.claim_id)
    .outerjoin(Booking, Booking.claim_id == Claim.id)
    .outerjoin(HeldBack, HeldBack.claim_id == Claim.id)
    .where(
        Resource.occurrence_id == bindparam("occurrence"),
        Occurrence.house_id == bindparam("house"),
        _alive,
    )
)
"""A statement made once: making it costs more than running it."""
