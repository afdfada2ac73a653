"""Rules of access needs: whether one can be met at a date, until when it can be told, when staff are done; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from booking.bookings.access_refusals import CompanionNotCounted, NeedNotOffered, NeedTooLate, NotStepFree
from booking.houses.access import SIGNED, Calendar, Offer
from booking.houses.facts import House
from booking.timekit.instants import at_wall, local_date

KEPT_AFTER_VISIT = timedelta(days=1)
LAST_MINUTE = time(23, 59)
POSSIBLE, TOO_LATE, STEPS = "possible", "too_late", "steps"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody needs, told with consent: kinds, and own words about them."""

    kinds: tuple[str, ...]
    words: str = ""


NOTHING_ASKED = Asked(())


@dataclass(frozen=True, slots=True)
class DateFacts:
    """What decides of a date, or of a time that may become one.

    ``occurrence_id``  None where there is none yet
    ``is_step_free``   the offering and the place both are
    ``signs``          an expert of this consultation signs
    ``pools``          the keys of the equipment that it takes for everybody
    """

    occurrence_id: int | None
    offering_id: int
    starts_at: datetime
    ends_at: datetime
    medium: str
    language: str
    party_max: int
    is_step_free: bool
    signs: bool
    pools: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a need of one kind stands at a date now.

    ``is_met``     it is there already, whoever asks
    ``until``      the last day on which it can be told, if that ends before the date does
    ``first_day``  where it is too late, the first day for which it would not be
    """

    offer: Offer
    verdict: str
    is_met: bool = False
    until: date | None = None
    first_day: date | None = None


def standings(house: House, facts: DateFacts, *, now: datetime) -> dict[str, Standing]:
    """Return how each need stands that the house meets and that people who meet in this way can have."""
    return {
        offer.kind: _standing(house, offer, facts, now=now)
        for offer in house.access.values()
        if offer.is_for(facts.medium)
    }


def check(asked: Asked, found: Mapping[str, Standing], *, people: int, party_max: int) -> None:
    """Raise what refuses a need: NeedNotOffered, NeedTooLate, NotStepFree, CompanionNotCounted.

    A companion takes a place like everybody, and is told with the party: one
    who comes alone, to what more could come to, has not counted anybody.
    """
    for kind in asked.kinds:
        if kind not in found:
            raise NeedNotOffered(kind=kind)
        if found[kind].verdict == TOO_LATE:
            raise NeedTooLate(kind=kind)
        if found[kind].verdict == STEPS:
            raise NotStepFree(kind=kind)
        if found[kind].offer.arranged_by == "party" and people < 2 <= party_max:
            raise CompanionNotCounted(kind=kind)


def whatever_the_lead_time(found: Mapping[str, Standing]) -> dict[str, Standing]:
    """Return how needs stand for staff who promise them although the lead time is over."""
    return {
        kind: replace(one, verdict=POSSIBLE) if one.verdict == TOO_LATE else one
        for kind, one in found.items()
    }


def due_at(house: House, offer: Offer, facts: DateFacts, *, now: datetime) -> datetime:
    """Return until when staff must have arranged what is told now: the last minute of a day of theirs."""
    today, visit = local_date(now, house.zone), local_date(facts.starts_at, house.zone)
    day = _calendar(house).due_day(offer, today, visit=visit)
    return min(at_wall(day, LAST_MINUTE, house.zone), facts.starts_at)


def is_met(offer: Offer, facts: DateFacts) -> bool:
    """Return whether a date brings along what is needed, so that nothing is taken for it."""
    if offer.arranged_by == "interpreter":
        return facts.language == SIGNED or facts.signs
    return offer.arranged_by == "pool" and offer.pool in facts.pools


def _standing(house: House, offer: Offer, facts: DateFacts, *, now: datetime) -> Standing:
    if is_met(offer, facts):
        return Standing(offer, POSSIBLE, is_met=True)
    if offer.arranged_by == "place":
        return Standing(offer, POSSIBLE if facts.is_step_free else STEPS, is_met=facts.is_step_free)
    today, visit = local_date(now, house.zone), local_date(facts.starts_at, house.zone)
    until = _calendar(house).last_day_to_ask(offer, visit)
    if today > until:
        return Standing(offer, TOO_LATE, first_day=_calendar(house).first_day(offer, today))
    return Standing(offer, POSSIBLE, until=until if offer.lead_days else None)


def _calendar(house: House) -> Calendar:
    return Calendar(house.country, house.subdivision)
