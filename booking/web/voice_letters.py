"""Letters about what people told us: its words, whom they go to, and whom an answer reaches."""

from dataclasses import dataclass

from booking.houses.facts import House
from booking.links.tokens import token
from booking.messages import wording
from booking.messages.facts import VOICE_FOR_HOUSE, VOICE_RECEIVED, BookingFacts, StaffFacts, VoiceFacts
from booking.messages.outbox import Leased
from booking.messages.plain import Person
from booking.timekit.instants import from_epoch, local_date
from booking.web.calendars import absolute
from booking.web.labels import kind_label, voice_kind_label, voice_state_label, who_label
from booking.web.roof import roof

PURPOSE = "voice"


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """What somebody told us as mail templates show it; links are absolute, or empty."""

    reference: str
    is_idea: bool
    is_invited: bool
    kind_label: str
    state_label: str
    who: str
    name: str
    email: str
    words: str
    topic: str
    page: str
    answer: str
    told_at: str
    answer_until: str
    kept_until: str
    voice_href: str
    meetings: list[tuple[str, str]]


def voice_words(facts: VoiceFacts, found: House, *, spoken: str) -> VoiceWords:
    """Return the words of a mail about what somebody told us."""
    secret = token(facts.link_id, purpose=PURPOSE, key=roof().keys[0]) if facts.link_id else ""
    return VoiceWords(
        reference=facts.reference,
        is_idea=facts.kind == "idea",
        is_invited=facts.state == "invited",
        kind_label=voice_kind_label(facts.kind),
        state_label=voice_state_label(facts.kind, facts.state),
        who=who_label(facts.who) if facts.who else "",
        name=facts.name,
        email=facts.email,
        words=facts.words,
        topic=facts.topic,
        page=facts.page,
        answer=facts.answer,
        told_at=_day(facts.told_at, found, spoken),
        answer_until=_day(facts.answer_until, found, spoken),
        kept_until=_day(facts.kept_until, found, spoken),
        voice_href=absolute(found, "voice", spoken=spoken, secret=secret) if secret else "",
        meetings=[
            (
                f"{one['title']} ({kind_label(one['kind'])})",
                absolute(found, "offering", spoken=spoken, key=one["key"]),
            )
            for one in facts.meetings
        ],
    )


def recipient_of(mail: Leased, told: BookingFacts | VoiceFacts | StaffFacts, found: House) -> Person:
    """Return whom a mail goes to; the house has a name of its own, and a receipt none: a stranger may get it."""
    if mail.kind == VOICE_RECEIVED:
        return Person("", mail.recipient)
    is_for_house = mail.kind == VOICE_FOR_HOUSE
    return Person(found.text("name", mail.language) if is_for_house else told.name, mail.recipient)


def reply_to(mail: Leased, told: BookingFacts | VoiceFacts | StaffFacts, found: House) -> str:
    """Return whom an answer reaches: the house, or the person of whom the house is told."""
    is_for_house = mail.kind == VOICE_FOR_HOUSE and isinstance(told, VoiceFacts)
    return (told.email if is_for_house and isinstance(told, VoiceFacts) else "") or found.email


def _day(epoch: int, found: House, spoken: str) -> str:
    return wording.say_day(local_date(from_epoch(epoch), found.zone), spoken)
