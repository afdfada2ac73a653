"""Questions about what comes next of each offering: its first date with a place, and the languages of its dates."""

from datetime import datetime

from sqlalchemy import BigInteger, bindparam, func, select, type_coerce

from booking.catalogue.models import Offering
from booking.db import execute
from booking.schedule.models import Occurrence
from booking.schedule.queries import CAN_BE_BOOKED, Date, date_of, visible
from booking.timekit.instants import to_epoch


def next_of_each(house_id: int, *, language: str, now: datetime) -> dict[int, Date]:
    """Return the next date that can be booked online, by the id of its offering, in one statement."""
    asked = {"house": house_id, "language": language, "now": to_epoch(now), "people": 1}
    return {row.offering_id: date_of(row, now) for row in execute(_FIRSTS, asked)}


def languages_of_each(house_id: int, *, now: datetime) -> dict[int, list[str]]:
    """Return the languages of the dates to come, by the id of their offering, in one statement."""
    found: dict[int, list[str]] = {}
    for row in execute(_LANGUAGES, {"house": house_id, "now": to_epoch(now)}):
        found.setdefault(row.offering_id, []).append(row.language)
    return found


_NOW = bindparam("now", type_=BigInteger)
_numbered = (
    select(
        Occurrence.id,
        func.row_number()
        .over(partition_by=Occurrence.offering_id, order_by=(Occurrence.starts_at, Occurrence.id))
        .label("number"),
    )
    .join(Offering, Offering.id == Occurrence.offering_id)
    .where(Occurrence.house_id == bindparam("house"), Occurrence.is_slot.is_(False), *CAN_BE_BOOKED)
    .subquery()
)
_FIRSTS = visible().where(Occurrence.id.in_(select(_numbered.c.id).where(_numbered.c.number == 1)))
_LANGUAGES = (
    select(Occurrence.offering_id, Occurrence.language)
    .where(
        Occurrence.house_id == bindparam("house"),
        Occurrence.is_slot.is_(False),
        Occurrence.state == "published",
        type_coerce(Occurrence.starts_at, BigInteger) > _NOW,
    )
    .distinct()
)
"""Statements made once: making them costs more than running them."""
