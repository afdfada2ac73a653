"""Who may send a form: a token that fits, from this site, and through proxies that we trust."""

import pytest

from booking.app import create_app
from tests.builders import an_occurrence
from tests.conftest import settings_for
from tests.visitors import Visitor
from tests.web.ways import AMINA, LANGUAGES, a_secret, booked, contents, form_of, path, said, summary

both_languages = pytest.mark.parametrize("language", LANGUAGES)
TYPED = {
    "book": AMINA,
    "resend": {"email": "zoe@example.org"},
    "change_address": {"email": "zoe@example.org"},
}
STALE = "The form was open for a long time, or your browser keeps no cookies. Please send it once more."


@pytest.fixture
def forms(app, visitor, clock):
    """Return address and content of every form, ready to be sent."""
    occurrence_id = an_occurrence(clock)
    secret = a_secret(visitor, occurrence_id)
    found = {}
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods:
            name, language = rule.endpoint.removeprefix("public."), rule.defaults["language"]
            values = {"occurrence_id": occurrence_id, "secret": secret}
            wanted = {one: values[one] for one in rule.arguments if one != "language"}
            address = path(app, name, language, **wanted)
            found[name, language] = address, visitor.get(address).fields() | TYPED.get(name, {})
    assert len(found) == 2 * len({name for name, _ in found}) == 10
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


def test_a_form_of_another_browser_is_refused_keeps_what_was_typed_and_can_be_sent_again(app, forms):
    address, form = forms["book", "de"]
    other = Visitor(app)
    before = booked(app)

    page = other.post(address, form)
    assert page.status == 400
    assert booked(app) == before

    again = other.post(address, page.fields())
    assert again.status == 200
    assert len(contents(app)["booking"]) == 2


def test_a_token_in_a_header_or_in_the_address_is_no_token_of_the_form(app, visitor, forms):
    before = booked(app)
    for address, form in forms.values():
        token = form["csrf_token"]
        sent = {field: value for field, value in form.items() if field != "csrf_token"}
        answer = visitor.client.post(
            address, query_string={"csrf_token": token}, data=sent, headers={"X-CSRFToken": token}
        )
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
    {"Origin": ""},
]


def test_a_form_that_another_site_sends_is_refused(app, visitor, forms):
    before = contents(app)
    for headers in STRANGE:
        for (_, language), (address, form) in forms.items():
            page = visitor.post(address, form, headers=headers)
            assert page.status == 403, (address, headers)
            assert page.tree.get("lang") == language
    assert contents(app) == before


OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Origin": "http://LOCALHOST"},
    {"Origin": "null"},
]


def test_a_form_that_this_site_sends_is_taken(visitor, forms):
    address, form = forms["book", "en"]

    for headers in OURS:
        assert visitor.post(address, form, headers=headers).status == 200, headers


def proxied(database_url, tmp_path, clock, **more):
    made = create_app(settings_for(database_url, tmp_path, BOOKINGS_PER_CLIENT="1", **more), clock=clock)
    return Visitor(made)


def two_clients_book(visitor, clock, *forwarded):
    with visitor.app.app_context():
        occurrence_id = an_occurrence(clock)
        filled = [form_of(visitor, occurrence_id) | AMINA for _ in forwarded]
    address = path(visitor.app, "book", occurrence_id=occurrence_id)
    return [
        visitor.client.post(address, data=form, headers=headers).status_code
        for form, headers in zip(filled, forwarded, strict=True)
    ]


CLIENTS = ({"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"})


def test_what_a_client_says_of_its_address_is_not_believed(database_url, tmp_path, clock):
    visitor = proxied(database_url, tmp_path, clock)

    assert two_clients_book(visitor, clock, *CLIENTS) == [303, 429]


def test_what_our_proxy_says_of_a_client_is_believed(database_url, tmp_path, clock):
    visitor = proxied(database_url, tmp_path, clock, TRUSTED_PROXIES="1")

    assert two_clients_book(visitor, clock, *CLIENTS) == [303, 303]


def test_only_the_part_that_our_proxy_wrote_is_believed(database_url, tmp_path, clock):
    visitor = proxied(database_url, tmp_path, clock, TRUSTED_PROXIES="1")
    forged = [{"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.1"} for number in (1, 2)]

    assert two_clients_book(visitor, clock, *forged) == [303, 429]


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
