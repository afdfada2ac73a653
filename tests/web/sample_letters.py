"""Letters for tests: one of each kind, from a house and a booking of their own."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from booking.db import unit_of_work
from booking.houses import service as houses
from booking.messages.facts import (
    CANCELLATION,
    CANCELLED_BY_HOUSE,
    CHANGED,
    CONFIRM_ADDRESS,
    CONFIRMATION,
    DATE_CHANGED,
    ERASED,
    LINKS,
    MOVED,
    TASK,
    VIDEO_ADDRESS,
    BookingFacts,
)
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.timekit.instants import to_epoch
from booking.web.writing import Letters
from tests.visitors import parse

METHODS = {CONFIRMATION: "REQUEST", CANCELLATION: "CANCEL", CANCELLED_BY_HOUSE: "CANCEL", ERASED: "CANCEL"}
METHODS |= {MOVED: "REQUEST", CHANGED: "REQUEST", VIDEO_ADDRESS: "REQUEST", DATE_CHANGED: "REQUEST"}
_BEFORE = to_epoch(datetime(2027, 1, 8, 9, tzinfo=UTC))
OF_KIND: dict[str, dict[str, Any]] = {
    MOVED: {"former_starts_at": _BEFORE, "former_ends_at": _BEFORE + 3600, "sequence": 1},
    CHANGED: {"former_party": {"adults": 4}, "sequence": 1},
    CONFIRM_ADDRESS: {"confirm_until": to_epoch(datetime(2026, 12, 29, 10, tzinfo=UTC))},
    VIDEO_ADDRESS: {
        "medium": "video",
        "video_room": "kX3-a_room_of_tests",
        "with_whom": "Mira",
        "is_slot": True,
    },
}
OF_KIND[DATE_CHANGED] = OF_KIND[MOVED] | {"former_place": "Forum", "former_spoken": "en"}
OF_KIND[TASK] = {"due_at": to_epoch(datetime(2027, 1, 7, 22, 59, tzinfo=UTC)), "party": {}, "link_id": ""}
VIDEO = "https://video.labor.example/"
LINK_ID = "0123456789abcdefghijkl"

WORDS = dict.fromkeys("subtitle welcome imprint privacy privacy_short accessibility contact".split(), "-")
WAYS = {
    "de": "Der Eingang ist im **Hof**,\nrechts neben dem Tor.\n\n- Tram 1: Beispielplatz\n- Rad: Bügel im Hof",
    "en": "The entrance is in the **yard**,\nright of the gate.\n\n- Tram 1: Beispielplatz\n- Bike: racks in the yard",
    "ls": "Der Eingang ist im **Hof**.\nSie gehen neben das Tor.\n\n- Tram 1: Beispielplatz\n- Rad: Bügel im Hof",
}
HOUSE: dict[str, Any] = {
    "key": "labor",
    "hostnames": ["labor.example"],
    "zone": "Europe/Berlin",
    "country": "DE",
    "address": {"street": "Beispielstraße 1", "postal_code": "04109", "city": "Leipzig"},
    "contact": {
        "phone": "+49 341 123456",
        "email": "buero@labor.example",
        "mailbox": "buchung@labor.example",
    },
    "online": {"video": VIDEO + "{room}"},
    "texts": {
        "de": {**WORDS, "name": "Digitallabor", "way": WAYS["de"]},
        "en": {**WORDS, "name": "Digital lab", "way": WAYS["en"]},
        "ls": {"name": "Digital-Labor", "way": WAYS["ls"]},
    },
}
BRING = {
    "de": "Bequeme Schuhe, und wenn Sie mögen, eigene Kopfhörer mit einem Stecker von 3,5 mm.",
    "en": "Comfortable shoes and, if you like, headphones of your own with a plug of 3.5 mm.",
    "ls": "Ziehen Sie bequeme Schuhe an.",
}
REASON = {
    "de": "Die Führungsperson ist erkrankt.",
    "en": "The guide has fallen ill.",
    "ls": "Die Person ist krank.",
}
TITLE = {
    "de": "Führung: Das Lab in 60 Minuten",
    "en": "Guided tour: The lab in 60 minutes",
    "ls": "Rundgang: Das Lab in 1 Stunde",
}


def the_facts(language: str, **wanted: Any) -> BookingFacts:
    starts_at = to_epoch(datetime(2027, 1, 12, 13, tzinfo=UTC))
    facts = BookingFacts(
        booking_id=1,
        reference="K7MX24PA",
        name="Amina Öztürk",
        party={"adults": 2, "children": 1},
        kind="tour",
        title=TITLE[language],
        offering_key="tour",
        occurrence_id=3,
        starts_at=starts_at,
        ends_at=starts_at + 3600,
        place="Foyer",
        place_address="",
        latitude=None,
        longitude=None,
        bring=BRING[language],
        confirmation="",
        uid="0190a3c4-7d1e-7b50-9c3a-2f6d5e4b1a00",
        sequence=0,
        stamp=to_epoch(datetime(2026, 12, 29, 9, tzinfo=UTC)),
        link_id=LINK_ID,
        cancel_until=starts_at - 7200,
    )
    return replace(facts, **wanted)


def the_letter(kind: str, language: str, *, house: dict[str, Any] = HOUSE, **wanted: Any) -> Letter:
    facts = the_facts(language, **(OF_KIND.get(kind, {}) | wanted))
    if kind == CANCELLED_BY_HOUSE and not facts.reason:
        facts = replace(facts, reason=REASON[language])
    later = replace(
        facts, reference="9QD3WZ6T", starts_at=facts.starts_at + 7200, ends_at=facts.ends_at + 7200
    )
    mail = Leased(
        id=7,
        lease="",
        house_id=unit_of_work(lambda: houses.load(house)),
        thread="booking:1",
        kind=kind,
        method=METHODS.get(kind),
        language=language,
        recipient="amina@example.org",
        facts={},
        request_id="",
        tries=1,
        created_at=datetime(2026, 12, 29, 9, tzinfo=UTC),
        replies_to=None,
    )
    return Letters().letter(mail, [facts, later] if kind == LINKS else [facts])


def hrefs(letter: Letter) -> list[str]:
    return [one.get("href", "") for one in parse(letter.html).iter("{http://www.w3.org/1999/xhtml}a")]


def seen(html: str) -> str:
    """What people see of the body, with single spaces."""
    body = parse(html).find(".//{http://www.w3.org/1999/xhtml}body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())
