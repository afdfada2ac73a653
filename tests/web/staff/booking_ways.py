"""What the tests of bookings in the hands of staff share: dates to book, forms filled in and sent."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from booking.bookings import reaching
from booking.bookings.models import Booking
from booking.bookings.service import Booked
from booking.db import execute, unit_of_work
from booking.timekit.clock import StoppedClock
from tests.builders import an_occurrence
from tests.visitors import Page, Visitor

AREA = "/en/staff"
LIST = AREA + "/bookings"


def dates_of(clock: StoppedClock, offering_id: int) -> Callable[..., int]:
    """Return a function that publishes a date of ten seats in so many hours: ``date(hours=2)``."""

    def publish(hours: float = 24, **wanted: Any) -> int:
        starts_at = clock() + timedelta(hours=hours)
        details = {"offering_id": offering_id, "seats": 10, "starts_at": starts_at}
        return an_occurrence(clock, **(details | wanted))

    return publish


def call(visitor: Visitor, path: str, **typed: str) -> Page:
    """Open the form for a caller, fill it in and send it."""
    return visitor.post(path, visitor.get(path).fields() | {"adults": "2", "name": "Karl Busch"} | typed)


def reference(booked: Booked) -> str:
    """Return the reference under which a booking is found."""
    wanted = select(Booking.reference).where(Booking.id == booked.booking_id)
    return str(unit_of_work(lambda: execute(wanted).scalar_one()))


def href(booked: Booked, *parts: str) -> str:
    """Return the address of a booking, or of a form below it."""
    return "/".join([LIST, reference(booked), *parts])


def bounced(booked: Booked, clock: StoppedClock) -> None:
    """Let the mail of a booking come back."""
    deed = partial(reaching.mark_unreachable, f"booking:{booked.booking_id}", now=clock())
    unit_of_work(partial(deed, recipient="amina@example.org"))


def sent(visitor: Visitor, path: str, **values: str) -> Page:
    """Open a form, fill it in and send it; a second time where the mail was shown first."""
    page = visitor.post(path, visitor.get(path).fields(-1) | values)
    if page.status == 200 and "This sends mail to 1 person" in page.text:
        return visitor.post(path, page.fields(-1) | values)
    return page
