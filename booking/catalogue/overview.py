"""Questions about all that a house offers at once: each offering with its audiences, media and topics."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, literal, select, union_all

from booking.catalogue.models import (
    AUDIENCES,
    MEDIA,
    Offering,
    OfferingAudience,
    OfferingMedium,
    OfferingTopic,
    Topic,
)
from booking.catalogue.queries import Names, text, with_texts
from booking.db import execute


@dataclass(frozen=True, slots=True)
class OfferingFacts:
    """An offering among others, in the language of the page; minutes for its length, topics by key."""

    id: int
    key: str
    kind: str
    title: str
    summary: str
    description: str
    minutes: int
    seats: int
    party_max: int
    age_min: int
    grade_first: int | None
    grade_last: int | None
    is_step_free: bool
    is_walk_in: bool
    booked_by: str
    audiences: tuple[str, ...]
    media: tuple[str, ...]
    topics: Mapping[str, Names]


def offerings(house_id: int, *, language: str) -> list[OfferingFacts]:
    """Return what the house publishes, by title, in two statements; texts fall back to German."""
    found = execute(_OFFERINGS, {"house": house_id, "language": language}).all()
    marks: defaultdict[tuple[int, str], dict[str, Names]] = defaultdict(dict)
    for mark in execute(_MARKS, {"house": house_id}):
        marks[mark.offering_id, mark.sort][mark.key] = mark.names or {}
    return [
        OfferingFacts(
            **{name: getattr(row, name) for name in _COLUMNS},
            title=row.title,
            summary=row.summary,
            description=row.description,
            audiences=tuple(one for one in AUDIENCES if one in marks[row.id, "audience"]),
            media=tuple(one for one in MEDIA if one in marks[row.id, "medium"]),
            topics=marks[row.id, "topic"],
        )
        for row in found
    ]


_COLUMNS = (
    "id",
    "key",
    "kind",
    "minutes",
    "seats",
    "party_max",
    "age_min",
    "grade_first",
    "grade_last",
    "is_step_free",
    "is_walk_in",
    "booked_by",
)
_IS_PUBLISHED = (Offering.house_id == bindparam("house"), Offering.state == "published")
_OFFERINGS = (
    with_texts(
        select(
            *(getattr(Offering, name) for name in _COLUMNS),
            *(text(word) for word in ("title", "summary", "description")),
        ).select_from(Offering)
    )
    .where(*_IS_PUBLISHED)
    .order_by(text("title"), Offering.id)
)


def _marked(table: Any, sort: str, key: Any) -> Any:
    """Return the statement for what marks offerings: audiences or media."""
    nothing = literal(None, Topic.names.type)
    wanted = select(table.offering_id, literal(sort).label("sort"), key.label("key"), nothing.label("names"))
    return wanted.join(Offering, Offering.id == table.offering_id).where(*_IS_PUBLISHED)


_OF_TOPICS = (
    select(OfferingTopic.offering_id, literal("topic"), Topic.key, Topic.names)
    .join(Offering, Offering.id == OfferingTopic.offering_id)
    .join(Topic, (Topic.id == OfferingTopic.topic_id) & (Topic.house_id == Offering.house_id))
    .where(*_IS_PUBLISHED)
    .order_by(Topic.position, Topic.key)
)
_MARKS = union_all(
    _marked(OfferingAudience, "audience", OfferingAudience.audience),
    _marked(OfferingMedium, "medium", OfferingMedium.medium),
    _OF_TOPICS.order_by(None),
)
"""Statements made once: making them costs more than running them."""
