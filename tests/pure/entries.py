"""Calendar entries for tests, and what to look for in their objects."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from booking.messages.calendar import CalendarEntry
from booking.messages.plain import Person

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
AMINA = Person("Amina Öztürk", "amina@example.org")
TOUR = CalendarEntry(
    uid="0190a3c4-7d1e-7b50-9c3a-2f6d5e4b1a00",
    sequence=0,
    stamp=datetime(2026, 9, 1, 8, 30, tzinfo=UTC),
    starts_at=datetime(2026, 10, 22, 14, 0, tzinfo=UTC),
    ends_at=datetime(2026, 10, 22, 15, 30, tzinfo=UTC),
    zone="Europe/Berlin",
    online=False,
    language="de",
    summary="Digitallabor: Führung",
    description="Vier Personen.\nBitte kommen Sie zehn Minuten früher; der Eingang ist im Hof, rechts.",
    location="Digitallabor\nBeispielstraße 1\n04109 Leipzig",
    url="https://labor.example/buchung/AB12",
    contact="0341 123456, post@labor.example",
    latitude=51.3406,
    longitude=12.3747,
    categories=("Führung", "Technik, einfach"),
    organizer=Person("Digitallabor Leipzig", "post@labor.example"),
    attendee=AMINA,
)
TALK = replace(TOUR, online=True, location="Video", conference="https://video.example/raum?a=1&b=2")


def content_lines(written: bytes) -> list[str]:
    return written.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def names_of(written: bytes) -> list[str]:
    return [re.split("[;:]", line)[0] for line in content_lines(written)]


def event_of(written: bytes) -> Any:
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert not event.errors
    return event


def at(start: datetime, end: datetime, **other: Any) -> CalendarEntry:
    return replace(TOUR, starts_at=start.astimezone(UTC), ends_at=end.astimezone(UTC), **other)
