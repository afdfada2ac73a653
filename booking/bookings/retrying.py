"""Deeds that are done again: others were faster, and somebody else may be free."""

from collections.abc import Callable
from typing import TypeVar

from booking.bookings.refusals import TryAgain
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.schedule.refusals import Taken

TRIES = 10
T = TypeVar("T")


def once_more(deed: Callable[[], T]) -> T:
    """Do a deed, and again where the same form came twice at the same moment.

    What is taken may be taken by the first of the two: the second one looks once more.
    """
    try:
        return _again(deed, TryAgain)
    except Taken:
        return _again(deed, TryAgain)


def with_anybody(deed: Callable[[], T]) -> T:
    """Do a deed that takes a slot, and again where others took its team: another one may be free."""
    return _again(deed, (TryAgain, Taken))


def _again(deed: Callable[[], T], after: type[DomainError] | tuple[type[DomainError], ...]) -> T:
    for _try in range(TRIES - 1):
        try:
            return unit_of_work(deed)
        except after:
            continue
    return unit_of_work(deed)
