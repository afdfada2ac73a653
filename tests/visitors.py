"""Visitors: test clients that look at every page they are given."""

import itertools
import json
import re
from collections import Counter
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_HTML = "{http://www.w3.org/1999/xhtml}"


class Browser(FlaskClient):
    """A test client whose requests see nothing of the context that a test has open: no `g`, no transaction."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        """Send a request from an empty context, as a server does; files that it sends are read and closed."""
        more.setdefault("buffered", True)
        return Context().run(super().open, *args, **more)


@dataclass
class Page:
    """An answer with its parsed HTML."""

    response: TestResponse
    tree: Element

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """The text that people see, with single spaces."""
        body = self.tree.find(f".//{_HTML}body")
        assert body is not None
        return " ".join("".join(body.itertext()).split())

    def fields(self, number: int = -1) -> dict[str, str]:
        """Return names and values of a form's fields, as a browser would send them (default: the last form)."""
        form = self.all("form")[number]
        inputs = [one for one in form.iter(f"{_HTML}input") if one.get("name") and _is_sent(one)]
        found = {one.get("name", ""): one.get("value", "") for one in inputs}
        found |= {one.get("name", ""): one.text or "" for one in form.iter(f"{_HTML}textarea")}
        return found

    def all(self, tag: str) -> list[Element]:
        """Return every element with this tag."""
        return list(self.tree.iter(_HTML + tag))

    def links(self) -> list[str]:
        """Return the address of every link."""
        return [one.get("href", "") for one in self.all("a")]

    def link(self, *, ending: str) -> str:
        """Return the one address that ends so."""
        found = {one for one in self.links() if urlsplit(one).path.endswith(ending)}
        assert len(found) == 1, f"{len(found)} links end with {ending}: {sorted(found)}"
        return found.pop()


def _is_sent(field: Element) -> bool:
    """Return whether a browser sends a field: boxes only when they are ticked."""
    return field.get("type") not in ("checkbox", "radio") or field.get("checked") is not None


@dataclass
class Visitor:
    """A browser of one person; ``strict`` pages must be valid and accessible in what HTML alone can say."""

    app: Flask
    host: str = "localhost"
    pages: int = field(default=0)

    def __post_init__(self) -> None:
        self.client = Browser(self.app, self.app.response_class, use_cookies=True)

    def get(self, path: str, **more: Any) -> Page:
        """Open a page, following redirects within this house."""
        return self._seen(
            self.client.get(path, base_url=f"http://{self.host}", follow_redirects=True, **more)
        )

    def post(self, path: str, data: dict[str, Any], **more: Any) -> Page:
        """Send a form, following redirects."""
        return self._seen(
            self.client.post(path, data=data, base_url=f"http://{self.host}", follow_redirects=True, **more)
        )

    def _seen(self, response: TestResponse) -> Page:
        self.pages += 1
        if response.mimetype != "text/html":
            return Page(response, Element("html"))
        page = Page(response, parse(response.get_data(as_text=True)))
        faults = list(faults_of(page.tree))
        assert not faults, f"{response.request.path}: {faults}"
        return page


def parse(html: str) -> Element:
    """Return the tree of valid HTML; raises ParseError for anything that a parser would have to mend."""
    tree: Element = html5lib.HTMLParser(strict=True).parse(html)
    return tree


def faults_of(tree: Element) -> list[str]:
    """Return what is wrong with a page: headings, title, language, labels, ids, inline code."""
    return [*_headings(tree), *_ids(tree), *_labels(tree), *_inline(tree)]


def _headings(tree: Element) -> list[str]:
    root = tree if tree.tag == _HTML + "html" else tree.find(f".//{_HTML}html")
    first = ["".join(one.itertext()).strip() for one in tree.iter(_HTML + "h1")]
    title = "".join(one.text or "" for one in tree.iter(_HTML + "title")).strip()
    faults = [] if len(first) == 1 else [f"{len(first)} h1"]
    if first and not " ".join(title.split()).startswith(" ".join(first[0].split())):
        faults.append(f"title {title!r} does not begin with h1 {first[0]!r}")
    if root is None or not root.get("lang"):
        faults.append("no language")
    levels = [
        int(one.tag[-1]) for one in tree.iter() if re.fullmatch(re.escape(_HTML) + "h[1-6]", str(one.tag))
    ]
    faults += [f"h{a} is followed by h{b}" for a, b in itertools.pairwise(levels) if b > a + 1]
    return faults


def _ids(tree: Element) -> list[str]:
    counted = Counter(one.get("id") for one in tree.iter() if one.get("id"))
    known = set(counted)
    faults = [f"id {name!r} stands {times} times" for name, times in counted.items() if times > 1]
    for one in tree.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            faults += [
                f"{attribute} names no {name!r}"
                for name in one.get(attribute, "").split()
                if name not in known
            ]
    return faults


def _labels(tree: Element) -> list[str]:
    labelled = {one.get("for") for one in tree.iter(_HTML + "label")}
    fields = [one for tag in ("input", "select", "textarea") for one in tree.iter(_HTML + tag)]
    unlabelled = [one for one in fields if one.get("type") != "hidden" and one.get("id") not in labelled]
    untyped = [one.get("name") for one in tree.iter(_HTML + "input") if not one.get("type")]
    return [f"{one.get('name')} has no label" for one in unlabelled] + [
        f"input {name} has no type" for name in untyped
    ]


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _inline(tree: Element) -> list[str]:
    faults = [f"inline {one.tag[len(_HTML) :]}" for tag in ("style",) for one in tree.iter(_HTML + tag)]
    scripts = [one for one in tree.iter(_HTML + "script") if not one.get("src")]
    faults += ["inline script" for one in scripts if one.get("type") != "application/ld+json"]
    faults += ["data that is no JSON" for one in scripts if not _is_json(one.text or "")]
    for one in tree.iter():
        faults += [f"attribute {name}" for name in one.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118
    return faults
