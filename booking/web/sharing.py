"""What a page tells machines in its head: its address, its other languages, what it is about, what to subscribe to.

A page says what it is about with ``tell``; templates/base.html draws it. Pages that belong to one person, and
forms of one date, tell nothing but that they are not to be found by searching.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask import Flask, g, request, url_for
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from booking.houses.facts import LOCALES
from booking.web.access import ACCESS
from booking.web.context import address, house, language, render_markdown
from booking.web.pictures import PictureRow, picture_row
from booking.web.roof import roof
from booking.web.variants import EASY, locale_of

PICTURE = "share"  # of the house's file: a PNG of 1200 × 630, as those who show links want it
MOST = 160  # characters of a description
_OG_LOCALES = {"de": "de_DE", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Feed:
    """Something to subscribe to: its type, its address."""

    type: str
    href: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """What stands in the head of a page; ``alternates`` by language tag, absolute like all addresses in it."""

    description: str
    canonical: str
    alternates: Mapping[str, str]
    locale: str
    other_locales: Sequence[str]
    picture: PictureRow | None
    picture_url: str
    feeds: Sequence[Feed]
    linked: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class _Told:
    description: str = ""
    feed: Mapping[str, object] | None = None
    linked: Sequence[Mapping[str, Any]] = field(default=())


def install(app: Flask) -> None:
    """Let templates ask ``sharing()``."""
    app.jinja_env.globals["sharing"] = sharing


def tell(
    *,
    description: str = "",
    feed: Mapping[str, object] | None = None,
    linked: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Say what this page is about, before it is drawn.

    ``description``  plain text; the house's own words unless given
    ``feed``         the parameters of the feed that tells the same; None for that of the whole house
    ``linked``       what ``web.linked_data`` makes of it
    """
    g.told = _Told(description, feed, linked)


def sharing() -> Sharing | None:
    """Return what this page tells, or None for one that nobody shall find by searching."""
    if not is_for_everybody():
        return None
    told: _Told = g.get("told") or _Told()
    base, picture = roof().base_url(house()), picture_row(PICTURE)
    alternates = {tag: base + href for tag, href in _alternates().items()}
    own = locale_of(language())
    return Sharing(
        description=shortened(told.description) or _welcome(house().text("welcome", language())),
        canonical=base + _path(language()),
        alternates=alternates,
        locale=_OG_LOCALES[own],
        other_locales=[_OG_LOCALES[tag] for tag in alternates if tag in _OG_LOCALES and tag != own],
        picture=picture,
        picture_url=base + picture.href if picture else "",
        feeds=_feeds(told.feed or {}),
        linked=[data_block(one) for one in told.linked],
    )


def is_for_everybody() -> bool:
    """Return whether the page of this request may be found by searching: public, and no form of one thing."""
    access = ACCESS.get(request.endpoint or "")
    if access is None or access.permission != "public" or not (request.endpoint or "").startswith("public."):
        return False
    return not (access.checks_token and request.view_args)


def data_block(data: Mapping[str, Any]) -> Markup:
    """Return JSON to stand in a script element as data: no text in it can end the element."""
    return htmlsafe_json_dumps(data, ensure_ascii=False, separators=(",", ":"))


def shortened(text: str) -> str:
    """Return a text on one line, cut between words where it is longer than a description may be."""
    line = " ".join(text.split())
    return line if len(line) <= MOST else line[:MOST].rpartition(" ")[0].rstrip(",.;:–") + " …"


@lru_cache(maxsize=64)
def _welcome(markdown: str) -> str:
    return shortened(render_markdown(markdown).striptags())


def _path(variant: str) -> str:
    return url_for(str(request.endpoint), language=variant, **(request.view_args or {}))


def _alternates() -> dict[str, str]:
    """Return this page in the languages that search engines tell apart; easy language is German to them."""
    if language() == EASY:
        return {}
    found = {variant: _path(variant) for variant in LOCALES}
    is_start = request.endpoint == "public.start"
    return found | {"x-default": url_for("public.root") if is_start else found[LOCALES[0]]}


def _feeds(values: Mapping[str, object]) -> list[Feed]:
    return [
        Feed("text/calendar", address("calendar_feed", **values)),
        Feed("application/atom+xml", address("news_feed", **values)),
    ]
