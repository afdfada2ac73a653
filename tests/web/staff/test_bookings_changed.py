"""Pages of staff that change a booking: cancelled, moved, made larger, and by two people at once."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import moving
from booking.bookings.models import Booking
from booking.bookings.staff_models import BookingNote
from booking.db import unit_of_work
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, a_host, an_occurrence, an_offering
from tests.deeds.reading import rows_of
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert
from tests.web.staff.booking_ways import LIST, dates_of, href, sent


@pytest.fixture
def offering_id(app):
    return an_offering(seats=10, party_max=6, cancel_until_minutes=24 * 60)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def test_the_mail_of_a_cancellation_is_shown_before_it_leaves(staff, date, clock):
    booked = a_booking(date(hours=2), clock)
    desk, path = staff("desk"), href(booked, "cancel")

    page = desk.post(
        path, desk.get(path).fields() | {"kind": "cancelled_by_house", "reason": "Mira ist krank."}
    )
    assert "This sends mail to 1 person" in page.text
    assert "Mira ist krank." in page.text
    assert rows_of(Booking.state) == [("confirmed",)]

    kept = {"kind": "cancelled_by_house", "reason": "Mira ist krank."}
    changed = desk.post(path, page.fields() | kept | {"reason": "Der Raum ist nass."})
    assert rows_of(Booking.state) == [("confirmed",)], "what is sent is what was shown"

    done = desk.post(path, changed.fields() | kept | {"reason": "Der Raum ist nass.", "tell": "send"})
    assert "The booking is cancelled." in done.text
    assert rows_of(Booking.state) == [("cancelled_by_house",)]
    assert rows_of(OutgoingMail.kind)[-1] == ("cancelled_by_house",)


def test_a_cancellation_may_leave_the_mail_out(staff, date, clock):
    booked = a_booking(date(), clock)

    sent(staff("desk"), href(booked, "cancel"), kind="cancelled_by_visitor", tell="not")

    assert rows_of(Booking.state) == [("cancelled_by_visitor",)]
    assert [kind for (kind,) in rows_of(OutgoingMail.kind)] == ["confirmation"]


def test_the_house_has_to_say_why_at_the_field(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), href(booked, "cancel")

    page = desk.post(path, desk.get(path).fields() | {"kind": "cancelled_by_house", "reason": ""})

    assert page.status == 422
    assert "Enter the reason." in page.text
    assert rows_of(Booking.state) == [("confirmed",)]


def test_the_reason_stands_on_the_page_of_the_booker_too(staff, date, clock, app):
    booked = a_booking(date(), clock)

    page = sent(staff("desk"), href(booked, "cancel"), kind="cancelled_by_house", reason="Mira ist krank.")

    assert "Mira ist krank." in page.text


def test_a_booking_is_moved_past_the_deadline_to_a_date_of_the_list(staff, date, clock):
    old, new = date(hours=20), date(hours=40)
    booked = a_booking(old, clock)
    desk = staff("desk")
    page = desk.get(href(booked, "move"))
    (to,) = [link for link in page.links() if link.endswith(f"to={new}")]

    done = sent(desk, to)

    assert "The booking is moved." in done.text
    assert rows_of(Booking.occurrence_id) == [(new,)]
    assert rows_of(Event.deed, Event.actor)[-1][0] == "booking.moved"


def test_a_date_of_another_offering_is_none_to_move_to(staff, date, clock):
    booked = a_booking(date(), clock)
    other = an_occurrence(clock)

    assert staff("desk").get(f"{href(booked, 'move')}?to={other}").status == 404


def test_a_consultation_is_moved_to_a_time_with_the_host_that_staff_choose(staff, clock):
    offering_id = a_consultation(notice_minutes=60)
    first = an_expert(offering_id, "daily 08:00-18:00", key="ada", first_name="Ada")
    an_expert(offering_id, "daily 08:00-18:00", key="bea", first_name="Bea")
    booked = a_slot_booking(offering_id, clock() + timedelta(hours=24), clock, slot={"host_id": first})
    desk = staff("desk")
    page = desk.get(f"{href(booked, 'move')}?host=bea")
    to = next(link for link in page.links() if "start=2027-01-12" in link)

    done = sent(desk, to)

    assert "The booking is moved." in done.text
    assert "Bea" in done.text


def test_an_expert_cancels_and_moves_own_consultations_with_a_reason(staff, clock):
    offering_id = a_consultation()
    host = an_expert(offering_id, "daily 08:00-18:00", key="ada", first_name="Ada")
    booked = a_slot_booking(offering_id, clock() + timedelta(hours=24), clock)
    expert = staff("expert", host_id=host)
    to = next(link for link in expert.get(href(booked, "move-own")).links() if "start=2027-01-13" in link)

    assert "Enter the reason." in expert.post(to, expert.get(to).fields()).text
    assert "The booking is moved." in sent(expert, to, reason="Termin im Rat.").text
    assert rows_of(BookingNote.words, BookingNote.kind) == [("Termin im Rat.", "note")]
    page = sent(expert, href(booked, "cancel-own"), reason="Krank.")
    assert rows_of(Booking.state) == [("cancelled_by_house",)]
    assert "amina@example.org" not in page.text


def test_a_stranger_among_the_experts_changes_nothing(staff, clock):
    offering_id = a_consultation()
    an_expert(offering_id, "daily 08:00-18:00", key="ada")
    other = a_host(kind="expert")
    booked = a_slot_booking(offering_id, clock() + timedelta(hours=24), clock)
    expert = staff("expert", host_id=other)

    for part in ("cancel-own", "move-own", "cancel", "move"):
        assert expert.get(href(booked, part)).status == 404
    assert rows_of(Booking.state) == [("confirmed",)]


def test_more_people_than_the_bounds_come_when_that_is_ticked(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), href(booked, "party")

    page = sent(desk, path, adults="8", children="0")
    assert page.status == 422
    assert "1 to 6 people" in page.text
    done = sent(desk, path, adults="8", children="0", overrules="y")

    assert "The number of people is changed." in done.text
    assert "8 adults" in done.text


def test_two_people_at_once_the_second_sees_both_versions_and_may_insist(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), href(booked, "contact")
    opened = desk.get(path).fields()
    unit_of_work(partial(moving.change_party, booked.booking_id, {"adults": 1}, now=clock()))
    sent(staff("coordinator"), path, name="Amina Weber", phone="0341 99999")

    page = desk.post(path, opened | {"phone": "0341 11111"})

    assert page.status == 409
    assert "Amina Weber" in page.text
    assert "0341 11111" in str(page.fields())
    assert rows_of(Booking.phone) == [("0341 99999",)]
    desk.post(path, page.fields())
    assert rows_of(Booking.phone, Booking.name) == [("0341 11111", "Amina Kaya")]


def test_a_move_over_a_change_of_the_booker_is_asked_once_more(staff, date, clock):
    new = date(hours=40)
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), f"{href(booked, 'move')}?to={new}"
    page = desk.post(path, desk.get(path).fields())
    unit_of_work(partial(moving.change_party, booked.booking_id, {"adults": 1}, now=clock()))

    page = desk.post(path, page.fields() | {"tell": "send"})

    assert page.status == 409
    assert "Somebody else has changed this meanwhile" in page.text


def test_what_nobody_could_have_typed_is_answered_and_changes_nothing(staff, date, clock):
    booked = a_booking(date(), clock)
    desk = staff("desk")

    for path in (f"{LIST}/0000OOOO", f"{LIST}/nothing", f"{href(booked, 'move')}?to=999999999"):
        assert desk.get(path).status == 404
    for part in ("cancel", "party", "contact", "notes", "resend", "reached"):
        assert desk.post(href(booked, part), {}).status in (400, 422)
    assert rows_of(Booking.state, Booking.version) == [("confirmed", 1)]


def test_a_party_that_cannot_be_is_refused_at_the_field_before_any_mail_is_offered(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), href(booked, "party")

    page = desk.post(path, desk.get(path).fields() | {"adults": "7", "children": "0"})

    assert page.status == 422
    assert "This sends mail" not in page.text
    assert rows_of(Booking.version) == [(1,)]
    mended = desk.post(path, page.fields() | {"adults": "6", "children": "0"})
    assert "This sends mail to 1 person" in mended.text
    assert rows_of(Booking.version) == [(1,)], "what was tried is not done"
