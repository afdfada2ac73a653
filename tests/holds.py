"""Builders of holds: places kept while somebody types, and what becomes of them."""

from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

from booking.bookings import confirming, holding
from booking.bookings.confirming import Contact
from booking.bookings.holding import Ask, Held
from booking.bookings.rules import Bounds
from booking.bookings.service import Booked
from booking.db import unit_of_work
from booking.schedule.choosing import Wanted
from booking.timekit.clock import StoppedClock
from tests.builders import house_id
from tests.hours import the_house

BOUNDS = Bounds(at_once=100, per_client=1000, rush=1000)
_numbers = count(1)


def an_ask(**wanted: Any) -> Ask:
    """Return what a form asks for: places for two."""
    details: dict[str, Any] = {
        "house_id": wanted.pop("house_id", None) or house_id(),
        "party": {"adults": 2},
        "once": f"form-{next(_numbers)}",
        "client": "one-client",
    }
    return Ask(**(details | wanted))


def a_hold(occurrence_id: int, clock: StoppedClock, *, bounds: Bounds = BOUNDS, **wanted: Any) -> Held:
    """Keep places of a date."""
    ask = an_ask(**wanted)
    return unit_of_work(lambda: holding.hold_date(occurrence_id, ask, bounds=bounds, now=clock()))


def a_slot_wanted(offering_id: int, starts_at: datetime, **wanted: Any) -> Wanted:
    """Return a slot that somebody wants: for one, on site, with anybody."""
    details: dict[str, Any] = {
        "house_id": house_id(),
        "offering_id": offering_id,
        "starts_at": starts_at,
        "medium": "on_site",
        "language": None,
        "host_id": None,
        "people": 1,
    }
    return Wanted(**(details | wanted))


def a_slot_hold(
    offering_id: int,
    starts_at: datetime,
    clock: StoppedClock,
    *,
    bounds: Bounds = BOUNDS,
    slot: dict[str, Any] | None = None,
    **wanted: Any,
) -> Held:
    """Keep a slot for a party of one."""
    ask = an_ask(**({"party": {"adults": 1}} | wanted))
    people = sum(ask.party.values())
    of = a_slot_wanted(offering_id, starts_at, **({"people": people} | (slot or {})))
    house = the_house()
    return unit_of_work(lambda: holding.hold_slot(of, ask, house=house, bounds=bounds, now=clock()))


def a_contact(**wanted: Any) -> Contact:
    """Return what Amina types."""
    details = {
        "language": "de",
        "name": "Amina Kaya",
        "email": "amina@example.org",
        "phone": "",
        "note": "",
    }
    return Contact(**(details | wanted))


def booked(held: Held, clock: StoppedClock, **contact: Any) -> Booked:
    """Make a booking of a hold."""
    return unit_of_work(partial(confirming.book_held, held.hold_id, a_contact(**contact), now=clock()))


def a_slot_booking(offering_id: int, starts_at: datetime, clock: StoppedClock, **wanted: Any) -> Booked:
    """Book a slot for one."""
    return booked(a_slot_hold(offering_id, starts_at, clock, **wanted), clock)
