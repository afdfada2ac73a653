"""Deed of the worker: send the address of a video call the day before."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select, update

from booking.bookings import queries, service, states
from booking.bookings.models import Booking
from booking.db import execute, unit_of_work
from booking.links import queries as links
from booking.messages.facts import VIDEO_ADDRESS
from booking.schedule.models import Occurrence

DAY_BEFORE = timedelta(hours=24)
BATCH = 200


def send_video_addresses(*, now: datetime) -> int:
    """Owe every booker of a video call within the next 24 hours its address, once, and return how many.

    Who books or moves within that time gets it at the next round.  May run
    twice, and on two machines at once.
    """
    told = 0
    while due := unit_of_work(partial(_due, now=now)):
        told += sum(unit_of_work(partial(_tell, booking_id, now=now)) for booking_id in due)
    return told


def _due(*, now: datetime) -> list[int]:
    wanted = (
        select(Booking.id)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .where(
            Occurrence.medium == "video",
            Occurrence.video_room != "",
            Booking.state.in_(sorted(states.CANCELLABLE)),
            Booking.video_told_at.is_(None),
            Booking.erased_at.is_(None),
            Booking.starts_at > now,
            Booking.starts_at <= now + DAY_BEFORE,
        )
    )
    return list(execute(wanted.order_by(Booking.id).limit(BATCH)).scalars())


def _tell(booking_id: int, *, now: datetime) -> bool:
    """Owe the mail unless somebody else just did; the entry in the calendar gets the address, SEQUENCE stays."""
    mine = update(Booking).where(Booking.id == booking_id, Booking.video_told_at.is_(None))
    calls = select(Occurrence.id).where(Occurrence.medium == "video")
    still = mine.where(
        Booking.state.in_(sorted(states.CANCELLABLE)),
        Booking.erased_at.is_(None),
        Booking.occurrence_id.in_(calls),
    )
    if (
        execute(still.values(video_told_at=now, version=Booking.version).returning(Booking.id)).scalar()
        is None
    ):
        return False
    page = queries.booking(booking_id, language=queries.language_of(booking_id))
    link_id = links.newest("manage", subject_id=booking_id) or ""
    service.owe(page, VIDEO_ADDRESS, method="REQUEST", link_id=link_id, now=now)
    return True
