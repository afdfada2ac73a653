"""What every page knows: house, language, addresses, static files with their hash."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, current_app, g, request, url_for
from jinja2 import StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from booking.houses import queries as houses
from booking.houses.facts import LANGUAGES, House
from booking.web import pieces, variants
from booking.web.roof import roof
from booking.web.security import is_personal, without_tokens
from booking.web.variants import LABELS, locale_of

language = variants.language
_HOUSE_SECONDS = 5
_LISTED = {"occurrence_id", "key"}
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")
_easy_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).disable("image")


@dataclass(frozen=True, slots=True)
class HousePage:
    """A house in the language of the page."""

    name: str
    subtitle: str
    phone: str
    phone_href: str
    email: str
    street: str
    postal_code: str
    city: str
    country_name: str
    demo: bool
    official: str


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """This page in another variant; ``code`` is the tag of its language, which easy language shares with German."""

    code: str
    label: str
    href: str
    variant: str


def install(app: Flask) -> None:
    """Give every template its context, and find house and language of every request."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "UTC")
    variants.install(app)
    pieces.install(app, language=language)
    app.context_processor(_context)


def house() -> House:
    """Return the house of the request's host name; remembered for five seconds in each process."""
    if "house" not in g:
        g.house = _remembered_house(urlsplit(f"//{request.host}").hostname or "")
    found: House = g.house
    return found


_houses: dict[tuple[int, str], tuple[float, House]] = {}


def _remembered_house(hostname: str) -> House:
    key, now = (id(current_app.extensions["booking"]), hostname), roof().clock().timestamp()
    at, found = _houses.get(key, (None, None))
    if at is None or found is None or not 0 <= now - at < _HOUSE_SECONDS:
        found = houses.house_at(hostname, default=roof().default_house)
        if len(_houses) > 1000:
            _houses.clear()
        _houses[key] = (now, found)
    return found


def house_page(found: House, spoken: str) -> HousePage:
    """Return what templates show of a house."""
    return HousePage(
        name=found.text("name", spoken),
        subtitle=found.text("subtitle", spoken),
        phone=found.phone,
        phone_href="tel:" + "".join(character for character in found.phone if character in "+0123456789"),
        email=found.email,
        street=found.street,
        postal_code=found.postal_code,
        city=found.city,
        country_name=found.country_name.get(spoken) or found.country_name.get("de", ""),
        demo=found.is_demo,
        official=found.official,
    )


def address(name: str, **values: Any) -> str:
    """Return the path of a public page in the language of this one; a ``language`` given is a parameter of it."""
    asked = values.pop("language", None)
    path = _path(name, language(), values)
    return path if asked is None else f"{path}{'&' if '?' in path else '?'}language={asked}"


def _path(name: str, spoken: str, values: dict[str, Any]) -> str:
    """Return the path of a page; those of dates and offerings, which stand in lists, are remembered."""
    if request and values.keys() <= _LISTED:
        return _listed_path(request.script_root, name, spoken, *values.items())
    return url_for(f"public.{name}", language=spoken, **values)


@lru_cache(maxsize=1024)
def _listed_path(_root: str, name: str, spoken: str, *values: tuple[str, Any]) -> str:
    return url_for(f"public.{name}", language=spoken, **dict(values))


def house_text(name: str) -> Markup:
    """Return a text of the house in the language of the page, from Markdown; it cannot carry HTML."""
    return render_markdown(house().text(name, language()))


def render_markdown(text: str) -> Markup:
    """Return HTML for Markdown; raw HTML in it is shown as text. In easy language a line stays a line."""
    return _rendered(text, breaks=language() == variants.EASY)


def render_easily(text: str) -> Markup:
    """Return HTML for Markdown in easy language, on whatever page it is shown."""
    return _rendered(text, breaks=True)


@lru_cache(maxsize=512)
def _rendered(text: str, *, breaks: bool) -> Markup:
    html = (_easy_markdown if breaks else _markdown).render(text)
    return Markup(html)  # noqa: S704 - the renderer escapes what people wrote


def static(path: str) -> str:
    """Return the address of a static file with a hash of its content."""
    return f"{url_for('static', filename=path)}?v={_hash(str(current_app.static_folder), path)}"


def static_plain(path: str) -> str:
    """Return the address of a static file as style sheets refer to it."""
    return url_for("static", filename=path)


@lru_cache(maxsize=512)
def _hash(folder: str, path: str) -> str:
    return hashlib.sha256((Path(folder) / path).read_bytes()).hexdigest()[:12]


def _other_languages() -> list[OtherLanguage]:
    endpoint, values = request.endpoint or "", dict(request.view_args or {})
    if not endpoint.startswith("public.") or endpoint == "public.root":
        endpoint, values = "public.start", {}
    query = urlencode(list(request.args.items(multi=True))) if request.method in ("GET", "HEAD") else ""
    others = [code for code in LANGUAGES if code != language()]
    return [
        OtherLanguage(
            locale_of(code), LABELS[code], _with(url_for(endpoint, language=code, **values), query), code
        )
        for code in others
    ]


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def has_page(name: str) -> bool:
    """Return whether there is a public page of this name."""
    return f"public.{name}" in current_app.view_functions


def _report_barrier_href() -> str:
    """Return the form for a barrier on this page, which it names without the secrets of links."""
    here = "" if request.endpoint == "public.report_barrier" else without_tokens(request.path)
    return address("report_barrier", page=here) if here else address("report_barrier")


def _context() -> dict[str, object]:
    own: dict[str, object] = {
        "language": locale_of(language()),
        "variant": language(),
        "address": address,
        "static": static,
        "static_plain": static_plain,
    }
    if request:
        own["has_page"] = has_page
        own["report_barrier_href"] = _report_barrier_href() if has_page("report_barrier") else ""
        own["request_id"] = g.get("request_id", "") if is_personal() else ""
        own["house"] = house_page(house(), language())
        own["other_languages"] = _other_languages()
    return own
