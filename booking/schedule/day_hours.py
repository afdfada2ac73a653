"""Deed: one date gets hours of its own, from whoever saw the hours that it has."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import blake2b

from sqlalchemy import select

from booking.catalogue.models import Place
from booking.db import execute
from booking.errors import NotFound, Stale
from booking.people.models import Host
from booking.schedule import hours
from booking.schedule.hours import Of
from booking.schedule.hours_queries import ChangedDay, changed_days

_MODULUS = 999_999_999  # a version is a number of nine digits


def changed_day(of: Of, day: date, *, house_id: int) -> ChangedDay | None:
    """Return the windows of its own that a date has, or None where the weekly hours count."""
    found = changed_days(of, house_id=house_id, since=day)
    return found[0] if found and found[0].day == day else None


def version_of(found: ChangedDay | None) -> int:
    """Return a number that tells what one date has from anything else it may have: 1 to 999,999,999."""
    said = "" if found is None else f"{found.day} {sorted(found.windows)}"
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest()) % _MODULUS + 1


def change_day(
    day: date,
    windows: Sequence[tuple[int, int]],
    *,
    of: Of,
    house_id: int,
    version: int,
    now: datetime,
    actor: str = "system",
) -> None:
    """Give a date windows of its own, none: closed; what is taken already stays as it is.

    ``version``  of what the person saw the date have
    Raises NotFound for a host or place of another house, Stale where it has something else by now, NoSuchTime.
    """
    host = select(Host.id).where(Host.id == of.host_id, Host.house_id == house_id)
    place = select(Place.id).where(Place.id == of.place_id, Place.house_id == house_id)
    owner = host if of.host_id is not None else place
    if execute(owner.with_for_update(key_share=True)).scalar() is None:
        raise NotFound
    if version_of(changed_day(of, day, house_id=house_id)) != version:
        raise Stale
    hours.set_override(day, windows, of=of, house_id=house_id, now=now, actor=actor)
