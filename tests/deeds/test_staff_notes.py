"""Notes that staff write beside a booking: in no mail, gone with it, taken back by their writer alone."""

from functools import partial

import pytest

from booking.bookings import (
    changing,
    contacting,
    noting,
)
from booking.bookings.staff_models import BookingNote
from booking.db import unit_of_work
from booking.errors import Gone, NotFound
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_offering
from tests.calls import hands
from tests.deeds.reading import rows_of
from tests.deeds.staff_ways import DEADLINE, dates_of, done
from tests.staff import a_staff


@pytest.fixture
def desk(app):
    return a_staff("desk")


@pytest.fixture
def offering_id(app):
    return an_offering(seats=5, party_max=4, cancel_until_minutes=DEADLINE, notice_minutes=DEADLINE)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def test_notes_are_erased_with_the_booking_and_nobody_writes_beside_an_erased_one(date, desk, clock):
    booked = a_booking(date(30), clock)
    done(noting.write, booked, "Ruft morgen an.", staff_id=desk.staff_id, now=clock())

    done(changing.erase, booked, now=clock())

    assert rows_of(BookingNote.id) == []
    with pytest.raises(Gone):
        done(noting.write, booked, "Noch eine.", staff_id=desk.staff_id, now=clock())


def test_a_note_stands_in_no_mail_and_no_journal(date, desk, clock):
    booked = a_booking(date(30), clock)

    done(noting.write, booked, "Ruft morgen an.", staff_id=desk.staff_id, now=clock())
    done(contacting.resend, booked, by=hands(desk), now=clock())

    assert "Ruft morgen" not in str(rows_of(OutgoingMail.facts) + rows_of(Event.counts, Event.changes))


def test_people_take_back_their_own_notes_alone(date, desk, clock):
    booked, other = a_booking(date(30), clock), a_staff("desk")
    done(noting.write, booked, "Ruft morgen an.", staff_id=desk.staff_id, now=clock())
    ((note_id,),) = rows_of(BookingNote.id)
    take = partial(noting.take_back, note_id, booking_id=booked.booking_id, now=clock())

    with pytest.raises(NotFound):
        unit_of_work(partial(take, staff_id=other.staff_id))
    unit_of_work(partial(take, staff_id=desk.staff_id))
    unit_of_work(partial(take, staff_id=desk.staff_id))

    assert rows_of(BookingNote.id) == []
