"""What other hours would bring: open times and free starts of a host or room, as they are and as they would be."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from booking.catalogue.models import Need, Offering, OfferingMedium
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.houses.facts import House
from booking.schedule import calendars
from booking.schedule.calendars import Calendars
from booking.schedule.closures import closed_within, closing
from booking.schedule.hours import Of
from booking.schedule.loading import Asked, slot_queries
from booking.schedule.models import Skill
from booking.schedule.openings import Calendar, closed_spans, expand
from booking.schedule.openings import Need as Wanted
from booking.schedule.slots import SlotQuery, free_slots
from booking.schedule.unsaved import owner_of
from booking.timekit.instants import day_bounds, to_epoch
from booking.timekit.intervals import Span, day_of, intersect, local_day, merge, subtract

WEEKS = 8
Unsaved = Callable[[Calendars], Calendars]


@dataclass(frozen=True, slots=True)
class Times:
    """The free starts of an offering on one day, in epoch seconds, now and as they would be."""

    title: str
    medium: str
    before: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def new(self) -> tuple[int, ...]:
        """The starts that would be added."""
        return tuple(start for start in self.after if start not in set(self.before))

    @property
    def gone(self) -> tuple[int, ...]:
        """The starts that would disappear."""
        return tuple(start for start in self.before if start not in set(self.after))


@dataclass(frozen=True, slots=True)
class Day:
    """A local day: the spans that are open, now and as they would be, and the free starts they give.

    ``closed_by``  what closes the house all day, or empty
    """

    day: date
    closed_by: str
    before: tuple[Span, ...]
    after: tuple[Span, ...]
    times: tuple[Times, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything of the day would be different."""
        return self.before != self.after or any(one.before != one.after for one in self.times)


def compare(
    house: House, of: Of, unsaved: Unsaved, *, first: date, last: date, now: datetime, language: str
) -> list[Day]:
    """Return the local days from first to last on which the host or room is open, now or then.

    Days on which only the house is closed are among them, with what closes it.

    ``unsaved``  turns the calendars as they are into those that somebody thinks of saving
    A constant number of statements; those for free starts once for each medium.
    """
    known = loaded(house, of, first, last)
    then = unsaved(known)
    closed = closing(house, first, last, language=language)
    named = closed_within(closed, first, last, zone=house.zone)
    bounds = _bounds(first, last, house.zone)
    whole = [
        open_spans(one.of_owner(owner_of(of)), since=bounds[0], until=bounds[1]) for one in (known, then)
    ]
    holes = closed_spans(closed.closures, closed.opened, house.zone, since=bounds[0], until=bounds[1])
    before, after = (_by_day(subtract(spans, holes), house.zone, first, last) for spans in whole)
    usual = {day for spans in whole for day in _by_day(spans, house.zone, first, last)}
    times = _times(house, of, None if then is known else then, (first, last), language, now=now)
    days = sorted({*before, *after, *times, *(usual & named.keys())})
    return [
        Day(day, named.get(day, ""), before.get(day, ()), after.get(day, ()), tuple(times.get(day, ())))
        for day in days
    ]


def loaded(house: House, of: Of, first: date, last: date) -> Calendars:
    """Return the calendars of one host or room around the local days, in three statements."""
    around = (first - timedelta(days=3), last + timedelta(days=3))
    hosts = [] if of.host_id is None else [of.host_id]
    places = [] if of.place_id is None else [of.place_id]
    return calendars.load(house, host_ids=hosts, place_ids=places, first=around[0], last=around[1])


def dates_of(calendar: Calendar, *, first: date, last: date) -> list[date]:
    """Return the local dates from first to last on which a calendar opens, of windows those they begin on."""
    since, until = _bounds(first, last, calendar.zone)
    _, grid = expand(calendar, since=since, until=until)
    days = sorted({day_of(local_day(anchor, calendar.zone)) for _, anchor, _ in grid})
    return [day for day in days if first <= day <= last]


def open_spans(calendar: Calendar | None, *, since: int, until: int) -> list[Span]:
    """Return, merged, when a calendar is open in ``[since, until)``: always, where there is none."""
    if calendar is None:
        return [(since, until)]
    spans, _ = expand(calendar, since=since, until=until)
    return intersect(merge(spans), [(since, until)])


def _by_day(spans: Sequence[Span], zone: str, first: date, last: date) -> dict[date, tuple[Span, ...]]:
    """Return spans by the local day on which they begin, each cut at midnight but for a night's."""
    found: dict[date, tuple[Span, ...]] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        begin, end = (to_epoch(instant) for instant in day_bounds(day, zone))
        mine = tuple(intersect(spans, [(begin, end)]))
        if mine:
            found[day] = mine
    return found


def _times(
    house: House, of: Of, then: Calendars | None, days: tuple[date, date], language: str, *, now: datetime
) -> Mapping[date, list[Times]]:
    """The free starts by day, of every offering in every medium; ``then`` None: nothing would be different."""
    since, until = day_bounds(days[0], house.zone)[0], day_bounds(days[1], house.zone)[1]
    found: defaultdict[date, list[Times]] = defaultdict(list)
    offered = _offered(of, house, language)
    for medium, titles in offered.items():
        queries = slot_queries(
            house, list(titles), asked=Asked(medium), since=since, until=until, now=now, language=language
        )
        for offering_id, query in queries.items():
            before = after = _starts(query, of)
            if then is not None:
                after = _starts(_with(query, of, then, offering_id=offering_id, medium=medium), of)
            for day in sorted({*before, *after}):
                then_and_now = (before.get(day, ()), after.get(day, ()))
                found[day].append(Times(titles[offering_id], medium, *then_and_now))
    return found


def _starts(query: SlotQuery, of: Of) -> dict[date, tuple[int, ...]]:
    found: defaultdict[date, list[int]] = defaultdict(list)
    for slot in free_slots(query):
        if of.host_id is None or of.host_id in slot.hosts:
            found[day_of(local_day(slot.start, query.zone))].append(slot.start)
    return {day: tuple(starts) for day, starts in found.items()}


def _with(query: SlotQuery, of: Of, then: Calendars, *, offering_id: int, medium: str) -> SlotQuery:
    """Return the query as it would be with the calendars that nobody has saved."""
    if of.place_id is not None:
        room = then.of_place(of.place_id, offering_id=offering_id, medium=medium)
        needs = tuple(_need(need, of.place_id, room) for need in query.needs)
        return replace(query, needs=needs)
    mine = then.of_host(of.host_id or 0, offering_id=offering_id, medium=medium)
    hosts = (replace(one, calendar=mine) if one.id == of.host_id else one for one in query.hosts)
    return replace(query, hosts=tuple(hosts))


def _need(need: Wanted, place_id: int, room: Calendar | None) -> Wanted:
    if need.kind != "room":
        return need
    found = (replace(one, calendar=room) if one.id == place_id else one for one in need.candidates)
    return replace(need, candidates=tuple(found))


def _offered(of: Of, house: House, language: str) -> Mapping[str, Mapping[int, str]]:
    """Return by medium the titles of what the host gives, or what needs the room, and is booked by slot."""
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    asked = {"house": house.id, "owner": of.host_id or of.place_id, "language": language}
    for row in execute(_OF_HOST if of.host_id is not None else _OF_PLACE, asked):
        found[row.medium][row.id] = row.title
    return found


def _bounds(first: date, last: date, zone: str) -> Span:
    return to_epoch(day_bounds(first, zone)[0]), to_epoch(day_bounds(last, zone)[1])


def _offered_to(owned: Any) -> Any:
    wanted = with_texts(select(Offering.id, OfferingMedium.medium, text("title")).select_from(Offering))
    return (
        wanted.join(OfferingMedium, OfferingMedium.offering_id == Offering.id)
        .where(
            Offering.house_id == bindparam("house"),
            Offering.booked_by == "slot",
            Offering.state == "published",
            Offering.id.in_(owned),
        )
        .order_by(OfferingMedium.medium.desc(), Offering.id)
    )


_OF_HOST = _offered_to(select(Skill.offering_id).where(Skill.host_id == bindparam("owner")))
_OF_PLACE = _offered_to(select(Need.offering_id).where(Need.place_id == bindparam("owner")))
"""Statements made once: making them costs more than running them."""
