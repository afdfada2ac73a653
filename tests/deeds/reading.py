"""What the database holds after a deed, read in a transaction of its own."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from booking.bookings.models import Booking, PartyCount
from booking.db import db, unit_of_work
from booking.journal.models import Event
from booking.links.models import Link
from booking.messages.models import OutgoingMail
from booking.schedule.models import Allocation, Claim, Resource

Column = InstrumentedAttribute[Any] | ColumnElement[Any]


def rows_of(*columns: Column, where: ColumnElement[bool] | None = None) -> list[tuple[Any, ...]]:
    """Return the columns of every row, oldest first as far as the first column's table has an id."""
    wanted: Select[Any] = select(*columns)
    owner = getattr(columns[0], "class_", None)
    if owner is not None and hasattr(owner, "id"):
        wanted = wanted.order_by(owner.id)
    if where is not None:
        wanted = wanted.where(where)
    return unit_of_work(lambda: [tuple(row) for row in db.session.execute(wanted)])


def written() -> dict[str, int]:
    """Return how many rows there are of all that a booking writes."""
    tables = (Booking, PartyCount, Claim, Allocation, Link, OutgoingMail, Event)
    return {table.__tablename__: _count(table) for table in tables}


def _count(table: type) -> int:
    counted = select(func.count()).select_from(table)
    return unit_of_work(lambda: int(db.session.execute(counted).scalar_one()))


def load_of(**owner: int) -> int:
    """Return how much is taken, at whatever time, of the resource of a host, place, pool or occurrence."""
    ((name, number),) = owner.items()
    taken = select(func.coalesce(func.sum(Allocation.quantity), 0)).join(
        Resource, Resource.id == Allocation.resource_id
    )
    mine = taken.where(getattr(Resource, name) == number)
    return unit_of_work(lambda: int(db.session.execute(mine).scalar_one()))


def events() -> list[str]:
    """Return the deeds of the journal, oldest first."""
    return [deed for (deed,) in rows_of(Event.deed)]


def mails() -> list[tuple[Any, ...]]:
    """Return kind, method, state and recipient of every mail, oldest first."""
    return rows_of(OutgoingMail.kind, OutgoingMail.method, OutgoingMail.state, OutgoingMail.recipient)
