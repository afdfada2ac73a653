"""Questions about a day: its dates with who gives them, and how many come and came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, ScalarSelect, Select, bindparam, case, exists, func, or_, select

from booking.bookings import states
from booking.bookings.attendance_models import Attendance
from booking.bookings.day_scope import NOTHING, DayScope
from booking.bookings.models import Booking, PartyCount
from booking.catalogue.models import Need, Offering
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.people.models import Host
from booking.schedule.models import Occurrence, OccurrenceHost

LONGEST_DATE = timedelta(days=1)  # minutes_fit_a_day of the offering
_AT_THE_DOOR = sorted(states.AT_THE_DOOR)


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives a date."""

    id: int
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class DayDate:
    """A date, or a slot that somebody booked, as staff see it on its day.

    ``people`` are those who booked and are or were awaited, ``came`` those checked in; ``awaited`` counts
    parties that are not checked in, and ``reference`` is that of the only one.  ``sight`` is what the person
    who asks may see of the parties.
    """

    id: int
    offering_id: int
    programme_id: int | None
    title: str
    kind: str
    age_min: int
    starts_at: datetime
    ends_at: datetime
    state: str
    is_slot: bool
    medium: str
    place_id: int | None
    seats: int
    hosts_wanted: int
    people: int
    came: int
    parties: int
    awaited: int
    missed: int
    reference: str | None
    hosts: tuple[Giver, ...]
    sight: int

    @property
    def is_unstaffed(self) -> bool:
        """Whether fewer people give it than the offering needs."""
        return self.state != "cancelled" and len(self.hosts) < self.hosts_wanted


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dates: those that run within ``[since, until)``, of one host, room or offering if told so."""

    since: datetime
    until: datetime
    host_id: int | None = None
    place_id: int | None = None
    offering_id: int | None = None
    skip: int = 0
    most: int = 200


def dates(wanted: Wanted, *, scope: DayScope, language: str) -> list[DayDate]:
    """Return the dates of a house, earliest first, in two statements; of a guide or expert only the own ones."""
    found = execute(_DATES, _asked(wanted, scope, language)).all()
    givers = _givers(row.id for row in found)
    return [_date(row, givers.get(row.id, ()), scope) for row in found]


def count(wanted: Wanted, *, scope: DayScope) -> int:
    """Return how many dates ``dates`` would find in all."""
    return int(execute(_COUNT, _asked(wanted, scope, "de")).scalar_one())


def date(occurrence_id: int, *, scope: DayScope, language: str) -> DayDate:
    """Return a date of which the person may see the parties; raises NotFound for any other one."""
    row = execute(
        _ONE, {"house": scope.house_id, "occurrence": occurrence_id, "language": language}
    ).one_or_none()
    found = row and _date(row, _givers([occurrence_id]).get(occurrence_id, ()), scope)
    if not found or found.sight == NOTHING:
        raise NotFound
    return found


def _asked(wanted: Wanted, scope: DayScope, language: str) -> dict[str, Any]:
    only = 0 if scope.sees_house else (scope.own_host_id or -1)
    return {
        "house": scope.house_id,
        "language": language,
        "oldest": wanted.since - LONGEST_DATE,
        "since": wanted.since,
        "until": wanted.until,
        "host": wanted.host_id or 0,
        "own": only,
        "place": wanted.place_id or 0,
        "offering": wanted.offering_id or 0,
        "skip": wanted.skip,
        "most": wanted.most,
    }


def _givers(occurrence_ids: Iterable[int]) -> Mapping[int, Sequence[Giver]]:
    found: defaultdict[int, list[Giver]] = defaultdict(list)
    for row in execute(_GIVERS, {"occurrences": list(occurrence_ids)}):
        found[row.occurrence_id].append(Giver(row.id, row.first_name, row.last_name))
    return found


def _date(row: Row[Any], hosts: Sequence[Giver], scope: DayScope) -> DayDate:
    values = dict(row._mapping)
    sight = scope.sight(
        programme_id=row.programme_id, starts_at=row.starts_at, host_ids=[one.id for one in hosts]
    )
    return DayDate(**values, hosts=tuple(hosts), sight=sight)


def _people(table: type[PartyCount | Attendance]) -> ScalarSelect[int]:
    """Return how many people of a date booked, or came."""
    total = select(func.coalesce(func.sum(table.people), 0)).join(Booking, Booking.id == table.booking_id)
    mine = total.where(Booking.occurrence_id == Occurrence.id, Booking.state.in_(_AT_THE_DOOR))
    return mine.correlate(Occurrence).scalar_subquery()


def _parties(wanted: Iterable[str]) -> ScalarSelect[int]:
    counted = select(func.count(Booking.id)).where(
        Booking.occurrence_id == Occurrence.id, Booking.state.in_(sorted(wanted))
    )
    return counted.correlate(Occurrence).scalar_subquery()


def _reference() -> ScalarSelect[str]:
    """Return the reference of the party that is awaited, if it is the only one: a slot moves with it."""
    only = select(case((func.count(Booking.id) == 1, func.min(Booking.reference)))).where(
        Booking.occurrence_id == Occurrence.id, Booking.state.in_(sorted(states.CANCELLABLE))
    )
    return only.correlate(Occurrence).scalar_subquery()


def _hosts_wanted() -> ScalarSelect[int]:
    needed = select(func.coalesce(func.sum(Need.quantity), 0)).where(
        Need.offering_id == Offering.id,
        Need.kind == "host",
        or_(Need.medium.is_(None), Need.medium == Occurrence.medium),
    )
    return needed.correlate(Offering, Occurrence).scalar_subquery()


def _whole() -> Select[*tuple[Any, ...]]:
    columns = select(
        Occurrence.id,
        Occurrence.offering_id,
        Offering.programme_id,
        text("title"),
        Offering.kind,
        Offering.age_min,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Occurrence.state,
        Occurrence.is_slot,
        Occurrence.medium,
        Occurrence.place_id,
        Occurrence.seats,
        _hosts_wanted().label("hosts_wanted"),
        _people(PartyCount).label("people"),
        _people(Attendance).label("came"),
        _parties(_AT_THE_DOOR).label("parties"),
        _parties(states.CANCELLABLE).label("awaited"),
        _parties([states.NO_SHOW]).label("missed"),
        _reference().label("reference"),
    ).select_from(Occurrence)
    joined = with_texts(columns.join(Offering, Offering.id == Occurrence.offering_id))
    return joined.where(
        Occurrence.house_id == bindparam("house"), or_(Occurrence.is_slot.is_(False), _IS_BOOKED)
    )


def _of(name: str) -> Any:
    return exists().where(
        OccurrenceHost.occurrence_id == Occurrence.id, OccurrenceHost.host_id == bindparam(name)
    )


_IS_BOOKED = exists().where(Booking.occurrence_id == Occurrence.id, Booking.state.in_(_AT_THE_DOOR))
_WITHIN = (
    Occurrence.starts_at >= bindparam("oldest"),
    Occurrence.starts_at < bindparam("until"),
    Occurrence.ends_at > bindparam("since"),
    or_(bindparam("host", type_=Integer) == 0, _of("host")),
    or_(bindparam("own", type_=Integer) == 0, _of("own")),
    or_(bindparam("place", type_=Integer) == 0, Occurrence.place_id == bindparam("place")),
    or_(bindparam("offering", type_=Integer) == 0, Occurrence.offering_id == bindparam("offering")),
)
_DATES = (
    _whole()
    .where(*_WITHIN)
    .order_by(Occurrence.starts_at, Occurrence.id)
    .limit(bindparam("most", type_=Integer))
    .offset(bindparam("skip", type_=Integer))
)
_COUNT = (
    select(func.count(Occurrence.id))
    .where(Occurrence.house_id == bindparam("house"), or_(Occurrence.is_slot.is_(False), _IS_BOOKED))
    .where(*_WITHIN)
)
_ONE = _whole().where(Occurrence.id == bindparam("occurrence"))
_GIVERS = (
    select(OccurrenceHost.occurrence_id, Host.id, Host.first_name, Host.last_name)
    .join(Host, Host.id == OccurrenceHost.host_id)
    .where(OccurrenceHost.occurrence_id.in_(bindparam("occurrences", expanding=True)))
    .order_by(OccurrenceHost.occurrence_id, Host.first_name, Host.id)
)
"""Statements made once: making them costs more than running them."""
