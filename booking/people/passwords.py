"""Passwords: kept as argon2id, checked in the same time whether somebody has one or not (ADR 0021).

What does it is loaded by whoever needs it first: a web process that nobody signs in to saves its 4 MB.
"""

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from booking.people.rules import normalised

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB = 19 * 1024
PASSES = 4
LANES = 1
_one_at_a_time = Lock()  # so that a process needs the memory once, however many sign in


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _one_at_a_time:
        return _hasher().hash(normalised(password))


def fits(password: str, kept: str) -> bool:
    """Return whether a password is the one that was kept; takes as long where none was."""
    from argon2.exceptions import InvalidHashError, VerificationError

    nobodys = _nobodys()
    with _one_at_a_time:
        try:
            _hasher().verify(kept or nobodys, normalised(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Return whether a password was kept with other parameters than today's."""
    return bool(kept) and _hasher().check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return hashed("nobody has this password")
