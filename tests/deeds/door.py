"""What staff do at the door, in tests of deeds, and what the tables then say."""

from functools import partial

from booking.bookings import attending
from booking.bookings.attendance_models import Attendance
from booking.bookings.models import Booking
from booking.db import db, unit_of_work
from booking.reports.invariants import broken
from tests.builders import house_id
from tests.deeds.reading import rows_of

ZONE = "Europe/Berlin"
DESK = "staff:7"


def check_in(booking_id, clock, came=None, **more):
    deed = partial(attending.check_in, booking_id, came, zone=ZONE, actor=DESK, now=clock())
    unit_of_work(partial(deed, **more))


def undo(booking_id, clock, **more):
    unit_of_work(partial(attending.undo, booking_id, actor=DESK, now=clock(), **more))


def of_date(deed, occurrence_id, clock, **more):
    house = more.pop("house_id", None) or house_id()
    return unit_of_work(partial(deed, occurrence_id, house_id=house, actor=DESK, now=clock(), **more))


def state():
    return [one for (one,) in rows_of(Booking.state)]


def came():
    return dict(rows_of(Attendance.category, Attendance.people))


def all_is_well():
    db.session.rollback()
    return broken(db.session.connection()) == []
