"""Questions about offerings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, func, select
from sqlalchemy.orm import aliased

from booking.catalogue.models import Offering, OfferingAudience, OfferingText, OfferingTopic, Topic
from booking.db import execute
from booking.errors import NotFound

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TopicMark:
    """A topic or cooperation to which an offering belongs; ``has_page``: there is more to read about it."""

    key: str
    kind: str
    names: Names
    has_page: bool


@dataclass(frozen=True, slots=True)
class OfferingPage:
    """What visitors read of an offering, in their language; minutes for lengths of time."""

    id: int
    key: str
    kind: str
    title: str
    summary: str
    description: str
    bring: str
    warning: str
    minutes: int
    seats: int
    party_min: int
    party_max: int
    notice_minutes: int
    cancel_until_minutes: int
    age_min: int
    is_step_free: bool
    is_walk_in: bool
    booked_by: str
    sign_video: str
    audiences: tuple[str, ...]
    topics: tuple[TopicMark, ...]


WANTED, GERMAN = aliased(OfferingText), aliased(OfferingText)
WORDS = ("title", "summary", "description", "bring", "confirmation", "warning")
_POLICY = (
    "key",
    "kind",
    "minutes",
    "seats",
    "party_min",
    "party_max",
    "notice_minutes",
    "cancel_until_minutes",
    "age_min",
    "booked_by",
    "sign_video",
)


def offering(key: str, *, house_id: int, language: str) -> OfferingPage:
    """Return a published offering of the house; texts fall back to German.  Raises NotFound."""
    found = execute(_OFFERING, {"house": house_id, "key": key, "language": language}).one_or_none()
    if found is None:
        raise NotFound
    values = {
        name: getattr(found, name) for name in OfferingPage.__dataclass_fields__ if hasattr(found, name)
    }
    return OfferingPage(**values, audiences=_audiences(found.id), topics=_topics(found.id))


def text(word: str) -> ColumnElement[str]:
    """Return the column of a text in the wanted language, or in German where it is missing."""
    return func.coalesce(func.nullif(getattr(WANTED, word), ""), getattr(GERMAN, word)).label(word)


def with_texts(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return the select on Offering, joined with its texts in the bound ``language`` and in German."""
    return wanted.join(GERMAN, (GERMAN.offering_id == Offering.id) & (GERMAN.language == "de")).outerjoin(
        WANTED, (WANTED.offering_id == Offering.id) & (WANTED.language == bindparam("language"))
    )


def kinds(house_id: int) -> list[str]:
    """Return the kinds of which the house publishes offerings."""
    return list(execute(_KINDS, {"house": house_id}).scalars())


def _audiences(offering_id: int) -> tuple[str, ...]:
    return tuple(execute(_AUDIENCES, {"offering": offering_id}).scalars())


def _topics(offering_id: int) -> tuple[TopicMark, ...]:
    return tuple(TopicMark(*row) for row in execute(_TOPICS, {"offering": offering_id}))


_OFFERING = with_texts(
    select(
        Offering.id,
        Offering.is_step_free,
        Offering.is_walk_in,
        *(getattr(Offering, name) for name in _POLICY),
        *(text(word) for word in WORDS),
    ).select_from(Offering)
).where(
    Offering.house_id == bindparam("house"), Offering.key == bindparam("key"), Offering.state == "published"
)
_KINDS = (
    select(Offering.kind)
    .where(Offering.house_id == bindparam("house"), Offering.state == "published")
    .distinct()
    .order_by(Offering.kind)
)
_AUDIENCES = (
    select(OfferingAudience.audience)
    .where(OfferingAudience.offering_id == bindparam("offering"))
    .order_by(OfferingAudience.audience)
)
_TELLS = func.length(cast(Topic.texts, String)) > len("{}")
_TOPICS = (
    select(Topic.key, Topic.kind, Topic.names, and_(Topic.is_published, _TELLS))
    .join(OfferingTopic, OfferingTopic.topic_id == Topic.id)
    .where(OfferingTopic.offering_id == bindparam("offering"))
    .order_by(Topic.position, Topic.key)
)
"""Statements made once: making them costs more than running them."""
