"""When a mail is tried again, and when it is given up; pure."""

from datetime import datetime, timedelta

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=48)
TRIES_AT_LEAST = 10
POISON_TRIES = 5
LEASE = timedelta(minutes=3)


def delay_after(tries: int, *, jitter: float) -> timedelta:
    """Return how long to wait after the n-th failed try: doubling, at most an hour, ± 25 % by ``jitter`` in [0, 1)."""
    grown: timedelta = min(FIRST_DELAY * 2 ** min(tries - 1, 16), LONGEST_DELAY)
    return grown * (0.75 + jitter / 2)


def is_given_up(created_at: datetime, *, tries: int, now: datetime) -> bool:
    """Return whether nobody tries any more: after two days, and not before the tenth try.

    A house that was switched off over a weekend tries its mails anew.
    """
    return now - created_at >= GIVE_UP_AFTER and tries >= TRIES_AT_LEAST
