"""Deeds: take on what somebody needs to take part, with the booking, and let it end with it.

What is needed is health data: it stands in its own table and on the booker's
page, and in no mail, calendar entry, log or journal: even a row that named the
house alone would stand beside that of the booking.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from booking.bookings import access_arranging, access_queries, access_rules, access_tasks, states
from booking.bookings.access_arranging import NOTHING
from booking.bookings.access_models import CANCELLED, AccessNeed
from booking.bookings.access_rules import Asked, DateFacts
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.db import execute
from booking.houses import queries as houses


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is asked for, and the resources to be locked with those of the booking before it is taken."""

    asked: Asked
    resource_ids: frozenset[int] = NOTHING


def foresee(
    asked: Asked,
    *,
    house_id: int,
    occurrence_id: int = 0,
    at: DateFacts | None = None,
    people: int,
    overrules: bool = False,
    now: datetime,
) -> Foreseen:
    """Return what would be taken for somebody who comes to a date; changes nothing.  Raises NeedRefused.

    ``at``         a time that is no date yet, in place of one
    ``overrules``  staff promise it although the lead time is over
    """
    if not asked.kinds:
        return Foreseen(asked)
    house, facts = houses.house(house_id), at or access_queries.date(occurrence_id)
    found = access_rules.standings(house, facts, now=now)
    if overrules:
        found = access_rules.whatever_the_lead_time(found)
    access_rules.check(asked, found, people=people, party_max=facts.party_max)
    return Foreseen(asked, access_arranging.survey(house, asked.kinds, facts, now=now))


def ask(page: BookingPage, foreseen: Foreseen, *, now: datetime) -> None:
    """Write what a new booking needs, and arrange it as far as it can be; what was foreseen is locked.

    An interpreter or a unit of equipment is taken where it is free; what is
    left becomes a task of staff.  For a booking whose address is not confirmed
    yet nothing is taken and nobody is told: ``confirm`` does that.
    """
    if not foreseen.asked.kinds:
        return
    house, facts = houses.house(page.house_id), access_queries.date(page.occurrence_id)
    access_arranging.write(page, house, facts, foreseen.asked, now=now)
    if page.state in states.CANCELLABLE:
        access_arranging.arrange(page, house, facts, locked=foreseen.resource_ids, now=now)


def same(booking_id: int, asked: Asked) -> bool:
    """Return whether a booking needs exactly what is asked for."""
    rows = [need for need in access_queries.needs(booking_id) if need.is_wanted]
    is_alike = {need.kind for need in rows} == set(asked.kinds)
    return is_alike and all(need.words == asked.words for need in rows)


def to_lock(
    booking_id: int, facts: Callable[[], DateFacts] | None = None, *, now: datetime
) -> frozenset[int]:
    """Return the resources to be locked with a booking for what it needs where it is, or will be: ``facts``."""
    rows = [need for need in access_queries.needs(booking_id) if need.is_wanted]
    if not rows:
        return NOTHING
    booked = select(Booking.house_id, Booking.occurrence_id).where(Booking.id == booking_id)
    house_id, occurrence_id = execute(booked).one()
    own = frozenset(need.claim_id for need in rows if need.claim_id is not None)
    at, kinds = facts() if facts else access_queries.date(occurrence_id), [need.kind for need in rows]
    return access_arranging.survey(houses.house(house_id), kinds, at, ignored=own, now=now)


def confirm(page: BookingPage, *, locked: frozenset[int], now: datetime) -> None:
    """Arrange what a booking needs that has just become firm; the lead time was kept when it was asked for."""
    if access_queries.needs(page.id):
        house, facts = houses.house(page.house_id), access_queries.date(page.occurrence_id)
        access_arranging.arrange(page, house, facts, locked=locked, now=now)


def end(page: BookingPage, *, now: datetime) -> None:
    """Give back what was taken for a booking that is cancelled; its resources are locked.

    What staff began stays on their list, without the person's words, until
    they have called it off; everything else is forgotten.
    """
    rows = access_queries.needs(page.id)
    tasks = [need for need in rows if need.due_at is not None]
    access_arranging.remove([need for need in rows if need.due_at is None])
    for need in tasks:
        access_arranging.change(need.id, state=CANCELLED, words="", claim_id=None)
    if tasks and not access_tasks.tell(page, now=now):
        access_arranging.remove(tasks)  # nobody has heard of them


def forget(booking_id: int) -> None:
    """Delete what a booking needs, and empty what the house was told of it.

    What is taken at the time of a visit that has begun stays taken until it is over.
    """
    execute(delete(AccessNeed).where(AccessNeed.booking_id == booking_id))
    access_tasks.forget(booking_id)


def forget_after_visit(booking_id: int, *, now: datetime) -> None:
    """Do the same when the visit was long enough ago; nobody is told of it any more."""
    access_tasks.withdraw(booking_id, now=now)
    forget(booking_id)
