"""Questions of staff about dates: the list with its filters, one date, and those that lack hosts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, select

from booking.catalogue.models import Offering
from booking.db import execute
from booking.errors import NotFound
from booking.schedule.models import Occurrence, OccurrenceHost
from booking.schedule.staff_date_columns import IS_UNSTAFFED, ORDERS, PLACES, STARTS, base
from booking.timekit.instants import to_epoch

Names = Mapping[str, str]
PAGE = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """Which dates somebody may see: of some programmes (None: of all), or only those that a host gives."""

    programme_ids: frozenset[int] | None = None
    host_id: int | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; None and "" for anything.

    ``places``   "free" or "full"
    ``order``    "start", "last", "offering" or "places"
    """

    offering_id: int | None = None
    programme_id: int | None = None
    state: str = ""
    first: datetime | None = None
    last: datetime | None = None
    host_id: int | None = None
    place_id: int | None = None
    is_unstaffed: bool = False
    places: str = ""
    language: str = ""
    order: str = "start"
    page: int = 1


@dataclass(frozen=True, slots=True)
class StaffDate:
    """A date as staff see it; ``hosts`` are names, ``hosts_needed`` of them make it complete."""

    id: int
    offering_id: int
    programme_id: int | None
    title: str
    starts_at: datetime
    ends_at: datetime
    language: str
    medium: str
    state: str
    seats: int
    planned_seats: int
    taken: int
    place_id: int | None
    place_names: Names
    limited_by: Names
    hosts: str
    hosts_given: int
    hosts_needed: int
    series_id: int | None
    series_day: date | None
    version: int
    claim_id: int
    changed_at: datetime
    cancel_reason: Names

    @property
    def is_unstaffed(self) -> bool:
        """Whether it lacks hosts."""
        return self.state != "cancelled" and self.hosts_given < self.hosts_needed

    @property
    def left(self) -> int:
        """How many places are free."""
        return max(0, self.seats - self.taken)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of dates, and how many there are on all pages."""

    dates: tuple[StaffDate, ...]
    total: int


def dates(house_id: int, *, scope: Scope, filters: Filters, language: str, now: datetime) -> Found:
    """Return one page of the dates of a house that fit, in two statements."""
    conditions = (*_scoped(scope), *_filtered(filters))
    asked = {"house": house_id, "language": language, "now": to_epoch(now)}
    counted = select(func.count()).select_from(base().where(*conditions).subquery())
    total = int(execute(counted, asked).scalar_one())
    wanted = base().where(*conditions).order_by(*ORDERS[filters.order])
    rows = execute(wanted.limit(PAGE).offset(PAGE * (filters.page - 1)), asked)
    return Found(tuple(_date(row) for row in rows), total)


def date_of_staff(
    occurrence_id: int, *, house_id: int, scope: Scope, language: str, now: datetime
) -> StaffDate:
    """Return one date; raises NotFound for one of another house, another programme, or another host."""
    asked = {"house": house_id, "language": language, "now": to_epoch(now)}
    row = execute(base().where(Occurrence.id == occurrence_id, *_scoped(scope)), asked).one_or_none()
    if row is None:
        raise NotFound
    return _date(row)


def unstaffed(
    house_id: int,
    *,
    scope: Scope,
    language: str,
    now: datetime,
    until: datetime | None = None,
    most: int = 20,
) -> list[StaffDate]:
    """Return the dates to come that lack hosts, earliest first, in one statement."""
    asked = {"house": house_id, "language": language, "now": to_epoch(now)}
    conditions = [to_epoch(now) < STARTS, *_scoped(scope), IS_UNSTAFFED]
    if until is not None:
        conditions.append(to_epoch(until) > STARTS)
    rows = execute(base().where(*conditions).order_by(*ORDERS["start"]).limit(most), asked)
    return [_date(row) for row in rows]


def _scoped(scope: Scope) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if scope.programme_ids is not None:
        found.append(Offering.programme_id.in_(sorted(scope.programme_ids)))
    if scope.host_id is not None:
        found.append(_given_by(scope.host_id))
    return found


def _filtered(filters: Filters) -> list[ColumnElement[bool]]:
    plain: tuple[tuple[Any, ColumnElement[bool]], ...] = (
        (filters.offering_id, Occurrence.offering_id == filters.offering_id),
        (filters.programme_id, Offering.programme_id == filters.programme_id),
        (filters.state, Occurrence.state == filters.state),
        (filters.place_id, Occurrence.place_id == filters.place_id),
        (filters.language, Occurrence.language == filters.language),
        (filters.is_unstaffed, IS_UNSTAFFED),
    )
    found = [condition for value, condition in plain if value]
    if filters.first is not None:
        found.append(to_epoch(filters.first) <= STARTS)
    if filters.last is not None:
        found.append(to_epoch(filters.last) > STARTS)
    if filters.host_id:
        found.append(_given_by(filters.host_id))
    if filters.places:
        found.append(PLACES[filters.places])
    return found


def _given_by(host_id: int) -> ColumnElement[bool]:
    return exists(
        select(OccurrenceHost.host_id).where(
            OccurrenceHost.occurrence_id == Occurrence.id, OccurrenceHost.host_id == host_id
        )
    )


_EMPTY: Mapping[str, Any] = {"place_names": {}, "limited_by": {}, "hosts": "", "cancel_reason": {}}


def _date(row: Row[Any]) -> StaffDate:
    values = dict(row._mapping)
    for name, empty in _EMPTY.items():
        values[name] = values[name] or empty
    return StaffDate(**values)
