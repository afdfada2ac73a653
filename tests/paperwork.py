"""Staff at their forms, over real HTTP: what a browser would send, pressed again where a page asks to look first."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from tests.browsers import Answer, Browser

Pairs = list[tuple[str, str]]
_TYPED = {"Content-Type": "application/x-www-form-urlencoded"}
MOST_PRESSES = 6


@dataclass
class Paper:
    """The last form of a page that is sent by POST."""

    action: str
    fields: Pairs

    def write(self, **typed: object) -> None:
        """Fill fields in, in place of what stands there; a field that the form does not have is a fault."""
        names = {name for name, _ in self.fields}
        assert set(typed) <= names, f"no fields {sorted(set(typed) - names)} among {sorted(names)}"
        kept = [(name, value) for name, value in self.fields if name not in typed]
        self.fields = kept + [(name, str(value)) for name, value in typed.items()]


def paper_of(answer: Answer, path: str) -> Paper:
    """Return the last form of a page, as a browser would send it."""
    found = _Papers()
    found.feed(answer.text)
    assert found.papers, f"{path}: no form on a page that answers {answer.status}"
    paper = found.papers[-1]
    paper.action = paper.action.partition("#")[0] or path  # the place on the page is for eyes
    return paper


def send(browser: Browser, paper: Paper) -> Answer:
    """Press the button of a form."""
    return browser.send("POST", paper.action, body=urlencode(paper.fields).encode(), headers=_TYPED)


def push_through(browser: Browser, path: str, *, do: str = "", **typed: object) -> list[int]:
    """Fill in the form of an address and press until it is saved or refused; return the status of each answer.

    Where the page asks to look first, or shows what somebody else has saved
    meanwhile, the same wish is sent again, as a person would who insists.
    ``do`` is the button, where a form has several.
    """
    answer = browser.get(path)
    if answer.status != 200:
        return [answer.status]
    statuses, paper = [], paper_of(answer, path)
    for _ in range(MOST_PRESSES):
        paper.write(**typed)
        paper.fields += [("do", do)] if do else []
        answer = send(browser, paper)
        statuses.append(answer.status)
        if answer.status not in (200, 409):
            break
        paper = paper_of(answer, path)
    return statuses


class _Papers(HTMLParser):
    """Collects the fields of every form with method POST."""

    def __init__(self) -> None:
        super().__init__()
        self.papers: list[Paper] = []
        self._inside = False
        self._select, self._area = "", ""
        self._options: Pairs = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.papers.append(Paper(given.get("action", ""), []))
        elif self._inside:
            getattr(self, f"_begin_{tag}", _nothing)(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "select" and self._select:
            chosen = [pair for pair in self._options if pair[0]] or self._options[:1]
            self.papers[-1].fields += [(self._select, value) for _, value in chosen]
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            name, value = self.papers[-1].fields[-1]
            self.papers[-1].fields[-1] = (name, value + data)

    def _begin_input(self, given: dict[str, str]) -> None:
        is_box = given.get("type") in ("checkbox", "radio")
        is_sent = given.get("type") not in ("submit", "button", "image") and "disabled" not in given
        if given.get("name") and is_sent and (not is_box or "checked" in given):
            self.papers[-1].fields.append((given["name"], given.get("value", "on" if is_box else "")))

    def _begin_textarea(self, given: dict[str, str]) -> None:
        self._area = given["name"]
        self.papers[-1].fields.append((self._area, ""))

    def _begin_select(self, given: dict[str, str]) -> None:
        self._select, self._options = given.get("name", ""), []

    def _begin_option(self, given: dict[str, str]) -> None:
        self._options.append(("selected" if "selected" in given else "", given.get("value", "")))


def _nothing(_given: Any) -> None:
    return None
