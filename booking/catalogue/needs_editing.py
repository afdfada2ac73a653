"""Deeds of staff: what each run of an offering needs; dates that are planned stay as they are."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select

from booking.catalogue import service
from booking.catalogue.draft_queries import draft
from booking.catalogue.drafts import Draft, NeedGroup, Thing
from booking.catalogue.editor import Editor
from booking.catalogue.models import Need, Place, Pool
from booking.catalogue.offering_editing import check_still_ready, rise
from booking.catalogue.staff_refusals import ThingGone
from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal


@dataclass(frozen=True, slots=True)
class WantedNeed:
    """A need as it shall be; of ``thing_ids`` (rooms or pools) one suffices, buffers in minutes."""

    kind: str
    thing_ids: tuple[int, ...]
    quantity: int = 1
    people_per_unit: int | None = None
    before_minutes: int = 0
    after_minutes: int = 0
    medium: str | None = None


def put(
    offering_id: int,
    wanted: WantedNeed,
    *,
    need_id: int | None,
    version: int,
    editor: Editor,
    now: datetime,
) -> None:
    """Write a need, new or in place of the one with ``need_id``.

    Raises NotFound, Stale, ThingGone for a thing that is not in use any more, and NotReady where something public
    would lack what it needs.
    """
    old = draft(offering_id, editor=editor, version=version)
    before = _of(old, need_id) if need_id is not None else None
    group = NeedGroup(
        id=need_id or 0,
        kind=wanted.kind,
        things=_things(wanted, editor, kept={one.id for one in before.things} if before else set()),
        quantity=wanted.quantity,
        people_per_unit=wanted.people_per_unit,
        before_minutes=wanted.before_minutes,
        after_minutes=wanted.after_minutes,
        medium=wanted.medium,
    )
    others = tuple(one for one in old.needs if one is not before)
    _replace(old, before, group, replace(old, needs=(*others, group)), editor, now=now)


def drop(offering_id: int, need_id: int, *, version: int, editor: Editor, now: datetime) -> None:
    """Take a need away; raises NotFound, Stale and NotReady as ``put`` does."""
    old = draft(offering_id, editor=editor, version=version)
    before = _of(old, need_id)
    others = tuple(one for one in old.needs if one is not before)
    _replace(old, before, None, replace(old, needs=others), editor, now=now)


def _replace(
    old: Draft,
    before: NeedGroup | None,
    group: NeedGroup | None,
    new: Draft,
    editor: Editor,
    *,
    now: datetime,
) -> None:
    if before is not None and group is not None and replace(group, rows=before.rows) == before:
        return
    check_still_ready(old, new)
    rise(old)
    if before is not None:
        execute(delete(Need).where(Need.id.in_(before.rows)))
    if group is not None:
        service.add_needs(old.id, group.details(choice=_next_choice(old.id)))
    journal.record(
        "offering.needs_changed",
        house_id=editor.house_id,
        actor=editor.actor,
        object_kind="offering",
        object_id=old.id,
        now=now,
        changes={"need": [_told(before), _told(group)]},
    )


def _told(group: NeedGroup | None) -> dict[str, object] | None:
    if group is None:
        return None
    things = [thing.names.get("de", "") for thing in group.things]
    return {
        "kind": group.kind,
        "things": things,
        "quantity": group.quantity,
        "people_per_unit": group.people_per_unit,
        "before": group.before_minutes,
        "after": group.after_minutes,
        "medium": group.medium,
    }


def _of(old: Draft, need_id: int) -> NeedGroup:
    for group in old.needs:
        if need_id in group.rows:
            return group
    raise NotFound


def _things(wanted: WantedNeed, editor: Editor, *, kept: set[int]) -> tuple[Thing, ...]:
    """Return the rooms or pools, in the order in which they were named; raises ThingGone."""
    if wanted.kind == "host":
        return ()
    if wanted.kind == "room":
        table, statement = (
            Place,
            select(Place.id, Place.names, Place.people_limit, Place.is_active, Place.kind),
        )
    else:
        table, statement = Pool, select(Pool.id, Pool.names, Pool.units, Pool.is_active)  # type: ignore[assignment]
    rows = execute(statement.where(table.id.in_(wanted.thing_ids), table.house_id == editor.house_id))
    found = {row.id: Thing(*row) for row in rows if row.is_active or row.id in kept}
    if not wanted.thing_ids or set(found) != set(wanted.thing_ids):
        raise ThingGone
    return tuple(found[one] for one in wanted.thing_ids)


def _next_choice(offering_id: int) -> int:
    taken = select(Need.choice).where(Need.offering_id == offering_id, Need.choice.is_not(None))
    return max(execute(taken).scalars(), default=0) + 1
