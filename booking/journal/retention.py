"""Deed of the worker: delete what happened so long ago that nobody may know it any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from booking.db import execute, unit_of_work
from booking.journal.models import Event

KEPT = timedelta(days=365)  # 12 months, ids only (the table of what is kept how long)
BATCH = 1000


def run(*, now: datetime, batch: int = BATCH) -> int:
    """Delete events older than KEPT, ``batch`` in a unit of work, and return how many; may run on two machines."""
    deleted = 0
    while gone := unit_of_work(lambda: _delete(now, batch)):
        deleted += gone
    return deleted


def _delete(now: datetime, batch: int) -> int:
    due = select(Event.id).where(Event.happened_at <= now - KEPT).order_by(Event.id).limit(batch)
    return len(execute(delete(Event).where(Event.id.in_(due)).returning(Event.id)).all())
