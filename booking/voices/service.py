"""Deeds: tell us something, answer it, delete it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from booking.catalogue.models import Topic
from booking.db import db, execute
from booking.houses.facts import House
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.links import service as links
from booking.messages import outbox
from booking.messages.facts import VOICE_ANSWERED, VOICE_RECEIVED
from booking.voices import mailing, queries, rules, states
from booking.voices.models import Voice
from booking.voices.queries import VoicePage
from booking.voices.refusals import FormUsed, NotAnswerable, UnknownTopic

PURPOSE = "voice"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody tells: an idea (``who``, perhaps ``topic``) or a barrier (perhaps ``page``)."""

    kind: str
    language: str
    words: str
    who: str = ""
    topic: str = ""
    page: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, and the id of the link that opens it."""

    voice_id: int
    link_id: str


def tell(
    said: Said,
    *,
    house: House,
    once: str,
    now: datetime,
    request_id: str = "",
    tells_house: Callable[[], bool] = lambda: True,
) -> Told:
    """Keep what somebody tells; owe a receipt to the address, if any, and a mail to the house.

    ``once``         the key of the form: the same key with the same content changes nothing
    ``tells_house``  asked once something is kept; False: the house had so many mails that it looks into its list
    Raises UnknownTopic, and FormUsed for a key with other content.
    """
    topic_id = _topic(said.topic, house_id=house.id) if said.topic else None
    voice_id = _write(said, topic_id, house_id=house.id, once=once, now=now)
    if voice_id is None:
        return _told_before(said, topic_id, house_id=house.id, once=once)
    expires_at = rules.kept_until(said.kind, now)
    link_id = links.make(PURPOSE, house_id=house.id, subject_id=voice_id, expires_at=expires_at, now=now)
    page = queries.voice(voice_id)
    if page.email:
        mailing.owe(
            page,
            VOICE_RECEIVED,
            thread=threads_of(voice_id)[0],
            link_id=link_id,
            request_id=request_id,
            now=now,
        )
    if tells_house():
        mailing.owe_to_house(page, house, thread=threads_of(voice_id)[1], request_id=request_id, now=now)
    _record("voice.told", page, actor="visitor", now=now)
    return Told(voice_id, link_id)


def read(voice_id: int, *, actor: str, now: datetime) -> None:
    """Note that somebody of the house has read it; a second time changes nothing."""
    new = update(Voice).where(Voice.id == voice_id, Voice.state == states.NEW)
    if execute(new.values(state=states.READ, changed_at=now).returning(Voice.id)).scalar() is not None:
        page = queries.voice(voice_id)
        _keep_link(page, now=now)
        _record("voice.read", page, actor=actor, now=now)


def answer(voice_id: int, state: str, words: str, *, actor: str, tells: bool = True, now: datetime) -> None:
    """Say what became of it, and owe the person a mail that says so.

    ``words``  what to tell the person; none are needed to close it, and then no mail is owed
    ``tells``  False: no mail is owed, the person finds the answer on the page of the link
    Raises NotFound, and NotAnswerable where it cannot become this.
    """
    before = locked(voice_id)
    if not states.may_become(before.state, state, kind=before.kind) or (
        state in states.ANSWERS and not words.strip()
    ):
        raise NotAnswerable
    told = {"answer": words.strip(), "answered_at": now} if words.strip() else {}
    execute(update(Voice).where(Voice.id == voice_id).values(state=state, changed_at=now, **told))
    page = queries.voice(voice_id)
    _keep_link(page, now=now)
    link_id = link_queries.newest(PURPOSE, subject_id=voice_id) or ""
    if page.email and told and tells:
        mailing.owe(page, VOICE_ANSWERED, thread=threads_of(voice_id)[0], link_id=link_id, now=now)
    _record(f"voice.{state}", page, actor=actor, now=now)


def erase(voice_id: int, *, now: datetime) -> None:
    """Delete what somebody told, because that person says so; nothing more is sent about it."""
    page = locked(voice_id)
    forget(voice_id, now=now)
    _record("voice.erased", page, actor="visitor", now=now)


def forget(voice_id: int, *, now: datetime) -> None:
    """Delete what was told, the addresses and facts of its mails, and end its link; the journal keeps the count."""
    for thread in threads_of(voice_id):
        outbox.withdraw(thread, now=now)
        outbox.forget_thread(thread)
    links.revoke(PURPOSE, subject_id=voice_id, now=now)
    execute(delete(Voice).where(Voice.id == voice_id))


def threads_of(voice_id: int) -> tuple[str, str]:
    """Return the names under which mails about it leave: those to the person, and that to the house."""
    return f"voice:{voice_id}", f"voice-for-house:{voice_id}"


def _topic(key: str, *, house_id: int) -> int:
    found = execute(select(Topic.id).where(Topic.key == key, Topic.house_id == house_id)).scalar()
    if found is None:
        raise UnknownTopic
    return int(found)


def _unless_used(own_insert: Callable[[type[Voice]], Any]) -> Any:
    return own_insert(Voice).on_conflict_do_nothing(index_elements=["once"]).returning(Voice.id)


_WRITE = {"sqlite": _unless_used(sqlite_insert), "postgresql": _unless_used(postgresql_insert)}


def _write(said: Said, topic_id: int | None, *, house_id: int, once: str, now: datetime) -> int | None:
    row = {
        "house_id": house_id,
        "once": once,
        "reference": rules.new_reference(),
        "kind": said.kind,
        "state": states.NEW,
        "language": said.language,
        "who": said.who,
        "name": said.name,
        "email": said.email,
        "words": said.words,
        "topic_id": topic_id,
        "page": said.page,
        "answer": "",
        "answered_at": None,
        "created_at": now,
        "changed_at": now,
    }
    written: int | None = execute(_WRITE[db.engine.dialect.name], row).scalar()
    return written


def _told_before(said: Said, topic_id: int | None, *, house_id: int, once: str) -> Told:
    same = select(Voice.id).where(
        Voice.once == once,
        Voice.house_id == house_id,
        Voice.kind == said.kind,
        Voice.words == said.words,
        Voice.email == said.email,
        Voice.name == said.name,
        Voice.who == said.who,
        Voice.page == said.page,
        Voice.topic_id.is_not_distinct_from(topic_id),
    )
    voice_id = execute(same).scalar()
    link_id = voice_id and link_queries.newest(PURPOSE, subject_id=voice_id)
    if not voice_id or not link_id:
        raise FormUsed
    return Told(voice_id, link_id)


def locked(voice_id: int) -> VoicePage:
    """Lock what somebody told, and return it as it stands; raises NotFound."""
    execute(select(Voice.id).where(Voice.id == voice_id).with_for_update())
    return queries.voice(voice_id)


def _keep_link(page: VoicePage, *, now: datetime) -> None:
    links.extend(PURPOSE, subject_id=page.id, expires_at=rules.kept_until(page.kind, now))


def _record(deed: str, page: VoicePage, *, actor: str, now: datetime) -> None:
    journal.record(
        deed, house_id=page.house_id, actor=actor, object_kind=page.kind, object_id=page.id, now=now
    )
