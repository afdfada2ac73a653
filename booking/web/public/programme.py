"""View: the programme, filtered, as a list, a week or a month."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.messages import wording
from booking.schedule import queries
from booking.schedule.closures import closed_days
from booking.schedule.queries import Date
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import house, language
from booking.web.linked_data import dates_listed
from booking.web.public.answers import cacheable
from booking.web.public.feed_filters import told_by
from booking.web.public.offering_rows import OfferRow, offer_row
from booking.web.public.programme_dates import all_dates, known, without_dates
from booking.web.public.programme_fields import fields, topic_names
from booking.web.public.programme_filters import Filters, filters_from
from booking.web.public.programme_rows import (
    Shown,
    day_rows,
    first_page,
    hints,
    say_count,
    shown_by,
    week_rows,
)
from booking.web.public.programme_search import Known, fitting
from booking.web.roof import roof
from booking.web.sharing import tell

_LATER = timedelta(days=365)


def programme() -> ResponseReturnValue:
    """The dates that fit what somebody looks for, by day, with closed days; and a way out where none fits."""
    now, zone = roof().clock(), house().zone
    filters, notes = filters_from(request.args, today=local_date(now, zone))
    facts = known()
    filters, more_notes = _known_topic(filters, facts)
    shown = shown_by(filters, today=local_date(now, zone))
    dates = all_dates(*_bounds(shown.first, shown.last))
    found = fitting(dates, filters, facts)
    last_starts = queries.last_starts(house().id, now=now)
    closed = closed_days(house(), shown.first, shown.last, language=language())
    tell(feed=told_by(filters), linked=[dates_listed(found)])
    return cacheable(
        render_template(
            "public/programme.html",
            filters=filters,
            fields=fields(filters, facts, languages=last_starts),
            notes=[*notes, *more_notes],
            count=say_count(len(found)),
            offers=_offers(filters, facts),
            everything_href=filters.without().href(first=None),
            is_empty=not found,
            **({"hints": [], "is_unknown": False} if found else _ways_out(filters, facts, dates, shown)),
            weekdays=[wording.say_weekday(day, language()) for day in range(1, 8)],
            weeks=week_rows(found, closed, shown),
            **_pages(filters, shown, found, closed, latest=max(last_starts.values(), default=None)),
        )
    )


def _pages(
    filters: Filters,
    shown: Shown,
    found: Sequence[Date],
    closed: Mapping[date, str],
    *,
    latest: datetime | None,
) -> dict[str, Any]:
    """Return the days of a list, and the way to those before and after."""
    zone = house().zone
    listed: Sequence[Date] = []
    last, after = shown.last, shown.after
    if filters.view == "list":
        is_plain = not set(filters.chosen()) - {"kinds"}
        listed = found if is_plain else first_page(found, zone)
        closed = closed if is_plain else {}
        if len(listed) < len(found):
            last = local_date(listed[-1].starts_at, zone)
            after = last + timedelta(days=1)
    goes_on = latest is not None and local_date(latest, zone) > last
    return {
        "days": day_rows(listed, closed) if filters.view == "list" else [],
        "is_part": len(listed) < len(found) and filters.view == "list",
        "span": wording.say_month(shown.last, language())
        if filters.view == "month"
        else wording.say_span(shown.cells or shown.first, last, language()),
        "previous_href": _from(filters, shown.before) if shown.before else None,
        "next_href": _from(filters, after) if goes_on else None,
    }


def _from(filters: Filters, day: date) -> str:
    today = local_date(roof().clock(), house().zone)
    return filters.href(first=day if day != today else None)


def _offers(filters: Filters, facts: Known) -> list[OfferRow]:
    """What fits and has no dates of its own; only where somebody looks for something that it may be."""
    looks_for = {"kinds", "topic", "audience", "words", "access"} & set(filters.chosen())
    if not looks_for:
        return []
    return [offer_row(one, next_date=None) for one in without_dates(filters, facts)]


def _ways_out(filters: Filters, facts: Known, dates: Sequence[Date], shown: Shown) -> dict[str, Any]:
    """Return what to do where nothing fits, and whether no date at all matches the words that were searched for."""
    later = all_dates(*_bounds(shown.after, shown.after + _LATER))
    next_one = next(iter(fitting(later, filters, facts)), None)
    others = [name for name in filters.chosen() if name != "words"]
    words = filters.without(*others) if others else filters
    return {
        "hints": hints(filters, facts, dates, later=next_one),
        "is_unknown": bool(filters.words) and not fitting([*dates, *later], words, facts),
    }


def _bounds(first: date, last: date) -> tuple[datetime, datetime]:
    return day_bounds(first, house().zone)[0], day_bounds(last, house().zone)[1]


def _known_topic(filters: Filters, facts: Known) -> tuple[Filters, list[str]]:
    """Return the filters without a topic that marks nothing here, and a note on it."""
    if not filters.topic or filters.topic in topic_names(facts.offerings.values()):
        return filters, []
    return filters.without("topic"), [_("We do not know this topic. All are shown.")]
