"""Questions of those who edit offerings: one with all that belongs to it, in five statements."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Row, bindparam, select

from booking.catalogue.drafts import Draft, NeedGroup, Thing
from booking.catalogue.editor import Editor
from booking.catalogue.models import (
    AUDIENCES,
    MEDIA,
    Need,
    Offering,
    OfferingAudience,
    OfferingMedium,
    OfferingText,
    OfferingTopic,
    Place,
    Pool,
)
from booking.catalogue.queries import WORDS
from booking.db import execute
from booking.errors import NotFound, Stale

_SET = {"texts", "audiences", "media", "topic_ids", "needs"}
COLUMNS = tuple(name for name in Draft.__dataclass_fields__ if name not in _SET)


def draft(offering_id: int, *, editor: Editor, version: int | None = None) -> Draft:
    """Return an offering that the editor runs, in whatever state.

    Raises NotFound, and Stale where a ``version`` is given and it has another.
    """
    row = execute(_OFFERING, {"offering": offering_id, "house": editor.house_id}).one_or_none()
    if row is None or not editor.runs(row.programme_id):
        raise NotFound
    if version is not None and row.version != version:
        raise Stale
    asked = {"offering": offering_id}
    marks = defaultdict(set)
    for sort, statement in _MARKS.items():
        marks[sort] = set(execute(statement, asked).scalars())
    return Draft(
        **{name: getattr(row, name) for name in COLUMNS},
        texts={
            found.language: {word: getattr(found, word) for word in WORDS} for found in execute(_TEXTS, asked)
        },
        audiences=tuple(one for one in AUDIENCES if one in marks["audiences"]),
        media=tuple(one for one in MEDIA if one in marks["media"]),
        topic_ids=tuple(sorted(marks["topics"])),
        needs=_groups(list(execute(_NEEDS, asked))),
    )


def _groups(rows: list[Row[Any]]) -> tuple[NeedGroup, ...]:
    """Put together what can stand for each other."""
    alike: dict[tuple[str, int], list[Row[Any]]] = {}
    for row in rows:
        alike.setdefault(("one", row.id) if row.choice is None else ("choice", row.choice), []).append(row)
    return tuple(_group(found) for found in alike.values())


def _group(rows: list[Row[Any]]) -> NeedGroup:
    first = rows[0]
    return NeedGroup(
        id=first.id,
        kind=first.kind,
        things=tuple(_thing(row) for row in rows if row.kind != "host"),
        quantity=first.quantity,
        people_per_unit=first.people_per_unit,
        before_minutes=first.before_minutes,
        after_minutes=first.after_minutes,
        medium=first.medium,
        rows=tuple(row.id for row in rows),
    )


def _thing(row: Row[Any]) -> Thing:
    if row.kind == "room":
        return Thing(row.place_id, row.place_names, row.people_limit, row.place_active, row.place_kind)
    return Thing(row.pool_id, row.pool_names, row.units, row.pool_active)


_OFFERING = select(*(getattr(Offering, name) for name in COLUMNS)).where(
    Offering.id == bindparam("offering"), Offering.house_id == bindparam("house")
)
_TEXTS = select(OfferingText.language, *(getattr(OfferingText, word) for word in WORDS)).where(
    OfferingText.offering_id == bindparam("offering")
)
_MARKS = {
    "audiences": select(OfferingAudience.audience).where(
        OfferingAudience.offering_id == bindparam("offering")
    ),
    "media": select(OfferingMedium.medium).where(OfferingMedium.offering_id == bindparam("offering")),
    "topics": select(OfferingTopic.topic_id).where(OfferingTopic.offering_id == bindparam("offering")),
}
_NEEDS = (
    select(
        Need.id,
        Need.kind,
        Need.place_id,
        Need.pool_id,
        Need.quantity,
        Need.people_per_unit,
        Need.before_minutes,
        Need.after_minutes,
        Need.medium,
        Need.choice,
        Place.names.label("place_names"),
        Place.kind.label("place_kind"),
        Place.people_limit,
        Place.is_active.label("place_active"),
        Pool.names.label("pool_names"),
        Pool.units,
        Pool.is_active.label("pool_active"),
    )
    .outerjoin(Place, Place.id == Need.place_id)
    .outerjoin(Pool, Pool.id == Need.pool_id)
    .where(Need.offering_id == bindparam("offering"))
    .order_by(Need.id)
)
