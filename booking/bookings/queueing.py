"""The queue of a day: locked by every deed first, so that numbers follow one another and none is called twice."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from booking.bookings.ticket_states import CALLED, ENDED, LEFT, MISSED, SERVED, WAITING
from booking.bookings.walk_in_models import QueueDay, Ticket
from booking.bookings.walk_in_queries import DeskPage, Drawn, drawn_before
from booking.db import db, execute
from booking.houses.facts import House
from booking.journal import service as journal
from booking.links import service as links
from booking.timekit.instants import day_bounds, local_date

LINK_KEPT = timedelta(hours=6)  # after the end of the day: a late look is told that the day is over
VISITOR = "visitor"
_DEEDS = {CALLED: "called", SERVED: "served", MISSED: "missed", LEFT: "left", WAITING: "put_back"}


def lock(offering_id: int, *, house: House, now: datetime) -> Row[Any]:
    """Lock the queue of an offering for today, begin it if need be, and return ``numbers`` and ``stopped_at``."""
    day = local_date(now, house.zone)
    row = {"offering_id": offering_id, "day": day, "house_id": house.id, "numbers": 0, "stopped_at": None}
    found: Row[Any] = execute(_LOCK[db.engine.dialect.name], row).one()
    return found


def give_number(
    offering_id: int,
    *,
    house: House,
    once: str,
    actor: str,
    now: datetime,
    check: Callable[[Row[Any]], None] | None = None,
) -> Drawn:
    """Give the next number of today with the link of its page; the same key gives the same number again.

    ``check``  raises a refusal for the locked queue; what was drawn already is given whatever it says
    """
    found = lock(offering_id, house=house, now=now)
    day = local_date(now, house.zone)
    drawn = drawn_before(once, offering_id=offering_id, day=day)
    if drawn is not None:
        return drawn
    if check is not None:
        check(found)
    number = found.numbers + 1
    execute(update(QueueDay).where(*_today(offering_id, day)).values(numbers=number))
    ticket_id = _write(offering_id, number, house=house, once=once, now=now)
    expires_at = day_bounds(day, house.zone)[1] + LINK_KEPT
    link_id = links.make("ticket", house_id=house.id, subject_id=ticket_id, expires_at=expires_at, now=now)
    record("ticket.drawn", ticket_id, house_id=house.id, actor=actor, now=now, number=number)
    return Drawn(ticket_id, number, link_id)


def change(ticket_id: int, wanted: str, *, desk: DeskPage | None, house: House, now: datetime) -> None:
    """Write the new state of a ticket whose queue is locked, and how many minutes it took until now.

    ``desk``  who did it; None: the visitor
    """
    values: dict[str, Any] = {"state": wanted, "ended_at": now if wanted in ENDED else None}
    if wanted == CALLED and desk is not None:
        values |= {"desk_id": desk.id, "called_at": now, "calls": Ticket.calls + 1}
    if wanted == WAITING:
        values |= {"desk_id": None, "called_at": None, "calls": 0}
    before = execute(select(Ticket.drawn_at, Ticket.called_at).where(Ticket.id == ticket_id)).one()
    execute(update(Ticket).where(Ticket.id == ticket_id).values(**values))
    since = before.called_at if wanted in (SERVED, MISSED) else before.drawn_at
    took = int((now - since).total_seconds() // 60)
    deed, actor = f"ticket.{_DEEDS[wanted]}", actor_of(desk)
    record(deed, ticket_id, house_id=house.id, actor=actor, now=now, minutes=took)


def set_stopped(offering_id: int, stopped_at: datetime | None, *, house: House, now: datetime) -> None:
    """Note from when on visitors get no more numbers today, or that they do again."""
    lock(offering_id, house=house, now=now)
    today = _today(offering_id, local_date(now, house.zone))
    execute(update(QueueDay).where(*today).values(stopped_at=stopped_at))


def actor_of(desk: DeskPage | None) -> str:
    """Return how the journal calls whoever did it."""
    return (desk.actor or f"desk:{desk.id}") if desk else VISITOR


def record(deed: str, ticket_id: int, *, house_id: int, actor: str, now: datetime, **counts: int) -> None:
    """Append what happened to a ticket."""
    kind = {"object_kind": "ticket", "object_id": ticket_id}
    journal.record(deed, house_id=house_id, actor=actor, now=now, **kind, **counts)  # type: ignore[arg-type]


def _write(offering_id: int, number: int, *, house: House, once: str, now: datetime) -> int:
    day = local_date(now, house.zone)
    row = {"house_id": house.id, "offering_id": offering_id, "day": day, "number": number, "once": once}
    row |= {"state": WAITING, "desk_id": None, "calls": 0}
    instants = {"drawn_at": now, "called_at": None, "ended_at": None}
    return int(execute(_DRAW, row | instants).scalar_one())


def _today(offering_id: int, day: date) -> tuple[Any, Any]:
    return QueueDay.offering_id == offering_id, QueueDay.day == day


def _begin_or_lock(own_insert: Callable[[type[QueueDay]], Any]) -> Any:
    written = own_insert(QueueDay).on_conflict_do_update(
        index_elements=["offering_id", "day"], set_={"numbers": QueueDay.numbers}
    )
    return written.returning(QueueDay.numbers, QueueDay.stopped_at)


_LOCK = {"sqlite": _begin_or_lock(sqlite_insert), "postgresql": _begin_or_lock(postgresql_insert)}
_DRAW = insert(Ticket).returning(Ticket.id)
