"""Error pages: a valid page in the person's language, with a way on and without internals."""

import pytest
from sqlalchemy.exc import OperationalError

from booking.db import db
from tests.builders import an_occurrence
from tests.visitors import Visitor
from tests.web.ways import CONTACT, LANGUAGES, PARTY, a_secret, details, form_of, path, said

HEADINGS = {
    403: "That was not allowed",
    404: "This page does not exist",
    405: "That does not work here",
    410: "This link no longer works",
    413: "That was too much",
    500: "Something went wrong on our side",
}
INTERNALS = (
    "Traceback",
    'File "',
    "werkzeug",
    "flask",
    "sqlalchemy",
    "SELECT",
    "secret stuff",
    "RuntimeError",
)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def broken(**_):
    raise RuntimeError("secret stuff")


def provoke(app, visitor, clock, status, language, monkeypatch):
    """Return the page of a status, in a language."""
    book = path(app, "book", language, occurrence_id=an_occurrence(clock))
    if status == 403:
        return visitor.post(book, PARTY, headers={"Sec-Fetch-Site": "cross-site"})
    if status == 405:
        return visitor.post(path(app, "programme", language), {})
    if status == 410:
        secret = a_secret(visitor, 1, language)
        clock.forward(days=9)
        return visitor.get(path(app, "manage", language, secret=secret))
    if status == 413:
        return visitor.post(book, {"note": "n" * 4_000_000})
    if status == 500:
        monkeypatch.setitem(app.view_functions, "public.imprint", broken)
        return visitor.get(path(app, "imprint", language))
    return visitor.get(f"/{language}/nothing")


@both_languages
@pytest.mark.parametrize("status", HEADINGS)
def test_an_error_is_a_page_in_the_persons_language(app, visitor, clock, status, language, monkeypatch):
    page = provoke(app, visitor, clock, status, language, monkeypatch)

    assert (page.status, page.tree.get("lang")) == (status, language)
    assert said(HEADINGS[status], language) in page.text
    assert path(app, "programme", language) in page.links()
    assert any(link.startswith("tel:") for link in page.links())
    assert page.response.headers["Cache-Control"] == "no-store"
    assert not [word for word in INTERNALS if word in page.response.text]
    assert page.response.headers["X-Request-ID"] in page.text


@both_languages
@pytest.mark.parametrize("status", [400, 429])
def test_an_error_of_a_form_is_its_form(app, visitor, clock, status, language):
    action, form = details(visitor, an_occurrence(clock), language)
    if status == 400:
        page = visitor.post(action, form | {"csrf_token": "x"})
    else:
        page = [visitor.post(action, form) for _ in range(21)][-1]

    assert (page.status, page.tree.get("lang")) == (status, language)
    assert {name: page.fields()[name] for name in CONTACT} == CONTACT


@both_languages
def test_an_error_of_the_first_form_is_its_form(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    form = form_of(visitor, occurrence_id, language) | PARTY | {"csrf_token": "x"}

    page = visitor.post(path(app, "book", language, occurrence_id=occurrence_id), form)

    assert (page.status, page.tree.get("lang")) == (400, language)
    assert {name: page.fields()[name] for name in PARTY} == PARTY


@pytest.mark.parametrize(("accepted", "language"), [("en", "en"), ("de", "de"), ("fr", "de")])
def test_an_address_without_a_language_errs_in_the_one_of_the_browser(visitor, accepted, language):
    for address in ("/nothing", "/uk/", "/static/nothing.css", "/de.php"):
        page = visitor.get(address, headers={"Accept-Language": accepted})
        assert (page.status, page.tree.get("lang")) == (404, language), address


@pytest.mark.parametrize(
    "address",
    [
        "/de/%ff",
        "/de/%00",
        "/de/a%0d%0aX-Evil:1",
        "/static/%00",
        "/de/" + "a" * 3000,
        "/static/../config.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_an_odd_address_does_not_exist(visitor, address):
    page = visitor.get(address)

    assert page.status == 404
    assert "X-Evil" not in page.response.headers


def test_the_page_for_a_host_that_is_not_ours_blames_nobody(app):
    page = Visitor(app, host="evil.example").get("/de/")

    assert page.status == 400
    assert "nicht verstanden" in page.text
    assert "not understood" in page.text


def test_without_a_database_there_is_a_page_in_both_languages(app, clock, monkeypatch):
    visitor = Visitor(app)
    occurrence_id = an_occurrence(clock)
    assert visitor.get("/de/").status == 200
    clock.forward(minutes=1)  # the house is no longer remembered

    def away(*_, **__):
        raise OperationalError("SELECT secret stuff", {}, RuntimeError("secret stuff"))

    monkeypatch.setattr(db.session, "connection", away)
    for address in ("/de/", "/en/programme", f"/de/termine/{occurrence_id}", "/house.css"):
        page = visitor.get(address)
        assert page.status == 503, address
        assert page.response.headers["Retry-After"] == "30"
        assert "Not available at the moment" in page.text
        assert not [word for word in INTERNALS if word in page.response.text]
    assert visitor.get("/livez").status == 200
