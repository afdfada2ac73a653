"""Rules of dates and seats; pure."""

from collections.abc import Iterable
from datetime import datetime

FEW_PLACES = 3
FREE, FEW, FULL, CANCELLED, CLOSED, PAST = "free", "few", "full", "cancelled", "closed", "past"


def units_for(people: int, *, people_per_unit: int) -> int:
    """Return how many units so many people need: one for each started ``people_per_unit``."""
    return -(-people // people_per_unit)


def seats_with(units: int, *, people_per_unit: int, wanted: int) -> int:
    """Return how many of the wanted seats can be published with so many working units."""
    return min(wanted, units * people_per_unit)


def peak(taken: Iterable[tuple[int, int, int]], *, start: int, end: int) -> int:
    """Return the highest load within ``[start, end)`` of (starts_at, ends_at, quantity) rows."""
    overlapping = [row for row in taken if row[0] < end and row[1] > start]
    instants = {start} | {max(row[0], start) for row in overlapping}
    return max(sum(row[2] for row in overlapping if row[0] <= at < row[1]) for at in instants)


def visible_state(state: str, *, starts_at: datetime, last_call: datetime, left: int, now: datetime) -> str:
    """Return what a visitor meets: past, cancelled, closed (too late to book), full, few or free."""
    if starts_at <= now:
        return PAST
    if state == "cancelled":
        return CANCELLED
    if left <= 0:
        return FULL
    if now > last_call:
        return CLOSED
    return FEW if left <= FEW_PLACES else FREE
