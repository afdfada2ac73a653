"""Mails about what people told us: their facts as they stand now, owed to the person or to the house."""

from datetime import datetime

from booking.houses.facts import House
from booking.messages import outbox
from booking.messages.facts import VOICE_ANSWERED, VOICE_FOR_HOUSE, VoiceFacts
from booking.messages.outbox import Owed
from booking.timekit.instants import to_epoch
from booking.voices import queries, rules, states
from booking.voices.queries import VoicePage

LANGUAGE_OF_STAFF = "de"


def owe(
    page: VoicePage, kind: str, *, thread: str, link_id: str, request_id: str = "", now: datetime
) -> None:
    """Owe a mail to the person."""
    outbox.owe(to_person(page, kind, thread=thread, link_id=link_id, now=now), request_id=request_id, now=now)


def owe_to_house(page: VoicePage, house: House, *, thread: str, request_id: str = "", now: datetime) -> None:
    """Owe the mail that tells the house of it."""
    mail = Owed(
        house_id=page.house_id,
        thread=thread,
        kind=VOICE_FOR_HOUSE,
        language=LANGUAGE_OF_STAFF,
        recipient=house.email,
        facts=_facts(page, link_id="", language=LANGUAGE_OF_STAFF, now=now).to_json(),
    )
    outbox.owe(mail, request_id=request_id, now=now)


def answer_of(page: VoicePage, *, link_id: str, now: datetime) -> Owed | None:
    """Return the mail with the answer that stands on ``page``; None without an address.  Nothing is written."""
    if not page.email:
        return None
    return to_person(page, VOICE_ANSWERED, thread="preview", link_id=link_id, now=now)


def to_person(page: VoicePage, kind: str, *, thread: str, link_id: str, now: datetime) -> Owed:
    """Return a mail to the person, in the language in which it was told."""
    return Owed(
        house_id=page.house_id,
        thread=thread,
        kind=kind,
        language=page.language,
        recipient=page.email,
        facts=_facts(page, link_id=link_id, language=page.language, now=now).to_json(),
    )


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
