"""Views: the programme as a calendar and as news to subscribe to."""

from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.messages import wording
from booking.schedule.feeds import FeedDate, feed_dates
from booking.timekit.instants import day_bounds, local_date
from booking.web import repeats
from booking.web.context import address, house, language, static_plain
from booking.web.labels import kind_label
from booking.web.public.feed_filters import Chosen, address_of, chosen_from
from booking.web.public.rows import named, where
from booking.web.roof import roof

if TYPE_CHECKING:
    from booking.messages.feeds import FeedEntry
    from booking.messages.news import NewsEntry

PAST_DAYS, AHEAD_DAYS = 92, 3650
MOST_NEWS = 60
SECONDS = 900  # for which nobody needs to ask again
_MARK = "\x00"  # stands in no text


def calendar_feed() -> ResponseReturnValue:
    """The dates of three months past and all to come, for calendars."""
    from booking.messages import feeds  # loaded by whoever needs it first: it costs a process 3 MB

    chosen, found = _asked(past_days=PAST_DAYS)
    base, spoken = roof().base_url(house()), language()
    feed = feeds.Feed(
        name=chosen.name(),
        description=_("Dates to subscribe to. All of them are free of charge."),
        language=spoken,
        zone=house().zone,
        colour=house().accent,
        url=base + chosen.page_href(),
        source=base + address_of("calendar_feed", chosen.values()),
    )
    words = _Words()
    body = feeds.written(feed, [_entry(one, words) for one in found])
    return _answer(body, "text/calendar", found, name=f"{house().key}.ics")


def news_feed() -> ResponseReturnValue:
    """The dates of today and to come, what was published or cancelled last first, for news readers."""
    from booking.messages import news

    chosen, found = _asked(past_days=0)
    base, spoken = roof().base_url(house()), language()
    latest = sorted(found, key=lambda one: (-one.changed_at.timestamp(), one.starts_at, one.id))
    values = chosen.values()
    feed = news.News(
        id=news.tag(base, address_of("news_feed", values).lstrip("/")),
        title=chosen.name(),
        subtitle=_("New dates, and dates that were cancelled. All of them are free of charge."),
        author=house().text("name", spoken),
        author_url=base + address("start"),
        language=spoken,
        url=base + chosen.page_href(),
        source=base + address_of("news_feed", values),
        icon=base + static_plain("favicon.svg"),
        since=_midnight(),
    )
    words = _Words()
    body = news.written(feed, [_piece(one, words) for one in latest[:MOST_NEWS]])
    return _answer(body, "application/atom+xml", found, name=f"{house().key}.atom")


def _asked(*, past_days: int) -> tuple[Chosen, list[FeedDate]]:
    """Return what the address asks for, and the dates of whole days that fit."""
    chosen, today = chosen_from(request.args), _midnight()
    found = feed_dates(
        house().id,
        language=language(),
        first=today - timedelta(days=past_days),
        last=today + timedelta(days=AHEAD_DAYS),
        now=today,
    )
    return chosen, chosen.of(found)


def _midnight() -> datetime:
    """Return when today began in the house: then the feeds let go of what is too old for them."""
    now, zone = roof().clock(), house().zone
    return day_bounds(local_date(now, zone), zone)[0]


class _Words:
    """The sentences of a feed in the language of the page, looked up once for all its dates."""

    def __init__(self) -> None:
        found, spoken = house(), language()
        self.base = roof().base_url(found)
        self.contact = f"{found.text('name', spoken)}, {found.phone}, {found.email}"
        self.kind = cache(kind_label)
        self._facts = cache(self._said_facts)
        self._cancelled = str(_("Cancelled: %(title)s", title=_MARK))
        self._book = str(_("Free of charge. See free places and book: %(href)s", href=_MARK))
        self._is_cancelled = str(_("This date has been cancelled"))

    def url(self, date: FeedDate) -> str:
        """Return the address of the page of a date."""
        return self.base + address("occurrence", occurrence_id=date.id)

    def title(self, date: FeedDate) -> str:
        """Return what a date is, and whether it was called off."""
        return self._cancelled.replace(_MARK, date.title) if date.is_cancelled else date.title

    def described(self, date: FeedDate) -> str:
        """Return what there is to know of a date, and where to book; or why it was called off."""
        if date.is_cancelled:
            why = [named(date.cancel_reason)] if date.cancel_reason else []
            return "\n".join([date.summary, "", self._is_cancelled, *why])
        facts = self._facts(date.language, is_step_free=date.is_step_free)
        return "\n".join([date.summary, "", facts, "", self._book.replace(_MARK, self.url(date))])

    def _said_facts(self, spoken: str, *, is_step_free: bool) -> str:
        step_free = _("yes") if is_step_free else _("no")
        return f"{_('Language')}: {wording.say_language(spoken, language())}\n{_('Step-free')}: {step_free}"


def _entry(date: FeedDate, words: _Words) -> "FeedEntry":
    from booking.messages.feeds import FeedEntry

    found = house()
    return FeedEntry(
        uid=_uid(words.base, date.id),
        sequence=date.changes,
        stamp=date.changed_at,
        created_at=date.published_at,
        is_cancelled=date.is_cancelled,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        zone=found.zone,
        online=False,
        language=language(),
        summary=words.title(date),
        description=words.described(date),
        location=where(date.place_names, date.place_address),
        url=words.url(date),
        contact=words.contact,
        latitude=date.latitude if date.place_address else found.latitude,
        longitude=date.longitude if date.place_address else found.longitude,
        categories=(words.kind(date.kind),),
    )


@lru_cache(maxsize=4096)
def _uid(base_url: str, occurrence_id: int) -> str:
    """Return the UID of a date, the same in all feeds and languages; no booker's calendar knows it."""
    return str(uuid5(NAMESPACE_URL, f"{base_url}/dates/{occurrence_id}"))


def _piece(date: FeedDate, words: _Words) -> "NewsEntry":
    from booking.messages.news import NewsEntry, tag

    when = wording.say_when(date.starts_at, date.ends_at, house().zone, language())
    return NewsEntry(
        id=tag(words.base, f"dates/{date.id}"),
        title=f"{words.title(date)}, {when}",
        summary="\n".join([where(date.place_names, date.place_address), words.described(date)]),
        url=words.url(date),
        categories=(words.kind(date.kind),),
        published_at=date.published_at,
        updated_at=date.changed_at,
    )


def _answer(body: bytes, mimetype: str, found: list[FeedDate], *, name: str) -> Response:
    """Return a feed that is asked for again by its ETag, or by when something last changed or became too old."""
    answer = Response(body, content_type=f"{mimetype}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = f"private, max-age={SECONDS}"
    answer.last_modified = max([one.changed_at for one in found] + [_midnight()])
    answer.add_etag()
    repeats.remember(answer)
    answer.make_conditional(request)
    return answer
