"""Links of bookers: what they open, what opens nothing, when they end, and that nobody else learns of them."""

import logging

import pytest

from booking.links.tokens import token
from booking.web.roof import roof
from tests.builders import an_occurrence
from tests.visitors import Visitor
from tests.web.ways import LIBRARY, a_secret, book, booked, location, path, said

PAGES = (
    "done",
    "manage",
    "calendar",
    "export",
    "move",
    "change_party",
    "cancel",
    "change_address",
    "erase",
)


def statuses(visitor, secret, host="localhost"):
    base = f"http://{host}"
    return {
        visitor.client.get(path(visitor.app, name, secret=secret), base_url=base).status_code
        for name in PAGES
    }


def test_a_link_opens_every_page_of_its_booking(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))

    assert statuses(visitor, secret) == {200}
    assert statuses(Visitor(app), secret) == {200}


def test_a_changed_link_opens_nothing(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    other = a_secret(visitor, an_occurrence(clock))
    wrong = [
        ("A" if secret[place] != "A" else "B").join((secret[:place], secret[place + 1 :]))
        for place in (0, 21, 22, 43)
    ]
    wrong += [secret[:22] + other[22:], secret.swapcase(), "A" * 44, "-" * 44, "ä" * 44, "%2e" * 44]
    wrong.append(token(secret[:22], purpose="confirm", key=roof().keys[0]))
    wrong.append(token(secret[:22], purpose="manage", key="another key"))

    for one in wrong:
        assert statuses(visitor, one) == {404}, one


@pytest.mark.parametrize("length", [1, 22, 43, 45, 88, 3000])
def test_a_link_that_lost_its_end_or_gained_one_opens_nothing(visitor, clock, length):
    secret = (a_secret(visitor, an_occurrence(clock)) * 70)[:length]

    for ending in ("", "/fertig", "/absagen", "/daten.json", "/termin.ics"):
        assert visitor.client.get(f"/de/buchung/{secret}{ending}").status_code == 404


def test_a_link_opens_nothing_at_another_house(visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))

    assert statuses(visitor, secret, host=LIBRARY) == {404}


def test_a_link_ends_a_week_after_the_visit_and_its_page_says_how_to_go_on(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    clock.forward(days=8, minutes=59)
    assert visitor.get(path(app, "manage", secret=secret)).status == 200

    clock.forward(minutes=1)

    assert statuses(visitor, secret) == {410}
    for language in ("de", "en"):
        page = visitor.get(path(app, "manage", language, secret=secret))
        assert said("This link no longer works", language) in page.text
        assert path(app, "resend", language) in page.links()


def test_an_erased_booking_is_gone_also_for_who_sends_a_form_again(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    forms = {name: visitor.get(path(app, name, secret=secret)).fields() for name in ("cancel", "erase")}
    assert visitor.post(path(app, "erase", secret=secret), forms["erase"]).status == 200
    before = booked(app)

    assert statuses(visitor, secret) == {410}
    assert visitor.post(path(app, "cancel", secret=secret), forms["cancel"]).status == 410
    again = visitor.post(path(app, "erase", secret=secret), forms["erase"])
    assert (again.status, again.response.request.path) == (
        200,
        path(app, "erased"),
    )  # pressed twice: it is done
    assert booked(app) == before


def test_links_of_an_old_key_go_on_working(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    old = token(secret[:22], purpose="manage", key="an old key")
    app.extensions["booking"] = _with_keys(roof(), (*roof().keys, "an old key"))

    assert statuses(visitor, old) == {200}


def _with_keys(found, keys):
    return type(found)(**{name: getattr(found, name) for name in found.__slots__} | {"keys": keys})


def test_pages_of_a_booking_are_kept_by_nobody(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))

    for address in (
        *(path(app, name, secret=secret) for name in PAGES),
        path(app, "manage", secret="A" * 44),
    ):
        answer = visitor.client.get(address)
        assert answer.headers["Cache-Control"] == "no-store", address
        assert answer.headers["Referrer-Policy"] == "no-referrer", address
        assert "ETag" not in answer.headers
        if answer.status_code == 200:
            assert not [name for name, value in answer.headers if secret in value]


def test_the_redirect_to_the_done_page_is_the_only_header_with_a_token(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    page = book(visitor, occurrence_id)
    secret = page.response.request.path.split("/")[3]

    answers = [*page.response.history, page.response]
    with_token = [
        (one.status_code, name) for one in answers for name, value in one.headers if secret in value
    ]

    assert with_token == [(303, "Location")]
    assert page.response.history[0].headers["Cache-Control"] == "no-store"
    assert page.response.history[0].headers["Referrer-Policy"] == "no-referrer"


def test_no_log_line_names_a_token_or_a_person(app, visitor, clock, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    secret = a_secret(visitor, an_occurrence(clock))
    for shown in (secret, secret[:43], secret[:30], secret + "A"):
        visitor.client.get(f"/de/buchung/{shown}")
        visitor.client.get(f"/en/booking/{shown}/nothing")
    form = visitor.get(path(app, "cancel", secret=secret)).fields()
    visitor.post(path(app, "cancel", secret=secret), form)

    def broken(**_):
        raise RuntimeError("broken")

    monkeypatch.setitem(app.view_functions, "public.manage", broken)
    assert visitor.get(path(app, "manage", secret=secret)).status == 500

    assert "cancel" in caplog.text or "absagen" in caplog.text
    for personal in (secret[:22], secret[22:43], "Amina", "amina@", "0341", "127.0.0.1"):
        assert personal not in caplog.text, personal


def test_pages_of_a_booking_load_nothing_from_elsewhere(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))

    for name in ("done", "manage", "move", "change_party", "cancel", "change_address", "erase"):
        page = visitor.get(path(app, name, secret=secret))
        loaded = [
            one.get("src") or one.get("href") for tag in ("link", "script", "img") for one in page.all(tag)
        ]
        assert all(address.startswith("/") for address in loaded), loaded
        assert all(link.startswith(("/", "#", "tel:", "mailto:")) for link in page.links())


def test_a_cancelled_booking_leads_from_done_to_its_page(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    visitor.post(path(app, "cancel", secret=secret), visitor.get(path(app, "cancel", secret=secret)).fields())

    for name in ("done", "cancel"):
        for method in ("get", "head"):
            answer = getattr(visitor.client, method)(path(app, name, secret=secret))
            assert (answer.status_code, location(answer)) == (302, path(app, "manage", secret=secret))
