"""Deed: lock a booking with all that it holds, in the order of all deeds."""

from collections.abc import Iterable

from sqlalchemy import select

from booking.bookings import access_queries, queries
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.db import execute
from booking.errors import Gone, NotFound, Overtaken
from booking.schedule import taking
from booking.schedule.models import Occurrence


def lock_booking(booking_id: int, *, also: Iterable[int] = ()) -> BookingPage:
    """Return a booking after locking the resources that it holds, further ones, and then its row.

    What a slot's occurrence holds (host, room, equipment) belongs to what its
    booking holds.  Raises NotFound for an unknown booking, Gone for an erased
    one, and Overtaken when it came to hold something else in between: to lock
    that now would break the order.
    """
    locked = {*held_for(booking_id), *also}
    taking.lock(locked)
    execute(select(Booking.id).where(Booking.id == booking_id).with_for_update())
    if not set(held_for(booking_id)) <= locked:
        raise Overtaken
    language = queries.language_of(booking_id)
    try:
        return queries.booking(booking_id, language=language)
    except NotFound as erased:
        raise Gone from erased


def held_for(booking_id: int) -> list[int]:
    """Return the resources that a booking holds, those that a slot's occurrence holds for it, and its needs'."""
    wanted = (
        select(Booking.claim_id, Occurrence.is_slot, Occurrence.claim_id.label("claim_of_slot"))
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .where(Booking.id == booking_id)
    )
    row = execute(wanted).one_or_none()
    if row is None or row.claim_id is None:
        return []
    of_slot = taking.held_by(row.claim_of_slot) if row.is_slot else []
    return taking.held_by(row.claim_id) + of_slot + access_queries.held_for_needs(booking_id)
