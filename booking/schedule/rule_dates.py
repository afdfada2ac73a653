"""On which dates weekly hours open, and which of them overlap: told while they are typed; pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from booking.schedule.calendars import Calendars
from booking.schedule.hours import Of, Rule
from booking.schedule.openings import Calendar
from booking.schedule.previewing import dates_of, open_spans
from booking.schedule.unsaved import owner_of, with_rules
from booking.timekit.instants import day_bounds, to_epoch
from booking.timekit.intervals import intersect

AHEAD = timedelta(days=400)


def next_dates(rule: Rule, known: Calendars, of: Of, *, today: date, most: int = 3) -> list[date]:
    """Return the next local dates on which a rule alone would open, within 400 days."""
    return dates_of(_alone(rule, known, of), first=today, last=today + AHEAD)[:most]


def overlapping(rules: Sequence[Rule], known: Calendars, of: Of, *, today: date) -> list[tuple[int, int]]:
    """Return the pairs of places at which rules for the same offering and medium open at the same time.

    They are looked at for 400 days from today on.
    """
    since, until = (to_epoch(day_bounds(day, known.zone)[0]) for day in (today, today + AHEAD))
    spans = [open_spans(_alone(rule, known, of), since=since, until=until) for rule in rules]
    return [
        (one, other)
        for one in range(len(rules))
        for other in range(one + 1, len(rules))
        if _same_scope(rules[one], rules[other]) and intersect(spans[one], spans[other])
    ]


def _alone(rule: Rule, known: Calendars, of: Of) -> Calendar:
    bare = replace(known, overrides={}, absences={})
    found = with_rules(bare, of, [rule]).of_owner(owner_of(of))
    assert found is not None
    return found


def _same_scope(one: Rule, other: Rule) -> bool:
    return (one.offering_id, one.medium) == (other.offering_id, other.medium)
