"""Pages of staff beside a booking: notes, whom to phone, the confirmation once more, the slip."""

import pytest

from booking.bookings.staff_models import BookingNote
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_offering
from tests.deeds.reading import rows_of
from tests.web.staff.booking_ways import LIST, bounced, dates_of, href


@pytest.fixture
def offering_id(app):
    return an_offering(seats=10, party_max=6, cancel_until_minutes=24 * 60)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def test_notes_are_written_told_apart_and_deleted_by_their_writer(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, coordinator = staff("desk", name="Dana Desk"), staff("coordinator", name="Cora")
    form = desk.get(href(booked)).fields()
    page = desk.post(href(booked, "notes"), form | {"words": "Ruft morgen an."})
    assert "Ruft morgen an." in page.text
    assert "Dana Desk" in page.text

    ((note_id,),) = rows_of(BookingNote.id)
    foreign = coordinator.post(
        href(booked, "notes", str(note_id), "delete"), coordinator.get(href(booked)).fields()
    )
    assert foreign.status == 404
    desk.post(href(booked, "notes", str(note_id), "delete"), page.fields())
    assert rows_of(BookingNote.id) == []


def test_an_empty_note_is_told_at_its_field(staff, date, clock):
    booked = a_booking(date(), clock)
    desk = staff("desk")

    page = desk.post(href(booked, "notes"), desk.get(href(booked)).fields() | {"words": "  "})

    assert page.status == 422
    assert "Enter the note." in page.text


def test_whom_mail_does_not_reach_stands_on_a_list_until_somebody_phoned(staff, date, clock):
    booked = a_booking(date(), clock, phone="0341 12345")
    bounced(booked, clock)
    desk = staff("desk")
    assert "0341 12345" in desk.get(f"{LIST}?unreachable=1").text

    page = desk.post(href(booked, "reached"), desk.get(href(booked)).fields())

    assert "you reached the person" in page.text
    assert "Nobody has to be phoned" in desk.get(f"{LIST}?unreachable=1").text


def test_the_confirmation_is_sent_again(staff, date, clock):
    booked = a_booking(date(), clock)
    desk = staff("desk")

    page = desk.post(href(booked, "resend"), desk.get(href(booked)).fields())

    assert "on its way once more" in page.text
    assert [kind for (kind,) in rows_of(OutgoingMail.kind)] == ["confirmation"] * 2


def test_the_slip_is_printed_for_somebody_without_an_address(staff, date, clock):
    booked = a_booking(date(), clock, email="", phone="0341 12345")

    answer = staff("desk").get(href(booked, "slip.pdf")).response

    assert answer.mimetype == "application/pdf"
    assert answer.get_data().startswith(b"%PDF")
