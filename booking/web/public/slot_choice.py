"""The slot that somebody chose on the list of free times, read from the address."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _

from booking.catalogue.queries import OfferingPage
from booking.errors import NotFound
from booking.messages import wording
from booking.schedule import expert_queries, listing
from booking.schedule.choosing import Wanted
from booking.schedule.expert_queries import Consultation, Expert
from booking.schedule.loading import Asked, slot_queries
from booking.timekit.instants import from_epoch
from booking.web.context import address, house, language
from booking.web.labels import kind_label, medium_label
from booking.web.public.rows import DateRow
from booking.web.roof import roof

LOOK_AHEAD = timedelta(days=60)
_FURTHEST = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """A start of a consultation, how it is held, and with whom if that matters."""

    consultation: Consultation
    starts_at: datetime
    medium: str
    language: str | None
    expert: Expert | None
    people: int = 1

    @property
    def ends_at(self) -> datetime:
        """When it would end."""
        return self.starts_at + timedelta(minutes=self.consultation.minutes)

    def wanted(self, *, people: int) -> Wanted:
        """Return what the deed takes."""
        return Wanted(
            house_id=house().id,
            offering_id=self.consultation.id,
            starts_at=self.starts_at,
            medium=self.medium,
            language=self.language,
            host_id=self.expert.id if self.expert else None,
            people=people,
            prefers=language(),
        )

    def values(self) -> dict[str, Any]:
        """Return it as parameters of an address; what does not matter is left out."""
        found = {"medium": self.medium, "language": self.language}
        found["host"] = self.expert.key if self.expert else None
        return {name: value for name, value in found.items() if value}

    def href(self) -> str:
        """Return the address of its form."""
        return address("book_slot", key=self.consultation.key, start=self.start_value(), **self.values())

    def start_value(self) -> str:
        """Return the start as addresses and forms carry it."""
        return self.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")

    def at(self, start: datetime) -> "SlotChoice":
        """Return the same at another time."""
        return replace(self, starts_at=start)

    def why_not_href(self) -> str:
        """Return the address that says why it is not free, and what is."""
        local = self.starts_at.astimezone(ZoneInfo(house().zone))
        asked = {"day": local.date().isoformat(), "at": local.strftime("%H:%M")}
        return address("times", key=self.consultation.key, **asked, **self.values())

    def languages(self) -> list[tuple[str, str, bool]]:
        """Return the languages in which it could be had, each with its address, and whether it is chosen."""
        spoken = self.expert.languages if self.expert else self.consultation.languages
        each = [(one, replace(self, language=one).href()) for one in spoken] if len(spoken) > 1 else []
        return [(wording.say_language(one, language()), href, one == self.language) for one, href in each]

    def facts(self) -> list[tuple[str, str]]:
        """Return how and with whom, as pairs of words."""
        found = [(_("How"), medium_label(self.medium))]
        if self.expert:
            found.append((_("With"), self.expert.first_name))
        if self.language:
            found.append((_("Language"), wording.say_language(self.language, language())))
        return found


def chosen_slot(offering: OfferingPage) -> SlotChoice | None:
    """Return the slot of the address, or None for one that cannot be meant; NotFound for an offering without slots."""
    found = expert_queries.consultations(house().id, language=language(), key=offering.key)
    if not found:
        raise NotFound
    consultation, start = found[0], start_in(request.args.get("start", ""))
    medium = request.args.get("medium", "") or consultation.media[0]
    if start is None or medium not in consultation.media:
        return None
    spoken, host = request.args.get("language", ""), request.args.get("host", "")
    experts = {expert.key: expert for expert in consultation.experts}
    if (spoken and spoken not in wording.LANGUAGES) or (host and host not in experts):
        return None
    people = request.args.get("people", "")
    is_told = people.isascii() and people.isdigit() and 1 <= int(people[:4]) <= consultation.party_max
    return SlotChoice(
        consultation, start, medium, spoken or None, experts.get(host), int(people[:4]) if is_told else 1
    )


def next_slots(choice: SlotChoice, *, people: int, most: int = 5) -> list[DateRow]:
    """Return the next free times of the same consultation, for so many and in the same way, as rows of a list."""
    return [time_row(one) for one in soonest(choice, people=people, most=most)]


def soonest(choice: SlotChoice, *, people: int, most: int = 5) -> list[SlotChoice]:
    """Return the next free times of the same consultation, for so many and in the same way."""
    now = roof().clock()
    asked = Asked(choice.medium, choice.language, choice.expert.id if choice.expert else None, people)
    found = slot_queries(
        house(), [choice.consultation.id], asked=asked, since=now, until=now + LOOK_AHEAD, now=now
    )
    query = found.get(choice.consultation.id)
    starts = (from_epoch(slot.start) for slot in listing.soonest(query, most=most)) if query else ()
    return [choice.at(start) for start in starts]


def time_row(choice: SlotChoice) -> DateRow:
    """Return a free time as a row of a list."""
    spoken, zone = language(), house().zone
    return DateRow(
        href=choice.href(),
        title=choice.consultation.title,
        summary="",
        kind_label=kind_label(choice.consultation.kind),
        when=wording.say_when(choice.starts_at, choice.ends_at, zone, spoken),
        time=wording.say_times(choice.starts_at, choice.ends_at, zone, spoken),
        place=medium_label(choice.medium),
        languages=wording.say_language(choice.language, spoken) if choice.language else "",
        step_free=choice.consultation.is_step_free and choice.medium == "on_site",
        state="free",
        places_label=_("free"),
    )


def start_in(typed: str) -> datetime | None:
    """Return a whole minute of the coming years, or None."""
    try:
        found = datetime.fromisoformat(typed)
        if found.tzinfo is None or found.second or found.microsecond:
            return None
        found = found.astimezone(UTC)
        return found if abs(found - roof().clock()) < _FURTHEST else None
    except (ValueError, OverflowError):
        return None
