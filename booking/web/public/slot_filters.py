"""What a visitor asks of free times in the address: read once, what is not known is passed over with a note."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from booking.messages import wording
from booking.schedule.expert_queries import Consultation, Expert
from booking.schedule.listing import PARTS
from booking.timekit import zones
from booking.timekit.instants import at_wall
from booking.web.context import address

PAGE_DAYS = 14
FURTHEST = timedelta(days=730)
_NUMBER = re.compile(r"[0-9]{1,4}")
_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,30}(/[A-Za-z0-9_+-]{1,30}){1,2}|UTC")
_BEFORE_THE_ASKED_DAY = timedelta(days=3)  # so that the nearest free time may lie before it
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked, each of it possible; ``host`` by key, ``weekdays`` 1 for Monday, ``at`` the wanted instants.

    ``first``  the first day of the page; None: today
    ``typed``  what stands in the fields of a wanted day and time
    """

    medium: str
    language: str | None = None
    host: Expert | None = None
    people: int = 1
    parts: frozenset[str] = frozenset()
    weekdays: frozenset[int] = frozenset()
    is_step_free: bool = False
    zone: str | None = None
    first: date | None = None
    at: tuple[datetime, ...] = ()
    typed: tuple[str, str] = ("", "")
    notes: tuple[str, ...] = ()

    def values(self) -> dict[str, object]:
        """Return the filters as parameters of an address; what stands for anything is left out."""
        found: dict[str, object | None] = {
            "medium": self.medium,
            "language": self.language,
            "host": self.host.key if self.host else None,
            "people": self.people if self.people > 1 else None,
            "part": [part for part in PARTS if part in self.parts] or None,
            "weekday": sorted(self.weekdays) or None,
            "step_free": 1 if self.is_step_free else None,
            "zone": self.zone,
            "from": self.first.isoformat() if self.first else None,
        }
        return {name: value for name, value in found.items() if value is not None}

    def chosen(self) -> list[str]:
        """Return the names of the filters that hide times, the least missed first."""
        chosen = {
            "weekday": self.weekdays,
            "part": self.parts,
            "host": self.host,
            "language": self.language,
            "step_free": self.is_step_free,
        }
        return [name for name, value in chosen.items() if value]

    def without(self, *names: str) -> "Filters":
        """Return the same without some filters, or without all that hide times if none is named."""
        gone: dict[str, dict[str, object]] = {
            "weekday": {"weekdays": frozenset[int]()},
            "part": {"parts": frozenset[str]()},
            "host": {"host": None},
            "language": {"language": None},
            "step_free": {"is_step_free": False},
        }
        changes = {key: value for name in names or gone for key, value in gone[name].items()}
        return replace(self, **changes)  # type: ignore[arg-type]

    def href(self, key: str, *, anchor: str = "", **changes: object) -> str:
        """Return the address of the times of an offering with these filters, some of them changed."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        return address("times", key=key, **changed.values()) + (f"#{anchor}" if anchor else "")


@dataclass
class _Reader:
    """Reads one parameter after the other and keeps the notes."""

    notes: list[str] = field(default_factory=list)

    def one(self, name: str, read: Callable[[str], T | None], note: object) -> T | None:
        """Return a parameter that is given and can be read; else None, with a note if it was given."""
        given = request.args.get(name, "").strip()
        found = read(given) if given else None
        if given and found is None:
            self.notes.append(str(note))
        return found

    def many(self, name: str, known: Mapping[str, T], note: object) -> frozenset[T]:
        """Return those of a repeated parameter that are known, with a note if one is not."""
        given = [value.strip() for value in request.args.getlist(name)]
        if any(value and value not in known for value in given):
            self.notes.append(str(note))
        return frozenset(known[value] for value in given if value in known)


_PASSED_OVER = _l("A filter in the address is not known here and was passed over.")


def read(consultation: Consultation, *, today: date, zone: str) -> Filters:
    """Return what the address asks of the times of a consultation; ``zone`` is the house's."""
    reader = _Reader()
    media = {medium: medium for medium in consultation.media}
    experts = {expert.key: expert for expert in consultation.experts}
    spoken = {language: language for language in wording.LANGUAGES}
    medium = (
        reader.one("medium", media.get, _("This cannot be had in the way that you asked for."))
        or consultation.media[0]
    )
    visitors_zone = reader.one(
        "zone", _zone, _("We do not know this time zone. Times are those of the house.")
    )
    filters = Filters(
        medium=medium,
        language=reader.one("language", spoken.get, _("We do not know this language. All are shown.")),
        host=reader.one(
            "host", experts.get, _("This person does not give this consultation. All are shown.")
        ),
        people=reader.one("people", _people(consultation), _people_note(consultation))
        or consultation.party_min,
        parts=reader.many("part", {part: part for part in PARTS}, _PASSED_OVER),
        weekdays=reader.many("weekday", {str(day): day for day in range(1, 8)}, _PASSED_OVER),
        is_step_free=reader.one("step_free", {"1": True}.get, _PASSED_OVER) or False,
        zone=visitors_zone if medium != "on_site" and visitors_zone != zone else None,
        first=reader.one("from", _from(today), _("The list cannot begin on that day. It begins today.")),
    )
    wanted = _wanted(reader, filters, today=today, zone=zone)
    return replace(wanted, notes=tuple(dict.fromkeys(reader.notes)))


def _people(consultation: Consultation) -> Callable[[str], int | None]:
    def read_people(typed: str) -> int | None:
        number = int(typed) if _NUMBER.fullmatch(typed) and typed.isascii() else 0
        return number if consultation.party_min <= number <= consultation.party_max else None

    return read_people


def _people_note(consultation: Consultation) -> str:
    return _(
        "From %(least)s to %(most)s people can come together. For larger groups, please call us.",
        least=consultation.party_min,
        most=consultation.party_max,
    )


def _zone(typed: str) -> str | None:
    if not _ZONE.fullmatch(typed):
        return None
    try:
        return ZoneInfo(typed).key
    except (KeyError, ValueError, OSError):
        return None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _from(today: date) -> Callable[[str], date | None]:
    def read_day(typed: str) -> date | None:
        day = _day(typed)
        return day if day and today <= day <= today + FURTHEST else None

    return read_day


def _time(typed: str) -> time | None:
    try:
        found = time.fromisoformat(typed)
    except ValueError:
        return None
    return None if found.tzinfo else found.replace(second=0, microsecond=0)


def _wanted(reader: _Reader, filters: Filters, *, today: date, zone: str) -> Filters:
    """Add the day and time that somebody misses, and let the page show days around it."""
    typed = tuple(" ".join(request.args.get(name, "").split())[:20] for name in ("day", "at"))
    if not typed[0] and "T" in typed[1]:  # a whole instant sets the clock in development (web.clocks)
        return filters
    day = reader.one("day", _from(today), _("Enter a day ahead of us, for example 2027-01-31."))
    at = reader.one("at", _time, _("Enter a time of day, for example 17:30."))
    found = replace(filters, typed=(typed[0], typed[1]))
    if day is None or at is None:
        if bool(typed[0]) != bool(typed[1]):
            reader.notes.append(_("Enter both a day and a time, and we tell you why it is not free."))
        return found
    if not zones.exists(datetime.combine(day, at), zone):
        reader.notes.append(_("This time does not exist on that day: the clocks go forward."))
        return found
    first = filters.first or today
    if not first <= day < first + timedelta(days=PAGE_DAYS):
        first = max(today, day - _BEFORE_THE_ASKED_DAY)
    both = (at_wall(day, at, zone), at_wall(day, at.replace(fold=1), zone))  # twice where clocks go back
    return replace(found, first=first, at=tuple(sorted(set(both))))
