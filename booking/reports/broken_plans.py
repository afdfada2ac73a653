"""Plans that cannot take place as they stand: a host is away, a room out of use, the house closed, hours changed.

Hours are changed knowingly, and bookings are kept meanwhile; this finds what is still to be settled. A date may
lie outside the weekly hours on purpose; a slot that was booked may not, since only hours make slots.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, select

from booking.bookings.models import Booking
from booking.bookings.states import CANCELLABLE
from booking.catalogue.models import Offering
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.houses.facts import House
from booking.people.models import Host
from booking.people.permissions import Acting
from booking.schedule import calendars
from booking.schedule.calendars import Calendars
from booking.schedule.closures import closing
from booking.schedule.hours import Of
from booking.schedule.models import Occurrence, OccurrenceHost
from booking.schedule.openings import Days, closed_spans
from booking.schedule.outside import outside, within
from booking.timekit.instants import day_bounds, local_date, to_epoch
from booking.timekit.intervals import Span

AWAY, OUT_OF_USE, CLOSED, OUTSIDE = "away", "out_of_use", "closed", "outside"
AHEAD = timedelta(days=60)
MOST = 500  # nobody looks through more


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives a date."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Run:
    """A date or a booked slot."""

    id: int
    offering_id: int
    title: str
    medium: str
    is_slot: bool
    place_id: int | None
    starts_at: datetime
    ends_at: datetime
    givers: tuple[Giver, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A run with why it cannot take place: AWAY and OUTSIDE name who is meant."""

    run: Run
    why: str
    who: str = ""


def broken(house: House, acting: Acting, *, language: str, now: datetime) -> list[Broken]:
    """Return what is broken within AHEAD, earliest first, each run once for each cause; in seven statements."""
    runs = _runs(house.id, acting, language, now=now)
    first, last = local_date(now, house.zone), local_date(now + AHEAD, house.zone)
    hosts = {giver.id: giver for run in runs for giver in run.givers}
    places = {run.place_id for run in runs if run.place_id is not None}
    known = calendars.load(house, host_ids=sorted(hosts), place_ids=sorted(places), first=first, last=last)
    closed = closing(house, first, last, language="de")
    since, until = to_epoch(now) - 86_400, to_epoch(day_bounds(last, house.zone)[1]) + 86_400
    shut = closed_spans(closed.closures, closed.opened, house.zone, since=since, until=until)
    found = [
        *(Broken(run, CLOSED) for run in within(runs, shut)),
        *_away(runs, hosts, known, house.zone),
        *_out_of_use(runs, places, known, house.zone),
        *_outside(runs, hosts, known),
    ]
    return sorted(found, key=lambda one: (one.run.starts_at, one.run.id))


def _away(runs: Sequence[Run], hosts: Mapping[int, Giver], known: Calendars, zone: str) -> Iterable[Broken]:
    for host_id, giver in hosts.items():
        times = _times(known.absences.get(("host", host_id), ()), zone)
        yield from (Broken(run, AWAY, giver.name) for run in within(_given_by(runs, host_id), times))


def _out_of_use(runs: Sequence[Run], places: Iterable[int], known: Calendars, zone: str) -> Iterable[Broken]:
    for place_id in places:
        times = _times(known.absences.get(("place", place_id), ()), zone)
        mine = [run for run in runs if run.place_id == place_id]
        yield from (Broken(run, OUT_OF_USE) for run in within(mine, times))


def _outside(runs: Sequence[Run], hosts: Mapping[int, Giver], known: Calendars) -> Iterable[Broken]:
    """Yield booked slots outside the hours of their host, unless the host is away then, which is told already."""
    for host_id, giver in hosts.items():
        slots = [run for run in _given_by(runs, host_id) if run.is_slot]
        gone = {
            run.id for run in within(slots, _times(known.absences.get(("host", host_id), ()), known.zone))
        }
        for run in outside(slots, known, Of(host_id=host_id)):
            if run.id not in gone:
                yield Broken(run, OUTSIDE, giver.name)


def _given_by(runs: Iterable[Run], host_id: int) -> list[Run]:
    return [run for run in runs if any(giver.id == host_id for giver in run.givers)]


def _times(absences: Iterable[Days | Span], zone: str) -> list[Span]:
    return [
        (to_epoch(day_bounds(one.first, zone)[0]), to_epoch(day_bounds(one.last, zone)[1]))
        if isinstance(one, Days)
        else one
        for one in absences
    ]


def _runs(house_id: int, acting: Acting, language: str, *, now: datetime) -> list[Run]:
    wanted = _RUNS if acting.programme_ids is None else _RUNS.where(_OWN)
    asked: dict[str, Any] = {"house": house_id, "language": language, "now": now, "until": now + AHEAD}
    if acting.programme_ids is not None:
        asked["programmes"] = sorted(acting.programme_ids)
    rows = execute(wanted, asked).all()
    givers: defaultdict[int, list[Giver]] = defaultdict(list)
    for row in execute(_GIVERS, {"occurrences": [row.id for row in rows]}):
        givers[row.occurrence_id].append(Giver(row.id, f"{row.first_name} {row.last_name}".strip()))
    return [Run(**row._mapping, givers=tuple(givers[row.id])) for row in rows]


_OWN = Offering.programme_id.in_(bindparam("programmes", expanding=True))
_SOMEBODY_COMES = exists(
    select(Booking.id).where(Booking.occurrence_id == Occurrence.id, Booking.state.in_(sorted(CANCELLABLE)))
)
_RUNS = (
    with_texts(
        select(
            Occurrence.id,
            Occurrence.offering_id,
            text("title"),
            Occurrence.medium,
            Occurrence.is_slot,
            Occurrence.place_id,
            Occurrence.starts_at,
            Occurrence.ends_at,
        )
        .select_from(Occurrence)
        .join(Offering, Offering.id == Occurrence.offering_id)
    )
    .where(
        Occurrence.house_id == bindparam("house"),
        Occurrence.state == "published",
        Occurrence.ends_at > bindparam("now"),
        Occurrence.starts_at < bindparam("until"),
        Occurrence.is_slot.is_(False) | _SOMEBODY_COMES,
    )
    .order_by(Occurrence.starts_at, Occurrence.id)
    .limit(MOST)
)
_GIVERS = (
    select(OccurrenceHost.occurrence_id, Host.id, Host.first_name, Host.last_name)
    .join(Host, Host.id == OccurrenceHost.host_id)
    .where(OccurrenceHost.occurrence_id.in_(bindparam("occurrences", expanding=True)))
    .order_by(Host.id)
)
"""Statements made once: making them costs more than running them."""
