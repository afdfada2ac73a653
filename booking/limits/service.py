"""Deeds: count attempts, forget old counts."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus

from sqlalchemy import TextClause, delete, text, update

from booking.db import execute
from booking.errors import N_, DomainError
from booking.limits.models import AttemptCount
from booking.limits.rules import Attempt
from booking.timekit.instants import to_epoch


class TooMany(DomainError):
    """The attempts of this window are used up."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    message = N_("That was very often in a short time. Please wait a while and try again, or call us.")


def count(attempts: Sequence[Attempt], *, now: datetime) -> bool:
    """Count each attempt, no two of one limit, and return whether all stay within their limits.

    Runs in a unit of work of its own, so that refused attempts are counted
    too; keys are locked in sorted order, by one statement.
    """
    asked = sorted(attempts, key=lambda one: one.key)
    values: dict[str, str | int] = {}
    for number, attempt in enumerate(asked):
        values |= {f"key{number}": attempt.key, f"end{number}": to_epoch(attempt.limit.window_end(now))}
    counted = {row.key: row.attempts for row in execute(_raise(len(asked)), values)}
    return all(counted[attempt.key] <= attempt.limit.attempts for attempt in asked)


@lru_cache(maxsize=8)
def _raise(attempts: int) -> TextClause:
    """Return the statement that counts so many attempts."""
    rows = ", ".join(f"(:key{number}, :end{number}, 1)" for number in range(attempts))
    return text(
        f"INSERT INTO attempt_count (key, window_ends_at, attempts) VALUES {rows}"  # noqa: S608 - numbers of ours
        " ON CONFLICT (key, window_ends_at) DO UPDATE SET attempts = attempt_count.attempts + 1"
        " RETURNING key, attempts"
    )


def give_back(attempt: Attempt, *, now: datetime) -> None:
    """Take one attempt back, because nothing came of it."""
    counted = (AttemptCount.key == attempt.key) & (
        AttemptCount.window_ends_at == attempt.limit.window_end(now)
    )
    lowered = update(AttemptCount).where(counted, AttemptCount.attempts > 0)
    execute(lowered.values(attempts=AttemptCount.attempts - 1))


def forget_before(now: datetime) -> None:
    """Delete the counts of windows that have ended."""
    execute(delete(AttemptCount).where(AttemptCount.window_ends_at <= now))
