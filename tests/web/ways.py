"""Ways through the pages that tests of the web share: fill in a form, book, look into the database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import gettext, ngettext
from sqlalchemy import event

from booking.db import db
from booking.web.kept import read_kept
from booking.web.roof import roof
from booking.web.variants import speaking
from tests.visitors import Page, Visitor

PARTY = {"adults": "2", "children": "1"}
CONTACT = {
    "name": "Amina Kaya",
    "email": "amina@example.org",
    "phone": "0341 1234567",
    "note": "Wir freuen uns.",
}
LANGUAGES = ("de", "en")
LIBRARY = "bibliothek.localhost"


def path(app: Flask, name: str, language: str = "de", **values: Any) -> str:
    """Return the path of a public page."""
    return app.url_map.bind("localhost").build(f"public.{name}", {"language": language} | values)


def form_of(visitor: Visitor, occurrence_id: int, language: str = "de") -> dict[str, str]:
    """Open the first form of a date and return what a browser would send."""
    return visitor.get(path(visitor.app, "book", language, occurrence_id=occurrence_id)).fields()


def hold(visitor: Visitor, occurrence_id: int, language: str = "de", **typed: Any) -> Page:
    """Say how many come, and return the page that answers: the form for the rest, its places kept."""
    filled = form_of(visitor, occurrence_id, language) | PARTY | typed
    return visitor.post(path(visitor.app, "book", language, occurrence_id=occurrence_id), filled)


def details_of(page: Page) -> tuple[str, dict[str, str]]:
    """Return where the form of a hold is sent, and what a browser would send."""
    assert page.status == 200, page.text
    return page.all("form")[-1].get("action", ""), page.fields()


def details(
    visitor: Visitor, occurrence_id: int, language: str = "de", **typed: Any
) -> tuple[str, dict[str, str]]:
    """Keep places for Amina's party, and return where the form for the rest is sent, and it as she fills it in."""
    action, fields = details_of(hold(visitor, occurrence_id, language, **typed))
    return action, fields | CONTACT


def book(visitor: Visitor, occurrence_id: int, language: str = "de", **typed: Any) -> Page:
    """Book as Amina does, and return the page that answers; the first form's where that is refused."""
    counts = {name: typed.pop(name) for name in ("adults", "children") if name in typed}
    page = hold(visitor, occurrence_id, language, **counts)
    if page.status != 200:
        return page
    action, fields = details_of(page)
    return visitor.post(action, fields | CONTACT | typed)


def secret_in(address: str) -> str:
    """Return the token of an address: of a booking, or of a hold."""
    return address.split("/")[3]


def a_secret(visitor: Visitor, occurrence_id: int, language: str = "de", **typed: Any) -> str:
    """Book, and return the token of the booking's address."""
    page = book(visitor, occurrence_id, language, **typed)
    assert page.status == 200, page.text
    return secret_in(page.response.request.path)


def contents(app: Flask, *, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Return every row of every table, as another connection sees them."""
    database = sqlite3.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in sorted(tables)}
    database.close()
    return {name: rows for name, rows in found.items() if name not in without}


def booked(app: Flask) -> dict[str, list[Any]]:
    """Return all that a booking could have written; counted attempts are none of it."""
    return contents(app, without=("attempt_count",))


def said(text: str, language: str, **facts: Any) -> str:
    """Return what a text of the product is in a language, with single spaces."""
    with speaking(language):
        return " ".join(gettext(text, **facts).split())


def counted(one: str, many: str, number: int, language: str) -> str:
    """Return what a text with a number is in a language, with single spaces."""
    with speaking(language):
        return " ".join(ngettext(one, many, number).split())


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements that reach the database, with COMMIT and ROLLBACK."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    def commit(_connection: Any) -> None:
        seen.append("COMMIT")

    def rollback(_connection: Any) -> None:
        seen.append("ROLLBACK")

    listeners = (("before_cursor_execute", note), ("commit", commit), ("rollback", rollback))
    for name, listener in listeners:
        event.listen(db.engine, name, listener)
    try:
        yield seen
    finally:
        for name, listener in listeners:
            event.remove(db.engine, name, listener)


def post(app: Flask) -> list[Any]:
    """Let the worker send what is owed and return the mails, newest first."""
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert done.exit_code == 0, done.output or repr(done.exception)
    return [mail for _, mail in read_kept(roof().kept_mail)]


def location(response: Any) -> str:
    """Return where a redirect leads, which is a path of ours."""
    target = urlsplit(response.headers["Location"])
    assert not target.netloc or target.netloc == "localhost", f"leads to {target.netloc}"
    return str(target.path)


def error_at(page, field):
    """Return the message that stands at a field and is tied to it."""
    tied = next(one for one in page.tree.iter() if one.get("name") == field)
    assert tied.get("aria-invalid") == "true"
    message = next(one for one in page.tree.iter() if one.get("id") == f"{field}-error")
    assert f"{field}-error" in tied.get("aria-describedby")
    return " ".join("".join(message.itertext()).split())


def summary(page):
    """Return the summary of errors and the fields that it leads to."""
    box = next(one for one in page.tree.iter() if one.get("role") == "alert")
    links = [one.get("href") for one in box.iter() if one.tag.endswith("}a")]
    return " ".join("".join(box.itertext()).split()), links
