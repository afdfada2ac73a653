"""Questions about consultations: what is booked by slot, for whom, how, and with which experts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, bindparam, or_, select

from booking.catalogue.models import (
    MEDIA,
    Offering,
    OfferingAudience,
    OfferingMedium,
    OfferingTopic,
    Topic,
)
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.people.models import Host
from booking.schedule.models import LANGUAGES, Skill

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody whom visitors can talk to, as far as they are told: no last name, no address."""

    id: int
    key: str
    first_name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consultation:
    """An offering that is booked by slot; minutes for lengths of time, topics by key."""

    id: int
    key: str
    kind: str
    title: str
    summary: str
    minutes: int
    party_min: int
    party_max: int
    horizon_days: int
    is_step_free: bool
    is_shared: bool
    audiences: tuple[str, ...]
    media: tuple[str, ...]
    topics: Mapping[str, Names]
    experts: tuple[Expert, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that its experts speak."""
        spoken = {language for expert in self.experts for language in expert.languages}
        return tuple(sorted(spoken, key=LANGUAGES.index))


def consultations(house_id: int, *, language: str, key: str = "") -> list[Consultation]:
    """Return what the house publishes to be booked by slot, by title, or only the one with ``key``.

    What can be had neither on site nor by video nor by phone is left out.
    """
    asked = {"house": house_id, "key": key}
    audiences, media = _lists(_AUDIENCES, asked), _lists(_MEDIA, asked)
    topics = _lists(_TOPICS, asked)
    experts = _lists(_EXPERTS, asked)
    return [
        Consultation(
            **{name: getattr(row, name) for name in _COLUMNS},
            title=row.title,
            summary=row.summary,
            audiences=tuple(one.audience for one in audiences[row.id]),
            media=tuple(sorted((one.medium for one in media[row.id]), key=MEDIA.index)),
            topics={one.key: one.names for one in topics[row.id]},
            experts=tuple(expert_of(one) for one in experts[row.id]),
        )
        for row in execute(_CONSULTATIONS, asked | {"language": language})
        if media[row.id]
    ]


def consultation(key: str, *, house_id: int, language: str) -> Consultation:
    """Return one; raises NotFound for what is hidden, foreign, unknown or booked by date."""
    for found in consultations(house_id, language=language, key=key) if key else ():
        return found
    raise NotFound


def with_expert(key: str, *, house_id: int, language: str) -> tuple[Expert, list[Consultation]]:
    """Return an expert and the consultations with him or her.

    Raises NotFound for whoever gives none, is not active, belongs to another house or is unknown.
    """
    found = consultations(house_id, language=language)
    experts = {expert.key: expert for one in found for expert in one.experts}
    if key not in experts:
        raise NotFound
    return experts[key], [one for one in found if experts[key] in one.experts]


def expert_of(row: Any) -> Expert:
    """Return the expert of a row with the columns of a host, ``host_id`` among them."""
    languages = sorted((one for one in row.languages if one in LANGUAGES), key=LANGUAGES.index)
    return Expert(row.host_id, row.key, row.first_name, tuple(languages))


def _lists(wanted: Select[*tuple[Any, ...]], asked: Mapping[str, Any]) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in execute(wanted, asked):
        found[row.offering_id].append(row)
    return found


def _published(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return wanted.where(
        Offering.house_id == bindparam("house"),
        Offering.state == "published",
        Offering.booked_by == "slot",
        or_(bindparam("key", type_=String) == "", Offering.key == bindparam("key")),
    )


_COLUMNS = (
    "id",
    "key",
    "kind",
    "minutes",
    "party_min",
    "party_max",
    "horizon_days",
    "is_step_free",
    "is_shared",
)
_CONSULTATIONS = _published(
    with_texts(
        select(*(getattr(Offering, name) for name in _COLUMNS), text("title"), text("summary")).select_from(
            Offering
        )
    )
).order_by(text("title"), Offering.id)
_AUDIENCES = _published(
    select(OfferingAudience.offering_id, OfferingAudience.audience).join(
        Offering, Offering.id == OfferingAudience.offering_id
    )
).order_by(OfferingAudience.audience)
_MEDIA = _published(
    select(OfferingMedium.offering_id, OfferingMedium.medium).join(
        Offering, Offering.id == OfferingMedium.offering_id
    )
)
_TOPICS = _published(
    select(OfferingTopic.offering_id, Topic.key, Topic.names)
    .join(Offering, Offering.id == OfferingTopic.offering_id)
    .join(Topic, Topic.id == OfferingTopic.topic_id)
).order_by(Topic.key)
_EXPERTS = (
    _published(
        select(Skill.offering_id, Skill.host_id, Host.key, Host.first_name, Host.languages)
        .join(Offering, Offering.id == Skill.offering_id)
        .join(Host, Host.id == Skill.host_id)
    )
    .where(Host.is_active.is_(True), Host.kind != "interpreter", Host.house_id == Offering.house_id)
    .order_by(Host.first_name, Host.id)
)
