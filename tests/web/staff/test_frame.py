"""The frame of the staff area: nobody gets in without a sign-in, and everybody finds the ways that are theirs."""

import pytest

from booking.people.permissions import PERMISSIONS, ROLES


def test_who_is_not_signed_in_is_led_to_the_form_and_comes_back(visitor):
    page = visitor.get("/de/intern/")

    assert page.response.request.path == "/de/intern/anmelden"
    assert page.fields()["next"] == "/de/intern/"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_the_first_page_in_both_languages(staff, role):
    visitor = staff(role)

    for path in ("/de/intern/", "/en/staff/"):
        page = visitor.get(path)
        assert page.status == 200
        assert page.response.headers["Cache-Control"] == "no-store"


def test_signing_out_ends_it_for_a_copied_cookie_too(app, staff):
    visitor = staff("desk")
    cookie = visitor.client.get_cookie("staff")
    page = visitor.get("/de/intern/")
    visitor.post("/de/intern/abmelden", page.fields(1))
    visitor.client.set_cookie("staff", cookie.value)

    assert visitor.get("/de/intern/").response.request.path == "/de/intern/anmelden"


def test_a_sign_in_ends_after_three_idle_hours(staff, clock):
    visitor = staff("desk")
    clock.forward(hours=2, minutes=59)
    assert visitor.get("/de/intern/").response.request.path == "/de/intern/"

    clock.forward(hours=3, minutes=1)

    assert visitor.get("/de/intern/").response.request.path == "/de/intern/anmelden"


def test_a_sign_in_ends_after_twelve_hours_whatever_happens(staff, clock):
    visitor = staff("desk")
    for _ in range(5):
        clock.forward(hours=2)
        assert visitor.get("/de/intern/").response.request.path == "/de/intern/"

    clock.forward(hours=2)

    assert visitor.get("/de/intern/").response.request.path == "/de/intern/anmelden"


def test_every_permission_names_known_roles():
    assert {role for roles in PERMISSIONS.values() for role in roles} == set(ROLES)


@pytest.mark.parametrize(
    "path", ["/de/intern/angebote", "/de/intern/termine/99999", "/de/intern/gibt-es-nicht"]
)
def test_who_may_not_or_mistypes_keeps_the_ways_around(staff, path):
    page = staff("guide").get(path)

    assert page.status == 404
    assert "/de/intern/tag" in page.links()
    assert "/de/programm" not in page.links()


def test_a_stranger_learns_nothing_of_it(visitor):
    page = visitor.get("/de/intern/gibt-es-nicht")

    assert page.status == 404
    assert "/de/intern/tag" not in page.links()
