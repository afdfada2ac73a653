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
from booking.messages.facts import VOICE_ANSWERED, VOICE_FOR_HOUSE, VOICE_RECEIVED, VoiceFacts
from booking.timekit.instants import to_epoch
from booking.voices import queries, rules, states
from booking.voices.models import Voice
from booking.voices.queries import VoicePage
from booking.voices.refusals import FormUsed, NotAnswerable, UnknownTopic

PURPOSE = "voice"
LANGUAGE_OF_STAFF = "de"


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
        _owe(page, VOICE_RECEIVED, link_id=link_id, request_id=request_id, now=now)
    if tells_house():
        _owe_to_house(page, house, request_id=request_id, now=now)
    _record("voice.told", page, actor="visitor", now=now)
    return Told(voice_id, link_id)


def read(voice_id: int, *, actor: str, now: datetime) -> None:
    """Note that somebody of the house has read it; a second time changes nothing."""
    new = update(Voice).where(Voice.id == voice_id, Voice.state == states.NEW)
    if execute(new.values(state=states.READ, changed_at=now).returning(Voice.id)).scalar() is not None:
        page = queries.voice(voice_id)
        _keep_link(page, now=now)
        _record("voice.read", page, actor=actor, now=now)


def answer(voice_id: int, state: str, words: str, *, actor: str, now: datetime) -> None:
    """Say what became of it, and owe the person a mail that says so.

    ``words``  what to tell the person; none are needed to close it, and then no mail is owed
    Raises NotFound, and NotAnswerable where it cannot become this.
    """
    before = _locked(voice_id)
    if not states.may_become(before.state, state, kind=before.kind) or (
        state in states.ANSWERS and not words.strip()
    ):
        raise NotAnswerable
    told = {"answer": words.strip(), "answered_at": now} if words.strip() else {}
    execute(update(Voice).where(Voice.id == voice_id).values(state=state, changed_at=now, **told))
    page = queries.voice(voice_id)
    _keep_link(page, now=now)
    link_id = link_queries.newest(PURPOSE, subject_id=voice_id) or ""
    if page.email and told:
        _owe(page, VOICE_ANSWERED, link_id=link_id, now=now)
    _record(f"voice.{state}", page, actor=actor, now=now)


def erase(voice_id: int, *, now: datetime) -> None:
    """Delete what somebody told, because that person says so; nothing more is sent about it."""
    page = _locked(voice_id)
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


def _locked(voice_id: int) -> VoicePage:
    execute(select(Voice.id).where(Voice.id == voice_id).with_for_update())
    return queries.voice(voice_id)


def _keep_link(page: VoicePage, *, now: datetime) -> None:
    links.extend(PURPOSE, subject_id=page.id, expires_at=rules.kept_until(page.kind, now))


def _owe(page: VoicePage, kind: str, *, link_id: str, request_id: str = "", now: datetime) -> None:
    mail = outbox.Owed(
        house_id=page.house_id,
        thread=threads_of(page.id)[0],
        kind=kind,
        language=page.language,
        recipient=page.email,
        facts=_facts(page, link_id=link_id, language=page.language, now=now).to_json(),
    )
    outbox.owe(mail, request_id=request_id, now=now)


def _owe_to_house(page: VoicePage, house: House, *, request_id: str, now: datetime) -> None:
    mail = outbox.Owed(
        house_id=page.house_id,
        thread=threads_of(page.id)[1],
        kind=VOICE_FOR_HOUSE,
        language=LANGUAGE_OF_STAFF,
        recipient=house.email,
        facts=_facts(page, link_id="", language=LANGUAGE_OF_STAFF, now=now).to_json(),
    )
    outbox.owe(mail, request_id=request_id, now=now)


def _facts(page: VoicePage, *, link_id: str, language: str, now: datetime) -> VoiceFacts:
    invited = page.state == states.INVITED and page.topic_id is not None
    meetings = (
        queries.meetings(page.topic_id or 0, house_id=page.house_id, language=language) if invited else []
    )
    return VoiceFacts(
        voice_id=page.id,
        reference=page.reference,
        kind=page.kind,
        state=page.state,
        who=page.who,
        name=page.name,
        email=page.email,
        words=page.words,
        topic=page.topic.get(language) or page.topic.get("de", ""),
        page=page.page,
        answer=page.answer,
        told_at=to_epoch(page.created_at),
        answer_until=to_epoch(rules.answer_until(page.created_at)),
        kept_until=to_epoch(rules.kept_until(page.kind, now)),
        link_id=link_id,
        meetings=tuple({"key": one.key, "kind": one.kind, "title": one.title} for one in meetings),
    )


def _record(deed: str, page: VoicePage, *, actor: str, now: datetime) -> None:
    journal.record(
        deed, house_id=page.house_id, actor=actor, object_kind=page.kind, object_id=page.id, now=now
    )
