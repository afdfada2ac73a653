"""Views for search engines: every page that may be found, in its languages, and what need not be looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from xml.sax.saxutils import escape

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue

from booking.catalogue import overview, topics
from booking.houses.facts import LANGUAGES, LOCALES
from booking.schedule import expert_queries
from booking.schedule.feeds import feed_dates
from booking.web.access import ACCESS
from booking.web.context import house
from booking.web.roof import roof

MOST = 50_000  # of the protocol
SECONDS = 3600
AHEAD_DAYS = 3650
_SOME = 2_147_483_647  # an id that no date has
ELSEWHERE = {
    "root",  # leads to the start page
    "embed",  # for frames
    "today",  # for screens
    "now_serving",
    "erased",  # only after something was done
    "resend_sent",
    "voice_erased",
}
"""Public pages without parameters that nobody looks for."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page in all its languages: its endpoint, and what it shows."""

    endpoint: str
    key: str = ""
    occurrence_id: int = 0

    def paths(self) -> dict[str, str]:
        """Return its path by variant."""
        values: dict[str, str | int] = {"key": self.key} if self.key else {}
        values |= {"occurrence_id": self.occurrence_id} if self.occurrence_id else {}
        return {
            variant: url_for(f"public.{self.endpoint}", language=variant, **values)  # type: ignore[arg-type]
            for variant in LANGUAGES
        }


def sitemap() -> ResponseReturnValue:
    """List the pages of the house (sitemaps.org), the dates that are to come among them."""
    base = roof().base_url(house())
    lines = [line for page in _pages() for line in _entries(page, base)]
    lines += _dates(base)
    body = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            ' xmlns:xhtml="http://www.w3.org/1999/xhtml">',
            *lines[:MOST],
            "</urlset>\n",
        )
    )
    return _answer(body, "application/xml")


def robots() -> ResponseReturnValue:
    """Name the map (RFC 9309); pages of one person tell robots themselves to forget them (ADR 0019)."""
    lines = ["User-agent: *", "Allow: /"]
    lines += ["", f"Sitemap: {roof().base_url(house())}{url_for('system.sitemap')}"]
    return _answer("\n".join(lines) + "\n", "text/plain")


def _pages() -> Iterator[_Page]:
    """Yield every page that may be found, but for the dates: in a constant number of statements."""
    yield from (_Page(endpoint) for endpoint in _without_parameters())
    published = overview.offerings(house().id, language=LANGUAGES[0])
    yield from (_Page("offering", key=one.key) for one in sorted(published, key=lambda one: one.key))
    for one in topics.topics(house().id, language=LANGUAGES[0]):
        if f"public.{one.kind}" in current_app.view_functions:
            yield _Page(one.kind, key=one.key)
    given = expert_queries.consultations(house().id, language=LANGUAGES[0])
    yield from (
        _Page("times", key=one.key)
        for one in sorted(published, key=lambda one: one.key)
        if one.booked_by == "slot"
    )
    experts = {expert.key for one in given for expert in one.experts}
    yield from (_Page("expert", key=key) for key in sorted(experts))


def _dates(base: str) -> Iterator[str]:
    """Yield the entries of the dates that are to come; their addresses are made once, not a thousand times."""
    now = roof().clock()
    last = now + timedelta(days=AHEAD_DAYS)
    pattern = list(_entries(_Page("occurrence", occurrence_id=_SOME), base))
    ahead = feed_dates(house().id, language=LANGUAGES[0], now=now, first=now, last=last)
    for date in (one for one in ahead if not one.is_cancelled):
        changed = f"</loc><lastmod>{date.changed_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>"
        for entry in pattern:
            yield entry.replace(str(_SOME), str(date.id)).replace("</loc>", changed)


def _without_parameters() -> list[str]:
    """Return the public pages that every house has, in the order of the table of addresses."""
    rules = (rule for rule in current_app.url_map.iter_rules() if rule.endpoint.startswith("public."))
    found = {
        rule.endpoint.removeprefix("public."): None
        for rule in rules
        if rule.arguments <= {"language"}
        and "." not in rule.rule  # a feed or data, not a page
        and ACCESS[rule.endpoint].permission == "public"
    }
    return [name for name in found if name not in ELSEWHERE]


def _entries(page: _Page, base: str) -> Iterator[str]:
    """Yield an entry for each variant of a page; only languages that are told apart name one another."""
    paths = page.paths()
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{_safe(base + paths[tag])}"/>' for tag in LOCALES
    )
    for variant, path in paths.items():
        links = alternates if variant in LOCALES else ""
        yield f"<url><loc>{_safe(base + path)}</loc>{links}</url>"


def _safe(url: str) -> str:
    return escape(url, {'"': "&quot;"})


def _answer(body: str, mimetype: str) -> Response:
    answer = Response(body, content_type=f"{mimetype}; charset=utf-8")
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
