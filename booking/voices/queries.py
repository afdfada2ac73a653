"""Questions about what people told us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from booking.catalogue.models import Offering, OfferingTopic, Topic
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.voices import rules, states
from booking.voices.models import Voice

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic or cooperation that an idea can belong to."""

    id: int
    key: str
    names: Names
    kind: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A consultation or workshop at which one can talk about a topic."""

    key: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class VoicePage:
    """What somebody told us, with what became of it; ``page`` and ``topic`` may be empty."""

    id: int
    house_id: int
    once: str
    reference: str
    kind: str
    state: str
    language: str
    who: str
    name: str
    email: str
    words: str
    topic_id: int | None
    topic_key: str
    topic: Names
    page: str
    answer: str
    answered_at: datetime | None
    created_at: datetime
    changed_at: datetime

    @property
    def kept_until(self) -> datetime:
        """Return when it is deleted unless something more happens."""
        return rules.kept_until(self.kind, self.changed_at)

    @property
    def version(self) -> int:
        """Return a number that every deed changes: seconds of its life, and the state in the last digit."""
        seconds = int((self.changed_at - self.created_at).total_seconds())
        return seconds * 10 + states.STATES.index(self.state) + 1


_WHOLE = select(
    Voice.id,
    Voice.house_id,
    Voice.once,
    Voice.reference,
    Voice.kind,
    Voice.state,
    Voice.language,
    Voice.who,
    Voice.name,
    Voice.email,
    Voice.words,
    Voice.topic_id,
    func.coalesce(Topic.key, "").label("topic_key"),
    Topic.names.label("topic"),
    Voice.page,
    Voice.answer,
    Voice.answered_at,
    Voice.created_at,
    Voice.changed_at,
).outerjoin(Topic, Topic.id == Voice.topic_id)


def voice(voice_id: int) -> VoicePage:
    """Return what somebody told; raises NotFound for what is deleted."""
    return _one(_WHOLE.where(Voice.id == voice_id))


def of_one_house(voice_id: int, *, house_id: int) -> VoicePage:
    """Return what somebody told a house, for its staff; raises NotFound for another house and what is deleted."""
    return _one(_WHOLE.where(Voice.id == voice_id, Voice.house_id == house_id))


def by_reference(reference: str, *, house_id: int) -> VoicePage:
    """Return what has this reference in the house, for staff; raises NotFound."""
    return _one(_WHOLE.where(Voice.reference == reference.strip().upper(), Voice.house_id == house_id))


def of_house(house_id: int, *, is_open: bool) -> list[VoicePage]:
    """Return what a house was told, oldest first: what still waits for an answer, or all."""
    wanted = _WHOLE.where(Voice.house_id == house_id)
    if is_open:
        wanted = wanted.where(Voice.state.in_(sorted(states.OPEN)))
    rows = execute(wanted.order_by(Voice.created_at, Voice.id))
    return [VoicePage(**{**row._mapping, "topic": row.topic or {}}) for row in rows]


def references(voice_ids: Sequence[int], *, house_id: int) -> list[tuple[int, str, str]]:
    """Return id, kind and reference of those that the house still has, in one statement; none for no ids."""
    if not voice_ids:
        return []
    wanted = select(Voice.id, Voice.kind, Voice.reference).where(Voice.id.in_(voice_ids))
    return [(row.id, row.kind, row.reference) for row in execute(wanted.where(Voice.house_id == house_id))]


def topics(house_id: int) -> list[TopicChoice]:
    """Return the topics of a house, in the order of their keys."""
    wanted = (
        select(Topic.id, Topic.key, Topic.names, Topic.kind)
        .where(Topic.house_id == house_id)
        .order_by(Topic.key)
    )
    return [TopicChoice(**row._mapping) for row in execute(wanted)]


def meetings(topic_id: int, *, house_id: int, language: str, most: int = 5) -> list[Meeting]:
    """Return the consultations and workshops of a topic to which somebody can be invited."""
    wanted = (
        with_texts(select(Offering.key, Offering.kind, text("title")).select_from(Offering))
        .join(OfferingTopic, OfferingTopic.offering_id == Offering.id)
        .where(
            OfferingTopic.topic_id == topic_id,
            Offering.house_id == house_id,
            Offering.state == "published",
            Offering.kind.in_(("consultation", "workshop")),
        )
        .order_by(Offering.kind, Offering.key)
        .limit(most)
    )
    return [Meeting(**row._mapping) for row in execute(wanted, {"language": language})]


def _one(wanted: Select[*tuple[object, ...]]) -> VoicePage:
    row = execute(wanted).one_or_none()
    if row is None:
        raise NotFound
    return VoicePage(**{**row._mapping, "topic": row.topic or {}})
