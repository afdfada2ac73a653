"""The code of a booking: it leads staff to the party, and tells everybody else nothing; looking changes nothing."""

import json
from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import attending, changing
from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.links.tokens import token
from booking.web.check_in_codes import check_in_url
from tests.builders import a_booking, a_host, an_occurrence, house_id
from tests.deeds.reading import rows_of
from tests.staff import a_staff, signed_in
from tests.web.ways import path, said


@pytest.fixture
def host_id(app):
    return a_host()


@pytest.fixture
def booked(app, clock, host_id):
    today = an_occurrence(clock, starts_at=clock() + timedelta(hours=1), host_ids=(host_id,))
    return a_booking(today, clock)


def code(app, booked):
    """Return the path that the code of a booking holds."""
    with app.test_request_context("/de/", base_url="http://localhost"):
        return check_in_url(booked.link_id).removeprefix("http://localhost")


def test_a_phone_of_the_desk_gets_to_the_party_and_checks_it_in(app, staff, booked):
    desk = staff("desk")
    page = desk.get(code(app, booked))
    assert page.response.request.path == f"/de/intern/ankunft/buchung/{booked.booking_id}"
    assert rows_of(Booking.state) == [("confirmed",)]

    after = desk.post(page.response.request.path, page.fields() | {"deed": "all"})

    assert rows_of(Booking.state) == [("attended",)]
    assert after.response.request.path == page.response.request.path


def test_whoever_is_not_signed_in_reads_that_staff_check_in_and_nothing_of_the_booking(app, visitor, booked):
    page = visitor.get(code(app, booked))

    assert page.status == 200
    assert said("This code is for our staff", "de") in page.text
    reference = rows_of(Booking.reference)[0][0]
    for secret in ("Amina", "Rundgang", reference, str(booked.link_id)):
        assert secret not in page.text
    assert rows_of(Booking.state) == [("confirmed",)]
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_a_wrong_code_looks_the_same_to_the_public(app, visitor, booked):
    right = visitor.get(code(app, booked)).text
    wrong = visitor.get("/de/intern/ankunft/code/" + "A" * 44).text

    number = "Nummer dieser Seite"  # each page has one of its own
    assert wrong.partition(number)[0] == right.partition(number)[0]
    assert number in right


@pytest.mark.parametrize("role", ["auditor", "admin", "guide", "expert"])
def test_staff_who_do_not_check_this_party_in_see_nothing_of_it(app, staff, booked, role):
    other = a_host(kind="expert") if role in ("guide", "expert") else None

    page = staff(role, host_id=other).get(code(app, booked))

    assert "/ankunft/buchung/" not in page.response.request.path
    assert "Amina" not in page.response.text


def test_the_guide_of_the_date_gets_in(app, staff, booked, host_id):
    page = staff("guide", host_id=host_id).get(code(app, booked))

    assert page.response.request.path.endswith(f"/ankunft/buchung/{booked.booking_id}")


def test_the_code_neither_shows_nor_changes_the_booking_and_a_manage_link_is_no_code(
    app, staff, visitor, booked
):
    secret = code(app, booked).rpartition("/")[2]
    key = app.extensions["booking"].keys[0]
    manage = token(booked.link_id, purpose="manage", key=key)

    assert visitor.get(path(app, "manage", secret=secret)).status == 404
    assert visitor.get(path(app, "cancel", secret=secret)).status == 404
    assert staff("desk").get(f"/de/intern/ankunft/code/{manage}").status == 404


def test_a_code_ends_with_its_link_and_with_its_booking(app, staff, booked, clock):
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))

    assert staff("desk").get(code(app, booked)).status == 404


def test_another_house_finds_nothing_behind_a_code(app, booked, clock):
    stranger = signed_in(
        app, a_staff("desk", house_id=house_id("library")), clock, host="bibliothek.localhost"
    )

    answer = stranger.get(code(app, booked))

    assert answer.status in (200, 404)
    assert "Amina" not in answer.response.text


def test_the_page_and_the_slip_of_a_booking_bear_the_code_while_it_can_be_used(app, visitor, booked, clock):
    secret = token(booked.link_id, purpose="manage", key=app.extensions["booking"].keys[0])
    words = said("Your code for the desk", "de")

    assert words in visitor.get(path(app, "manage", secret=secret)).text
    assert visitor.client.get(path(app, "slip_pdf", secret=secret)).status_code == 200
    clock.forward(hours=3)
    assert words not in visitor.get(path(app, "manage", secret=secret)).text


def test_who_was_there_sees_when_that_was_noted_and_takes_it_along(app, visitor, booked, clock):
    secret = token(booked.link_id, purpose="manage", key=app.extensions["booking"].keys[0])
    check = partial(attending.check_in, booked.booking_id, zone="Europe/Berlin", actor="staff:1")
    unit_of_work(partial(check, now=clock()))

    page = visitor.get(path(app, "manage", secret=secret))
    exported = json.loads(visitor.client.get(path(app, "export", secret=secret)).data)

    assert said("When you arrived", "de") in page.text
    assert "11. Januar 2027, 10:00" in exported["personal_data"]["arrived_at"]["value"]
