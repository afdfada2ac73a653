"""What was typed on a page whose sign-in had ended is kept through signing in, and sent again by its person alone."""

import pytest

from booking.people.models import Staff
from tests.crew import PASSWORD, joined
from tests.deeds.reading import rows_of

PAGE = "/de/intern/anmelden"
MIRA = {"email": "mira@example.org", "password": PASSWORD}


def test_what_was_typed_after_the_end_of_the_sign_in_is_kept_through_signing_in_again(app, visitor, clock):
    joined(clock, "admin")
    visitor.post(PAGE, visitor.get(PAGE).fields() | MIRA)
    form = visitor.get("/de/intern/team/einladen").fields() | {
        "name": "Amina Kaya",
        "email": "amina@example.org",
        "roles": ["guide", "desk"],
        "language": "en",
    }
    clock.forward(hours=4)

    asked = visitor.post("/de/intern/team/einladen", form)
    assert asked.status == 403
    assert "Amina" not in asked.text  # on the page, but not before anybody's eyes
    assert len(rows_of(Staff.id)) == 1

    again = visitor.post(PAGE, asked.fields() | MIRA)
    assert again.all("form")[-1].get("action") == "/de/intern/team/einladen"
    assert len(rows_of(Staff.id)) == 1
    sent = [(one.get("name"), one.get("value")) for one in again.all("form")[-1].iter() if one.get("name")]
    data = {name: [value for key, value in sent if key == name] for name, _ in sent}
    done = visitor.post("/de/intern/team/einladen", data)

    assert done.status == 200
    assert [row[0] for row in rows_of(Staff.name)] == ["Mira Vogt", "Amina Kaya"]


def test_a_form_of_another_site_is_not_kept(visitor, clock):
    joined(clock, "admin")

    page = visitor.post("/de/intern/team/einladen", {"name": "Evil", "csrf_token": "made up"})

    assert page.status == 403
    assert page.fields()["kept"] == ""
    assert page.fields()["next"] == "/de/intern/team/einladen"


@pytest.mark.parametrize(
    "kept", ["[", "null", "[[1, 2]]", '{"a": 1}', "[" * 100_000, '[["csrf_token", "x"]]']
)
def test_what_nobody_wrote_is_not_sent_again(visitor, clock, kept):
    joined(clock, "desk")
    page = visitor.get(f"{PAGE}?next=/de/intern/konto")

    answer = visitor.client.post(PAGE, data=page.fields() | MIRA | {"kept": kept})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/de/intern/konto")
