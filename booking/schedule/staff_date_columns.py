"""Statements about dates as staff see them: their columns, the hosts that they lack, and their orders."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Select, and_, bindparam, func, or_, select, type_coerce

from booking.catalogue.models import Need, Offering, Place, Pool
from booking.catalogue.queries import text, with_texts
from booking.people.models import Host
from booking.schedule.models import Occurrence, OccurrenceHost
from booking.schedule.queries import taken

STARTS = type_coerce(Occurrence.starts_at, BigInteger)
_mine = OccurrenceHost.occurrence_id == Occurrence.id
_NAMES = (
    select(func.aggregate_strings(Host.first_name + " " + Host.last_name, ", "))
    .join(OccurrenceHost, OccurrenceHost.host_id == Host.id)
    .where(_mine)
    .correlate(Occurrence)
    .scalar_subquery()
)
_GIVEN = select(func.count()).select_from(OccurrenceHost).where(_mine).correlate(Occurrence).scalar_subquery()
_NEEDED = (
    select(func.coalesce(func.sum(Need.quantity), 0))
    .where(
        Need.offering_id == Occurrence.offering_id,
        Need.kind == "host",
        or_(Need.medium.is_(None), Need.medium == Occurrence.medium),
    )
    .correlate(Occurrence)
    .scalar_subquery()
)
IS_UNSTAFFED = and_(Occurrence.state != "cancelled", _GIVEN < _NEEDED)
PLACES = {
    "free": and_(Occurrence.state != "cancelled", taken() < Occurrence.seats),
    "full": and_(Occurrence.state != "cancelled", taken() >= Occurrence.seats),
}
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "start": (Occurrence.starts_at, Occurrence.id),
    "last": (Occurrence.starts_at.desc(), Occurrence.id.desc()),
    "offering": (text("title"), Occurrence.starts_at, Occurrence.id),
    "places": ((Occurrence.seats - taken()).desc(), Occurrence.starts_at, Occurrence.id),
}


def base() -> Select[*tuple[Any, ...]]:
    """Return the statement for the dates of the bound ``house``, whatever their state; slots are none of them."""
    columns = select(
        Occurrence.id,
        Occurrence.offering_id,
        Offering.programme_id,
        text("title"),
        Occurrence.starts_at,
        Occurrence.ends_at,
        Occurrence.language,
        Occurrence.medium,
        Occurrence.state,
        Occurrence.seats,
        Occurrence.planned_seats,
        taken().label("taken"),
        Occurrence.place_id,
        Place.names.label("place_names"),
        Pool.names.label("limited_by"),
        _NAMES.label("hosts"),
        _GIVEN.label("hosts_given"),
        _NEEDED.label("hosts_needed"),
        Occurrence.series_id,
        Occurrence.series_day,
        Occurrence.version,
        Occurrence.claim_id,
        Occurrence.changed_at,
        Occurrence.cancel_reason,
    ).select_from(Occurrence)
    joined = with_texts(columns.join(Offering, Offering.id == Occurrence.offering_id))
    joined = joined.outerjoin(Place, Place.id == Occurrence.place_id)
    joined = joined.outerjoin(Pool, Pool.id == Occurrence.limited_by_pool_id)
    return joined.where(Occurrence.house_id == bindparam("house"), Occurrence.is_slot.is_(False))
