"""Deeds of desks, where numbers are called: set up and close a desk, call, serve, put back, stop."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from booking.bookings import queueing, walk_in_queries
from booking.bookings import walk_in_refusals as refusals
from booking.bookings.ticket_states import CALLED, may_become
from booking.bookings.walk_in_models import Desk, Ticket
from booking.bookings.walk_in_queries import DeskPage, Drawn
from booking.db import execute
from booking.errors import NotFound
from booking.houses.facts import House
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.links import service as links
from booking.timekit.instants import local_date

LINK_LASTS = timedelta(days=5 * 365)  # or until somebody revokes it


def set_up(offering_id: int, label: str, *, house: House, actor: str = "system", now: datetime) -> str:
    """Return the id of the link of a desk, made anew unless there is one that has not been revoked."""
    mine = (Desk.offering_id == offering_id) & (Desk.label == label)
    desk_id = execute(select(Desk.id).where(mine)).scalar()
    if desk_id is None:
        row = {"house_id": house.id, "offering_id": offering_id, "label": label, "created_at": now}
        desk_id = execute(insert(Desk).returning(Desk.id), row).scalar_one()
    known = link_queries.newest("desk", subject_id=desk_id)
    if known is not None:
        return known
    expires_at = now + LINK_LASTS
    link_id = links.make("desk", house_id=house.id, subject_id=desk_id, expires_at=expires_at, now=now)
    _record("desk.set_up", desk_id, house_id=house.id, actor=actor, now=now)
    return link_id


def close(offering_id: int, label: str, *, house: House, now: datetime) -> bool:
    """Let the address of a desk open nothing any more; return whether there is such a desk."""
    mine = (Desk.offering_id == offering_id) & (Desk.label == label) & (Desk.house_id == house.id)
    desk_id = execute(select(Desk.id).where(mine)).scalar()
    if desk_id is None:
        return False
    links.revoke("desk", subject_id=desk_id, now=now)
    _record("desk.closed", desk_id, house_id=house.id, actor="system", now=now)
    return True


def draw(desk: DeskPage, *, house: House, once: str, now: datetime) -> Drawn:
    """Give the next number to somebody who stands at the desk: whoever sits there decides, not the hours."""
    actor = queueing.actor_of(desk)
    return queueing.give_number(desk.offering.id, house=house, once=once, actor=actor, now=now)


def call_next(desk: DeskPage, *, last: int, house: House, now: datetime) -> int:
    """Call the smallest number that waits, and return it.

    ``last``  the ticket that this desk called last as its page showed it, or 0: a second
              press of the same button, or one in a stale tab, calls nobody
    Raises DeskMovedOn or PageOutdated for such a press, and NobodyWaits.
    """
    queueing.lock(desk.offering.id, house=house, now=now)
    day = local_date(now, house.zone)
    called = walk_in_queries.last_call(desk.id, day=day)
    if called is None and last:
        raise refusals.PageOutdated
    if called is not None and called.id != last:
        raise refusals.DeskMovedOn(number=called.number)
    waiting = walk_in_queries.queue(desk.offering.id, day=day).waiting
    if not waiting:
        raise refusals.NobodyWaits
    queueing.change(waiting[0].id, CALLED, desk=desk, house=house, now=now)
    return waiting[0].number


def move(desk: DeskPage, ticket_id: int, wanted: str, *, seen: str, house: House, now: datetime) -> None:
    """Let a ticket of today become ``wanted``; one that is so already stays as it is.

    ``seen``  its state as the desk's page showed it
    Raises NotFound for a ticket of another queue or day, TicketMoved when it is not as it was seen.
    """
    row = _locked(desk, ticket_id, house=house, now=now)
    if row.state == wanted:
        return
    if row.state != seen or not may_become(seen, wanted):
        raise refusals.TicketMoved(number=row.number)
    queueing.change(ticket_id, wanted, desk=desk, house=house, now=now)


def call_again(desk: DeskPage, ticket_id: int, *, house: House, now: datetime) -> None:
    """Call a number once more, to this desk; raises NotFound, and TicketMoved when it is not called any more."""
    row = _locked(desk, ticket_id, house=house, now=now)
    if row.state != CALLED:
        raise refusals.TicketMoved(number=row.number)
    again = update(Ticket).where(Ticket.id == ticket_id)
    execute(again.values(calls=Ticket.calls + 1, desk_id=desk.id))
    actor = queueing.actor_of(desk)
    queueing.record("ticket.called_again", ticket_id, house_id=house.id, actor=actor, now=now)


def stop(desk: DeskPage, *, house: House, now: datetime) -> None:
    """Give visitors no more numbers today; those who have one are still called."""
    queueing.set_stopped(desk.offering.id, now, house=house, now=now)
    _record("queue.stopped", desk.id, house_id=house.id, actor=queueing.actor_of(desk), now=now)


def resume(desk: DeskPage, *, house: House, now: datetime) -> None:
    """Give visitors numbers again."""
    queueing.set_stopped(desk.offering.id, None, house=house, now=now)
    _record("queue.resumed", desk.id, house_id=house.id, actor=queueing.actor_of(desk), now=now)


def _locked(desk: DeskPage, ticket_id: int, *, house: House, now: datetime) -> Row[Any]:
    """Return a ticket of the desk's queue of today, locked with its queue; raises NotFound."""
    queueing.lock(desk.offering.id, house=house, now=now)
    day = local_date(now, house.zone)
    mine = (Ticket.id == ticket_id) & (Ticket.offering_id == desk.offering.id) & (Ticket.day == day)
    row = execute(select(Ticket.number, Ticket.state).where(mine)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _record(deed: str, desk_id: int, *, house_id: int, actor: str, now: datetime) -> None:
    journal.record(deed, house_id=house_id, actor=actor, object_kind="desk", object_id=desk_id, now=now)
