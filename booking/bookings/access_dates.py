"""How access needs follow a date that the house changes: given back together, then arranged anew for each booking.

The house may move a date nearer than its own lead times: then what cannot be arranged at once becomes a task
of staff, and nobody loses a booking for it.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from booking.bookings import (
    access_arranging,
    access_needs,
    access_queries,
    access_rules,
    access_tasks,
    queries,
)
from booking.bookings.access_models import OPEN
from booking.bookings.access_queries import Need
from booking.bookings.access_rules import DateFacts
from booking.bookings.queries import BookingPage
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.houses.facts import House


def to_lock(booking_ids: Iterable[int], facts: DateFacts, *, now: datetime) -> frozenset[int]:
    """Return what is to be locked for the needs of those who come to a date that will be as ``facts`` say."""
    locked: set[int] = set()
    for booking_id in booking_ids:
        locked |= access_needs.to_lock(booking_id, partial(_same, facts), now=now)
        locked |= set(access_queries.held_for_needs(booking_id))
    return frozenset(locked)


def follow(booking_ids: Iterable[int], occurrence_id: int, *, locked: frozenset[int], now: datetime) -> None:
    """Arrange anew what those need who come to a date that has changed; ``locked`` is what ``to_lock`` found.

    One interpreter signs for all of them, so everything is given back before anything is taken again.
    """
    needs = {booking_id: _wanted(booking_id) for booking_id in booking_ids}
    needs = {booking_id: rows for booking_id, rows in needs.items() if rows}
    if not needs:
        return
    facts = access_queries.date(occurrence_id)
    pages = {booking_id: _page(booking_id) for booking_id in needs}
    for booking_id, page in pages.items():
        house = houses.house(page.house_id)
        for need in needs[booking_id]:
            due_at = _due_at(house, need, facts, now=now)
            access_arranging.change(need.id, state=OPEN, due_at=due_at, claim_id=None)
    access_arranging.give_back([need for rows in needs.values() for need in rows])
    for booking_id, page in pages.items():
        is_told = access_arranging.arrange(page, houses.house(page.house_id), facts, locked=locked, now=now)
        if not is_told and any(need.due_at is not None for need in needs[booking_id]):
            access_tasks.tell(page, now=now)


def _same(facts: DateFacts) -> DateFacts:
    return facts


def _due_at(house: House, need: Need, facts: DateFacts, *, now: datetime) -> datetime:
    offer = house.access.get(need.kind)
    return access_rules.due_at(house, offer, facts, now=now) if offer else facts.starts_at


def _wanted(booking_id: int) -> list[Need]:
    return [need for need in access_queries.needs(booking_id) if need.is_wanted]


def _page(booking_id: int) -> BookingPage:
    try:
        return queries.booking(booking_id, language=queries.language_of(booking_id))
    except NotFound:
        raise AssertionError("an erased booking has no needs any more") from None
