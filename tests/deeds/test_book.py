"""Booking: what is written, what is refused, and that the same form books once."""

import pytest
from sqlalchemy import func, select

from booking.bookings.models import Booking
from booking.db import db
from booking.messages.models import OutgoingMail
from booking.schedule.refusals import Taken
from tests.builders import a_booking, an_occurrence


def rows(table):
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_booking_takes_its_seats_and_owes_one_confirmation(app, clock):
    occurrence_id = an_occurrence(clock, seats=3)

    a_booking(occurrence_id, clock)

    assert rows(Booking) == rows(OutgoingMail) == 1
    with pytest.raises(Taken):
        a_booking(occurrence_id, clock, party={"adults": 1})
    assert rows(Booking) == rows(OutgoingMail) == 1


def test_the_same_form_sent_twice_is_one_booking(app, clock):
    occurrence_id = an_occurrence(clock)

    first = a_booking(occurrence_id, clock, once="the-key-of-the-form")
    second = a_booking(occurrence_id, clock, once="the-key-of-the-form")

    assert first == second
    assert rows(Booking) == rows(OutgoingMail) == 1
