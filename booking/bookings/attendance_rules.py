"""Rules of check-in: how many of a party may be noted, when, and what can be taken back; pure."""

from collections.abc import Mapping
from datetime import datetime

from booking.bookings import staff_refusals, states
from booking.timekit.instants import local_date

MOST = 999


def check_came(party: Mapping[str, int], came: Mapping[str, int]) -> dict[str, int]:
    """Return who came, without categories of which nobody did.

    Children may have come in place of adults: only the sum is bounded by what
    was booked.  Raises NobodyCame, or MoreThanBooked: there are no seats for
    the others until they are booked.
    """
    counted = {category: people for category, people in came.items() if people}
    if any(people < 0 for people in counted.values()) or not counted:
        raise staff_refusals.NobodyCame
    booked = sum(party.values())
    if sum(counted.values()) > booked:
        raise staff_refusals.MoreThanBooked(booked=booked)
    return counted


def check_day(starts_at: datetime, *, zone: str, now: datetime) -> None:
    """Raise TooEarlyToCheckIn before the local day of the date; late is never too late."""
    if local_date(now, zone) < local_date(starts_at, zone):
        raise staff_refusals.TooEarlyToCheckIn


def check_over(ends_at: datetime, *, now: datetime) -> None:
    """Raise NotOverYet while a date may still be reached: somebody who is late has not stayed away."""
    if now < ends_at:
        raise staff_refusals.NotOverYet


def check_expected(state: str) -> None:
    """Raise NotExpected for a booking that nobody awaits at the door: cancelled, not confirmed, expired."""
    if state not in states.AT_THE_DOOR:
        raise staff_refusals.NotExpected
