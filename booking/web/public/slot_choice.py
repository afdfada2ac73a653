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
from booking.schedule.slots import Slot
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
        start = self.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
        return address("book_slot", key=self.consultation.key, start=start, **self.values())

    def why_not_href(self) -> str:
        """Return the address that says why it is not free, and what is."""
        local = self.starts_at.astimezone(ZoneInfo(house().zone))
        asked = {"day": local.date().isoformat(), "at": local.strftime("%H:%M")}
        return address("times", key=self.consultation.key, **asked, **self.values())

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
    consultation, start = found[0], _start(request.args.get("start", ""))
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
    now = roof().clock()
    asked = Asked(choice.medium, choice.language, choice.expert.id if choice.expert else None, people)
    found = slot_queries(
        house(), [choice.consultation.id], asked=asked, since=now, until=now + LOOK_AHEAD, now=now
    )
    query = found.get(choice.consultation.id)
    return [_row(choice, slot) for slot in listing.soonest(query, most=most)] if query else []


def _row(choice: SlotChoice, slot: Slot) -> DateRow:
    other = replace(choice, starts_at=from_epoch(slot.start))
    spoken, zone = language(), house().zone
    return DateRow(
        href=other.href(),
        title=choice.consultation.title,
        summary="",
        kind_label=kind_label(choice.consultation.kind),
        when=wording.say_when(other.starts_at, other.ends_at, zone, spoken),
        time=wording.say_times(other.starts_at, other.ends_at, zone, spoken),
        place=medium_label(choice.medium),
        languages=wording.say_language(choice.language, spoken) if choice.language else "",
        step_free=choice.consultation.is_step_free and choice.medium == "on_site",
        state="free",
        places_label=_("free"),
    )


def _start(typed: str) -> datetime | None:
    """Return a whole minute of the coming years, or None."""
    try:
        found = datetime.fromisoformat(typed)
        if found.tzinfo is None or found.second or found.microsecond:
            return None
        found = found.astimezone(UTC)
        return found if abs(found - roof().clock()) < _FURTHEST else None
    except (ValueError, OverflowError):
        return None
