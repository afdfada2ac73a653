"""Who may send a form: a token that fits, from this site, and through proxies that we trust."""

import pytest

from booking.app import create_app
from tests.conftest import settings_for
from tests.visitors import Visitor
from tests.walk_ins import a_walk_in
from tests.web.every_address import Places, filled, form_at
from tests.web.ways import CONTACT, LANGUAGES, PARTY, booked, contents, path, said, summary

both_languages = pytest.mark.parametrize("language", LANGUAGES)
TYPED = {
    "book": PARTY,
    "hold": CONTACT,
    "change_party": PARTY,
    "resend": {"email": "zoe@example.org"},
    "change_address": {"email": "zoe@example.org"},
}
STALE = "The form was open for a long time, or your browser keeps no cookies. Please send it once more."


@pytest.fixture
def forms(app, visitor, clock):
    """Return address and content of every form, ready to be sent."""
    found = {}
    for rule, address in filled(Places(visitor, clock)):
        if "POST" in (rule.methods or ()):
            name = rule.endpoint.removeprefix("public.")
            told, page = form_at(visitor, address)
            found[name, (rule.defaults or {})["language"]] = told, page.fields() | TYPED.get(name, {})
    assert len(found) == 3 * len({name for name, _ in found}) >= 39
    return found


def test_no_form_is_taken_without_its_token(app, visitor, forms):
    before = booked(app)
    for token in (None, "", "x", "a.b.c", "n" * 10_000):
        for (name, language), (address, form) in forms.items():
            sent = {field: value for field, value in form.items() if field != "csrf_token"}
            page = visitor.post(address, sent if token is None else sent | {"csrf_token": token})

            assert page.status == 400, address
            assert said(STALE, language) in summary(page)[0]
            kept = TYPED.get(name, {})
            assert {field: page.fields()[field] for field in kept} == kept
    assert booked(app) == before


@pytest.mark.parametrize(("name", "made"), [("book", "hold"), ("hold", "booking")])
def test_a_form_of_another_browser_is_refused_keeps_what_was_typed_and_can_be_sent_again(
    app, forms, name, made
):
    address, form = forms[name, "de"]
    other = Visitor(app)
    before = booked(app)

    page = other.post(address, form)
    assert page.status == 400
    assert booked(app) == before

    again = other.post(address, page.fields())
    assert again.status == 200
    assert len(contents(app)[made]) == len(before[made]) + 1


def test_a_token_in_a_header_or_in_the_address_is_no_token_of_the_form(app, visitor, forms):
    before = booked(app)
    for address, form in forms.values():
        token = form["csrf_token"]
        sent = {field: value for field, value in form.items() if field != "csrf_token"}
        told = f"{address}{'&' if '?' in address else '?'}csrf_token={token}"
        answer = visitor.client.post(told, data=sent, headers={"X-CSRFToken": token})
        assert answer.status_code == 400, address
    assert booked(app) == before


STRANGE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "nonsense"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "http://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8000"},
    {"Origin": "http://bibliothek.localhost"},
    {"Origin": "localhost"},
    {"Origin": "http://["},
    {"Origin": ""},
]


def test_a_form_that_another_site_sends_is_refused(app, visitor, forms):
    before = contents(app)
    for headers in STRANGE:
        for (_, language), (address, form) in forms.items():
            page = visitor.post(address, form, headers=headers)
            assert page.status == 403, (address, headers)
            assert page.tree.get("lang") == ("en" if language == "en" else "de")
    assert contents(app) == before


OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Origin": "http://LOCALHOST"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("name", ["book", "hold"])
def test_a_form_that_this_site_sends_is_taken(visitor, forms, name):
    address, form = forms[name, "en"]

    for headers in OURS:
        assert visitor.post(address, form, headers=headers).status == 200, headers


def proxied(database_url, tmp_path, clock, **more):
    made = create_app(settings_for(database_url, tmp_path, BOOKINGS_PER_CLIENT="1", **more), clock=clock)
    return Visitor(made)


def two_clients_draw(visitor, clock, *forwarded):
    """Two people draw a number; what counts is where they seem to come from."""
    with visitor.app.app_context():
        a_walk_in(key="help")
    address, people = path(visitor.app, "queue", key="help"), [Visitor(visitor.app) for _ in forwarded]
    return [
        one.client.post(address, data=one.get(address).fields(), headers=headers).status_code
        for one, headers in zip(people, forwarded, strict=True)
    ]


CLIENTS = ({"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"})


def test_what_a_client_says_of_its_address_is_not_believed(database_url, tmp_path, clock):
    visitor = proxied(database_url, tmp_path, clock)

    assert two_clients_draw(visitor, clock, *CLIENTS) == [303, 429]


def test_what_our_proxy_says_of_a_client_is_believed(database_url, tmp_path, clock):
    visitor = proxied(database_url, tmp_path, clock, TRUSTED_PROXIES="1")

    assert two_clients_draw(visitor, clock, *CLIENTS) == [303, 303]


def test_only_the_part_that_our_proxy_wrote_is_believed(database_url, tmp_path, clock):
    visitor = proxied(database_url, tmp_path, clock, TRUSTED_PROXIES="1")
    forged = [{"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.1"} for number in (1, 2)]

    assert two_clients_draw(visitor, clock, *forged) == [303, 429]


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_the_host_is_the_one_of_the_request_whatever_is_forwarded(database_url, tmp_path, clock, proxies):
    visitor = proxied(database_url, tmp_path, clock, TRUSTED_PROXIES=proxies)
    forwarded = {
        "X-Forwarded-Host": "bibliothek.localhost",
        "X-Forwarded-Prefix": "/x",
        "X-Forwarded-Port": "1",
    }

    page = visitor.get("/de/", headers=forwarded)

    assert page.status == 200
    assert "Lindenau" not in page.text
    assert not [link for link in page.links() if link.startswith(("/x", "http"))]
