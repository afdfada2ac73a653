"""Questions of forms about dates: offerings that have dates, what one brings along, hosts and places to filter by."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, select

from booking.catalogue.models import Need, Offering, OfferingMedium, Place, Programme
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.people.models import Host
from booking.schedule.models import Occurrence

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfferingOption:
    """An offering that has dates; ``place_id``: the room that it names first, else where its last date is."""

    id: int
    programme_id: int | None
    state: str
    title: str
    minutes: int
    seats: int
    media: tuple[str, ...]
    place_id: int | None
    has_room: bool
    hosts: int


def offerings(house_id: int, *, programme_ids: frozenset[int] | None, language: str) -> list[tuple[int, str]]:
    """Return id and title of the offerings with dates, of some programmes (None: of all), by title."""
    wanted = _OFFERINGS.where(*_of(programme_ids)).order_by(text("title"), Offering.id)
    return [(row.id, row.title) for row in execute(wanted, {"house": house_id, "language": language})]


def offering(
    offering_id: int, *, house_id: int, programme_ids: frozenset[int] | None, language: str
) -> OfferingOption:
    """Return what a date of an offering begins with, in three statements; raises NotFound."""
    wanted = _OFFERINGS.where(Offering.id == offering_id, *_of(programme_ids))
    row = execute(wanted, {"house": house_id, "language": language}).one_or_none()
    if row is None:
        raise NotFound
    media = execute(_MEDIA, {"offering": offering_id}).scalars().all()
    needs = execute(_NEEDS, {"offering": offering_id}).all()
    return OfferingOption(
        id=row.id,
        programme_id=row.programme_id,
        state=row.state,
        title=row.title,
        minutes=row.minutes,
        seats=row.seats,
        media=tuple(media) or ("on_site",),
        place_id=next((need.place_id for need in needs if need.kind == "room"), row.last_place),
        has_room=any(need.kind == "room" for need in needs),
        hosts=sum(need.quantity for need in needs if need.kind == "host"),
    )


def hosts(house_id: int) -> list[tuple[int, str]]:
    """Return id and name of the active hosts of a house."""
    rows = execute(_HOSTS, {"house": house_id})
    return [(row.id, f"{row.first_name} {row.last_name}".strip()) for row in rows]


def places(house_id: int) -> list[tuple[int, Names]]:
    """Return id and names of the places of a house."""
    return [(row.id, row.names) for row in execute(_PLACES, {"house": house_id})]


def programmes(house_id: int) -> list[tuple[int, Names]]:
    """Return id and names of the programmes of a house."""
    return [(row.id, row.names) for row in execute(_PROGRAMMES, {"house": house_id})]


def _of(programme_ids: frozenset[int] | None) -> list[ColumnElement[bool]]:
    return [] if programme_ids is None else [Offering.programme_id.in_(sorted(programme_ids))]


_LAST_PLACE = (
    select(Occurrence.place_id)
    .where(Occurrence.offering_id == Offering.id, Occurrence.is_slot.is_(False))
    .order_by(Occurrence.starts_at.desc(), Occurrence.id.desc())
    .limit(1)
    .correlate(Offering)
    .scalar_subquery()
)
_OFFERINGS = with_texts(
    select(
        Offering.id,
        Offering.programme_id,
        Offering.state,
        text("title"),
        Offering.minutes,
        Offering.seats,
        _LAST_PLACE.label("last_place"),
    ).select_from(Offering)
).where(Offering.house_id == bindparam("house"), Offering.booked_by == "date", Offering.state != "archived")
_MEDIA = (
    select(OfferingMedium.medium)
    .where(OfferingMedium.offering_id == bindparam("offering"))
    .order_by(OfferingMedium.medium)
)
_NEEDS = (
    select(Need.kind, Need.place_id, Need.quantity)
    .where(Need.offering_id == bindparam("offering"))
    .order_by(Need.id)
)
_HOSTS = (
    select(Host.id, Host.first_name, Host.last_name)
    .where(Host.house_id == bindparam("house"), Host.is_active.is_(True))
    .order_by(Host.first_name, Host.last_name, Host.id)
)
_PLACES = (
    select(Place.id, Place.names)
    .where(Place.house_id == bindparam("house"), Place.is_active.is_(True))
    .order_by(Place.id)
)
_PROGRAMMES = (
    select(Programme.id, Programme.names)
    .where(Programme.house_id == bindparam("house"))
    .order_by(Programme.id)
)
"""Statements made once: making them costs more than running them."""
