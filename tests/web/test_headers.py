"""Headers and cookies of every answer, and what is believed of a request."""

from http.cookies import SimpleCookie

import pytest

from booking.app import create_app
from tests.builders import an_occurrence, an_offering
from tests.conftest import settings_for
from tests.visitors import Visitor
from tests.web.ways import PARTY, a_secret, details, location, path, post

STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
}
LOCKED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def https(database_url, tmp_path, clock):
    """The application as people reach it by https."""
    made = create_app(settings_for(database_url, tmp_path, PUBLIC_URL="https://localhost"), clock=clock)
    with made.app_context():
        yield made


def answers(visitor, clock):
    """Yield answers of every kind."""
    client = visitor.client
    secret = a_secret(visitor, an_occurrence(clock, offering_id=an_offering(key="tour")))
    for address in (
        "/",
        "/de/",
        "/en/programme",
        "/de/angebote/tour",
        "/de/termine/1",
        "/de/termine/1/buchen",
    ):
        yield client.get(address)
    for name in ("done", "manage", "calendar", "export", "cancel"):
        yield client.get(path(visitor.app, name, secret=secret))
    action, form = details(visitor, 1)
    yield client.get(action)
    yield client.post(action, data=form | {"extend": "1"})
    yield client.post(action, data=form)
    for address in (
        "/static/app.css",
        "/static/nothing",
        "/house.css",
        "/livez",
        "/readyz",
        "/nothing",
        "/de",
    ):
        yield client.get(address)
    yield client.get("/de/", headers={"If-None-Match": client.get("/de/").headers["ETag"]})
    yield client.get("/static/app.css", headers={"Range": "bytes=0-9"})
    yield client.post("/de/termine/1/buchen", data=PARTY)
    yield client.post("/de/termine/1/buchen", data=PARTY, headers={"Sec-Fetch-Site": "cross-site"})
    yield client.post("/de/termine/1/buchen", data={"note": "n" * 4_000_000})
    yield client.post("/de/programm")
    yield client.options("/de/programm")
    yield client.get("/de/", base_url="http://evil.example")


def test_every_answer_has_the_security_headers(visitor, clock):
    statuses = set()
    for answer in answers(visitor, clock):
        statuses.add(answer.status_code)
        policy = set(answer.headers["Content-Security-Policy"].split("; "))
        assert policy >= STRICT | {"frame-ancestors 'none'"}, answer.request.path
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "http" not in answer.headers["Content-Security-Policy"]
        assert {name: answer.headers[name] for name in LOCKED} == LOCKED
        assert answer.headers["Referrer-Policy"] in ("no-referrer", "strict-origin-when-cross-origin")
        assert answer.headers["X-Request-ID"]
        assert "Strict-Transport-Security" not in answer.headers
        if answer.status_code >= 400:
            assert answer.headers["Cache-Control"] == "no-store"
    assert statuses == {200, 206, 302, 303, 304, 308, 400, 403, 404, 405, 413}


def test_with_https_every_answer_asks_for_https_from_now_on(https, clock):
    for answer in answers(Visitor(https), clock):
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_pages_of_the_programme_set_no_cookie_and_hold_no_token(app, visitor, clock):
    an_occurrence(clock, offering_id=an_offering(key="tour"))
    pages = ["/de/", "/de/programm", "/de/angebote/tour", "/de/termine/1", "/de/meine-buchungen/gesendet"]
    pages += ["/de/impressum", "/de/datenschutz", "/de/barrierefreiheit", "/de/kontakt", "/de/geloescht", "/"]
    for address in (*pages, "/nothing", "/livez", "/house.css", "/static/app.css"):
        answer = visitor.client.get(address)
        assert "Set-Cookie" not in answer.headers, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        if "/static" not in address:
            assert "csrf" not in answer.text, address


def cookie_of(answer):
    (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    return cookie


def test_the_cookie_of_a_form_is_for_this_site_and_no_script(visitor, clock):
    cookie = cookie_of(visitor.client.get(f"/de/termine/{an_occurrence(clock)}/buchen"))

    assert cookie.key == "booking"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert not cookie["secure"]
    assert not cookie["domain"]
    assert not cookie["expires"]
    assert not cookie["max-age"]


def test_with_https_the_cookie_is_bound_to_host_and_https(https, clock):
    answer = https.test_client().get(f"/de/termine/{an_occurrence(clock)}/buchen")
    cookie = cookie_of(answer)

    assert cookie.key == "__Host-booking"
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        True,
        "Lax",
        "/",
    )
    assert not cookie["domain"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "127.0.0.1.nip.io", ""]
)
@pytest.mark.parametrize(
    "address", ["/de/", "/", "/livez", "/nothing", "/static/app.css", "/de/meine-buchungen"]
)
def test_a_host_that_is_not_ours_is_refused(app, visitor, host, address):
    for method in ("GET", "POST"):
        answer = visitor.client.open(address, method=method, headers={"Host": host})
        assert answer.status_code == 400
        assert host not in answer.text or not host
        assert "Location" not in answer.headers


def test_the_page_for_a_strange_host_is_a_valid_page(app):
    stranger = Visitor(app, host="evil.example")

    assert stranger.get("/de/programm").status == 400


@pytest.mark.parametrize(
    "address",
    ["/%2F%2Fevil.example", "/de//evil.example", "/%5Cevil.example", "/de", "/de/buchung//x", "/?next=//x"],
)
def test_no_address_leads_to_another_site(visitor, address):
    answer = visitor.client.get(address + "?next=https://evil.example&url=//evil.example")

    assert answer.status_code in (200, 302, 308, 404)
    if answer.status_code < 400:
        assert location(answer).startswith("/")
        assert not location(answer).startswith("//")


def test_addresses_in_mails_come_from_the_settings_and_never_from_the_request(app, visitor, clock):
    action, form = details(visitor, an_occurrence(clock))
    strange = {
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "X-Forwarded-Proto": "https",
    }
    answer = visitor.client.post(
        action, data=form, headers=strange, base_url="http://elsewhere.localhost:8123"
    )
    assert answer.status_code == 400  # the cookie is for localhost alone
    visitor.post(action, form, headers=strange)

    (mail,) = post(app)

    assert "http://localhost/de/buchung/" in str(mail.get_body(("plain",)))
    assert "elsewhere" not in str(mail)
    assert "evil.example" not in str(mail)
