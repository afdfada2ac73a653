"""Pages of free times, read as people do: by day, with what each link says and why a day has none."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

from tests.visitors import Page

_HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Day:
    """A day, or several, of the list: what its links say, where they lead, and what is said instead."""

    heading: str
    times: tuple[str, ...]
    hrefs: tuple[str, ...]
    said: str


def words(element: Element) -> str:
    """Return what a person who listens hears: without what is hidden from screen readers."""
    return " ".join(_heard(element).split())


def _heard(element: Element) -> str:
    heard = element.text or ""
    for child in element:
        heard += ("" if child.get("aria-hidden") == "true" else _heard(child)) + (child.tail or "")
    return heard


def with_class(element: Element, name: str) -> list[Element]:
    """Return the elements of a class."""
    return [one for one in element.iter() if name in one.get("class", "").split()]


def days(page: Page) -> list[Day]:
    """Return the list of free times of a page."""
    assert page.status == 200, page.text
    return [_day(one) for one in page.all("section") if "day" in one.get("class", "").split()]


def _day(section: Element) -> Day:
    links = with_class(section, "time__link")
    return Day(
        heading=words(next(one for one in section.iter() if one.tag in (f"{_HTML}h2", f"{_HTML}h3"))),
        times=tuple(words(link) for link in links),
        hrefs=tuple(link.get("href", "") for link in links),
        said=" ".join(words(one) for one in with_class(section, "day__closed")),
    )


def starts(page: Page) -> list[str]:
    """Return the instants that a page offers, as its links carry them."""
    return [asked(href)["start"] for day in days(page) for href in day.hrefs]


def asked(href: str) -> dict[str, str]:
    """Return the parameters of an address, each of them once."""
    return {name: " ".join(values) for name, values in parse_qs(urlsplit(href).query).items()}


def notes(page: Page) -> str:
    """Return what a page says it has left out."""
    return " ".join(words(one) for one in with_class(page.tree, "kern-alert"))


def answer(page: Page) -> str:
    """Return what is said of a wanted time."""
    return " ".join(words(one) for one in page.all("section") if one.get("id") == "answer")
