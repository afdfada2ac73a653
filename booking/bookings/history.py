"""Questions about what happened, for whoever asks: coordinators read their own programmes and what is the house's.

The table of the promises says who may read the log at all; this module says which events of it. What is
hidden is left out by the database, so that a page of the log is always full.
"""

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from booking.bookings.models import Booking, Hold
from booking.bookings.walk_in_models import Desk, Ticket
from booking.catalogue.models import Offering
from booking.journal import queries as journal
from booking.journal.models import Event
from booking.journal.queries import EVERYTHING, Happened, Mark, Wanted
from booking.people.permissions import ADMIN, AUDITOR, COORDINATOR, Acting
from booking.schedule.models import Occurrence
from booking.schedule.series_models import Series

READ_ALL = frozenset({ADMIN, AUDITOR})
OF_ACCOUNTS = ("staff", "sign_in")  # who may sign in, and from when, is nobody's business but theirs
PROGRAMME_BOUND = ("offering", "series", "occurrence", "booking", "hold", "ticket", "desk")


def log(
    acting: Acting, wanted: Wanted = EVERYTHING, *, before: Mark | None = None, most: int = 50
) -> list[Happened]:
    """Return at most so many events that somebody may read, newest first, in one statement."""
    return journal.log(acting.house_id, wanted, before=before, most=most, only=readable(acting))


def of_object(object_kind: str, object_id: int, acting: Acting, *, most: int = 50) -> list[Happened]:
    """Return the newest events of an object whose page somebody sees: who may see it, may see what happened."""
    return journal.of_object(object_kind, object_id, house_id=acting.house_id, most=most)


def readable(acting: Acting) -> ColumnElement[bool] | None:
    """Return the condition on ``Event`` under which somebody may read it in the log; None: all of the house."""
    if acting.roles & READ_ALL:
        return None
    if COORDINATOR not in acting.roles:
        return false()
    not_of_accounts = or_(Event.object_kind.not_in(OF_ACCOUNTS), Event.actor == acting.actor)
    if acting.programme_ids is None:
        return not_of_accounts
    own = Offering.programme_id.in_(sorted(acting.programme_ids))
    return and_(not_of_accounts, or_(Event.object_kind.not_in(PROGRAMME_BOUND), *_own(own)))


def _own(own: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Return for each kind that belongs to a programme whether the event is of one's own."""
    offering = exists(select(Offering.id).where(Offering.id == Event.object_id, own).correlate(Event))
    occurrence = exists(
        select(Occurrence.id)
        .join(Offering, Offering.id == Occurrence.offering_id)
        .where(Occurrence.id == Event.object_id, own)
        .correlate(Event)
    )
    return [
        and_(Event.object_kind == "offering", offering),
        and_(Event.object_kind == "occurrence", occurrence),
        and_(Event.object_kind == "booking", _on_a_date(Booking.id, Booking.occurrence_id, own)),
        and_(Event.object_kind == "hold", _on_a_date(Hold.id, Hold.occurrence_id, own)),
        and_(Event.object_kind == "series", _of_offering(Series.id, Series.offering_id, own)),
        and_(Event.object_kind == "ticket", _of_offering(Ticket.id, Ticket.offering_id, own)),
        and_(Event.object_kind == "desk", _of_offering(Desk.id, Desk.offering_id, own)),
    ]


def _on_a_date(
    key: InstrumentedAttribute[int], date: InstrumentedAttribute[int], own: ColumnElement[bool]
) -> ColumnElement[bool]:
    wanted = (
        select(key)
        .join(Occurrence, Occurrence.id == date)
        .join(Offering, Offering.id == Occurrence.offering_id)
    )
    return exists(wanted.where(key == Event.object_id, own).correlate(Event))


def _of_offering(
    key: InstrumentedAttribute[int], offering: InstrumentedAttribute[int], own: ColumnElement[bool]
) -> ColumnElement[bool]:
    wanted = select(key).join(Offering, Offering.id == offering)
    return exists(wanted.where(key == Event.object_id, own).correlate(Event))
