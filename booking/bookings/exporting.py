"""Deed of staff: take the bookings of a list along; who took how many is noted."""

from datetime import datetime

from booking.bookings import staff_lists
from booking.bookings.staff_lists import Listed, Wanted
from booking.journal import service as journal
from booking.people.permissions import Acting


def export(acting: Acting, wanted: Wanted, *, zone: str, language: str, now: datetime) -> list[Listed]:
    """Return the bookings of the own programmes that a list holds, and note in the journal how many left."""
    rows = staff_lists.exported(acting, wanted, zone=zone, language=language, now=now)
    journal.record(
        "bookings.exported",
        house_id=acting.house_id,
        actor=acting.actor,
        object_kind="house",
        object_id=acting.house_id,
        now=now,
        bookings=len(rows),
    )
    return rows
