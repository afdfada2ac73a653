"""Questions about what happened: the history of one object, and the log of a house, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select

from booking.db import execute
from booking.journal.models import Event

ANY_STAFF, ANY_DESK = "staff", "desk"


@dataclass(frozen=True, slots=True)
class Happened:
    """An event: who (an actor of ``record``) did what to which object; ``changes``: name of a field to [old, new]."""

    id: int
    happened_at: datetime
    actor: str
    deed: str
    object_kind: str
    object_id: int
    counts: Mapping[str, int]
    changes: Mapping[str, Any]


class Mark(NamedTuple):
    """Where a page of the log ends: the next one begins before it."""

    happened_at: datetime
    event_id: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the log is asked for; what is empty bounds nothing.

    ``actor``      as in ``record``, or ANY_STAFF, ANY_DESK for all of them
    ``first``      with ``until`` the instants ``[first, until)``
    """

    actor: str = ""
    object_kind: str = ""
    object_id: int | None = None
    first: datetime | None = None
    until: datetime | None = None


EVERYTHING = Wanted()


def log(
    house_id: int,
    wanted: Wanted = EVERYTHING,
    *,
    before: Mark | None = None,
    most: int = 50,
    only: ColumnElement[bool] | None = None,
) -> list[Happened]:
    """Return at most so many events of a house, newest first, in one statement.

    ``before``  the mark of the last event of the page before
    ``only``    a further condition, on ``Event``, of a floor that knows what events are about
    """
    asked = _WHOLE.where(Event.house_id == house_id, *_bounds(wanted))
    if before is not None:
        earlier = and_(Event.happened_at == before.happened_at, Event.id < before.event_id)
        asked = asked.where(or_(Event.happened_at < before.happened_at, earlier))
    if only is not None:
        asked = asked.where(only)
    return _read(asked.limit(most))


def of_object(object_kind: str, object_id: int, *, house_id: int, most: int = 50) -> list[Happened]:
    """Return the newest events of one object of a house, newest first, in one statement."""
    mine = (Event.object_kind == object_kind, Event.object_id == object_id, Event.house_id == house_id)
    return _read(_WHOLE.where(*mine).limit(most))


def mark_of(happened: Happened) -> Mark:
    """Return the mark behind which the next page begins."""
    return Mark(happened.happened_at, happened.id)


def _bounds(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.actor in (ANY_STAFF, ANY_DESK):
        found.append(Event.actor.like(f"{wanted.actor}:%"))
    elif wanted.actor:
        found.append(Event.actor == wanted.actor)
    if wanted.object_kind:
        found.append(Event.object_kind == wanted.object_kind)
    if wanted.object_id is not None:
        found.append(Event.object_id == wanted.object_id)
    if wanted.first is not None:
        found.append(Event.happened_at >= wanted.first)
    if wanted.until is not None:
        found.append(Event.happened_at < wanted.until)
    return found


def _read(wanted: Select[*tuple[Any, ...]]) -> list[Happened]:
    return [Happened(**row._mapping) for row in execute(wanted)]


_WHOLE = select(
    Event.id,
    Event.happened_at,
    Event.actor,
    Event.deed,
    Event.object_kind,
    Event.object_id,
    Event.counts,
    Event.changes,
).order_by(Event.happened_at.desc(), Event.id.desc())
