"""Bounds of holding: what one client may keep, and what looks suspicious."""

from datetime import datetime

from booking.bookings import hold_queries
from booking.bookings.hold_queries import Activity
from booking.bookings.refusals import TooManyHolds
from booking.bookings.rules import Bounds
from booking.limits import service as limits
from booking.limits.rules import Attempt, Limit


def within_bounds(
    client: str, bounds: Bounds, *, house_id: int, occurrence_id: int = 0, now: datetime
) -> Activity:
    """Count the client's attempt, one after the other, and return what it holds; raises TooManyHolds."""
    if not limits.count([_attempt(client, bounds)], now=now):
        raise TooManyHolds
    found = hold_queries.activity(client, house_id=house_id, occurrence_id=occurrence_id, now=now)
    if found.alive >= bounds.at_once:
        raise TooManyHolds
    return found


def _attempt(client: str, bounds: Bounds) -> Attempt:
    return Attempt(Limit("hold-client", attempts=bounds.per_client, window=hold_queries.RECENT), client)


def note_refused(client: str, *, bounds: Bounds, now: datetime) -> None:
    """Count an attempt that was refused: its own count went with it, and nobody shall ask without end."""
    limits.count([_attempt(client, bounds)], now=now)
