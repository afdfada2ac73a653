"""What is left of an address: mails that somebody else may read, and one that was never confirmed."""

from datetime import timedelta
from functools import partial

from booking.bookings import changing, confirming, retention
from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.links.models import Link
from tests.builders import an_occurrence, an_offering
from tests.deeds.reading import mails, rows_of
from tests.holds import a_hold, booked


def a_checked_date(clock, **wanted):
    return an_occurrence(clock, offering_id=an_offering(address_check="on"), **wanted)


def confirm(booking, clock):
    unit_of_work(partial(confirming.confirm, booking.booking_id, now=clock()))


def test_who_corrects_a_confirmed_address_shuts_out_the_reader_of_the_old_mails(app, clock):
    booking = booked(a_hold(a_checked_date(clock), clock), clock)
    confirm(booking, clock)

    unit_of_work(partial(changing.change_address, booking.booking_id, "amina@example.net", now=clock()))

    live = rows_of(Link.purpose, where=(Link.purpose != "hold") & Link.revoked_at.is_(None))
    assert live == [("manage",)]


def test_who_never_confirmed_is_forgotten_a_day_later_and_not_a_second_earlier(app, clock):
    booked(a_hold(a_checked_date(clock, starts_at=clock() + timedelta(days=30)), clock), clock)
    clock.forward(minutes=60)
    retention.run(now=clock())
    clock.forward(hours=24, seconds=-1)
    retention.run(now=clock())
    assert rows_of(Booking.email) == [("amina@example.org",)]

    clock.forward(seconds=1)
    retention.run(now=clock())

    assert rows_of(Booking.email, Booking.name) == [("", "")]
    assert mails() == [("confirm_address", None, "skipped", "")]


def test_nobody_is_told_of_the_end_of_an_address_that_was_never_confirmed(app, clock):
    booking = booked(a_hold(a_checked_date(clock), clock), clock)

    unit_of_work(partial(changing.erase, booking.booking_id, now=clock()))

    assert [kind for kind, *_ in mails()] == ["confirm_address"]
    assert rows_of(Booking.email) == [("",)]
