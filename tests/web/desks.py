"""The page of a desk as tests of the web use it: open it, see its buttons, press one."""

from typing import Any

from flask import Flask

from booking.db import unit_of_work
from booking.links import queries as links
from booking.web.public.secrets import secret_of
from tests.visitors import Page, Visitor
from tests.walk_ins import a_desk
from tests.web.ways import contents, path


def a_secret(offering_id: int, clock: Any, label: str = "Tisch 2") -> str:
    """Set up a desk and return the secret of its address."""
    desk = a_desk(offering_id, clock, label)
    link_id = unit_of_work(lambda: links.newest("desk", subject_id=desk.id))
    assert link_id is not None
    return secret_of(link_id, purpose="desk")


def page_of(visitor: Visitor, secret: str, language: str = "de") -> Page:
    """Open the page of a desk."""
    return visitor.get(path(visitor.app, "queue_desk", language, secret=secret))


def buttons(page: Page) -> dict[str, str]:
    """Return the text of each button by the value that it sends."""
    return {
        one.get("value", ""): " ".join("".join(one.itertext()).split())
        for one in page.all("button")
        if one.get("name") == "press"
    }


def press(visitor: Visitor, page: Page, value: str) -> Page:
    """Press a button that stands on a page, however old the page is."""
    assert value in buttons(page), sorted(buttons(page))
    return visitor.post(page.response.request.path, page.fields() | {"press": value})


def states(app: Flask) -> dict[int, str]:
    """Return the state of each number."""
    return {row[4]: row[5] for row in contents(app)["ticket"]}


def only(page: Page, beginning: str) -> str:
    """Return the value of the one button that begins so."""
    (found,) = [value for value in buttons(page) if value.startswith(beginning)]
    return found
