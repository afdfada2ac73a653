"""Pages of staff: places of a date that are held back for phone and desk."""

import pytest

from booking.bookings.staff_models import HeldBack
from tests.builders import an_offering
from tests.deeds.reading import rows_of
from tests.web.staff.booking_ways import AREA, call, dates_of


@pytest.fixture
def offering_id(app):
    return an_offering(key="rundgang", seats=10, party_max=4, notice_minutes=120)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def hold(visitor, day, **typed):
    path = f"{AREA}/hold-back/{day}"
    return visitor.post(path, visitor.get(path).fields() | {"minutes": "120"} | typed)


def test_places_are_held_back_used_and_released(staff, date, clock):
    day, desk = date(), staff("desk")

    assert "Saved." in hold(desk, day, places="8").text
    assert "2 places free, 8 held back for you" in desk.get(f"{AREA}/hold-back").text
    assert "8 held back for you" in desk.get(f"{AREA}/call/date/{day}").text
    call(desk, f"{AREA}/call/date/{day}", adults="3", uses_kept="y")
    assert rows_of(HeldBack.places) == [(5,)]

    hold(desk, day, places="0")
    assert rows_of(HeldBack.id) == []


def test_what_is_held_back_can_be_left_alone(staff, date):
    day, desk = date(), staff("desk")
    hold(desk, day, places="8")
    path = f"{AREA}/call/date/{day}"
    typed = desk.get(path).fields() | {"adults": "3", "name": "Karl"}
    del typed["uses_kept"]

    assert desk.post(path, typed).status == 409
    assert rows_of(HeldBack.places) == [(8,)]


def test_more_than_is_free_cannot_be_held_back_and_two_desks_see_both_versions(staff, date, clock):
    day, desk, other = date(), staff("desk"), staff("desk")
    path = f"{AREA}/hold-back/{day}"
    opened = other.get(path).fields()

    page = hold(desk, day, places="11")
    assert page.status == 422
    assert "This date has 10 places" in page.text
    hold(desk, day, places="4")

    late = other.post(path, opened | {"places": "6", "minutes": "60"})
    assert late.status == 409
    assert "Somebody else has changed this meanwhile" in late.text
    assert rows_of(HeldBack.places) == [(4,)]
    other.post(path, late.fields() | {"minutes": "60"})
    assert rows_of(HeldBack.places) == [(6,)]
