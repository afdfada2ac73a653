"""Builders of access needs: people who tell them while they book, and what can be taken for them."""

from functools import partial
from typing import Any

from booking.bookings import access_changes, confirming
from booking.bookings.access_models import AccessNeed
from booking.bookings.access_rules import Asked
from booking.bookings.holding import Held
from booking.bookings.service import Booked
from booking.catalogue import service as catalogue
from booking.db import unit_of_work
from booking.schedule import service as schedule
from booking.timekit.clock import StoppedClock
from tests.builders import a_host, house_id
from tests.deeds.reading import rows_of
from tests.holds import a_contact, a_hold


def a_signer(**wanted: Any) -> int:
    """Write an interpreter for German Sign Language."""
    return a_host(**({"kind": "interpreter", "first_name": "Ada", "languages": ("de", "dgs")} | wanted))


def a_loop(units: int = 1, *, key: str = "induction-loop") -> int:
    """Write the pool of induction loops that the houses of the template name, and return its id."""
    names, house = {"de": "Induktionsschleife", "en": "Induction loop"}, house_id()

    def deed() -> int:
        pool_id = catalogue.enter_pool(key, names, units, house_id=house)
        schedule.add_resource(house_id=house, capacity=units, pool_id=pool_id)
        return pool_id

    return unit_of_work(deed)


def booked_with(
    occurrence_id: int, clock: StoppedClock, *kinds: str, words: str = "", **contact: Any
) -> Booked:
    """Book for two, and tell what is needed."""
    return held_with(a_hold(occurrence_id, clock), clock, *kinds, words=words, **contact)


def held_with(held: Held, clock: StoppedClock, *kinds: str, words: str = "", **contact: Any) -> Booked:
    """Book what is held, and tell what is needed."""
    asked = Asked(kinds, words)
    book = partial(confirming.book_held, held.hold_id, a_contact(**contact), needs=asked, now=clock())
    return unit_of_work(book)


def change(booked: Booked, clock: StoppedClock, *kinds: str, words: str = "") -> None:
    """Tell what is needed now."""
    asked = Asked(kinds, words)
    unit_of_work(partial(access_changes.change, booked.booking_id, asked, now=clock()))


def states() -> list[tuple[str, str]]:
    """Return kind and state of every need, oldest first."""
    return [(kind, state) for kind, state in rows_of(AccessNeed.kind, AccessNeed.state)]
