"""Dates that staff choose from: with what is free, what is held back, and whether the lead time is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings import caller_queries
from booking.messages import wording
from booking.schedule import queries
from booking.schedule.queries import Date
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import house, language
from booking.web.public.rows import day_heading
from booking.web.roof import roof

DAYS_A_PAGE = 28
_OPEN = ("free", "few", "full", "closed")


@dataclass(frozen=True, slots=True)
class DateChoice:
    """A date in a list of staff; ``href`` is empty where nothing can be chosen."""

    id: int
    offering_id: int
    href: str
    title: str
    time: str
    free: int
    kept: int
    says: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its dates."""

    heading: str
    iso: str
    dates: list[DateChoice]


def dates_between(first: datetime, last: datetime, *, offering_id: int | None = None) -> list[Date]:
    """Return the dates of the house in ``[first, last)`` that are not cancelled and not over."""
    now = roof().clock()
    found = queries.dates(
        house().id, language=language(), now=now, first=first, last=last, offering_id=offering_id
    )
    return [one for one in found if one.state != "cancelled" and one.ends_at > now]


def days_of(dates: Iterable[Date], *, href: str, people: int = 1, but: int = 0) -> list[Day]:
    """Return dates by day, each with its address.

    ``href``    with ``{}`` for the number of the date
    ``people``  so many places are needed: other dates are shown without an address
    ``but``     this one is left out
    """
    shown = [one for one in dates if one.state in _OPEN and one.id != but]
    kept = caller_queries.held_back([one.id for one in shown], now=roof().clock()) if shown else {}
    rows = [
        (local_date(one.starts_at, house().zone), _choice(one, kept.get(one.id, 0), href, people))
        for one in shown
    ]
    return [
        Day(day_heading(day), day.isoformat(), [choice for _day, choice in group])
        for day, group in groupby(rows, lambda pair: pair[0])
    ]


def running(dates: Iterable[Date]) -> list[DateChoice]:
    """Return dates of today to which people can be let in, those that have begun, too; the next one first."""
    shown = [one for one in dates if not one.cancel_reason]
    kept = caller_queries.held_back([one.id for one in shown], now=roof().clock()) if shown else {}
    return [_choice(one, kept.get(one.id, 0), "{}", 1) for one in shown]


def span(first: date | None) -> tuple[date, datetime, datetime]:
    """Return the first day of a page of dates, from today on, and its instants ``[first, last)``."""
    today, zone = local_date(roof().clock(), house().zone), house().zone
    begin = max(today, first or today)
    return begin, day_bounds(begin, zone)[0], day_bounds(begin + timedelta(days=DAYS_A_PAGE - 1), zone)[1]


def says(free: int, kept: int, *, is_late: bool) -> str:
    """Return what there is to know of a date before it is chosen."""
    parts = [ngettext("%(num)s place free", "%(num)s places free", free) if free else _("nothing free")]
    if kept:
        parts.append(ngettext("%(num)s held back for you", "%(num)s held back for you", kept))
    if is_late:
        parts.append(_("the lead time is over"))
    return ", ".join(parts)


def _choice(one: Date, kept: int, href: str, people: int) -> DateChoice:
    return DateChoice(
        id=one.id,
        offering_id=one.offering_id,
        href=href.format(one.id) if one.left + kept >= people else "",
        title=one.title,
        time=wording.say_times(one.starts_at, one.ends_at, house().zone, language()),
        free=one.left,
        kept=kept,
        says=says(one.left, kept, is_late=one.state == "closed"),
    )


def after(first: date) -> date:
    """Return the first day of the next page."""
    return first + timedelta(days=DAYS_A_PAGE)
