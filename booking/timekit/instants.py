"""Instants: aware UTC datetimes in the program, whole epoch seconds in the database."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def to_epoch(instant: datetime) -> int:
    """Return whole seconds since 1970; raises ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} is naive: an instant needs a zone")
    return int(instant.timestamp())


def from_epoch(seconds: int) -> datetime:
    """Return the instant, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def local_date(instant: datetime, zone: str) -> date:
    """Return the calendar day of ``instant`` in ``zone``."""
    return instant.astimezone(ZoneInfo(zone)).date()


def at_wall(day: date, wall: time, zone: str) -> datetime:
    """Return the instant of a wall-clock time in ``zone``, in UTC; a doubled time is its first."""
    return datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return ``[start, end)`` of a local day: 23, 24 or 25 hours apart."""
    return at_wall(day, time(0), zone), at_wall(day + timedelta(days=1), time(0), zone)
