"""Deed: note that somebody cannot be reached by mail, so that staff phone."""

from datetime import datetime

from sqlalchemy import update

from booking.bookings.models import Booking
from booking.db import execute
from booking.journal import service as journal


def mark_unreachable(thread: str, *, recipient: str, now: datetime) -> None:
    """Note that mail to the booker of this thread could not be delivered: staff phone.

    Mail to an address that has been corrected since says nothing about the new one.
    """
    kind, _, number = thread.partition(":")
    if kind != "booking":
        return
    found = update(Booking).where(
        Booking.id == int(number), Booking.email == recipient, Booking.erased_at.is_(None)
    )
    house_id = execute(
        found.values(unreachable_at=now, version=Booking.version).returning(Booking.house_id)
    ).scalar()
    if house_id:
        journal.record(
            "booking.unreachable",
            house_id=house_id,
            actor="system",
            object_kind="booking",
            object_id=int(number),
            now=now,
        )
