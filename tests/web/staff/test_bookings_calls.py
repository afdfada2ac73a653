"""Pages of staff: booking for a caller, and what the pages for phone and desk have in common."""

from functools import partial

import pytest
from sqlalchemy import select, update

from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.reading import load_of, rows_of
from tests.hours import a_consultation, an_expert
from tests.staff import a_programme
from tests.web.staff.booking_ways import AREA, call, dates_of
from tests.web.ways import statements


@pytest.fixture
def offering_id(app):
    return an_offering(key="rundgang", seats=10, party_max=4, notice_minutes=120)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def test_a_caller_without_an_address_is_booked_in_four_steps_and_gets_a_slip(staff, date):
    day = date()
    desk = staff("desk")
    times = desk.get(desk.get(f"{AREA}/call").link(ending="/call/rundgang"))
    form = times.link(ending=f"/call/date/{day}")

    page = call(desk, form, phone="0341 12345")

    assert "Read the reference out, or print the slip" in page.text
    assert rows_of(Booking.name, Booking.email, Booking.channel, Booking.state) == [
        ("Karl Busch", "", "staff", "confirmed")
    ]
    assert rows_of(OutgoingMail.id) == []
    slip = desk.get(page.link(ending="/slip.pdf")).response
    assert slip.get_data().startswith(b"%PDF")


def test_a_caller_with_an_address_gets_the_mail_in_the_language_that_was_asked_for(staff, date):
    call(staff("desk"), f"{AREA}/call/date/{date()}", email="karl@example.org", mail_language="en")

    assert rows_of(OutgoingMail.recipient, OutgoingMail.language) == [("karl@example.org", "en")]


def test_the_form_of_a_caller_sent_twice_books_once(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date()}"
    typed = desk.get(path).fields() | {"adults": "2", "name": "Karl Busch"}

    first, second = desk.post(path, typed), desk.post(path, typed)

    assert first.response.request.path == second.response.request.path
    assert len(rows_of(Booking.id)) == 1


def test_what_is_missing_is_told_at_the_field_and_what_was_typed_is_kept(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date()}"

    page = call(desk, path, name="", note="Mit Hund.")

    assert page.status == 422
    assert "Enter the name." in page.text
    assert page.fields()["note"] == "Mit Hund."
    assert rows_of(Booking.id) == []


def test_the_lead_time_is_overruled_with_a_tick_that_is_asked_for(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date(hours=1)}"
    assert "The lead time of this date is over" in desk.get(path).text

    refused = call(desk, path)
    assert refused.status == 409
    assert rows_of(Booking.id) == []
    page = call(desk, path, overrules="y")

    assert "Booked" in page.text


def test_more_people_than_one_booking_brings_are_told_at_the_field(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date()}"

    page = call(desk, path, adults="6")
    assert page.status == 422
    assert "1 to 4 people" in page.text

    assert "Booked" in desk.post(path, page.fields() | {"overrules": "y"}).text


def test_a_full_date_is_full_for_callers_too(staff, date, clock):
    day = date(seats=10)
    for _number in range(2):
        a_booking(day, clock, party={"adults": 4})

    page = call(staff("desk"), f"{AREA}/call/date/{day}", adults="3")

    assert page.status == 409
    assert load_of(occurrence_id=day) == 8


def test_access_needs_are_stored_with_the_consent_that_was_asked_aloud(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date(hours=24 * 30)}"
    typed = {"need_quiet": "y", "needs_words": "Am Rand, bitte."}

    assert "agree" in call(desk, path, **typed).text
    assert rows_of(Booking.id) == []
    call(desk, path, **typed, needs_consent="y")

    assert rows_of(AccessNeed.kind, AccessNeed.words) == [("quiet", "Am Rand, bitte.")]


def test_a_consultation_is_booked_for_a_caller(staff, clock):
    offering_id = a_consultation(key="ki", notice_minutes=60)
    an_expert(offering_id, "daily 08:00-18:00", key="ada", first_name="Ada")
    coordinator = staff("coordinator")
    times = coordinator.get(f"{AREA}/call/ki")
    slot = next(link for link in times.links() if "start=2027-01-12" in link)

    page = coordinator.post(slot, coordinator.get(slot).fields() | {"adults": "1", "name": "Karl"})

    assert "Ada" in page.text
    assert rows_of(Booking.state, Booking.channel) == [("confirmed", "staff")]


def test_a_coordinator_books_for_own_programmes_alone(staff, date, offering_id):
    day, own, other = date(), a_programme(), a_programme()
    programmed = update(Offering).where(Offering.id == offering_id).values(programme_id=own)
    unit_of_work(partial(execute, programmed))
    stranger = staff("coordinator", programmes=[other])

    for path in (
        f"{AREA}/call/rundgang",
        f"{AREA}/call/date/{day}",
        f"{AREA}/hold-back/{day}",
    ):
        assert stranger.get(path).status == 404
        assert staff("coordinator", programmes=[own]).get(path).status == 200
    token = stranger.get(f"{AREA}/let-in").fields()
    assert stranger.post(f"{AREA}/let-in/{day}", token | {"press": "2"}).status == 404
    assert rows_of(Booking.id) == []


def test_nobody_books_on_dates_of_another_house(staff, clock):
    library = house_id("library")
    foreign = an_occurrence(clock, offering_id=an_offering(house_id=library), house_id=library)
    for role in ("desk", "coordinator"):
        for path in (f"{AREA}/call/date/{foreign}", f"{AREA}/hold-back/{foreign}"):
            assert staff(role).get(path).status == 404


@pytest.mark.parametrize("path", ["hold-back", "let-in", "call/rundgang"])
def test_many_dates_ask_as_often_as_few(staff, date, clock, path):
    desk = staff("desk")
    date(hours=1)
    date(hours=2)
    desk.get(f"{AREA}/{path}")
    with statements() as few:
        desk.get(f"{AREA}/{path}")
    for number in range(30):
        hold_back = date(hours=3 + number / 10)
        assert hold_back
    with statements() as many:
        page = desk.get(f"{AREA}/{path}")

    assert page.status == 200
    assert len(many) == len(few)


def test_search_answers_strange_words_without_a_fault(staff):
    desk = staff("desk")
    for typed in ("%25", "_", "'", "%00", "x" * 500, "=1", "@", "+49", "%E2%80%AE"):
        assert desk.get(f"{AREA}/search?q={typed}").status == 200
    assert unit_of_work(lambda: execute(select(Booking.id)).all()) == []
