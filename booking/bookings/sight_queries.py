"""What each role sees of the bookings of a house, as conditions for the database; ``sight`` says the same of one."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from booking.bookings.models import Booking
from booking.bookings.sight import near
from booking.catalogue.models import Offering
from booking.people.permissions import AUDITOR, COORDINATOR, DESK, HOSTS, Acting
from booking.schedule.models import Occurrence, OccurrenceHost


def assigned(acting: Acting) -> ColumnElement[bool]:
    """Return whether the person gives the date as a host."""
    if acting.host_id is None:
        return false()
    mine = OccurrenceHost.host_id == acting.host_id
    return exists(select(OccurrenceHost.host_id).where(OccurrenceHost.occurrence_id == Occurrence.id, mine))


def with_contact(
    acting: Acting, *, exact: ColumnElement[bool] | None = None, zone: str, now: datetime
) -> ColumnElement[bool]:
    """Return which bookings somebody sees with name and address, and may look for by them.

    ``exact``  what was asked for by its whole reference or address: the desk finds it whenever it is
    """
    ways: list[ColumnElement[bool]] = []
    if COORDINATOR in acting.roles:
        ways.append(runs(acting))
    if DESK in acting.roles:
        since, until = near(zone=zone, now=now)
        ways.append(and_(Booking.starts_at >= since, Booking.starts_at < until))
        if exact is not None:
            ways.append(exact)
    return and_(Booking.house_id == acting.house_id, or_(false(), *ways))


def without_contact(acting: Acting) -> ColumnElement[bool]:
    """Return which bookings somebody sees, but with a first name at most."""
    ways: list[ColumnElement[bool]] = []
    if acting.roles & HOSTS:
        ways.append(assigned(acting))
    if AUDITOR in acting.roles:
        ways.append(true())
    return and_(Booking.house_id == acting.house_id, or_(false(), *ways))


def with_needs(acting: Acting, *, zone: str, now: datetime) -> ColumnElement[bool]:
    """Return of which bookings somebody sees the access needs."""
    own = and_(Booking.house_id == acting.house_id, assigned(acting)) if acting.roles & HOSTS else false()
    return or_(own, with_contact(acting, zone=zone, now=now))


def runs(acting: Acting) -> ColumnElement[bool]:
    """Return whether an offering is of a programme that the person runs."""
    if COORDINATOR not in acting.roles:
        return false()
    return true() if acting.programme_ids is None else Offering.programme_id.in_(sorted(acting.programme_ids))
