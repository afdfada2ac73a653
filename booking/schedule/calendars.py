"""Calendars of hosts and rooms, loaded for the slot engine: weekly hours, changed days, absences."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, or_, select, type_coerce

from booking.db import execute
from booking.houses.facts import House
from booking.houses.school_holidays import school_holidays
from booking.schedule.availability_models import (
    Absence,
    AvailabilityOverride,
    AvailabilityRule,
    OverrideWindow,
)
from booking.schedule.openings import MIDNIGHT, Calendar, Days, Hours, Override, Weekly
from booking.timekit.instants import day_bounds, to_epoch
from booking.timekit.intervals import Span
from booking.timekit.school_holidays import Period, Validity, outside, within

Owner = tuple[str, int]
"""Whose hours: ``("host", id)`` or ``("place", id)``."""

_CHAIN = timedelta(days=370)  # the engine follows overlapping windows back for a year
_ALWAYS = (Weekly(Hours(0, MIDNIGHT), frozenset(range(7))),)


@dataclass(frozen=True, slots=True)
class Calendars:
    """What was loaded, by owner."""

    zone: str
    periods: tuple[Period, ...]
    rules: Mapping[Owner, Sequence[Any]]
    overrides: Mapping[Owner, tuple[Override, ...]]
    absences: Mapping[Owner, tuple[Days | Span, ...]]

    def of_host(self, host_id: int, *, offering_id: int, medium: str) -> Calendar:
        """Return when a host can give an offering in a medium: never, without hours."""
        owner = ("host", host_id)
        return self._calendar(owner, self._weekly(owner, offering_id, medium))

    def of_place(self, place_id: int, *, offering_id: int, medium: str) -> Calendar | None:
        """Return when a room can be used, or None where nothing restricts it.

        A room without weekly hours is open at any time but on the days that have hours of their own, and
        while it is out of use.
        """
        owner = ("place", place_id)
        if owner in self.rules:
            return self._calendar(owner, self._weekly(owner, offering_id, medium))
        if owner in self.overrides or owner in self.absences:
            return self._calendar(owner, _ALWAYS)
        return None

    def of_owner(self, owner: Owner) -> Calendar | None:
        """Return all hours of a host or room, for whatever offering and medium they are; None as for a room."""
        kind, number = owner
        every = {(row.offering_id, row.medium) for row in self.rules.get(owner, ())}
        if kind == "place" and not every:
            return self.of_place(number, offering_id=0, medium="")
        weekly = [one for offering_id, medium in every for one in self._weekly(owner, offering_id, medium)]
        return self._calendar(owner, tuple(dict.fromkeys(weekly)))

    def at_all(self, owner: Owner) -> Calendar:
        """Return when a host or room is there for any offering, in any medium."""
        rules = (
            self._rule(frozenset((row.weekday,)), *tuple(row)[_WHEN:]) for row in self.rules.get(owner, ())
        )
        return self._calendar(owner, tuple(one for some in rules for one in some))

    def _calendar(self, owner: Owner, weekly: tuple[Weekly, ...]) -> Calendar:
        return Calendar(self.zone, weekly, self.overrides.get(owner, ()), self.absences.get(owner, ()))

    def _weekly(self, owner: Owner, offering_id: int | None, medium: str | None) -> tuple[Weekly, ...]:
        weekdays: defaultdict[tuple[Any, ...], set[int]] = defaultdict(set)
        for row in self.rules.get(owner, ()):
            if row.offering_id in (None, offering_id) and row.medium in (None, medium):
                weekdays[tuple(row)[_WHEN:]].add(row.weekday)
        return tuple(one for rule, days in weekdays.items() for one in self._rule(frozenset(days), *rule))

    def _rule(
        self,
        weekdays: frozenset[int],
        start: int,
        end: int,
        parity: int | None,
        ordinal: int | None,
        valid_from: date | None,
        valid_until: date | None,
        school: str,
    ) -> Iterable[Weekly]:
        """Yield a rule once, or once for each stretch of time in or between the school holidays."""
        ordinals = frozenset(() if ordinal is None else (ordinal,))
        for first, last in _VALIDITIES[school](self.periods, valid_from, valid_until):
            yield Weekly(Hours(start, end), weekdays, first, last, parity, ordinals)


def _whole(_periods: Sequence[Period], first: date | None, last: date | None) -> Iterable[Validity]:
    return ((first, last),)


_VALIDITIES: Mapping[str, Callable[[Sequence[Period], date | None, date | None], Iterable[Validity]]] = {
    "any": _whole,
    "never": outside,
    "only": within,
}


def load(
    house: House, *, host_ids: Iterable[int], place_ids: Iterable[int], first: date, last: date
) -> Calendars:
    """Return the calendars of hosts and places for the local dates ``first`` to ``last``, in three statements.

    Where the school holidays of the state are not known, rules that depend on them are read as if there
    were none.
    """
    asked = {
        "hosts": list(host_ids),
        "places": list(place_ids),
        "first": first,
        "last": last,
        "earliest": first - _CHAIN,
        "begin": to_epoch(day_bounds(first, house.zone)[0]),
        "end": to_epoch(day_bounds(last, house.zone)[1]),
    }
    rules = _by_owner(execute(_RULES, asked))
    overrides = {owner: _overrides(rows) for owner, rows in _by_owner(execute(_OVERRIDES, asked)).items()}
    absences = {owner: _absences(rows) for owner, rows in _by_owner(execute(_ABSENCES, asked)).items()}
    known = school_holidays(house)
    return Calendars(house.zone, known.periods if known else (), rules, overrides, absences)


def _by_owner(rows: Iterable[Row[Any]]) -> dict[Owner, list[Row[Any]]]:
    found: defaultdict[Owner, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        owner = ("place", row.place_id) if row.host_id is None else ("host", row.host_id)
        found[owner].append(row)
    return dict(found)


def _overrides(rows: Sequence[Row[Any]]) -> tuple[Override, ...]:
    windows: dict[date, list[Hours]] = {}
    for row in rows:
        of_day = windows.setdefault(row.day, [])
        if row.start_minute is not None:
            of_day.append(Hours(row.start_minute, row.end_minute))
    return tuple(Override(day, tuple(hours)) for day, hours in windows.items())


def _absences(rows: Sequence[Row[Any]]) -> tuple[Days | Span, ...]:
    return tuple(
        (row.starts_at, row.ends_at) if row.first_day is None else Days(row.first_day, row.last_day)
        for row in rows
    )


def _mine(table: type[AvailabilityRule | AvailabilityOverride | Absence]) -> Any:
    return or_(
        table.host_id.in_(bindparam("hosts", expanding=True)),
        table.place_id.in_(bindparam("places", expanding=True)),
    )


_RULES = (
    select(
        AvailabilityRule.host_id,
        AvailabilityRule.place_id,
        AvailabilityRule.offering_id,
        AvailabilityRule.medium,
        AvailabilityRule.weekday,
        AvailabilityRule.start_minute,
        AvailabilityRule.end_minute,
        AvailabilityRule.parity,
        AvailabilityRule.ordinal,
        AvailabilityRule.valid_from,
        AvailabilityRule.valid_until,
        AvailabilityRule.school_holidays,
    )
    .where(_mine(AvailabilityRule))
    .order_by(AvailabilityRule.id)
)
_WHEN = 5  # the columns from start_minute on
_OVERRIDES = (
    select(
        AvailabilityOverride.host_id,
        AvailabilityOverride.place_id,
        AvailabilityOverride.day,
        OverrideWindow.start_minute,
        OverrideWindow.end_minute,
    )
    .outerjoin(OverrideWindow, OverrideWindow.override_id == AvailabilityOverride.id)
    .where(
        _mine(AvailabilityOverride),
        AvailabilityOverride.day.between(bindparam("earliest"), bindparam("last")),
    )
    .order_by(AvailabilityOverride.day, OverrideWindow.start_minute)
)
_starts, _ends = type_coerce(Absence.starts_at, BigInteger), type_coerce(Absence.ends_at, BigInteger)
_ABSENCES = (
    select(
        Absence.host_id,
        Absence.place_id,
        Absence.first_day,
        Absence.last_day,
        _starts.label("starts_at"),
        _ends.label("ends_at"),
    )
    .where(
        _mine(Absence),
        or_(
            (Absence.first_day <= bindparam("last")) & (Absence.last_day >= bindparam("first")),
            (_starts < bindparam("end")) & (_ends > bindparam("begin")),
        ),
    )
    .order_by(Absence.id)
)
"""Statements made once: making them costs more than running them."""
