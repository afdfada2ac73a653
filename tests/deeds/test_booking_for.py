"""Booking for a caller: with or without an address, beyond the lead time when that is said, never beyond the seats."""

from datetime import timedelta

import pytest

from booking.bookings import calling_off
from booking.bookings.access_rules import Asked
from booking.bookings.booking_for import NOBODY
from booking.bookings.models import Booking
from booking.bookings.refusals import Cancelled, FormUsed, Past, PhoneMissing
from booking.bookings.staff_refusals import (
    DateNotOpen,
    LeadTimeOver,
    NobodyComes,
    NotYetToday,
    PartyOutOfBounds,
)
from booking.db import db, unit_of_work
from booking.errors import NotFound
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from booking.reports import invariants
from booking.schedule.refusals import SlotGone, Taken
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.calls import a_called_booking, a_called_slot, let_in
from tests.deeds.reading import load_of, rows_of
from tests.holds import a_slot_wanted
from tests.hours import a_consultation, an_expert
from tests.staff import a_staff


@pytest.fixture
def desk(app):
    return a_staff("desk")


@pytest.fixture
def offering_id(app):
    return an_offering(seats=10, party_min=2, party_max=4, notice_minutes=180)


@pytest.fixture
def date(clock, offering_id):
    return an_occurrence(clock, offering_id=offering_id, seats=10)


def broken():
    return unit_of_work(lambda: invariants.broken(db.session.connection()))


def test_a_caller_is_booked_as_firm_and_gets_the_confirmation(date, desk, clock):
    a_called_booking(date, desk, clock)

    assert rows_of(Booking.state, Booking.channel, Booking.made_by_id) == [
        ("confirmed", "staff", desk.staff_id)
    ]
    assert rows_of(OutgoingMail.kind, OutgoingMail.recipient) == [("confirmation", "amina@example.org")]
    assert rows_of(Event.deed, Event.actor)[-1] == ("booking.confirmed", desk.actor)
    assert load_of(occurrence_id=date) == 3
    assert broken() == []


def test_without_an_address_nothing_is_owed_to_nobody(date, desk, clock):
    booked = a_called_booking(date, desk, clock, contact={"email": "", "phone": "0341 123"})

    assert rows_of(OutgoingMail.id) == []
    assert booked.link_id, "the slip leads to the booking"
    assert broken() == []


def test_where_nothing_shall_be_sent_nothing_is(date, desk, clock):
    a_called_booking(date, desk, clock, by={"tells": False})

    assert rows_of(OutgoingMail.id) == []
    assert broken() == []


def test_the_same_form_is_one_booking(date, desk, clock):
    first = a_called_booking(date, desk, clock, once="same")

    assert a_called_booking(date, desk, clock, once="same") == first
    assert rows_of(Booking.id) == [(first.booking_id,)]
    with pytest.raises(FormUsed):
        a_called_booking(date, desk, clock, once="same", party={"adults": 4})


def test_the_lead_time_binds_until_it_is_overruled_knowingly(date, desk, clock):
    clock.forward(hours=22)

    with pytest.raises(LeadTimeOver):
        a_called_booking(date, desk, clock)
    a_called_booking(date, desk, clock, by={"overrules": True})
    assert load_of(occurrence_id=date) == 3


@pytest.mark.parametrize("adults", [1, 5])
def test_the_bounds_of_a_party_bind_until_they_are_overruled_knowingly(date, desk, clock, adults):
    with pytest.raises(PartyOutOfBounds) as refused:
        a_called_booking(date, desk, clock, party={"adults": adults})

    assert refused.value.facts == {"fewest": 2, "most": 4}
    a_called_booking(date, desk, clock, party={"adults": adults}, by={"overrules": True})


def test_whoever_overrules_is_still_bound_by_the_seats(date, desk, clock):
    with pytest.raises(Taken):
        a_called_booking(date, desk, clock, party={"adults": 11}, by={"overrules": True})
    with pytest.raises(NobodyComes):
        a_called_booking(date, desk, clock, party={}, by={"overrules": True})


def test_a_date_that_has_begun_is_over_for_callers(date, desk, clock):
    clock.forward(hours=24)

    with pytest.raises(Past):
        a_called_booking(date, desk, clock, by={"overrules": True})


def test_a_date_of_another_house_does_not_exist(desk, clock):
    library = an_offering(house_id=house_id("library"))
    foreign = an_occurrence(clock, offering_id=library, house_id=house_id("library"))

    with pytest.raises(NotFound):
        a_called_booking(foreign, desk, clock)


def test_a_need_is_promised_beyond_its_lead_time_when_that_is_said(date, desk, clock):
    clock.forward(hours=10)

    a_called_booking(date, desk, clock, needs=Asked(("quiet",), "Nicht so laut"), by={"overrules": True})

    assert broken() == []


def test_a_consultation_is_booked_with_its_expert(clock, desk):
    offering_id = a_consultation(notice_minutes=24 * 60)
    an_expert(offering_id, "daily 00:00-24:00")
    slot = a_slot_wanted(offering_id, clock() + timedelta(hours=2))

    with pytest.raises(LeadTimeOver):
        a_called_slot(slot, desk, clock)
    first = a_called_slot(slot, desk, clock, once="same", by={"overrules": True})

    assert a_called_slot(slot, desk, clock, once="same", by={"overrules": True}) == first
    with pytest.raises(SlotGone):
        a_called_slot(slot, desk, clock, by={"overrules": True})
    assert broken() == []


def test_a_call_needs_a_number(clock, desk):
    offering_id = a_consultation(media=("phone",))
    an_expert(offering_id, "daily 00:00-24:00")
    slot = a_slot_wanted(offering_id, clock() + timedelta(days=2), medium="phone")

    with pytest.raises(PhoneMissing):
        a_called_slot(slot, desk, clock)
    a_called_slot(slot, desk, clock, contact={"phone": "0341 123456"})


def test_who_stands_there_is_let_in_by_a_number_alone_and_has_come(offering_id, desk, clock):
    date = an_occurrence(clock, offering_id=offering_id, seats=10, starts_at=clock() + timedelta(minutes=20))

    let_in(date, 5, desk, clock)

    assert rows_of(Booking.name, Booking.email, Booking.state, Booking.channel) == [
        (NOBODY.name, NOBODY.email, "attended", "walk_in")
    ]
    assert rows_of(OutgoingMail.id) == []
    assert load_of(occurrence_id=date) == 5
    assert broken() == []


def test_while_a_date_runs_people_are_let_in_and_after_it_nobody(offering_id, desk, clock):
    date = an_occurrence(clock, offering_id=offering_id, seats=10, starts_at=clock() + timedelta(minutes=20))
    clock.forward(minutes=79)

    let_in(date, 2, desk, clock)

    clock.forward(minutes=1)
    with pytest.raises(DateNotOpen):
        let_in(date, 2, desk, clock)


def test_nobody_is_let_in_to_a_date_of_another_day(date, desk, clock):
    with pytest.raises(NotYetToday):
        let_in(date, 1, desk, clock)


def test_who_stands_there_gets_no_seat_that_somebody_has(offering_id, desk, clock):
    date = an_occurrence(clock, offering_id=offering_id, seats=10, starts_at=clock() + timedelta(hours=4))
    a_booking(date, clock)

    with pytest.raises(Taken):
        let_in(date, 8, desk, clock)
    with pytest.raises(NobodyComes):
        let_in(date, 0, desk, clock)


def test_two_taps_on_the_same_form_let_in_once(offering_id, desk, clock):
    date = an_occurrence(clock, offering_id=offering_id, seats=10, starts_at=clock() + timedelta(hours=4))
    let_in(date, 2, desk, clock, once="tap")
    let_in(date, 2, desk, clock, once="tap")

    assert load_of(occurrence_id=date) == 2


def test_a_cancelled_date_is_booked_by_nobody(date, desk, clock):
    reasons = {"de": "Krank"}
    unit_of_work(lambda: calling_off.cancel_occurrence(date, reasons=reasons, actor="staff:1", now=clock()))

    with pytest.raises(Cancelled):
        a_called_booking(date, desk, clock)
