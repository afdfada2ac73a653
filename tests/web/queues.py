"""The page of a queue as tests of the web use it: see it, draw a number."""

from typing import Any

from flask import Flask

from tests.visitors import Page, Visitor
from tests.web.ways import contents, path

HOURS = ("mon 09:00-12:00", "wed 15:00-19:00")


def queue(visitor: Visitor, language: str = "de") -> Page:
    """Open the queue of the offering "help"."""
    return visitor.get(path(visitor.app, "queue", language, key="help"))


def draw_a_number(visitor: Visitor, language: str = "de", **more: Any) -> Page:
    """Press the button, and return the page that answers."""
    address = path(visitor.app, "queue", language, key="help")
    return visitor.post(address, queue(visitor, language).fields() | more)


def secret_in(page: Page) -> str:
    """Return the secret of a number's page."""
    return str(page.response.request.path.split("/")[3])


def drawn(app: Flask) -> int:
    """Return how many numbers there are."""
    return len(contents(app)["ticket"])
