"""Deeds: count attempts, forget old counts."""

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from booking.db import db, execute
from booking.errors import N_, DomainError
from booking.limits.models import AttemptCount
from booking.limits.rules import Attempt


class TooMany(DomainError):
    """The attempts of this window are used up."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    message = N_("That was very often in a short time. Please wait a while and try again, or call us.")


def count(attempts: Sequence[Attempt], *, now: datetime) -> bool:
    """Count each attempt and return whether all stay within their limits.

    Runs in a unit of work of its own, so that refused attempts are counted
    too; keys are locked in sorted order.
    """
    allowed = True
    for attempt in sorted(attempts, key=lambda one: one.key):
        if _raised(attempt, now=now) > attempt.limit.attempts:
            allowed = False
    return allowed


def _upsert(own_insert: Callable[[type[AttemptCount]], Any]) -> Any:
    return (
        own_insert(AttemptCount)
        .on_conflict_do_update(
            index_elements=["key", "window_ends_at"], set_={"attempts": AttemptCount.attempts + 1}
        )
        .returning(AttemptCount.attempts)
    )


_RAISE = {"sqlite": _upsert(sqlite_insert), "postgresql": _upsert(postgresql_insert)}


def _raised(attempt: Attempt, *, now: datetime) -> int:
    row = {"key": attempt.key, "window_ends_at": attempt.limit.window_end(now), "attempts": 1}
    return int(execute(_RAISE[db.engine.dialect.name], row).scalar_one())


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
