"""Builders of free times: consultations, who gives them when, what is changed, and what is taken.

Hours are written as people say them: `wed 15:00-19:00`, `mon-fri 09:00-17:00`, `daily 22:00-02:00`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from booking.db import db, unit_of_work
from booking.houses import queries as houses
from booking.houses.facts import House
from booking.schedule import hours as deeds
from booking.schedule import loading, service, taking
from booking.schedule.hours import Of, Rule
from booking.schedule.loading import Asked
from booking.schedule.models import Occurrence, OccurrenceHost, Resource
from booking.schedule.slots import SlotQuery, free_slots
from booking.schedule.taking import Share
from booking.timekit.instants import day_bounds, from_epoch, to_epoch
from tests.builders import a_host, an_offering, house_id
from tests.conftest import MONDAY

ZONE = "Europe/Berlin"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TEXTS = {
    language: {"title": title, "summary": title, "description": title}
    for language, title in (("de", "Sprechstunde"), ("en", "Consultation"))
}


def at(text: str, zone: str = ZONE) -> datetime:
    """Return the instant of `2027-01-13 10:30`; a star marks the second of a doubled time."""
    wall = datetime.fromisoformat(text.rstrip("*"))
    return wall.replace(tzinfo=ZoneInfo(zone), fold=int(text.endswith("*")))


def minutes(text: str) -> int:
    """Return the minutes after midnight of `10:30`; `24:00` is 1440."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def rules(text: str, **more: Any) -> Iterator[Rule]:
    """Yield a rule for each weekday of `mon-fri 09:00-17:00`; further facts of the rule as keywords."""
    days, window = text.split()
    first, _, last = ("mon-sun" if days == "daily" else days).partition("-")
    begin, end = window.split("-")
    for weekday in range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1):
        yield Rule(weekday, minutes(begin), minutes(end), **more)


def a_consultation(**wanted: Any) -> int:
    """Write a published consultation that is booked by slot, half an hour for up to three; return its id."""
    details = {"kind": "consultation", "minutes": 30, "seats": 3, "party_max": 3, "texts": _TEXTS}
    return an_offering(**(details | {"booked_by": "slot"} | wanted))


def an_expert(offering_id: int, *hours: str, is_fixed: bool = False, **wanted: Any) -> int:
    """Write a host who gives the offering at these hours, and return the id."""
    host_id = a_host(**({"kind": "expert"} | wanted))
    unit_of_work(lambda: service.teach(host_id, offering_id, is_fixed=is_fixed))
    hours_of(host_id, *hours)
    return host_id


def hours_of(host_id: int, *hours: str, **more: Any) -> None:
    """Give a host weekly hours."""
    _enter(Of(host_id=host_id), hours, more)


def hours_of_room(place_id: int, *hours: str, **more: Any) -> None:
    """Give a room opening hours."""
    _enter(Of(place_id=place_id), hours, more)


def _enter(of: Of, hours: tuple[str, ...], more: Mapping[str, Any]) -> None:
    house = more.get("house_id") or house_id()
    facts = {name: value for name, value in more.items() if name != "house_id"}
    for rule in (rule for text in hours for rule in rules(text, **facts)):
        unit_of_work(lambda: deeds.add_rule(rule, of=of, house_id=house, now=MONDAY))  # noqa: B023


def on(day: date, *windows: str, of: Of) -> int:
    """Give one day of a host or room windows of its own; none: closed."""
    spans = [(minutes(begin), minutes(end)) for begin, end in (window.split("-") for window in windows)]
    house = house_id()
    return unit_of_work(lambda: deeds.set_override(day, spans, of=of, house_id=house, now=MONDAY))


def away(first: date, last: date | None = None, *, of: Of) -> int:
    """Let a host or room be away on local days."""
    house = house_id()
    return unit_of_work(lambda: deeds.add_absence(first, last or first, of=of, house_id=house, now=MONDAY))


def away_between(begin: str, end: str, *, of: Of) -> int:
    """Let a host or room be away between two wall times of Leipzig."""
    house = house_id()
    return unit_of_work(
        lambda: deeds.add_absence_between(at(begin), at(end), of=of, house_id=house, now=MONDAY)
    )


def busy(host_id: int, *spans: tuple[str, str]) -> None:
    """Import busy times of a host, in wall time of Leipzig."""
    house, found = house_id(), [(at(begin), at(end)) for begin, end in spans]
    unit_of_work(lambda: deeds.add_busy(found, host_id=host_id, house_id=house, now=MONDAY))


def resource_of(**owner: int) -> int:
    """Return the id of the resource of a host, place, pool or occurrence."""
    ((name, number),) = owner.items()
    wanted = select(Resource.id).where(getattr(Resource, name) == number)
    return unit_of_work(lambda: int(db.session.execute(wanted).scalar_one()))


def take(
    begin: datetime, end: datetime, *, until: datetime | None = None, units: int = 1, **owner: int
) -> int:
    """Take units of a host, place or pool, for ever or until a hold expires, and return the claim."""
    resource, house = resource_of(**owner), house_id()

    def deed() -> int:
        claim_id = taking.new_claim(house_id=house, now=MONDAY, expires_at=until)
        share = Share(resource, to_epoch(begin), to_epoch(end), units)
        taking.take([share], claim_id=claim_id, now=MONDAY)
        return claim_id

    return unit_of_work(deed)


@dataclass(frozen=True)
class TakenSlot:
    """A slot that became a date: its claim, and those of the parties."""

    occurrence_id: int
    claim_id: int
    party_claims: tuple[int, ...]


def a_taken_slot(
    offering_id: int,
    host_ids: tuple[int, ...],
    begin: datetime,
    end: datetime,
    *,
    parties: tuple[int, ...] = (1,),
    seats: int = 3,
    until: datetime | None = None,
    is_shared: bool = False,
    medium: str = "on_site",
    before: int = 0,
    after: int = 0,
    place_ids: tuple[int, ...] = (),
) -> TakenSlot:
    """Write the date of a slot with its hosts and rooms (buffers in seconds) and a claim for each party."""
    house, span = house_id(), (to_epoch(begin), to_epoch(end))
    resources = [resource_of(host_id=host_id) for host_id in host_ids]
    resources += [resource_of(place_id=place_id) for place_id in place_ids]
    row: dict[str, Any] = {"house_id": house, "offering_id": offering_id, "language": "de", "version": 1}
    row |= {"starts_at": begin, "ends_at": end, "planned_seats": seats, "seats": seats, "medium": medium}
    row |= {"state": "published", "is_slot": True, "shared_host_id": host_ids[0] if is_shared else None}

    def deed() -> TakenSlot:
        claim_id = taking.new_claim(house_id=house, now=MONDAY, expires_at=until)
        occurrence_id = _written(row | {"claim_id": claim_id}, host_ids)
        places = service.add_resource(house_id=house, capacity=seats, occurrence_id=occurrence_id)
        shares = [Share(one, span[0] - before, span[1] + after, 1) for one in resources]
        taking.take(shares, claim_id=claim_id, now=MONDAY)
        claims = tuple(taking.new_claim(house_id=house, now=MONDAY, expires_at=until) for _ in parties)
        for party, claim in zip(parties, claims, strict=True):
            taking.take([Share(places, *span, party)], claim_id=claim, now=MONDAY)
        return TakenSlot(occurrence_id, claim_id, claims)

    return unit_of_work(deed)


def _written(row: Mapping[str, Any], host_ids: Iterable[int]) -> int:
    written = insert(Occurrence).values(row).returning(Occurrence.id)
    occurrence_id = int(db.session.execute(written).scalar_one())
    for host_id in host_ids:
        db.session.execute(insert(OccurrenceHost).values(occurrence_id=occurrence_id, host_id=host_id))
    return occurrence_id


def the_house(key: str = "leipzig") -> House:
    """Return a house of the template."""
    number = house_id(key)
    return unit_of_work(lambda: houses.house(number))


Loader = Callable[..., Mapping[int, SlotQuery]]


def query_of(
    offering_id: int,
    first: date,
    last: date | None = None,
    *,
    now: datetime,
    key: str = "leipzig",
    loader: Loader = loading.slot_queries,
    **asked: Any,
) -> SlotQuery:
    """Return what the loader asks the engine for the local days from first to last."""
    house = the_house(key)
    since, until = day_bounds(first, house.zone)[0], day_bounds(last or first, house.zone)[1]
    wish = Asked(**asked)
    return unit_of_work(
        lambda: loader(house, [offering_id], asked=wish, since=since, until=until, now=now)[offering_id]
    )


def free(offering_id: int, first: date, last: date | None = None, *, now: datetime, **asked: Any) -> str:
    """Return the free starts of a day, `10:00 10:30`, or those of several, `01-13/10:00`."""
    slots = free_slots(query_of(offering_id, first, last, now=now, **asked))
    return " ".join(said(slot.start, "%H:%M" if last is None else "%m-%d/%H:%M") for slot in slots)


def said(start: int, form: str) -> str:
    """Return a start in wall time of Leipzig; a star marks the second of a doubled time."""
    local = from_epoch(start).astimezone(ZoneInfo(ZONE))
    return f"{local:{form}}{'*' * local.fold}"
