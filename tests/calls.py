"""Builders of what staff do with bookings: callers, hands, places held back."""

from functools import partial
from itertools import count
from typing import Any

from booking.bookings import booking_for, holding_back
from booking.bookings.booking_for import Call
from booking.bookings.hands import By, staff_hands
from booking.bookings.retrying import once_more, with_anybody
from booking.bookings.service import Booked
from booking.db import unit_of_work
from booking.people.permissions import Acting
from booking.schedule.choosing import Wanted
from booking.timekit.clock import StoppedClock
from tests.builders import house_id
from tests.holds import a_contact
from tests.hours import the_house

_numbers = count(1)


def hands(person: Acting, **wanted: Any) -> By:
    """Return the hands of somebody: told unless said otherwise."""
    return staff_hands(person.actor, **wanted)


def a_call(person: Acting, **wanted: Any) -> Call:
    """Return what somebody books for Amina, who calls with three people."""
    details: dict[str, Any] = {
        "contact": a_contact(**wanted.pop("contact", {})),
        "party": {"adults": 2, "children": 1},
        "once": f"call-{next(_numbers)}",
        "staff_id": person.staff_id,
        "by": hands(person, **wanted.pop("by", {})),
    }
    return Call(**(details | wanted))


def a_called_booking(occurrence_id: int, person: Acting, clock: StoppedClock, **wanted: Any) -> Booked:
    """Book a date for a caller."""
    call = a_call(person, **wanted)
    deed = partial(booking_for.book_date, occurrence_id, call, house=the_house(), now=clock())
    return once_more(deed)


def a_called_slot(slot: Wanted, person: Acting, clock: StoppedClock, **wanted: Any) -> Booked:
    """Book a slot for a caller who comes alone."""
    call = a_call(person, **({"party": {"adults": 1}} | wanted))
    return with_anybody(partial(booking_for.book_slot, slot, call, house=the_house(), now=clock()))


def let_in(occurrence_id: int, people: int, person: Acting, clock: StoppedClock, *, once: str = "") -> Booked:
    """Let in people who stand there."""
    key = once or f"door-{next(_numbers)}"
    deed = partial(booking_for.let_in, occurrence_id, people, once=key, house=the_house(), now=clock())
    return unit_of_work(partial(deed, by=hands(person), staff_id=person.staff_id))


def hold_back(occurrence_id: int, places: int, person: Acting, clock: StoppedClock, **wanted: Any) -> None:
    """Hold places back for phone and desk until the start."""
    details = {"minutes_before": None, "house_id": house_id(), "actor": person.actor, "now": clock()} | wanted
    unit_of_work(partial(holding_back.hold_back, occurrence_id, places, **details))
