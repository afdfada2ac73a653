"""Invitations and forgotten passwords: a link opens one form once, and looking at it changes nothing."""

import re

import pytest

from booking.bookings.delivering import deliver_due
from booking.db import unit_of_work
from booking.links import queries as links
from booking.people.models import SignIn, Staff
from booking.web.staff.people.links import secret_of
from tests.crew import NEXT_PASSWORD, PASSWORD, all_events, all_mails, deactivate, fits, invited, joined
from tests.deeds.reading import rows_of
from tests.deeds.test_crew_passwords import Post
from tests.visitors import Visitor
from tests.web.ways import LIBRARY, contents

FORGOTTEN, SIGN_IN, HOME = "/de/intern/passwort-vergessen", "/de/intern/anmelden", "/de/intern/"
WORDS = {"de": "einladung", "en": "invitation"}


def where(page):
    return page.response.request.path


def address_in_mail(app, clock):
    """Deliver what is owed, and return the one-time links that the mails carry."""
    post = Post()
    deliver_due(post, app.extensions["booking_letters"], clock=clock)
    texts = [letter.text for letter in post.letters]
    found = [
        re.search(r"^http://localhost(/\S+/(?:einladung|neues-passwort)/\S+)$", text, re.MULTILINE)
        for text in texts
    ]
    return [one[1] for one in found if one]


def test_who_is_invited_opens_the_mail_chooses_a_password_and_is_in(app, visitor, clock):
    invited(clock, "desk")
    (address,) = address_in_mail(app, clock)
    page = visitor.get(address)
    assert "Mira Vogt" in page.text
    assert "mira@example.org" in page.text

    done = visitor.post(address, page.fields() | {"password": PASSWORD})

    assert where(done) == HOME
    assert fits(PASSWORD)


def test_a_link_is_not_used_up_by_whoever_looks_into_mails(app, visitor, clock):
    invited(clock, "desk")
    (address,) = address_in_mail(app, clock)
    before = contents(app)

    for method in (visitor.client.get, visitor.client.head):
        assert method(address).status_code == 200

    assert contents(app) == before


def test_a_link_works_once(app, visitor, clock):
    invited(clock, "desk")
    (address,) = address_in_mail(app, clock)
    fields = visitor.get(address).fields()
    visitor.post(address, fields | {"password": PASSWORD})
    events = len(all_events())

    again = visitor.post(address, fields | {"password": NEXT_PASSWORD})

    assert again.status == Visitor(app).get(address).status == 410
    assert fits(PASSWORD)
    assert len(all_events()) == events


def test_a_link_ends_by_time_and_by_deactivation(app, visitor, clock):
    staff_id = invited(clock, "desk").staff_id
    (address,) = address_in_mail(app, clock)
    clock.forward(days=6, hours=23)
    assert visitor.get(address).status == 200
    clock.forward(hours=1)
    assert visitor.get(address).status == 410

    clock.forward(hours=-2)
    deactivate(staff_id, clock)
    assert visitor.get(address).status == 410


def test_a_link_opens_neither_the_other_form_nor_another_house_nor_with_a_changed_end(app, clock):
    one = invited(clock, "desk")
    secret = secret_of(one.link_id, purpose="invite")

    assert Visitor(app).get(f"/de/intern/einladung/{secret}").status == 200
    assert Visitor(app).get(f"/de/intern/neues-passwort/{secret}").status == 404
    assert Visitor(app, host=LIBRARY).get(f"/de/intern/einladung/{secret}").status == 404
    assert (
        Visitor(app).get(f"/de/intern/einladung/{secret[:-1]}{'A' if secret[-1] != 'A' else 'B'}").status
        == 404
    )
    assert Visitor(app).get("/de/intern/einladung/short").status == 404


@pytest.mark.parametrize("password", ["kurz", "passwort12345", "mira@example.org", "Mira  Vogt!!", ""])
def test_a_password_that_will_not_do_is_told_at_the_field_and_the_link_stays(app, visitor, clock, password):
    invited(clock, "desk")
    (address,) = address_in_mail(app, clock)
    page = visitor.get(address)

    refused = visitor.post(address, page.fields() | {"password": password})

    assert refused.status == 422
    (field,) = [one for one in refused.all("input") if one.get("name") == "password"]
    assert field.get("aria-invalid") == "true"
    assert field.get("value") in (None, "")
    assert where(visitor.post(address, refused.fields() | {"password": PASSWORD})) == HOME


def test_a_password_may_be_pasted_with_any_signs(app, visitor, clock):
    invited(clock, "desk")
    (address,) = address_in_mail(app, clock)
    odd = " „ßÄ🦆 <b> ' \" \\ %s "

    visitor.post(address, visitor.get(address).fields() | {"password": odd})

    assert fits(odd)
    assert not fits(odd.strip())


def test_a_forgotten_password_is_chosen_anew_and_every_browser_is_signed_out(app, visitor, clock, staff):
    joined(clock, "desk")
    former = Visitor(app)
    former.post(SIGN_IN, former.get(SIGN_IN).fields() | {"email": "mira@example.org", "password": PASSWORD})
    address_in_mail(app, clock)

    asked = visitor.post(FORGOTTEN, visitor.get(FORGOTTEN).fields() | {"email": "Mira@Example.org"})
    (address,) = address_in_mail(app, clock)
    done = visitor.post(address, visitor.get(address).fields() | {"password": NEXT_PASSWORD})

    assert where(asked) == f"{FORGOTTEN}/gesendet"
    assert where(done) == HOME
    assert fits(NEXT_PASSWORD)
    assert where(former.get(HOME)) == SIGN_IN
    assert all_mails()[-1].kind == "staff_warned"


def test_the_answer_and_what_is_written_are_the_same_for_every_address(app, visitor, clock):
    joined(clock, "desk")
    fields = visitor.get(FORGOTTEN).fields()

    def ask(email):
        before = contents(app)
        answer = visitor.client.post(FORGOTTEN, data=fields | {"email": email})
        after = contents(app)
        grown = {table: len(rows) - len(before[table]) for table, rows in after.items()}
        return answer.status_code, answer.headers["Location"], {name: n for name, n in grown.items() if n}

    ask("first@example.org")  # the client is counted from here on

    assert ask("mira@example.org") == ask("nobody@example.org")


def test_a_mailbox_gets_a_handful_of_mails_however_often_somebody_asks(app, visitor, clock):
    joined(clock, "desk")
    fields = visitor.get(FORGOTTEN).fields() | {"email": "mira@example.org"}

    pages = [visitor.post(FORGOTTEN, fields) for _ in range(8)]

    assert {where(page) for page in pages} == {f"{FORGOTTEN}/gesendet"}
    assert len([mail for mail in all_mails() if mail.kind == "staff_reset"]) == 3


def test_secrets_of_staff_links_are_in_no_log_line(app, visitor, clock, caplog):
    one = invited(clock, "desk")
    secret = secret_of(one.link_id, purpose="invite")
    with caplog.at_level("INFO"):
        for path in (f"/de/intern/einladung/{secret}", f"/en/staff/new-password/{secret[:30]}"):
            visitor.get(path)

    assert secret[:30] not in caplog.text
    assert "/de/intern/einladung/<token>" in caplog.text


def test_nothing_at_rest_opens_anything(app, clock):
    one = invited(clock, "desk")
    secret = secret_of(one.link_id, purpose="invite")
    newest = unit_of_work(lambda: links.newest("invite", subject_id=one.staff_id))

    assert secret not in str(contents(app))
    assert newest == one.link_id
    assert Visitor(app).get(f"/de/intern/einladung/{newest}").status == 404
    assert rows_of(Staff.password_hash) == [("",)]
    assert rows_of(SignIn.id) == []
