"""Deeds of staff on rooms, meeting points and pools: enter, change, take out of use; the guard has the last word."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from booking.catalogue import service as catalogue
from booking.catalogue import thing_lists
from booking.catalogue.editor import Editor, changes, found, write
from booking.catalogue.keys import free_key
from booking.catalogue.models import Place, Pool
from booking.catalogue.service import PlaceDetails
from booking.catalogue.staff_refusals import StillUsed
from booking.db import execute
from booking.journal import service as journal
from booking.schedule import service, taking, thing_uses
from booking.schedule.models import Resource
from booking.schedule.refusals import CapacityInUse
from booking.schedule.staff_refusals import ThingBusy


@dataclass(frozen=True, slots=True)
class PoolDetails:
    """Equipment of one sort; names by language."""

    names: Mapping[str, str]
    units: int
    is_active: bool = True


def create_place(details: PlaceDetails, *, editor: Editor, now: datetime) -> int:
    """Write a place with a key made from its German name, with a resource if it is a room, and return its id."""
    keys = execute(select(Place.key).where(Place.house_id == editor.house_id)).scalars()
    key = free_key(details.names["de"], taken=set(keys))
    place_id = catalogue.enter_place(replace(details, key=key), house_id=editor.house_id)
    if details.kind == "room":
        capacity = _room_capacity(is_shared=details.is_shared, people_limit=details.people_limit)
        service.add_resource(house_id=editor.house_id, capacity=capacity, place_id=place_id)
    _tell("place.entered", "place", place_id, editor, now=now)
    return place_id


def change_place(
    place_id: int, values: Mapping[str, Any], *, version: int, editor: Editor, now: datetime
) -> Mapping[str, Any]:
    """Write values of a place (all but key and kind, with ``is_active``), and return what changed.

    Raises NotFound, Stale, CapacityInUse when more people than that are planned in it, ThingBusy when it is used
    ahead and may not be shared, or left, so, and StillUsed for one that offerings still need.
    """
    old = found(Place, place_id, house_id=editor.house_id, version=version)
    changed = changes(old._asdict(), values)
    if not changed:
        return {}
    new = {name: values.get(name, getattr(old, name)) for name in (*values, "is_shared", "people_limit")}
    _lock(Resource.place_id == place_id)
    if old.kind == "room":
        _check_room(old, new, changed, editor, now=now)
    if "is_active" in changed and not new["is_active"]:
        _check_unused(thing_lists.place(place_id, house_id=editor.house_id).offerings)
    write(Place, old, {name: values[name] for name in changed})
    capacity = _room_capacity(is_shared=new["is_shared"], people_limit=new["people_limit"])
    _change_capacity(Resource.place_id == place_id, capacity, now=now)
    _tell("place.changed", "place", place_id, editor, now=now, changes=changed)
    return changed


def create_pool(details: PoolDetails, *, editor: Editor, now: datetime) -> int:
    """Write a pool with its resource and return its id."""
    keys = execute(select(Pool.key).where(Pool.house_id == editor.house_id)).scalars()
    key = free_key(details.names["de"], taken=set(keys))
    pool_id = catalogue.enter_pool(key, details.names, details.units, house_id=editor.house_id)
    service.add_resource(house_id=editor.house_id, capacity=details.units, pool_id=pool_id)
    _tell("pool.entered", "pool", pool_id, editor, now=now)
    return pool_id


def change_pool(
    pool_id: int, details: PoolDetails, *, version: int, editor: Editor, now: datetime
) -> Mapping[str, Any]:
    """Write a pool and return what changed.

    Raises NotFound, Stale, CapacityInUse when more units than that are planned (the guard says so), ThingBusy for
    one that is used ahead and shall not be any more, and StillUsed for one that offerings still need.
    """
    old = found(Pool, pool_id, house_id=editor.house_id, version=version)
    values = asdict(details) | {"names": dict(details.names)}
    changed = changes(old._asdict(), values)
    if not changed:
        return {}
    _lock(Resource.pool_id == pool_id)
    if "is_active" in changed and not details.is_active:
        if thing_uses.uses(house_id=editor.house_id, pool_id=pool_id, now=now):
            raise ThingBusy
        _check_unused(thing_lists.pool(pool_id, house_id=editor.house_id).offerings)
    write(Pool, old, {name: values[name] for name in changed})
    _change_capacity(Resource.pool_id == pool_id, details.units, now=now)
    _tell("pool.changed", "pool", pool_id, editor, now=now, changes=changed)
    return changed


def _check_room(
    old: Any, new: Mapping[str, Any], changed: Mapping[str, Any], editor: Editor, *, now: datetime
) -> None:
    """Refuse what does not fit the dates ahead: the guard counts units, and a room alone is one, however many come."""
    ahead = thing_uses.uses(house_id=editor.house_id, place_id=old.id, now=now)
    is_left = "is_active" in changed and not new["is_active"]
    if ahead and (is_left or "is_shared" in changed):
        raise ThingBusy
    limit = new["people_limit"]
    if (
        "people_limit" in changed
        and limit
        and not new["is_shared"]
        and any(one.seats > limit for one in ahead)
    ):
        raise CapacityInUse


def _check_unused(offerings: int) -> None:
    if offerings:
        raise StillUsed


def _room_capacity(*, is_shared: bool, people_limit: int | None) -> int:
    """Return what the room's resource counts: people if it is shared, else the one date that has it."""
    return people_limit if is_shared and people_limit else 1


def _lock(whose: Any) -> None:
    taking.lock(execute(select(Resource.id).where(whose)).scalars())


def _change_capacity(whose: Any, capacity: int, *, now: datetime) -> None:
    row = execute(select(Resource.id, Resource.capacity).where(whose)).one_or_none()
    if row is not None and row.capacity != capacity:
        service.change_capacity(row.id, capacity, now=now)


def _tell(
    deed: str, kind: str, object_id: int, editor: Editor, *, now: datetime, changes: Any = None
) -> None:
    journal.record(
        deed,
        house_id=editor.house_id,
        actor=editor.actor,
        object_kind=kind,
        object_id=object_id,
        now=now,
        changes=changes,
    )
