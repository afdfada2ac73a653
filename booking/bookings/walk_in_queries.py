"""Questions about walk-ins: offerings, queues of a day, tickets and desks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, select

from booking.bookings.ticket_states import CALLED, MISSED, SERVED, WAITING
from booking.bookings.walk_in_models import Desk, QueueDay, Ticket
from booking.catalogue.models import Offering
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.links import queries as links
from booking.links.models import Link

PACE_FROM = 10  # so many of the last visits tell how fast a queue moves


@dataclass(frozen=True, slots=True)
class WalkIn:
    """An offering to which people come without booking; ``minutes`` by its plan."""

    id: int
    key: str
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A ticket as desks and screens show it; ``label`` is that of the desk that called it."""

    id: int
    number: int
    state: str
    calls: int
    desk_id: int | None
    label: str
    drawn_at: datetime
    called_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of a day: who waits, by number; who is called and who was not there, the last call first.

    ``served``  minutes of the last visits that have ended
    """

    waiting: tuple[Placed, ...] = ()
    called: tuple[Placed, ...] = ()
    missed: tuple[Placed, ...] = ()
    served: tuple[float, ...] = ()
    numbers: int = 0
    is_stopped: bool = False

    def before(self, number: int) -> int:
        """Return how many wait with a smaller number."""
        return sum(one.number < number for one in self.waiting)


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A ticket as its holder sees it."""

    id: int
    house_id: int
    offering: WalkIn
    day: date
    placed: Placed


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A desk with the offering whose numbers it calls; ``actor`` is who sits there, where somebody signed in."""

    id: int
    house_id: int
    offering: WalkIn
    label: str
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A number that was drawn, and the id of the link to its page."""

    ticket_id: int
    number: int
    link_id: str


def walk_in(key: str, *, house_id: int, language: str) -> WalkIn:
    """Return a published offering of the house to which people come without booking; raises NotFound."""
    asked = {"language": language, "house": house_id, "key": key}
    row = execute(_ALL.where(Offering.key == bindparam("key")), asked).one_or_none()
    if row is None:
        raise NotFound
    return _walk_in(row)


def walk_ins(house_id: int, *, language: str) -> list[WalkIn]:
    """Return every published walk-in offering of the house, in the order of their keys."""
    return [_walk_in(row) for row in execute(_ALL, {"language": language, "house": house_id})]


def ticket(ticket_id: int, *, language: str) -> TicketPage:
    """Return a ticket with its offering; raises NotFound."""
    columns = (*_PLACED, Ticket.house_id, Ticket.day, *_OFFERING)
    wanted = _with_offering(select(*columns).outerjoin(Desk, Desk.id == Ticket.desk_id), Ticket.offering_id)
    row = execute(wanted.where(Ticket.id == ticket_id), {"language": language}).one_or_none()
    if row is None:
        raise NotFound
    return TicketPage(row.id, row.house_id, _walk_in(row), row.day, _placed(row))


def desk(desk_id: int, *, language: str) -> DeskPage:
    """Return a desk with its offering; raises NotFound."""
    columns = (Desk.id, Desk.house_id, Desk.label, *_OFFERING)
    wanted = _with_offering(select(*columns), Desk.offering_id).where(Desk.id == desk_id)
    row = execute(wanted, {"language": language}).one_or_none()
    if row is None:
        raise NotFound
    return DeskPage(row.id, row.house_id, _walk_in(row), row.label)


def desks(house_id: int, *, language: str) -> list[DeskPage]:
    """Return every desk of the house that is not closed, in the order of their offerings and labels."""
    columns = (Desk.id, Desk.house_id, Desk.label, *_OFFERING)
    wanted = _with_offering(select(*columns), Desk.offering_id).where(Desk.house_id == house_id)
    opened = (Link.purpose == "desk") & (Link.subject_id == Desk.id) & Link.revoked_at.is_(None)
    wanted = wanted.where(exists(select(Link.id).where(opened)))
    rows = execute(wanted.order_by(Offering.key, Desk.label, Desk.id), {"language": language})
    return [DeskPage(row.id, row.house_id, _walk_in(row), row.label) for row in rows]


def queue(offering_id: int, *, day: date) -> Queue:
    """Return the queue of an offering on a local day, in two statements; an empty one before the first number."""
    return queues([offering_id], day=day)[offering_id]


def queues(offering_ids: Iterable[int], *, day: date) -> Mapping[int, Queue]:
    """Return the queue of each offering on a local day, in two statements for any number of them."""
    ids = list(offering_ids)
    days = select(QueueDay.offering_id, QueueDay.numbers, QueueDay.stopped_at)
    counted = {row.offering_id: row for row in execute(days.where(*_of_day(QueueDay, ids, day)))}
    tickets = select(Ticket.offering_id, *_PLACED).outerjoin(Desk, Desk.id == Ticket.desk_id)
    placed: dict[int, list[Placed]] = {one: [] for one in ids}
    for row in execute(tickets.where(*_of_day(Ticket, ids, day)).order_by(Ticket.number)):
        placed[row.offering_id].append(_placed(row))
    return {one: _queue(placed[one], counted.get(one)) for one in ids}


def last_call(desk_id: int, *, day: date) -> Row[Any] | None:
    """Return id and number of the ticket that a desk called last on a day, whatever became of it."""
    mine = (Ticket.desk_id == desk_id) & (Ticket.day == day) & Ticket.called_at.is_not(None)
    last_first = (Ticket.called_at.desc(), Ticket.number.desc())
    return execute(select(Ticket.id, Ticket.number).where(mine).order_by(*last_first).limit(1)).one_or_none()


def drawn_before(once: str, *, offering_id: int, day: date) -> Drawn | None:
    """Return what the form with this key has drawn on a day, or None."""
    mine = (Ticket.once == once) & (Ticket.offering_id == offering_id) & (Ticket.day == day)
    row = execute(select(Ticket.id, Ticket.number).where(mine)).one_or_none()
    link_id = row and links.newest("ticket", subject_id=row.id)
    return Drawn(row.id, row.number, link_id) if row and link_id else None


def _queue(placed: list[Placed], counted: Row[Any] | None) -> Queue:
    return Queue(
        waiting=tuple(one for one in placed if one.state == WAITING),
        called=_last_first(placed, CALLED),
        missed=_last_first(placed, MISSED),
        served=_minutes(placed),
        numbers=counted.numbers if counted else 0,
        is_stopped=counted is not None and counted.stopped_at is not None,
    )


def _last_first(placed: list[Placed], state: str) -> tuple[Placed, ...]:
    return tuple(sorted((one for one in placed if one.state == state), key=_call_order, reverse=True))


def _call_order(one: Placed) -> tuple[float, int]:
    return (one.called_at.timestamp() if one.called_at else 0.0, one.number)


def _minutes(placed: list[Placed]) -> tuple[float, ...]:
    """How long the last visits took, in the order in which they ended."""
    ended = [
        (one.ended_at, one.called_at)
        for one in placed
        if one.state == SERVED and one.ended_at is not None and one.called_at is not None
    ]
    return tuple((end - begin).total_seconds() / 60 for end, begin in sorted(ended)[-PACE_FROM:])


def _of_day(table: Any, ids: list[int], day: date) -> tuple[Any, Any]:
    return table.offering_id.in_(ids), table.day == day


def _placed(row: Row[Any]) -> Placed:
    return Placed(
        id=row.id,
        number=row.number,
        state=row.state,
        calls=row.calls,
        desk_id=row.desk_id,
        label=row.label or "",
        drawn_at=row.drawn_at,
        called_at=row.called_at,
        ended_at=row.ended_at,
    )


def _walk_in(row: Row[Any]) -> WalkIn:
    return WalkIn(row.offering_id, row.key, row.title, row.minutes)


def _with_offering(wanted: Select[*tuple[Any, ...]], offering_id: Any) -> Select[*tuple[Any, ...]]:
    return with_texts(wanted.join(Offering, Offering.id == offering_id))


_PLACED = (
    Ticket.id,
    Ticket.number,
    Ticket.state,
    Ticket.calls,
    Ticket.desk_id,
    Desk.label,
    Ticket.drawn_at,
    Ticket.called_at,
    Ticket.ended_at,
)
_OFFERING = (Offering.id.label("offering_id"), Offering.key, Offering.minutes, text("title"))
_ALL = (
    with_texts(select(*_OFFERING).select_from(Offering))
    .where(
        Offering.house_id == bindparam("house"), Offering.state == "published", Offering.is_walk_in.is_(True)
    )
    .order_by(Offering.key)
)
