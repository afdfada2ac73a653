"""My account: name, language, password, where I am signed in; each is one's own alone."""

from booking.people.models import SignIn, Staff
from tests.crew import NEXT_PASSWORD, PASSWORD, all_events, all_mails, fits, joined, stored
from tests.deeds.reading import rows_of
from tests.visitors import Visitor
from tests.web.ways import contents

ACCOUNT, PASSWORD_PAGE, SIGN_IN = "/de/intern/konto", "/de/intern/konto/passwort", "/de/intern/anmelden"
EVERYWHERE = "/de/intern/konto/ueberall-abmelden"


def mira(app):
    """Return a browser in front of which Mira sits."""
    visitor = Visitor(app)
    form = visitor.get(SIGN_IN).fields() | {"email": "mira@example.org", "password": PASSWORD}
    assert visitor.post(SIGN_IN, form).status == 200
    return visitor


def is_in(visitor):
    return visitor.get(ACCOUNT).response.request.path == ACCOUNT


def own_form(visitor):
    return form_of(visitor.get(ACCOUNT))


def form_of(page):
    return next(page.fields(at) for at in range(len(page.all("form"))) if "name" in page.fields(at))


def test_name_and_language_are_ones_own_and_the_page_speaks_the_language_chosen(app, clock):
    staff_id = joined(clock, "desk")
    visitor = mira(app)

    page = visitor.post(ACCOUNT, own_form(visitor) | {"name": "Mira Sommer", "language": "en"})

    assert page.response.request.path == "/en/staff/account"
    assert (stored(staff_id, clock).details.name, stored(staff_id, clock).details.language) == (
        "Mira Sommer",
        "en",
    )
    assert all_events()[-1].actor == f"staff:{staff_id}"
    assert is_in(visitor)


def test_two_tabs_of_ones_own_account_do_not_overwrite_each_other(app, clock):
    joined(clock, "desk")
    visitor = mira(app)
    first, second = own_form(visitor), own_form(visitor)
    visitor.post(ACCOUNT, first | {"name": "Mira Eins"})
    page = visitor.post(ACCOUNT, second | {"name": "Mira Zwei"})

    assert page.status == 409
    assert "Mira Eins" in page.text
    assert form_of(page)["name"] == "Mira Zwei"
    assert visitor.post(ACCOUNT, form_of(page)).status == 200
    assert own_form(visitor)["name"] == "Mira Zwei"


def test_roles_cannot_be_slipped_in(app, clock):
    staff_id = joined(clock, "desk")
    visitor = mira(app)

    visitor.post(ACCOUNT, own_form(visitor) | {"roles": ["admin"], "runs_all": "y", "email": "a@example.org"})

    assert stored(staff_id, clock).details.roles == {"desk"}
    assert stored(staff_id, clock).email == "mira@example.org"


def test_what_is_missing_is_told_and_nothing_changes(app, clock):
    joined(clock, "desk")
    visitor = mira(app)
    before = rows_of(Staff.name, Staff.language, Staff.version)

    for typed in ({"name": ""}, {"language": "fr"}, {"name": "See www.example.org"}, {"csrf_token": ""}):
        assert visitor.post(ACCOUNT, own_form(visitor) | typed).status in (400, 422)

    assert rows_of(Staff.name, Staff.language, Staff.version) == before


def test_a_new_password_signs_every_other_browser_out_and_gives_this_one_a_new_cookie(app, clock):
    joined(clock, "desk")
    here, there = mira(app), mira(app)
    cookie = here.client.get_cookie("staff").value
    form = here.get(PASSWORD_PAGE).fields()

    done = here.post(PASSWORD_PAGE, form | {"present_password": PASSWORD, "password": NEXT_PASSWORD})

    assert done.response.request.path == ACCOUNT
    assert here.client.get_cookie("staff").value != cookie
    assert is_in(here)
    assert not is_in(there)
    assert fits(NEXT_PASSWORD)
    assert all_mails()[-1].kind == "staff_warned"


def test_the_present_password_is_asked_for_and_may_not_be_guessed(app, clock):
    joined(clock, "desk")
    visitor = mira(app)
    form = visitor.get(PASSWORD_PAGE).fields() | {"password": NEXT_PASSWORD}

    tried = [visitor.post(PASSWORD_PAGE, form | {"present_password": f"guess {n}"}).status for n in range(11)]

    assert tried == [422] * 10 + [429]
    assert visitor.post(PASSWORD_PAGE, form | {"present_password": PASSWORD}).status == 429
    assert fits(PASSWORD)
    assert is_in(visitor)


def test_neither_password_is_shown_again(app, clock):
    joined(clock, "desk")
    visitor = mira(app)
    form = visitor.get(PASSWORD_PAGE).fields()

    page = visitor.post(PASSWORD_PAGE, form | {"present_password": PASSWORD, "password": "kurz"})

    assert page.status == 422
    assert PASSWORD not in page.response.get_data(as_text=True)
    assert "kurz" not in [one.get("value") for one in page.all("input")]


def test_the_page_says_where_one_is_signed_in_and_ends_it_everywhere(app, clock):
    joined(clock, "desk")
    here = mira(app)
    clock.forward(minutes=30)
    there = mira(app)

    page = here.get(ACCOUNT)
    cells = ["".join(one.itertext()) for one in page.all("td")]
    assert cells[0].startswith("Montag, 11. Januar 2027, 10:30")
    assert [cells[2], cells[5]] == ["ein anderer", "dieser"]
    form = next(page.fields(at) for at, one in enumerate(page.all("form")) if one.get("action") == EVERYWHERE)
    left = here.post(EVERYWHERE, form)

    assert left.response.request.path == SIGN_IN
    assert rows_of(SignIn.id) == []
    assert not is_in(there)


def test_signing_out_everywhere_needs_the_button(app, clock):
    joined(clock, "desk")
    visitor = mira(app)
    before = contents(app)

    visitor.get(EVERYWHERE)
    visitor.post(EVERYWHERE, {})

    assert contents(app) == before
    assert is_in(visitor)


def test_the_page_says_what_is_stored_and_until_when(app, clock):
    joined(clock, "desk")

    page = mira(app).get("/en/staff/account")

    assert "your email address" in page.text
    assert "90 days after the person's access has ended" in page.text
