"""Whose parties somebody sees at the door: the own dates, the days around today, the own programmes, the own house."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from booking.bookings.attendance_models import Attendance
from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import db, unit_of_work
from tests.builders import a_booking, a_host, an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of
from tests.staff import a_programme

ARRIVALS = "/de/intern/ankunft"


@pytest.fixture
def host_id(app):
    return a_host()


@pytest.fixture
def today(app, clock, host_id):
    """A date of today in an hour, given by Mira."""
    return an_occurrence(clock, starts_at=clock() + timedelta(hours=1), host_ids=(host_id,))


def buttons(page):
    """Return the values of the "all here" buttons."""
    return [one.get("value") for one in page.all("button") if one.get("name") == "everybody"]


def came():
    return dict(rows_of(Attendance.category, Attendance.people))


def state():
    return [one for (one,) in rows_of(Booking.state)]


def test_a_guide_sees_first_name_and_size_of_the_own_dates_alone(staff, clock, today, host_id):
    other = an_occurrence(clock, starts_at=clock() + timedelta(hours=1))
    mine, foreign = a_booking(today, clock), a_booking(other, clock, name="Bela Öz")
    guide = staff("guide", host_id=host_id)

    page = guide.get(ARRIVALS)

    reference = dict(rows_of(Booking.id, Booking.reference))[mine.booking_id]
    assert "Amina" in page.text
    assert "Kaya" not in page.response.text
    assert reference not in page.response.text
    assert "Bela" not in page.response.text
    for path in (f"termin/{other}", f"buchung/{foreign.booking_id}"):
        assert guide.get(f"{ARRIVALS}/{path}").status == 404
    fields = page.fields() | {"everybody": f"{foreign.booking_id}.0"}
    assert guide.post(ARRIVALS, fields).status == 404
    assert dict(rows_of(Booking.id, Booking.state))[foreign.booking_id] == "confirmed"


def test_a_guide_without_dates_sees_an_empty_day(staff, clock, today):
    a_booking(today, clock)
    for guide in (staff("guide", host_id=a_host()), staff("guide")):
        page = guide.get(ARRIVALS)
        assert page.status == 200
        assert "Amina" not in page.response.text


def test_a_coordinator_of_another_programme_sees_no_party(staff, clock):
    own, other = a_programme(), a_programme()
    mine = an_offering_of(own)
    occurrence = an_occurrence(clock, offering_id=mine, starts_at=clock() + timedelta(hours=1))
    booked = a_booking(occurrence, clock)
    stranger, runner = staff("coordinator", programmes=[other]), staff("coordinator", programmes=[own])

    assert "Amina" not in stranger.get(ARRIVALS).response.text
    assert stranger.get(f"{ARRIVALS}/buchung/{booked.booking_id}").status == 404
    assert stranger.get(f"{ARRIVALS}/termin/{occurrence}").status == 404
    assert "Amina Kaya" in runner.get(ARRIVALS).text


def an_offering_of(programme_id):
    offering_id = an_offering()
    changed = update(Offering).where(Offering.id == offering_id).values(programme_id=programme_id)
    unit_of_work(lambda: db.session.execute(changed))
    return offering_id


@pytest.mark.parametrize("days", [8, 30])
def test_the_desk_sees_parties_for_a_week_and_no_further(staff, clock, days):
    far = an_occurrence(clock, starts_at=clock() + timedelta(days=days))
    booked = a_booking(far, clock)
    desk = staff("desk")
    day = (clock() + timedelta(days=days)).date().isoformat()

    assert "Amina" not in desk.get(f"{ARRIVALS}?day={day}").response.text
    assert desk.get(f"{ARRIVALS}/buchung/{booked.booking_id}").status == 404
    assert "Amina" in staff("coordinator").get(f"{ARRIVALS}?day={day}").text


def test_another_house_sees_nothing(app, staff, clock, today):
    booked = a_booking(today, clock)
    other = staff("coordinator", house_id=house_id("library"))
    other.host = "library.localhost"

    for path in ("", f"/termin/{today}", f"/buchung/{booked.booking_id}"):
        page = other.client.get(ARRIVALS + path, base_url="http://localhost")
        assert "Amina" not in page.text
        assert page.status_code in (303, 404)
