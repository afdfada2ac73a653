"""How often somebody may try to sign in: by account and by client, alike for addresses that nobody has."""

from booking.app import create_app
from tests.conftest import settings_for
from tests.crew import PASSWORD, all_mails, joined
from tests.visitors import Visitor

PAGE, HOME = "/de/intern/anmelden", "/de/intern/"
MIRA = {"email": "mira@example.org", "password": PASSWORD}
WRONG = {"email": "mira@example.org", "password": "ein anderes Wort"}


def where(page):
    return page.response.request.path


def test_an_account_is_shut_for_a_while_after_ten_wrong_passwords_and_its_person_is_told_once(visitor, clock):
    joined(clock, "desk")
    fields = visitor.get(PAGE).fields()
    assert {visitor.post(PAGE, fields | WRONG).status for _ in range(10)} == {422}

    shut = [visitor.post(PAGE, fields | tried).status for tried in (MIRA, WRONG, MIRA)]

    assert shut == [429, 429, 429]
    warnings = [mail for mail in all_mails() if mail.kind == "staff_warned"]
    assert [(mail.recipient, mail.facts["event"]) for mail in warnings] == [("mira@example.org", "throttled")]
    clock.forward(minutes=15)
    assert where(visitor.post(PAGE, fields | MIRA)) == HOME


def test_an_unknown_address_is_shut_alike(visitor, clock):
    fields = visitor.get(PAGE).fields() | WRONG

    tried = [visitor.post(PAGE, fields).status for _ in range(11)]

    assert tried == [422] * 10 + [429]
    assert [mail.kind for mail in all_mails()] == ["staff_warned"]  # the worker finds nobody, and drops it


def test_who_knows_the_password_is_never_shut_out_by_signing_in(visitor, clock):
    joined(clock, "desk")

    for _ in range(12):
        page = visitor.get(PAGE)
        assert where(visitor.post(PAGE, page.fields() | MIRA)) == HOME
        visitor.post("/de/intern/abmelden", visitor.get(HOME).fields(0))


def test_a_client_that_tries_address_after_address_is_shut(database_url, tmp_path, clock):
    made = create_app(settings_for(database_url, tmp_path, BOOKINGS_PER_CLIENT="5"), clock=clock)
    with made.app_context():
        visitor = Visitor(made)
        fields = visitor.get(PAGE).fields() | WRONG
        tried = [visitor.post(PAGE, fields | {"email": f"a{n}@example.org"}).status for n in range(7)]

    assert tried == [422] * 5 + [429] * 2
