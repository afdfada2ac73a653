"""News to subscribe to: a programme as an Atom feed (RFC 4287); pure.

The same entries give the same bytes, whenever they are asked for: nothing in here is the time of asking.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from booking.messages.plain import language_tag, many_lines, one_line

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
_SINCE = 2026  # RFC 4151: a year in which the host was ours; part of every id, so it never changes
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """One piece of news: what is said of a date, and since when; texts may be as somebody typed them."""

    id: str
    title: str
    summary: str
    url: str
    categories: tuple[str, ...]
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What stands above the entries: ``url`` is the page about the same, ``source`` the address of the feed itself.

    ``since``  an instant for ``updated`` while there is no entry
    """

    id: str
    title: str
    subtitle: str
    author: str
    author_url: str
    language: str
    url: str
    source: str
    icon: str
    since: datetime


def tag(base_url: str, what: str) -> str:
    """Return an id that lasts for something under an address of ours (RFC 4151)."""
    return f"tag:{urlsplit(base_url).hostname or ''},{_SINCE}:{what}"


def written(news: News, entries: Sequence[NewsEntry]) -> bytes:
    """Return the feed as UTF-8, its entries in the order given."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language_tag(news.language)})
    _text(feed, "id", news.id)
    _text(feed, "title", news.title)
    _text(feed, "subtitle", news.subtitle)
    _text(feed, "updated", _said(max((one.updated_at for one in entries), default=news.since)))
    author = SubElement(feed, "author")
    _text(author, "name", news.author)
    _text(author, "uri", news.author_url)
    _link(feed, "self", "application/atom+xml", news.source)
    _link(feed, "alternate", "text/html", news.url)
    _text(feed, "icon", news.icon)
    for one in entries:
        _entry(feed, one)
    indent(feed)
    document: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _entry(feed: Element, one: NewsEntry) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", one.id)
    _text(entry, "title", one.title)
    _text(entry, "updated", _said(one.updated_at))
    _text(entry, "published", _said(one.published_at))
    _link(entry, "alternate", "text/html", one.url)
    for category in one.categories:
        SubElement(entry, "category", {"term": _plain(one_line(category))})
    summary = SubElement(entry, "summary", {"type": "text"})
    summary.text = _plain(many_lines(one.summary))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _plain(one_line(text))


def _link(parent: Element, rel: str, kind: str, href: str) -> None:
    SubElement(parent, "link", {"rel": rel, "type": kind, "href": _plain(one_line(href))})


def _said(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _plain(text: str) -> str:
    """Return the text without what XML 1.0 has no way to write."""
    return _NO_XML.sub("", text)
