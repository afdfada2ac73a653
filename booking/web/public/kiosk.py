"""View: today in the house, for a screen on the wall; it knows no person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from booking.bookings import walk_in_queries
from booking.messages import wording
from booking.schedule import queries
from booking.schedule.closures import closed_days
from booking.schedule.queries import Date
from booking.timekit.instants import day_bounds, local_date
from booking.web import qr
from booking.web.calendars import absolute
from booking.web.context import house, language
from booking.web.public.answers import cacheable
from booking.web.public.rows import DateRow, date_row
from booking.web.public.walk_in_rows import queue_rows
from booking.web.roof import roof

MOST = 5  # dates that a screen shows in letters for four metres
AHEAD_DAYS = 30
SOON = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """A date on the screen: its row, how soon it begins, and the day if it is not today's.

    ``code``  its page, if it can be booked there
    ``note``  how many places are left when they can be had at the desk only
    """

    date: DateRow
    soon: str
    day: str
    is_running: bool
    code: Markup | str
    note: str


def today() -> ResponseReturnValue:
    """The dates that run or come today, and the next ones where there is room; numbers called; why it is closed."""
    now, zone = roof().clock(), house().zone
    day = local_date(now, zone)
    begins, ends = day_bounds(day, zone)
    found = queries.dates(
        house().id, language=language(), now=now, first=begins, last=ends + timedelta(days=AHEAD_DAYS)
    )
    current = [one for one in found if one.starts_at < ends and now < one.ends_at]
    later = [one for one in found if one.starts_at >= ends and one.state != "cancelled"]
    closed = closed_days(house(), day, day, language=language()).get(day)
    body = render_template(
        "public/today.html",
        dates=[_screen_row(one) for one in current[:MOST]],
        more=_more(len(current) - MOST),
        later=[_screen_row(one) for one in later[: max(0, MOST - len(current))]],
        closed=_("Closed today: %(reason)s", reason=closed) if closed else "",
        queues=queue_rows(walk_in_queries.walk_ins(house().id, language=language())),
        day=wording.say_day(day, language()),
        as_of=wording.say_time(now, zone, language()),
        now=now,
        zone=zone,
    )
    return cacheable(body)


def _more(number: int) -> str:
    if number <= 0:
        return ""
    return str(ngettext("and %(num)s more date today", "and %(num)s more dates today", number))


def _screen_row(date: Date) -> ScreenRow:
    now, zone = roof().clock(), house().zone
    is_running = date.starts_at <= now
    is_today = local_date(date.starts_at, zone) == local_date(now, zone)
    url = absolute(house(), "occurrence", spoken=language(), occurrence_id=date.id)
    row = date_row(date)
    return ScreenRow(
        date=row,
        soon=_soon(date, now) if is_today else "",
        day="" if is_today else wording.say_day(local_date(date.starts_at, zone), language()),
        is_running=is_running,
        code=_code(url, _("Page of this date: %(title)s, %(when)s", title=row.title, when=row.when))
        if date.state in ("free", "few")
        else "",
        note=_at_the_desk(date),
    )


def _at_the_desk(date: Date) -> str:
    """Return how many places are left of a date that cannot be booked online any more; empty where none is."""
    if date.state != "closed" or not date.left:
        return ""
    return str(
        ngettext("%(num)s place left: ask at the desk", "%(num)s places left: ask at the desk", date.left)
    )


def _soon(date: Date, now: datetime) -> str:
    """Return how soon a date of today begins, or until when it runs."""
    if date.starts_at <= now:
        return str(_("runs until %(time)s", time=wording.say_time(date.ends_at, house().zone, language())))
    if date.starts_at - now > SOON:
        return ""
    minutes = -(-(date.starts_at - now) // timedelta(minutes=1))
    return str(ngettext("in %(num)s minute", "in %(num)s minutes", minutes))


@lru_cache(maxsize=256)
def _code(url: str, title: str) -> Markup:
    """Return the code of a page, drawn once: drawing takes longer than all else on the screen."""
    return qr.inline(url, title=title)
