"""Questions of staff about what people told a house: a list with filters, page by page, and how much waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from booking.catalogue.models import Topic
from booking.db import execute
from booking.messages.models import FAILED, PARKED, OutgoingMail
from booking.voices import rules, states
from booking.voices.models import Voice

WAITING, DONE = "waiting", "done"


class Mark(NamedTuple):
    """Where a page ends: what comes next was told after it, or before it."""

    created_at: datetime
    voice_id: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty stands for anything; ``progress``: WAITING or DONE."""

    kind: str = ""
    progress: str = ""
    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list; ``topic`` by language, may be empty; the words are the beginning of what was told."""

    id: int
    reference: str
    kind: str
    state: str
    words: str
    topic: Mapping[str, str]
    page: str
    has_email: bool
    created_at: datetime
    answered_at: datetime | None

    @property
    def due_at(self) -> datetime | None:
        """Return until when it is to be answered; ideas have no deadline, and what is answered has none any more."""
        is_due = self.kind == states.BARRIER and self.state in states.OPEN
        return rules.answer_until(self.created_at) if is_due else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of a kind wait for an answer, since when the oldest does, and how many are new to everybody."""

    kind: str
    number: int
    unread: int
    oldest_at: datetime


def page_of(house_id: int, wanted: Wanted, *, after: Mark | None = None, most: int = 30) -> list[Listed]:
    """Return at most so many, in one statement: what waits oldest first, everything else newest first."""
    asked = _LISTED.where(Voice.house_id == house_id, *_bounds(wanted))
    is_rising = wanted.progress == WAITING
    order = (Voice.created_at, Voice.id) if is_rising else (Voice.created_at.desc(), Voice.id.desc())
    if after is not None:
        asked = asked.where(_beyond(after, is_rising=is_rising))
    rows = execute(asked.order_by(*order).limit(most))
    return [Listed(**{**row._mapping, "topic": row.topic or {}}) for row in rows]


def waiting(house_id: int) -> list[Waiting]:
    """Return what waits for an answer, by kind, in one statement."""
    wanted = (
        select(
            Voice.kind,
            func.count().label("number"),
            func.sum(_is_new()).label("unread"),
            func.min(Voice.created_at).label("oldest_at"),
        )
        .where(Voice.house_id == house_id, Voice.state.in_(sorted(states.OPEN)))
        .group_by(Voice.kind)
        .order_by(Voice.kind)
    )
    return [Waiting(row.kind, row.number, row.unread, row.oldest_at) for row in execute(wanted)]


def came_back(house_id: int, voice_ids: list[int]) -> set[int]:
    """Return those whose mails did not arrive, in one statement."""
    threads = {f"voice:{voice_id}": voice_id for voice_id in voice_ids}
    wanted = select(OutgoingMail.thread).where(
        OutgoingMail.thread.in_(threads),
        OutgoingMail.house_id == house_id,
        OutgoingMail.state.in_((FAILED, PARKED)),
    )
    return {threads[thread] for thread in execute(wanted).scalars()} if threads else set()


def mark_of(listed: Listed) -> Mark:
    """Return the mark behind which the next page begins."""
    return Mark(listed.created_at, listed.id)


def _is_new() -> Any:
    return (Voice.state == states.NEW).cast(Voice.id.type)


def _bounds(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(Voice.kind == wanted.kind)
    if wanted.state:
        found.append(Voice.state == wanted.state)
    if wanted.progress == WAITING:
        found.append(Voice.state.in_(sorted(states.OPEN)))
    if wanted.progress == DONE:
        found.append(Voice.state.not_in(sorted(states.OPEN)))
    if wanted.words:
        found.append(
            or_(
                Voice.words.icontains(wanted.words, autoescape=True),
                Voice.reference == wanted.words.upper(),
                Voice.name.icontains(wanted.words, autoescape=True),
                Voice.email == wanted.words.lower(),
            )
        )
    return found


def _beyond(after: Mark, *, is_rising: bool) -> ColumnElement[bool]:
    if is_rising:
        later = and_(Voice.created_at == after.created_at, Voice.id > after.voice_id)
        return or_(Voice.created_at > after.created_at, later)
    earlier = and_(Voice.created_at == after.created_at, Voice.id < after.voice_id)
    return or_(Voice.created_at < after.created_at, earlier)


_LISTED = select(
    Voice.id,
    Voice.reference,
    Voice.kind,
    Voice.state,
    func.substr(Voice.words, 1, 240).label("words"),
    Topic.names.label("topic"),
    Voice.page,
    (Voice.email != "").label("has_email"),
    Voice.created_at,
    Voice.answered_at,
).outerjoin(Topic, Topic.id == Voice.topic_id)
