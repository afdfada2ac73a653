"""Questions about check-in: who came, how many are in the house now, which lists are due to be closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from booking.bookings import states
from booking.bookings.attendance_models import Arrival, Attendance
from booking.bookings.models import Booking, PartyCount
from booking.bookings.ticket_states import CALLED
from booking.bookings.walk_in_models import Ticket
from booking.db import execute


@dataclass(frozen=True, slots=True)
class Inside:
    """Who is in the house: people and parties that are checked in, and numbers of the queue that are served."""

    people: int
    parties: int
    tickets: int

    @property
    def all(self) -> int:
        """People and numbers together; a number stands for one person."""
        return self.people + self.tickets


def in_the_house(house_id: int, *, since: datetime, now: datetime) -> Inside:
    """Return who is in the house now, in two statements: checked in, and their date is not over.

    ``since``  the beginning of the local day: a number that was called on an earlier one is nobody's
    """
    row = execute(_INSIDE, {"house": house_id, "now": now}).one()
    tickets = execute(_SERVED, {"house": house_id, "since": since}).scalar_one()
    return Inside(people=int(row.people), parties=int(row.parties), tickets=int(tickets))


def came(booking_id: int) -> dict[str, int]:
    """Return how many people of each category of a booking came."""
    return {row.category: row.people for row in execute(_CAME, {"booking": booking_id})}


def version(booking_id: int) -> int:
    """Return the version of an arrival; 0 where nothing has been noted yet."""
    return execute(_VERSION, {"booking": booking_id}).scalar() or 0


def arrived_at(booking_id: int) -> datetime | None:
    """Return when the first of a party were checked in; None while nobody is, and once it is erased."""
    found: datetime | None = execute(_ARRIVED_AT, {"booking": booking_id}).scalar()
    return found


def parties(booking_ids: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
    """Return the people by category of each booking, in one statement."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in execute(_PARTIES, {"bookings": list(booking_ids)}):
        found[row.booking_id][row.category] = row.people
    return found


def lists_to_close(house_id: int, *, ended_by: datetime) -> list[int]:
    """Return the dates of a house that were over by then and still await somebody."""
    return list(execute(_TO_CLOSE, {"house": house_id, "ended_by": ended_by}).scalars())


_INSIDE = (
    select(
        func.coalesce(func.sum(Attendance.people), 0).label("people"),
        func.count(Booking.id.distinct()).label("parties"),
    )
    .join(Booking, Booking.id == Attendance.booking_id)
    .where(
        Booking.house_id == bindparam("house"),
        Booking.state == states.ATTENDED,
        Booking.ends_at > bindparam("now"),
    )
)
_SERVED = select(func.count(Ticket.id)).where(
    Ticket.house_id == bindparam("house"),
    Ticket.state == CALLED,
    Ticket.called_at >= bindparam("since"),
)
_CAME = (
    select(Attendance.category, Attendance.people)
    .where(Attendance.booking_id == bindparam("booking"))
    .order_by(Attendance.category)
)
_VERSION = select(Arrival.version).where(Arrival.booking_id == bindparam("booking"))
_ARRIVED_AT = select(Arrival.arrived_at).where(Arrival.booking_id == bindparam("booking"))
_PARTIES = (
    select(PartyCount.booking_id, PartyCount.category, PartyCount.people)
    .where(PartyCount.booking_id.in_(bindparam("bookings", expanding=True)))
    .order_by(PartyCount.booking_id, PartyCount.category)
)
_TO_CLOSE = (
    select(Booking.occurrence_id)
    .where(
        Booking.house_id == bindparam("house"),
        Booking.state.in_(sorted(states.CANCELLABLE)),
        Booking.ends_at <= bindparam("ended_by"),
        Booking.erased_at.is_(None),
    )
    .distinct()
    .order_by(Booking.occurrence_id)
)
"""Statements made once: making them costs more than running them."""
