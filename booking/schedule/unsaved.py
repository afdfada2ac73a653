"""Calendars as they would be: with other weekly hours, another day or an absence that nobody has saved; pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from booking.schedule.calendars import Calendars, Owner
from booking.schedule.hours import Of, Rule
from booking.schedule.openings import Days, Hours, Override
from booking.timekit.intervals import Span


class _Row(NamedTuple):
    """A rule in the order of the columns that ``calendars`` loads."""

    host_id: int | None
    place_id: int | None
    offering_id: int | None
    medium: str | None
    weekday: int
    start_minute: int
    end_minute: int
    parity: int | None
    ordinal: int | None
    valid_from: date | None
    valid_until: date | None
    school_holidays: str


def owner_of(of: Of) -> Owner:
    """Return whose hours they are, as the calendars name it."""
    return ("place", of.place_id or 0) if of.host_id is None else ("host", of.host_id)


def with_rules(known: Calendars, of: Of, rules: Iterable[Rule]) -> Calendars:
    """Return the calendars with these weekly hours in place of those of one host or room."""
    others = {owner: rows for owner, rows in known.rules.items() if owner != owner_of(of)}
    rows = [_row(of, rule) for rule in rules]
    return replace(known, rules=others | ({owner_of(of): rows} if rows else {}))


def with_override(known: Calendars, of: Of, day: date, windows: Iterable[tuple[int, int]]) -> Calendars:
    """Return the calendars with windows of its own for one date; none: closed."""
    owner = owner_of(of)
    changed = Override(day, tuple(Hours(*window) for window in windows))
    kept = [one for one in known.overrides.get(owner, ()) if one.day != day]
    return replace(known, overrides={**known.overrides, owner: (*kept, changed)})


def with_absence(known: Calendars, of: Of, when: Days | Span) -> Calendars:
    """Return the calendars with one more absence."""
    owner = owner_of(of)
    return replace(known, absences={**known.absences, owner: (*known.absences.get(owner, ()), when)})


def _row(of: Of, rule: Rule) -> _Row:
    return _Row(
        of.host_id,
        of.place_id,
        rule.offering_id,
        rule.medium,
        rule.weekday,
        rule.start_minute,
        rule.end_minute,
        rule.parity,
        rule.ordinal,
        rule.valid_from,
        rule.valid_until,
        rule.school_holidays,
    )
