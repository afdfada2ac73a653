"""Deed of the worker: erase what has been kept long enough."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from booking.bookings import (
    access_needs,
    access_queries,
    changing,
    confirming,
    holding,
    holding_back,
    rules,
    states,
    sweeping,
    walking_in,
)
from booking.bookings.models import Booking
from booking.bookings.service import thread_of
from booking.db import execute, unit_of_work
from booking.journal import service as journal
from booking.limits import service as limits
from booking.links import service as links
from booking.messages import outbox
from booking.schedule import taking

BATCH = 200
LINKS_REMEMBERED = timedelta(
    days=365
)  # so that an old address is told that it is over, not that it never was


@dataclass(frozen=True, slots=True)
class Erased:
    """How many bookings, mails and holds were erased."""

    bookings: int
    mails: int
    holds: int


def run(*, now: datetime) -> Erased:
    """Erase what is due, in small units of work; may run twice, and on two machines at once."""
    for booking_id in unit_of_work(lambda: confirming.unconfirmed(now=now)):
        unit_of_work(partial(confirming.expire, booking_id, now=now))
    for occurrence_id in unit_of_work(lambda: holding_back.due(now=now)):
        unit_of_work(partial(holding_back.release_due, occurrence_id, now=now))
    holds = unit_of_work(lambda: taking.expired_claims(now=now))
    for claim_id in holds:
        unit_of_work(partial(taking.release_expired, claim_id, now=now))
    for booking_id in unit_of_work(lambda: access_queries.over(now=now)):
        unit_of_work(partial(access_needs.forget_after_visit, booking_id, now=now))
    bookings = _erase_bookings(now=now)
    mails = unit_of_work(lambda: outbox.forget_done(before=now - rules.MAIL_KEPT))
    unit_of_work(lambda: links.forget_expired(before=now - LINKS_REMEMBERED))
    unit_of_work(lambda: limits.forget_before(now))
    unit_of_work(lambda: walking_in.forget_before((now - walking_in.TICKETS_KEPT).date()))
    sweeping.run(now=now)
    unit_of_work(lambda: holding.forget_before(now - rules.HOLDS_REMEMBERED))
    return Erased(bookings=bookings, mails=mails, holds=len(holds))


def _erase_bookings(*, now: datetime) -> int:
    erased = 0
    while due := unit_of_work(lambda: _due(now)):
        for booking_id, house_id in due:
            unit_of_work(partial(_forget, booking_id, house_id, now=now))
        erased += len(due)
    return erased


def _due(now: datetime) -> list[tuple[int, int]]:
    """Return bookings whose visit was, or would have been, long enough ago, and those that nobody confirmed."""
    is_over = Booking.ends_at <= now - rules.KEPT_AFTER_VISIT
    is_nobodys = (Booking.state == states.EXPIRED) & (Booking.changed_at <= now - rules.KEPT_UNCONFIRMED)
    wanted = select(Booking.id, Booking.house_id).where(is_over | is_nobodys, Booking.erased_at.is_(None))
    return [(row.id, row.house_id) for row in execute(wanted.order_by(Booking.id).limit(BATCH))]


def _forget(booking_id: int, house_id: int, *, now: datetime) -> None:
    """Forget a booking unless somebody else just did; what could not be sent until now is not sent any more."""
    mine = select(Booking.id).where(Booking.id == booking_id, Booking.erased_at.is_(None))
    if execute(mine.with_for_update()).scalar() is None:
        return
    outbox.withdraw(thread_of(booking_id), now=now)
    changing.forget(booking_id, now=now)
    journal.record(
        "booking.expired",
        house_id=house_id,
        actor="system",
        object_kind="booking",
        object_id=booking_id,
        now=now,
    )
