"""What the tests of staff changing bookings share: dates, a deed done, and what it left behind."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from booking.bookings.models import Booking
from booking.bookings.service import Booked
from booking.db import unit_of_work
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from booking.timekit.clock import StoppedClock
from tests.builders import an_occurrence
from tests.deeds.reading import rows_of

DEADLINE = 24 * 60


def done(deed: Callable[..., Any], booked: Booked, *args: Any, now: datetime, **wanted: Any) -> Any:
    """Do a deed to a booking and return what it returns."""
    return unit_of_work(partial(deed, booked.booking_id, *args, now=now, **wanted))


def version() -> int:
    """Return the version of the only booking."""
    return int(rows_of(Booking.version)[0][0])


def kinds() -> list[str]:
    """Return the kinds of the mails that are owed or left, the first one first."""
    return [kind for (kind,) in rows_of(OutgoingMail.kind)]


def actors() -> Any:
    """Return the newest deed of the journal and who did it."""
    return rows_of(Event.deed, Event.actor)[-1]


def dates_of(clock: StoppedClock, offering_id: int) -> Callable[..., int]:
    """Return a function that publishes a date of five seats in so many hours: ``date(30)``."""

    def publish(hours: float, **wanted: Any) -> int:
        starts_at = clock() + timedelta(hours=hours)
        details = {"offering_id": offering_id, "seats": 5, "starts_at": starts_at}
        return an_occurrence(clock, **(details | wanted))

    return publish
