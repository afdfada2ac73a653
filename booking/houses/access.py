"""What a house arranges for people with access needs, and with how much lead time; pure.

A section ``[access.<kind>]`` of the house's file says how a need is met:

``arranged_by``  "place": nothing to arrange where the place is step-free (wheelchair); "party": the person tells
                 it with the party (companion); "interpreter": a host who signs is allocated (dgs); "pool": a unit
                 of the pool that ``pool`` names by its key is allocated; "staff": somebody does it by hand
``lead_days``    working days (Monday to Friday without state holidays) that the house needs for it: it can be
                 asked for until the end of the day that lies so many working days before the visit; 0 unless given
``offered``      false leaves it out for a while; a kind without a section is not offered
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from booking.timekit import working_days

KINDS = ("wheelchair", "dgs", "induction_loop", "quiet", "companion")
ARRANGED_BY = ("place", "party", "interpreter", "pool", "staff")
MEDIA: Mapping[str, tuple[str, ...]] = {"dgs": ("on_site", "video")}
LONGEST_LEAD = 90
SIGNED = "dgs"
_ONLY = {"place": "wheelchair", "party": "companion", "interpreter": "dgs"}
_SHAPE: Mapping[str, tuple[type, str]] = {
    "arranged_by": (str, "one of " + ", ".join(ARRANGED_BY)),
    "lead_days": (int, f"a whole number from 0 to {LONGEST_LEAD}"),
    "pool": (str, "the key of a pool"),
    "offered": (bool, "true or false"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """How a house meets a need of one kind; ``pool`` is the key of the equipment, or empty."""

    kind: str
    arranged_by: str
    lead_days: int
    pool: str = ""

    def is_for(self, medium: str) -> bool:
        """Return whether people who meet in this way can need it: nobody wheels to a phone."""
        return medium in MEDIA.get(self.kind, ("on_site",))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whose state holidays count: a country and a subdivision, as in the house's file."""

    country: str
    subdivision: str

    def last_day_to_ask(self, offer: Offer, day: date) -> date:
        """Return the last day on which a need can be told for a visit on ``day``."""
        return working_days.before(day, offer.lead_days, **self._whose())

    def first_day(self, offer: Offer, today: date) -> date:
        """Return the first day of a visit for which a need that is told today can be arranged."""
        return working_days.first_with(offer.lead_days, today, **self._whose())

    def due_day(self, offer: Offer, today: date, *, visit: date) -> date:
        """Return the day by which staff must have arranged what is told today.

        That is after the working days that the house says it needs (one at least), but on a working day before
        the visit; where none is left, the day of the visit itself.
        """
        latest = working_days.before(visit, 1, **self._whose())
        wanted = working_days.after(today, max(1, offer.lead_days), **self._whose())
        return min(wanted, latest) if latest >= today else visit

    def _whose(self) -> dict[str, str]:
        return {"country": self.country, "subdivision": self.subdivision}


def offers(data: Mapping[str, Any]) -> dict[str, Offer]:
    """Return what a fit file offers, by kind, in the order in which people are asked."""
    sections: Mapping[str, Mapping[str, Any]] = data.get("access", {})
    return {
        kind: Offer(
            kind=kind,
            arranged_by=sections[kind]["arranged_by"],
            lead_days=sections[kind].get("lead_days", 0),
            pool=sections[kind].get("pool", ""),
        )
        for kind in KINDS
        if kind in sections and sections[kind].get("offered", True)
    }


def offer_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the sections of a file, in words for whoever writes it."""
    sections = data.get("access", {})
    if not isinstance(sections, dict):
        return  # told as a misshapen section
    for kind, section in sections.items():
        where = f"access.{kind}"
        if kind not in KINDS:
            yield f"{where} is not known, but: {', '.join(KINDS)}"
        elif not isinstance(section, dict):
            yield f"{where} must be a section, not {section!r}"
        else:
            misshapen = list(_misshapen(section, where))
            yield from misshapen or _unfit(section, kind, where)


def _misshapen(section: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, value in section.items():
        if name not in _SHAPE:
            yield f"{where}.{name} is not known"
        elif type(value) is not _SHAPE[name][0]:
            yield f"{where}.{name} must be {_SHAPE[name][1]}, not {value!r}"


def _unfit(section: Mapping[str, Any], kind: str, where: str) -> Iterator[str]:
    way = section.get("arranged_by")
    if way is None:
        yield f"{where}.arranged_by is missing"
    elif way not in ARRANGED_BY:
        yield f"{where}.arranged_by must be {_SHAPE['arranged_by'][1]}, not {way!r}"
    elif _ONLY.get(way, kind) != kind:
        yield f"{where}.arranged_by {way!r} is for {_ONLY[way]} alone"
    if (way == "pool") != bool(section.get("pool")):
        yield f"{where}.pool names the equipment where arranged_by is 'pool', and only there"
    if not 0 <= section.get("lead_days", 0) <= LONGEST_LEAD:
        yield f"{where}.lead_days must be {_SHAPE['lead_days'][1]}, not {section['lead_days']}"
