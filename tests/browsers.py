"""Browsers in threads: real HTTP with cookies and forms, and many of them at one moment."""

import http.client
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any, TypeVar
from urllib.parse import urlencode

A = TypeVar("A")
B = TypeVar("B")

PATIENCE = 60.0
FAULTS = (OSError, http.client.HTTPException)  # what a browser shows as "connection lost"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    def fields(self) -> dict[str, str]:
        """Return names and values of the last form, as they would be sent."""
        found = _Forms()
        found.feed(self.text)
        return found.fields


@dataclass
class Browser:
    """One person's browser at one instance."""

    port: int
    language: str = "de"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, data: dict[str, str], **headers: str) -> Answer:
        typed = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, body=urlencode(data).encode(), headers=typed | headers)

    def send(
        self, method: str, path: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Send a request over a connection of its own; raises one of FAULTS without an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(method, path, body=body, headers={"Cookie": cookie, **(headers or {})})
            response = line.getresponse()
            text = response.read().decode("utf-8", "replace")
        finally:
            line.close()
        for name, morsel in SimpleCookie(response.headers.get("Set-Cookie", "")).items():
            self.cookies[name] = morsel.value
        return Answer(response.status, response.headers, text)

    def form_of(self, occurrence_id: int) -> "Form":
        """Open the first form of a date: how many come."""
        path = f"dates/{occurrence_id}/book" if self.language == "en" else f"termine/{occurrence_id}/buchen"
        return self.form_at(f"/{self.language}/{path}")

    def form_at(self, path: str) -> "Form":
        """Open the form of an address."""
        answer = self.get(path)
        assert answer.status == 200, f"the form answers {answer.status}: {answer.text[-600:]}"
        return Form(self, path, answer.fields())


@dataclass
class Form:
    """One of the two forms of a booking in somebody's browser; what was typed for the second is kept for it."""

    browser: Browser
    path: str
    fields: dict[str, str]
    typed: dict[str, str] = field(default_factory=dict)

    def fill(self, email: str, *, adults: int = 1, children: int = 0, name: str = "Amina Kaya") -> "Form":
        """Fill in what this form asks for."""
        self.typed = {"name": name, "email": email, "adults": str(adults), "children": str(children)}
        self.fields |= {name: typed for name, typed in self.typed.items() if name in self.fields}
        return self

    def send(self) -> Answer:
        """Send this form: the first one keeps places, the second one books."""
        return self.browser.post(self.path, self.fields)

    def second(self, kept: Answer) -> "Form":
        """Open the form that follows, where places are kept, and fill it in."""
        form = self.browser.form_at(kept.location)
        form.typed = self.typed
        form.fields |= {name: typed for name, typed in self.typed.items() if name in form.fields}
        return form

    def book(self) -> Answer:
        """Send this form and the second one, and return the last answer: that of the first where it is refused."""
        kept = self.send()
        return self.second(kept).send() if kept.status == 303 else kept


def at_once(people: Sequence[A], deed: Callable[[A], B]) -> list[B]:
    """Let everybody do the deed in a thread of their own, begun at the same moment."""
    line = threading.Barrier(len(people))

    def one(person: A) -> B:
        line.wait(PATIENCE)
        return deed(person)

    with ThreadPoolExecutor(len(people)) as crowd:
        return list(crowd.map(one, people))


def in_turns(things: Sequence[A], deed: Callable[[A], B], *, people: int = 8) -> list[B]:
    """Let a few people do the deed for one thing after the other."""
    with ThreadPoolExecutor(people) as crowd:
        return list(crowd.map(deed, things))


class _Forms(HTMLParser):
    """Collects the fields of the last form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.fields = {}
        elif tag == "input" and given.get("type") in ("checkbox", "radio") and "checked" not in given:
            return
        elif tag == "input" and given.get("name"):
            self.fields[given["name"]] = given.get("value") or ""
        elif tag == "textarea":
            self._area = given["name"]
            self.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data
