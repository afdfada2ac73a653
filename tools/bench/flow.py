"""The way of a person through the pages to a booking: follows links and forms as it finds them.

It knows no address but that of the date: whether one form or two lead to the booking, it fills in what
the page asks for and sends it to where the form says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

from tools.bench.http_line import Answer

Send = Callable[[str, str, str], Answer]  # method, path, body

MOST_STEPS = 10
_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_FIELD = re.compile(r"<(input|textarea|select|option)\b([^>]*)>([^<]*)")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_LINK_TO_FORM = re.compile(r'href="([^"]*/(?:buchen|book))"')
TYPED = {"name": "Amina Kaya", "adults": "1"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it will be sent."""

    action: str
    fields: dict[str, str]

    @property
    def is_last(self) -> bool:
        """Whether it asks who comes: sending it makes the booking."""
        return {"name", "email"} <= self.fields.keys()

    def body(self, email: str) -> str:
        """Return the form filled in, as a browser sends it."""
        typed = TYPED | {"email": email}
        filled = {name: typed.get(name, value) for name, value in self.fields.items()}
        return urlencode(filled)


@dataclass
class Walk:
    """One person's way: what was sent, and how it ended.

    ``status`` is that of the last answer, ``is_booked`` whether the last form was answered by a redirect.
    """

    send: Send
    statuses: list[int] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    is_booked: bool = False

    def book(self, path: str, email: str) -> bool:
        """Go from the page of a date to the page that says it is done; return whether it is booked."""
        form = self.to_last_form(path, email)
        if form is None:
            return False
        answer = self._ask("POST", form.action, form.body(email))
        self.is_booked = answer.status in (302, 303)
        if self.is_booked:
            self._ask("GET", _path(answer.location, form.action))
        return self.is_booked

    def to_last_form(self, path: str, email: str) -> Form | None:
        """Go on until the page asks who comes; return None where the way ends before."""
        method, body = "GET", ""
        while len(self.statuses) < MOST_STEPS:
            answer = self._ask(method, path, body)
            if answer.status in (302, 303):
                method, path, body = "GET", _path(answer.location, path), ""
                continue
            form = booking_form(answer.text, path) if answer.status == 200 else None
            if form is not None and form.is_last:
                return form
            if form is not None:
                method, path, body = "POST", form.action, form.body(email)
                continue
            link = _LINK_TO_FORM.search(answer.text) if answer.status == 200 and method == "GET" else None
            if link is None:
                return None
            path = _path(unescape(link[1]), path)
        return None

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        answer = self.send(method, path, body)
        self.statuses.append(answer.status)
        if method == "POST":
            self.writes.append(path)
        return answer


def booking_form(page: str, path: str) -> Form | None:
    """Return the form of a page that asks how many come, or who; None if it has none."""
    main = _MAIN.search(page)
    for attributes, content in _FORM.findall(main[0] if main else page):
        told = dict(_ATTRIBUTE.findall(attributes))
        fields = _fields(content)
        if told.get("method", "").lower() == "post" and (
            "adults" in fields or {"name", "email"} <= fields.keys()
        ):
            return Form(_path(unescape(told.get("action", "")), path), fields)
    return None


def _fields(content: str) -> dict[str, str]:
    """Return names and values as a browser would send them untouched."""
    found: dict[str, str] = {}
    chosen = ""
    for kind, attributes, text in _FIELD.findall(content):
        told = dict(_ATTRIBUTE.findall(attributes))
        name, value = told.get("name", ""), unescape(told.get("value", ""))
        if kind == "option":
            if chosen and (chosen not in found or "selected" in told):
                found[chosen] = value
            continue
        chosen = name if kind == "select" else ""
        is_off = told.get("type") in ("checkbox", "radio") and "checked" not in told
        if kind == "textarea":
            found[name] = unescape(text).strip()
        elif kind == "input" and name and not is_off and told.get("type") not in ("submit", "button"):
            found[name] = value
    return found


def _path(target: str, base: str) -> str:
    """Return where a link or redirect leads, as a path of this instance."""
    parts = urlsplit(urljoin(base, target))
    return parts.path + (f"?{parts.query}" if parts.query else "")
