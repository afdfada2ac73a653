"""Telling the house something through its pages, for tests: what is typed, sending it, what is stored."""

from typing import Any

from flask import Flask

from booking.catalogue import service as catalogue
from booking.db import unit_of_work
from tests.builders import house_id
from tests.visitors import Page, Visitor
from tests.web.ways import contents, path

IDEA = {"words": "Bänke mit Sensoren.", "who": "citizen", "name": "Amina Kaya", "email": "amina@example.org"}
BARRIER = {"words": "Die Liste war nicht vorzulesen.", "name": "", "email": ""}


def send(visitor: Visitor, name: str, typed: dict[str, str], language: str = "de", query: str = "") -> Page:
    """Open a form, fill it in and send it."""
    address = path(visitor.app, name, language)
    return visitor.post(address, visitor.get(address + query).fields() | typed)


def secret_in(page: Page) -> str:
    """Return the token of the page that says it has arrived."""
    return page.response.request.path.split("/")[3]


def voices(app: Flask) -> list[Any]:
    """Return every row of what was told."""
    return contents(app)["voice"]


def a_topic(key: str = "ai") -> int:
    """Write a topic of Leipzig and return its id."""
    house = house_id()
    return unit_of_work(lambda: catalogue.enter_topic(key, {"de": "KI", "en": "AI"}, house_id=house))
