"""What stands in the way of a date that staff plan: what is taken (hard), and what they may overrule knowingly.

Everything is loaded once for all dates of a series, in a constant number of statements.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.houses.facts import House
from booking.houses.school_holidays import school_holidays
from booking.schedule import calendars, clash_queries, kit_loading
from booking.schedule.calendars import Calendars, Owner
from booking.schedule.clash_queries import HostFacts, Taker
from booking.schedule.closures import Closing, closing
from booking.schedule.kits import HOST, Fit, Kit
from booking.schedule.openings import MIDNIGHT, Calendar, Days, Hours, Weekly, expand, spans_of
from booking.schedule.publishing import Plan
from booking.schedule.taken import Takings
from booking.timekit.instants import from_epoch, local_date, to_epoch
from booking.timekit.intervals import Span, overlaps

HARD = frozenset({"host", "room", "equipment", "past", "room_size"})
DAYS_OFF = frozenset({"holiday", "closure", "school_holiday"})
_ALWAYS = (Weekly(Hours(0, MIDNIGHT), frozenset(range(7))),)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing in the way.

    ``kind``   host, room, equipment: taken; past, room_size; holiday, school_holiday, closure, absent, hours,
               busy, skill, language, inactive: a warning
    ``name``   whose it is: a person, a room, a holiday; ``by`` what takes it, with its times
    """

    kind: str
    name: str
    by: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    most: int = 0

    @property
    def is_hard(self) -> bool:
        """Whether nobody can overrule it."""
        return self.kind in HARD


@dataclass(frozen=True, slots=True)
class Checked:
    """One date as it would be: what it takes, and what is in its way."""

    plan: Plan
    fit: Fit
    clashes: tuple[Clash, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether it cannot be published as it is."""
        return any(clash.is_hard for clash in self.clashes)

    @property
    def day_off(self) -> str:
        """The kind of day on which the house is closed or school is out, or ""."""
        return next((clash.kind for clash in self.clashes if clash.kind in DAYS_OFF), "")


@dataclass(frozen=True, slots=True)
class _World:
    house: House
    language: str
    now: datetime
    kit: Kit
    takings: Takings
    ignored: frozenset[int]
    closing: Closing
    calendars: Calendars
    hosts: Mapping[int, HostFacts]
    people_limit: int | None


def check(
    plans: Sequence[Plan],
    *,
    house: House,
    language: str,
    ignored: frozenset[int] = frozenset(),
    now: datetime,
) -> list[Checked]:
    """Return what is in the way of each of these dates, which differ in their times and seats alone.

    ``ignored``  the claims of dates that are changed: what they take now is given back first
    Raises NotFound for an offering, a host or a place of another house.
    """
    first = plans[0]
    kit = kit_loading.kit(first.wanted())
    since, until = min(one.starts_at for one in plans), max(one.ends_at for one in plans)
    days = (local_date(since, house.zone) - _DAY, local_date(until, house.zone) + _DAY)
    places = [first.place_id] if first.place_id is not None else []
    world = _World(
        house=house,
        language=language,
        now=now,
        kit=kit,
        takings=kit.takings(since, until, now=now),
        ignored=ignored,
        closing=closing(house, *days, language=language),
        calendars=calendars.load(
            house, host_ids=first.host_ids, place_ids=places, first=days[0], last=days[1]
        ),
        hosts=clash_queries.hosts(first.host_ids, offering_id=first.offering_id),
        people_limit=clash_queries.people_limit(first.place_id),
    )
    fits = [kit.fit(one.span, one.seats, world.takings, ignored=ignored, now=now) for one in plans]
    takers = clash_queries.takers(
        {claim for fit in fits for blocked in fit.blocked for claim in blocked.claim_ids}, language=language
    )
    return [
        Checked(plan, fit, (*_hard(plan, fit, world, takers), *_soft(plan, world)))
        for plan, fit in zip(plans, fits, strict=True)
    ]


def _hard(plan: Plan, fit: Fit, world: _World, takers: Mapping[int, Taker]) -> Iterator[Clash]:
    if plan.starts_at <= world.now:
        yield Clash("past", "")
    if world.people_limit is not None and plan.seats > world.people_limit:
        yield Clash("room_size", "", most=world.people_limit)
    for blocked in fit.blocked:
        names = blocked.item.names
        name = names.get(world.language) or names.get("de", "")
        found = next(
            (takers[claim] for claim in sorted(blocked.claim_ids) if claim in takers), Taker("", None)
        )
        start, end = found.span or (None, None)
        yield Clash(blocked.item.kind, name, found.title, start, end)


def _soft(plan: Plan, world: _World) -> Iterator[Clash]:
    yield from _days_off(plan, world)
    for host_id in plan.host_ids:
        yield from _of_host(plan, world.hosts[host_id], world)
    if plan.place_id is not None:
        hours = world.calendars.of_place(plan.place_id, offering_id=plan.offering_id, medium=plan.medium)
        if hours is not None:
            yield from _hours(plan, hours, "")


def _days_off(plan: Plan, world: _World) -> Iterator[Clash]:
    zone, span = world.house.zone, _span(plan)
    first, last = local_date(plan.starts_at, zone), local_date(from_epoch(span[1] - 1), zone)
    for closure in world.closing.closures:
        if isinstance(closure.when, Days):
            days = _days(max(first, closure.when.first), min(last, closure.when.last))
            is_closed = any(day not in world.closing.opened for day in days)
        else:
            is_closed = overlaps(closure.when, span)
        if is_closed:
            yield Clash("holiday" if closure.is_holiday else "closure", closure.name)
    known = school_holidays(world.house)
    period = known.period_of(first) if known else None
    if period is not None:
        yield Clash("school_holiday", period.name)


def _of_host(plan: Plan, host: HostFacts, world: _World) -> Iterator[Clash]:
    if not host.is_active:
        yield Clash("inactive", host.name)
    if not host.is_skilled:
        yield Clash("skill", host.name)
    if plan.language not in host.languages:
        yield Clash("language", host.name)
    span = _span(plan)
    for start, end in world.takings.busy.get(host.id, ()):
        if overlaps((start, end), span):
            yield Clash("busy", host.name, "", from_epoch(start), from_epoch(end))
            break
    yield from _hours(plan, _calendar((HOST, host.id), plan, world.calendars), host.name)


def against(owner: Owner, plan: Plan, known: Calendars) -> str:
    """Return the kind of what the hours of a host say against a date, or ""; who has none can be asked any time."""
    return next((one.kind for one in _hours(plan, _calendar(owner, plan, known), "")), "")


def _calendar(owner: Owner, plan: Plan, known: Calendars) -> Calendar:
    found = known.of_host(owner[1], offering_id=plan.offering_id, medium=plan.medium)
    return found if owner in known.rules else Calendar(found.zone, _ALWAYS, found.overrides, found.absences)


def _hours(plan: Plan, calendar: Calendar, name: str) -> Iterator[Clash]:
    """Yield what the hours of a host or a room, whose name is empty, say against a date."""
    since, until = span = _span(plan)
    away = spans_of(calendar.absences, calendar.zone, since=since - 86400, until=until + 86400)
    if any(overlaps(one, span) for one in away):
        yield Clash("absent", name)
        return
    found, _grid = expand(calendar, since=since, until=until)
    if not any(start <= since and until <= end for start, end in found):
        yield Clash("hours", name)


def _span(plan: Plan) -> Span:
    return to_epoch(plan.starts_at), to_epoch(plan.ends_at)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
