"""Deeds of people who come without booking: draw a number, give it back."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Row, delete, func, select

from booking.bookings import queueing, walk_in_hours
from booking.bookings import walk_in_refusals as refusals
from booking.bookings.ticket_states import CALLED, LEFT, WAITING
from booking.bookings.walk_in_models import QueueDay, Ticket
from booking.bookings.walk_in_queries import Drawn
from booking.db import execute
from booking.houses.facts import House
from booking.timekit.instants import local_date

MOST_WAITING = 100  # bounds what somebody with too much time can do to a queue
TICKETS_KEPT = timedelta(days=7)


def draw(offering_id: int, *, house: House, once: str, now: datetime) -> Drawn:
    """Give a visitor the next number of today.

    ``once``  the key of the form: the same key gives the same number again
    Raises NotOpen, NoMoreNumbers and QueueFull; FormUsedElsewhere for the key of another queue.
    """
    check = partial(_check, offering_id, house=house, now=now)
    return queueing.give_number(
        offering_id, house=house, once=once, actor=queueing.VISITOR, now=now, check=check
    )


def leave(ticket_id: int, *, house: House, now: datetime) -> None:
    """Give a number back; a second time changes nothing.

    Raises OtherDay, and TicketOver when it has had its turn.
    """
    row = execute(select(Ticket.offering_id, Ticket.day).where(Ticket.id == ticket_id)).one_or_none()
    if row is None or row.day != local_date(now, house.zone):
        raise refusals.OtherDay
    queueing.lock(row.offering_id, house=house, now=now)
    state = execute(select(Ticket.state).where(Ticket.id == ticket_id)).scalar()
    if state == LEFT:
        return
    if state not in (WAITING, CALLED):
        raise refusals.TicketOver
    queueing.change(ticket_id, LEFT, desk=None, house=house, now=now)


def forget_before(day: date) -> None:
    """Delete the tickets and queues of earlier days; what happened stays in the journal."""
    execute(delete(Ticket).where(Ticket.day < day))
    execute(delete(QueueDay).where(QueueDay.day < day))


def _check(offering_id: int, queue: Row[Any], *, house: House, now: datetime) -> None:
    """Raise the refusal that forbids a visitor to draw a number now, if one does."""
    if queue.stopped_at is not None:
        raise refusals.NoMoreNumbers
    if not walk_in_hours.opening(offering_id, house=house, now=now).is_open:
        raise refusals.NotOpen
    mine = (Ticket.offering_id == offering_id) & (Ticket.day == local_date(now, house.zone))
    waiting = select(func.count()).select_from(Ticket).where(mine, Ticket.state == WAITING)
    if int(execute(waiting).scalar_one()) >= MOST_WAITING:
        raise refusals.QueueFull
