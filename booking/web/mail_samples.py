"""Facts of a mail to look at, with invented people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from booking.houses.facts import House
from booking.messages.facts import (
    ADDRESS_CHANGED,
    ARRANGED,
    CANCELLATION,
    CANCELLED_BY_HOUSE,
    CHANGED,
    CONFIRM_ADDRESS,
    CONFIRMATION,
    DATE_CHANGED,
    ERASED,
    LINKS,
    MOVED,
    NOT_ARRANGED,
    TASK,
    VIDEO_ADDRESS,
    BookingFacts,
)
from booking.timekit.instants import at_wall, local_date, to_epoch

METHODS = {
    CONFIRMATION: "REQUEST",
    CANCELLATION: "CANCEL",
    CANCELLED_BY_HOUSE: "CANCEL",
    ERASED: "CANCEL",
    LINKS: None,
    ADDRESS_CHANGED: None,
    MOVED: "REQUEST",
    CHANGED: "REQUEST",
    CONFIRM_ADDRESS: None,
    VIDEO_ADDRESS: "REQUEST",
    TASK: None,
    ARRANGED: None,
    NOT_ARRANGED: None,
    DATE_CHANGED: "REQUEST",
}
SAMPLE_WORDS = {
    "de": {
        "title": "Rundgang: Das Lab in 60 Minuten",
        "place": "Foyer",
        "bring": "Bequeme Schuhe.\n\n- Kopfhörer, wenn Sie eigene haben\n- eine Jacke: wir gehen kurz hinaus",
        "confirmation": "Wir treffen uns am Empfang. Bitte kommen Sie fünf Minuten früher.",
        "reason": "Die Führungsperson ist erkrankt, und wir haben keinen Ersatz gefunden.",
        "not_arranged": "Für diesen Tag haben wir niemanden gefunden. Am 3. Februar wäre es möglich.",
        "consultation": "Sprechstunde: Künstliche Intelligenz",
    },
    "en": {
        "title": "Guided tour: The lab in 60 minutes",
        "place": "Foyer",
        "bring": "Comfortable shoes.\n\n- headphones, if you have your own\n- a jacket: we go outside for a moment",
        "confirmation": "We meet at the reception desk. Please come five minutes early.",
        "reason": "The guide has fallen ill, and we found nobody to stand in.",
        "not_arranged": "We found nobody for that day. On 3 February it would be possible.",
        "consultation": "Consultation: artificial intelligence",
    },
    "ls": {
        "title": "Rundgang: Das Lab in 1 Stunde",
        "place": "Foyer",
        "bring": "Ziehen Sie bequeme Schuhe an.\n\n- Kopfhörer, wenn Sie welche haben"
        "\n- eine Jacke: Wir gehen auch hinaus",
        "confirmation": "Wir treffen uns am Empfang. Bitte kommen Sie 5 Minuten früher.",
        "reason": "Die Person für den Rundgang ist krank.",
        "not_arranged": "Für diesen Tag haben wir niemanden gefunden. Am 3. Februar geht es.",
        "consultation": "Sprechstunde: Künstliche Intelligenz",
    },
}


def sample_facts(kind: str, words: Mapping[str, str], found: House, *, now: datetime) -> BookingFacts:
    """Return what a mail of a kind tells of a booking in two weeks; ``words``: SAMPLE_WORDS of its language."""
    starts_at = to_epoch(at_wall(local_date(now, found.zone) + timedelta(days=14), time(14), found.zone))
    facts = BookingFacts(
        booking_id=1,
        reference="K7MX24PA",
        name="Amina Kaya",
        party={"adults": 2, "children": 1},
        kind="tour",
        title=words["title"],
        offering_key="tour",
        occurrence_id=1,
        starts_at=starts_at,
        ends_at=starts_at + 3600,
        place=words["place"],
        place_address="",
        latitude=None,
        longitude=None,
        bring=words["bring"],
        confirmation=words["confirmation"],
        uid="00000000-0000-4000-8000-000000000001",
        sequence=0 if kind == CONFIRMATION else 1,
        stamp=to_epoch(now),
        link_id="" if kind in (ERASED, ADDRESS_CHANGED) else "a-link-of-the-preview-",
        cancel_until=starts_at - 7200,
    )
    return replace(facts, **facts_of_kind(facts, words).get(kind, {}))


def facts_of_kind(facts: BookingFacts, words: Mapping[str, str]) -> Mapping[str, Mapping[str, Any]]:
    """Return what the mails of a kind tell beside what all tell."""
    call = {"medium": "video", "video_room": "a-room-of-the-preview", "with_whom": "Mira", "is_slot": True}
    call |= {"kind": "consultation", "title": words["consultation"], "party": {"adults": 1}, "bring": ""}
    return {
        CANCELLED_BY_HOUSE: {"reason": words["reason"]},
        NOT_ARRANGED: {"reason": words["not_arranged"]},
        MOVED: {"former_starts_at": facts.starts_at - 86400, "former_ends_at": facts.starts_at - 82800},
        CHANGED: {"former_party": {"adults": 4}},
        DATE_CHANGED: {
            "former_starts_at": facts.starts_at - 7200,
            "former_ends_at": facts.ends_at - 7200,
            "former_place": "Forum",
        },
        CONFIRM_ADDRESS: {"confirm_until": facts.stamp + 3600},
        VIDEO_ADDRESS: call | {"ends_at": facts.starts_at + 1800},
        TASK: {"due_at": facts.starts_at - 5 * 86400, "name": "", "party": {}, "link_id": ""},
    }


def a_week_later(facts: BookingFacts) -> BookingFacts:
    """Return another booking, of the same a week later."""
    week = 7 * 86400
    return replace(
        facts, reference="9QD3WZ6T", starts_at=facts.starts_at + week, ends_at=facts.ends_at + week
    )
