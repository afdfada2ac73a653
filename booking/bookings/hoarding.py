"""Bounds of holding: what one client may keep, and what looks suspicious."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from booking.bookings import hold_queries
from booking.bookings.hold_queries import Activity, HoldPage
from booking.bookings.refusals import TooManyHolds
from booking.bookings.rules import Bounds
from booking.limits import service as limits
from booking.limits.rules import Attempt, Limit


def within_bounds(
    client: str,
    bounds: Bounds,
    *,
    house_id: int,
    occurrence_id: int = 0,
    leaving: Iterable[HoldPage] = (),
    now: datetime,
) -> Activity:
    """Count the client's attempt, one after the other, and return what else it holds; raises TooManyHolds.

    ``leaving``  holds that end with this attempt: those of the client do not count any more
    """
    if not limits.count([_attempt(client, bounds)], now=now):
        raise TooManyHolds
    found = hold_queries.activity(client, house_id=house_id, occurrence_id=occurrence_id, now=now)
    own = [one for one in leaving if one.client == client and one.expires_at > now]
    if found.alive - len(own) >= bounds.at_once:
        raise TooManyHolds
    people = sum(one.people for one in own if one.occurrence_id == occurrence_id)
    return replace(found, alive=found.alive - len(own), people=found.people - people)


def _attempt(client: str, bounds: Bounds) -> Attempt:
    return Attempt(Limit("hold-client", attempts=bounds.per_client, window=hold_queries.RECENT), client)


def note_refused(client: str, *, bounds: Bounds, now: datetime) -> None:
    """Count an attempt that was refused: its own count went with it, and nobody shall ask without end."""
    limits.count([_attempt(client, bounds)], now=now)
