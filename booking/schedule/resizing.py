"""Deeds on the seats of a date that changes: how many are taken, and how they follow it to another time or size."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from booking.db import execute
from booking.schedule import service
from booking.schedule.models import Allocation, Claim
from booking.timekit.instants import to_epoch


def taken_now(resource_id: int, *, now: datetime) -> int:
    """Return how many seats of a locked resource are taken, after freeing those of holds that are over."""
    over = select(Claim.id).where(Claim.expires_at <= to_epoch(now))
    execute(delete(Allocation).where(Allocation.resource_id == resource_id, Allocation.claim_id.in_(over)))
    taken = select(func.coalesce(func.sum(Allocation.quantity), 0))
    return int(execute(taken.where(Allocation.resource_id == resource_id)).scalar_one())


def resize(
    resource_id: int, *, before: int, seats: int, span: tuple[datetime, datetime], now: datetime
) -> None:
    """Let there be so many seats at a time, with all that is taken of them; the guard has the last word."""
    if seats > before:
        service.change_capacity(resource_id, seats, now=now)
    starts_at, ends_at = map(to_epoch, span)
    mine = update(Allocation).where(Allocation.resource_id == resource_id)
    is_elsewhere = (Allocation.starts_at != starts_at) | (Allocation.ends_at != ends_at)
    execute(mine.where(is_elsewhere).values(starts_at=starts_at, ends_at=ends_at))
    if seats < before:
        service.change_capacity(resource_id, seats, now=now)
