"""The admin's pages: deactivating and reactivating, each after a question."""

import pytest

from tests.crew import PASSWORD, deactivate, edit, joined, some_details, stored

LIST, MAIL = "/de/intern/team", "mira@example.org"


@pytest.fixture
def admin(staff):
    return staff("admin", name="Vera Lind", email="vera@example.org", password_hash="x")


def at(staff_id, what=""):
    return f"{LIST}/{staff_id}{what}"


def test_deactivating_asks_first_and_signs_out_at_once(app, admin, clock, visitor):
    staff_id = joined(clock, "desk")
    sign_in = visitor.get("/de/intern/anmelden").fields() | {"email": MAIL, "password": PASSWORD}
    visitor.post("/de/intern/anmelden", sign_in)

    asked = admin.get(at(staff_id, "/deaktivieren"))
    assert stored(staff_id, clock).state == "active"
    done = admin.post(at(staff_id, "/deaktivieren"), asked.fields())

    assert done.status == 200
    assert stored(staff_id, clock).state == "deactivated"
    assert visitor.get("/de/intern/konto").response.request.path == "/de/intern/anmelden"
    again = admin.get(at(staff_id, "/reaktivieren"))
    admin.post(at(staff_id, "/reaktivieren"), again.fields())
    assert stored(staff_id, clock).state == "active"


def test_deactivating_what_somebody_else_changed_meanwhile_asks_again(admin, clock):
    staff_id = joined(clock, "desk")
    form = admin.get(at(staff_id, "/deaktivieren")).fields()
    edit(staff_id, some_details("guide"), clock)

    page = admin.post(at(staff_id, "/deaktivieren"), form)

    assert page.status == 409
    assert stored(staff_id, clock).state == "active"
    admin.post(at(staff_id, "/deaktivieren"), page.fields())
    assert stored(staff_id, clock).state == "deactivated"


def test_who_is_deactivated_is_shown_without_a_form(admin, clock):
    staff_id = joined(clock, "desk")
    form = admin.get(at(staff_id)).fields()
    deactivate(staff_id, clock)

    assert "name" not in admin.get(at(staff_id)).fields(0)
    assert admin.post(at(staff_id), form | {"roles": ["guide"]}).status == 409
    assert stored(staff_id, clock).details.roles == {"desk"}
