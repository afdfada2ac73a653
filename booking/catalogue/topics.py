"""Questions about topics and cooperations: what their pages tell, in the language of the page.

A topic is listed and has a page when it is published and tells something; else it only marks offerings.  Its
texts by language: ``title`` and ``lead`` (plain), ``body`` (Markdown), ``questions`` (a list of what one could
ask), ``meet`` (of a cooperation: where to meet those who work on it).  ``partners`` of a cooperation have
``names`` and ``part`` (what each does in it) by language, ``links`` have a ``url`` and ``labels``, ``picture``
is the key of a picture in the house's file.  Whatever is missing in a language is told in German.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from booking.catalogue.models import Topic
from booking.db import execute
from booking.errors import NotFound

TEXTS = ("title", "lead", "body", "questions", "meet")


@dataclass(frozen=True, slots=True)
class Partner:
    """Who works in a cooperation, and on what."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where to read more: an https address, and what is found there."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic or a cooperation as visitors read it; ``body`` and ``meet`` are Markdown."""

    id: int
    key: str
    kind: str
    name: str
    title: str
    lead: str
    body: str
    questions: tuple[str, ...]
    meet: str
    partners: tuple[Partner, ...]
    links: tuple[Link, ...]
    picture: str


def topics(house_id: int, *, language: str) -> list[TopicPage]:
    """Return the topics and cooperations of a house that have a page, in the order of the house: one statement."""
    rows = execute(_TOPICS, {"house": house_id})
    return [_page(row, language) for row in rows if row.texts.get("de")]


def one_of(pages: list[TopicPage], key: str, *, kind: str) -> TopicPage:
    """Return the page with this key and kind; raises NotFound."""
    for page in pages:
        if (page.key, page.kind) == (key, kind):
            return page
    raise NotFound


def _page(row: Any, language: str) -> TopicPage:
    words = row.texts["de"] | {name: told for name, told in row.texts.get(language, {}).items() if told}
    name = _said(row.names, language)
    return TopicPage(
        id=row.id,
        key=row.key,
        kind=row.kind,
        name=name,
        title=words.get("title") or name,
        lead=words.get("lead", ""),
        body=words.get("body", ""),
        questions=tuple(words.get("questions", ())),
        meet=words.get("meet", ""),
        partners=tuple(
            Partner(_said(one["names"], language), _said(one.get("part", {}), language))
            for one in row.partners
        ),
        links=tuple(Link(one["url"], _said(one["labels"], language)) for one in row.links),
        picture=row.picture,
    )


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("de", "")


_TOPICS = (
    select(
        Topic.id, Topic.key, Topic.kind, Topic.names, Topic.texts, Topic.partners, Topic.links, Topic.picture
    )
    .where(Topic.house_id == bindparam("house"), Topic.is_published.is_(True))
    .order_by(Topic.position, Topic.key)
)
