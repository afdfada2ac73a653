"""One letter of each kind about what people told us, to look at, with invented people."""

from datetime import datetime, timedelta

from booking.houses.facts import House
from booking.messages.facts import VOICE_ANSWERED, VOICE_FOR_HOUSE, VoiceFacts
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.timekit.instants import to_epoch
from booking.voices import rules
from booking.web.writing import Letters

WORDS = {
    "de": {
        "words": "Bänke mit Sensoren, die sagen, ob sie im Schatten stehen.\n\nDas hilft älteren Menschen.",
        "topic": "Sensoren und Stadtklima",
        "answer": "Vielen Dank. Wir möchten Ihre Idee in der Werkstatt mit Ihnen ausprobieren.",
        "meeting": "Sensor-Werkstatt",
    },
    "en": {
        "words": "Benches with sensors that say whether they are in the shade.\n\nThat helps older people.",
        "topic": "Sensors and city climate",
        "answer": "Thank you. We would like to try your idea with you in the workshop.",
        "meeting": "Sensor workshop",
    },
    "ls": {
        "words": "Bänke mit Sensoren. Die Sensoren sagen: Hier ist Schatten.",
        "topic": "Sensoren und Stadt-Klima",
        "answer": "Vielen Dank. Wir wollen Ihre Idee mit Ihnen ausprobieren.",
        "meeting": "Sensor-Werkstatt",
    },
}


def sample_voice_letter(kind: str, language: str, found: House, *, now: datetime) -> Letter:
    """Return the letter of a kind in a language, as a house would send it today about an idea of last week."""
    is_for_house = kind == VOICE_FOR_HOUSE
    mail = Leased(
        id=1,
        lease="",
        house_id=found.id,
        thread="preview",
        kind=kind,
        method=None,
        language=language,
        recipient=found.email if is_for_house else "amina@example.org",
        facts={},
        request_id="",
        tries=1,
        created_at=now,
        replies_to=None,
    )
    return Letters().letter(mail, [_facts(kind, language, now=now)])


def _facts(kind: str, language: str, *, now: datetime) -> VoiceFacts:
    words, told_at = WORDS[language], now - timedelta(days=7)
    is_answered = kind == VOICE_ANSWERED
    meeting = {"key": "sensor-werkstatt", "kind": "workshop", "title": words["meeting"]}
    return VoiceFacts(
        voice_id=1,
        reference="D3KP7WQX",
        kind="idea",
        state="invited" if is_answered else "new",
        who="citizen",
        name="Amina Kaya",
        email="amina@example.org",
        words=words["words"],
        topic=words["topic"],
        page="",
        answer=words["answer"] if is_answered else "",
        told_at=to_epoch(told_at),
        answer_until=to_epoch(rules.answer_until(told_at)),
        kept_until=to_epoch(rules.kept_until("idea", now)),
        link_id="" if kind == VOICE_FOR_HOUSE else "a-link-of-the-preview-",
        meetings=(meeting,) if is_answered else (),
    )
