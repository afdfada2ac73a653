"""Questions: what a date of an offering takes with these hosts in this place."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from booking.catalogue.models import Need, Offering, Place, Pool
from booking.db import execute
from booking.errors import NotFound
from booking.people.models import Host
from booking.schedule.kits import EQUIPMENT, HOST, ROOM, Item, Kit, Names, Wanted
from booking.schedule.models import Resource


def kit(wanted: Wanted) -> Kit:
    """Return what an offering takes with these hosts in this place, in four statements.

    Raises NotFound for an offering, a host or a place of another house.
    """
    asked = {"house": wanted.house_id, "offering": wanted.offering_id, "medium": wanted.medium}
    if execute(_OFFERING, asked).scalar() is None:
        raise NotFound
    needs = execute(_NEEDS, asked).all()
    before, after = _host_buffers(needs)
    hosts = execute(_HOSTS, asked | {"hosts": list(wanted.host_ids)}).all()
    if {row.id for row in hosts} != set(wanted.host_ids):
        raise NotFound
    groups = [
        (Item(HOST, row.id, row.resource_id, row.capacity, _whole_name(row), before, after),) for row in hosts
    ]
    things = _groups([row for row in needs if row.resource_id is not None])
    if wanted.place_id is not None:
        things = _with_place(things, _place(wanted))
    return Kit((*groups, *things))


def _whole_name(row: Row[Any]) -> Names:
    return {"de": f"{row.first_name} {row.last_name}".strip()}


def _host_buffers(needs: Sequence[Row[Any]]) -> tuple[int, int]:
    rows = [row for row in needs if row.kind == HOST]
    return (
        max((row.before_minutes for row in rows), default=0),
        max((row.after_minutes for row in rows), default=0),
    )


def _groups(needs: Sequence[Row[Any]]) -> list[tuple[Item, ...]]:
    groups: dict[tuple[str, int], list[Item]] = {}
    for number, row in enumerate(needs):
        key = ("one", number) if row.choice is None else ("choice", row.choice)
        groups.setdefault(key, []).append(_item(row))
    return [tuple(group) for group in groups.values()]


def _item(row: Row[Any]) -> Item:
    return Item(
        kind=ROOM if row.place_id is not None else EQUIPMENT,
        owner_id=row.place_id if row.place_id is not None else row.pool_id,
        resource_id=row.resource_id,
        capacity=row.capacity,
        names=row.names,
        before=row.before_minutes,
        after=row.after_minutes,
        quantity=row.quantity,
        people_per_unit=row.people_per_unit,
        is_shared=bool(row.is_shared),
    )


def _place(wanted: Wanted) -> Row[Any]:
    row = execute(_PLACE, {"house": wanted.house_id, "place": wanted.place_id}).one_or_none()
    if row is None:
        raise NotFound
    return row


def _with_place(groups: list[tuple[Item, ...]], place: Row[Any]) -> list[tuple[Item, ...]]:
    """Return the groups with a place in the stead of the first room, or of the group that names it.

    A meeting point has nothing that could be taken.
    """
    rooms = [number for number, group in enumerate(groups) if group[0].kind == ROOM]
    named = [number for number in rooms if place.id in {one.owner_id for one in groups[number]}] or rooms[:1]
    instead: list[tuple[Item, ...]] = []
    if place.resource_id is not None:
        like = groups[named[0]][0] if named else None
        same = next((one for number in named for one in groups[number] if one.owner_id == place.id), None)
        before, after = (like.before, like.after) if like else (0, 0)
        own = Item(
            ROOM,
            place.id,
            place.resource_id,
            place.capacity,
            place.names,
            before,
            after,
            is_shared=bool(place.is_shared),
        )
        instead = [(same or own,)]
    return [*instead, *(group for number, group in enumerate(groups) if number not in named)]


_OFFERING = select(Offering.id).where(
    Offering.id == bindparam("offering"), Offering.house_id == bindparam("house")
)
_NEEDS = (
    select(
        Need.kind,
        Need.place_id,
        Need.pool_id,
        Need.quantity,
        Need.people_per_unit,
        Need.before_minutes,
        Need.after_minutes,
        Need.choice,
        Resource.id.label("resource_id"),
        Resource.capacity,
        Place.is_shared,
        func.coalesce(Place.names, Pool.names).label("names"),
    )
    .select_from(Need)
    .outerjoin(Place, Place.id == Need.place_id)
    .outerjoin(Pool, Pool.id == Need.pool_id)
    .outerjoin(Resource, or_(Resource.place_id == Need.place_id, Resource.pool_id == Need.pool_id))
    .where(
        Need.offering_id == bindparam("offering"),
        or_(Need.medium.is_(None), Need.medium == bindparam("medium")),
    )
    .order_by(Need.id)
)
_HOSTS = (
    select(Host.id, Host.first_name, Host.last_name, Resource.id.label("resource_id"), Resource.capacity)
    .join(Resource, Resource.host_id == Host.id)
    .where(Host.id.in_(bindparam("hosts", expanding=True)), Host.house_id == bindparam("house"))
    .order_by(Host.id)
)
_PLACE = (
    select(Place.id, Place.names, Place.is_shared, Resource.id.label("resource_id"), Resource.capacity)
    .outerjoin(Resource, Resource.place_id == Place.id)
    .where(Place.id == bindparam("place"), Place.house_id == bindparam("house"))
)
"""Statements made once: making them costs more than running them."""
