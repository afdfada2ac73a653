"""Questions before places are taken: when a date is, and which resource holds its seats."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from booking.catalogue.models import Offering
from booking.db import execute
from booking.errors import NotFound
from booking.schedule.models import Occurrence, Resource


@dataclass(frozen=True, slots=True)
class Bookable:
    """When an occurrence is, and the resource that holds its seats."""

    starts_at: datetime
    ends_at: datetime
    resource_id: int
    offering_id: int
    seats: int


def bookable(occurrence_id: int, *, house_id: int) -> Bookable:
    """Return a date of the programme; raises NotFound for a hidden or foreign one, and for a slot."""
    row = execute(_BOOKABLE, {"occurrence": occurrence_id, "house": house_id}).one_or_none()
    if row is None:
        raise NotFound
    return Bookable(**row._mapping)


def seats_of(occurrence_id: int) -> Bookable:
    """Return the seats of any occurrence, in the programme or begun as a slot."""
    return Bookable(**execute(_SEATS, {"occurrence": occurrence_id}).one()._mapping)


_BOOKABLE = (
    select(
        Occurrence.starts_at,
        Occurrence.ends_at,
        Resource.id.label("resource_id"),
        Occurrence.offering_id,
        Occurrence.seats,
    )
    .join(Offering, Offering.id == Occurrence.offering_id)
    .join(Resource, Resource.occurrence_id == Occurrence.id)
    .where(Occurrence.id == bindparam("occurrence"), Occurrence.house_id == bindparam("house"))
    .where(Occurrence.state.in_(("published", "cancelled")), Offering.state == "published")
    .where(Occurrence.is_slot.is_(False))
)
_SEATS = (
    select(
        Occurrence.starts_at,
        Occurrence.ends_at,
        Resource.id.label("resource_id"),
        Occurrence.offering_id,
        Occurrence.seats,
    )
    .join(Resource, Resource.occurrence_id == Occurrence.id)
    .where(Occurrence.id == bindparam("occurrence"))
)
"""Statements made once: making them costs more than running them."""
