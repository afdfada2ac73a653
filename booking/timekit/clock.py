"""The only now() in the program."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present instant, in UTC, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


class StoppedClock:
    """A clock that stands still and moves on request: for tests, demos and photographs."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._now

    def forward(self, **step: float) -> datetime:
        """Move on by a timedelta's keywords and return the new instant."""
        self._now += timedelta(**step)
        return self._now
