"""School holidays of a state: they are set, not computed, so they come as data, until a day; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

Validity = tuple[date | None, date | None]
"""The first and the last date on which something holds, both included; None: without bound."""

_ONE_DAY = timedelta(days=1)


class UnfitHolidays(ValueError):
    """The data are no school holidays; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates without school, first and last included, with the name that the state gives them."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class SchoolHolidays:
    """What is known of a state: the periods in their order, and the last date for which they are known."""

    periods: tuple[Period, ...]
    valid_until: date

    def period_of(self, day: date) -> Period | None:
        """Return the period in which a day lies, or None."""
        return next((one for one in self.periods if one.first <= day <= one.last), None)


def parse(data: Mapping[str, Any]) -> SchoolHolidays:
    """Return what a parsed file tells; raises UnfitHolidays for a missing date, a wrong order or an overlap."""
    try:
        periods = tuple(_period(one) for one in data["periods"])
        valid_until = date.fromisoformat(data["valid_until"])
    except (KeyError, TypeError, ValueError) as fault:
        raise UnfitHolidays(f"{type(fault).__name__}: {fault}") from fault
    ordered = tuple(sorted(periods, key=lambda one: one.first))
    for one, other in pairwise(ordered):
        if other.first <= one.last:
            raise UnfitHolidays(f"{one.name} and {other.name} overlap on {other.first}")
    return SchoolHolidays(ordered, valid_until)


def within(periods: Sequence[Period], first: date | None, last: date | None) -> Iterator[Validity]:
    """Yield the parts of a validity that lie in one of the periods."""
    for period in periods:
        begin = max(first or date.min, period.first)
        end = min(last or date.max, period.last)
        if begin <= end:
            yield begin, end


def outside(periods: Sequence[Period], first: date | None, last: date | None) -> Iterator[Validity]:
    """Yield the parts of a validity that lie between the periods, before and after them; they are in order."""
    begin = first
    for period in periods:
        if last is not None and period.first > last:
            break
        if begin is None or begin < period.first:
            yield begin, period.first - _ONE_DAY
        begin = max(begin or date.min, period.last + _ONE_DAY)
    if last is None or begin is None or begin <= last:
        yield begin, last


def _period(one: Mapping[str, Any]) -> Period:
    first, last = date.fromisoformat(one["first"]), date.fromisoformat(one["last"])
    if last < first:
        raise ValueError(f"{one['name']} ends before it begins")
    return Period(one["name"], first, last)
