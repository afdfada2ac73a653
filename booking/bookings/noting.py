"""Deeds of staff: write a note beside a booking, take one's own back; the reasons told to bookers stand here, too.

What stands in a note is in no mail, journal or log; it is erased with the booking.
"""

from datetime import datetime

from sqlalchemy import delete, insert, select

from booking.bookings.models import Booking
from booking.bookings.staff_models import NOTE, REASON, BookingNote
from booking.db import execute
from booking.errors import Gone, NotFound
from booking.journal import service as journal


def write(booking_id: int, words: str, *, staff_id: int, now: datetime) -> None:
    """Write a note beside a booking, for staff alone; raises NotFound, and Gone for an erased booking."""
    house_id = _house_of(booking_id)
    _insert(booking_id, words, NOTE, staff_id=staff_id, now=now)
    _record("booking.noted", booking_id, house_id=house_id, staff_id=staff_id, now=now)


def take_back(note_id: int, *, booking_id: int, staff_id: int, now: datetime) -> None:
    """Delete a note that this person wrote; a second time changes nothing.  Raises NotFound for anybody else's."""
    house_id = _house_of(booking_id)
    mine = (BookingNote.id == note_id) & (BookingNote.booking_id == booking_id) & (BookingNote.kind == NOTE)
    found = execute(select(BookingNote.staff_id).where(mine)).one_or_none()
    if found is None:
        return
    if found.staff_id != staff_id:
        raise NotFound
    execute(delete(BookingNote).where(mine))
    _record("booking.note_deleted", booking_id, house_id=house_id, staff_id=staff_id, now=now)


def keep_reason(booking_id: int, reason: str, *, staff_id: int | None, now: datetime) -> None:
    """Keep the reason that a booker is told, for the booking's page."""
    _insert(booking_id, reason, REASON, staff_id=staff_id, now=now)


def forget(booking_id: int) -> None:
    """Delete all notes beside a booking."""
    execute(delete(BookingNote).where(BookingNote.booking_id == booking_id))


def _house_of(booking_id: int) -> int:
    """Return the house of a booking, which is locked: it is not erased while somebody writes."""
    wanted = select(Booking.house_id, Booking.erased_at).where(Booking.id == booking_id).with_for_update()
    row = execute(wanted).one_or_none()
    if row is None:
        raise NotFound
    if row.erased_at is not None:
        raise Gone
    return int(row.house_id)


def _insert(booking_id: int, words: str, kind: str, *, staff_id: int | None, now: datetime) -> None:
    row = {"booking_id": booking_id, "staff_id": staff_id, "kind": kind, "words": words, "written_at": now}
    execute(insert(BookingNote).values(**row))


def _record(deed: str, booking_id: int, *, house_id: int, staff_id: int, now: datetime) -> None:
    journal.record(
        deed,
        house_id=house_id,
        actor=f"staff:{staff_id}",
        object_kind="booking",
        object_id=booking_id,
        now=now,
    )
