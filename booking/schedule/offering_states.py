"""Deeds of staff: publish an offering, archive it, and copy it with those who can give it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select, type_coerce

from booking.catalogue import offering_editing, readiness
from booking.catalogue.draft_queries import draft
from booking.catalogue.drafts import Draft
from booking.catalogue.editor import Editor
from booking.catalogue.staff_refusals import NotFromHere, NotReady
from booking.db import execute
from booking.journal import service as journal
from booking.people.models import Host
from booking.schedule import service
from booking.schedule.models import Occurrence, Skill
from booking.schedule.queries import taken
from booking.schedule.staff_refusals import DatesAhead
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class AheadDate:
    """A date of an offering that is still to come, and how many places are taken of it."""

    id: int
    starts_at: datetime
    ends_at: datetime
    state: str
    is_slot: bool
    taken: int


def skilled(offering_id: int) -> int:
    """Return how many active people can give an offering."""
    return int(execute(_SKILLED, {"offering": offering_id}).scalar_one())


def ahead(offering_id: int, *, now: datetime) -> list[AheadDate]:
    """Return the dates to come that are not cancelled, and the free times that somebody has taken, earliest first."""
    rows = execute(_AHEAD, {"offering": offering_id, "now": to_epoch(now)})
    found = [AheadDate(*row) for row in rows]
    return [one for one in found if one.taken or not one.is_slot]


def change(
    offering_id: int, values: Mapping[str, Any], *, version: int, editor: Editor, now: datetime
) -> Mapping[str, Any]:
    """Write values of an offering as ``offering_editing.change`` does.

    Raises DatesAhead, besides, for another way of booking while dates lie ahead: nobody would find them any more.
    """
    old = draft(offering_id, editor=editor, version=version)
    if values.get("booked_by", old.booked_by) != old.booked_by and ahead(offering_id, now=now):
        raise DatesAhead
    return offering_editing.change(offering_id, values, version=version, editor=editor, now=now)


def publish(offering_id: int, *, version: int, editor: Editor, now: datetime) -> None:
    """Let visitors see a draft, or one that was archived; raises NotFound, Stale, NotFromHere and NotReady."""
    old = draft(offering_id, editor=editor, version=version)
    if old.state == "published":
        raise NotFromHere
    lacking = readiness.faults(old, skilled=skilled(offering_id))
    if lacking:
        raise NotReady(lacking)
    _go(old, "published", editor=editor, now=now)


def archive(offering_id: int, *, version: int, editor: Editor, now: datetime) -> None:
    """Take an offering from visitors and lists; raises NotFound, Stale, NotFromHere and DatesAhead."""
    old = draft(offering_id, editor=editor, version=version)
    if old.state == "archived":
        raise NotFromHere
    if ahead(offering_id, now=now):
        raise DatesAhead
    _go(old, "archived", editor=editor, now=now)


def duplicate(offering_id: int, title: str, *, editor: Editor, now: datetime) -> int:
    """Write a draft like the offering, with those who can give it, and return its id; raises NotFound."""
    made = offering_editing.duplicate(offering_id, title, editor=editor, now=now)
    known = select(Skill.host_id, Skill.is_fixed).where(Skill.offering_id == offering_id)
    for row in execute(known).all():
        service.teach(row.host_id, made, is_fixed=row.is_fixed)
    return made


def _go(old: Draft, state: str, *, editor: Editor, now: datetime) -> None:
    offering_editing.rise(old, state=state)
    journal.record(
        f"offering.{state}",
        house_id=editor.house_id,
        actor=editor.actor,
        object_kind="offering",
        object_id=old.id,
        now=now,
        changes={"state": [old.state, state]},
    )


_SKILLED = (
    select(func.count())
    .select_from(Skill)
    .join(Host, Host.id == Skill.host_id)
    .where(Skill.offering_id == bindparam("offering"), Host.is_active.is_(True))
)
_AHEAD = (
    select(
        Occurrence.id,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Occurrence.state,
        Occurrence.is_slot,
        taken().label("taken"),
    )
    .where(
        Occurrence.offering_id == bindparam("offering"),
        Occurrence.state != "cancelled",
        type_coerce(Occurrence.ends_at, BigInteger) > bindparam("now", type_=BigInteger),
    )
    .order_by(Occurrence.starts_at, Occurrence.id)
)
