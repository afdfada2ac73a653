"""Limits: so many attempts of a kind in a window; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.timekit.instants import from_epoch, to_epoch


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``attempts`` in any window of ``window``; windows start at multiples of it since 1970."""

    name: str
    attempts: int
    window: timedelta

    def window_end(self, now: datetime) -> datetime:
        """Return the instant at which the window of ``now`` ends."""
        length = int(self.window.total_seconds())
        return from_epoch((to_epoch(now) // length + 1) * length)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody, as a keyed hash, tries what ``limit`` bounds."""

    limit: Limit
    who: str

    @property
    def key(self) -> str:
        return f"{self.limit.name}:{self.who}"
