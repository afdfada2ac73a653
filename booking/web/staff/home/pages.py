"""View: the first page of staff: what needs somebody today, by role."""

from datetime import datetime, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.bookings import access_staff
from booking.people.permissions import Acting
from booking.reports import broken_plans, today
from booking.timekit.instants import day_bounds, local_date
from booking.voices import listing
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.day.inside import inside_row
from booking.web.staff.doors import acting
from booking.web.staff.home import rows
from booking.web.staff.home.rows import Task

SOON = 14  # days in which what is missing should be settled

DRAFTS = 90  # days in which a draft is not to be forgotten


def staff_home() -> ResponseReturnValue:
    """Show what needs somebody today."""
    me, now = acting(), roof().clock()
    since, until = day_bounds(local_date(now, house().zone), house().zone)
    sees_day = me.may("places.hold_back")  # the desk and the coordination: the house is theirs
    mine = today.own_dates(me, since=since, until=until, language=language())
    return render_template(
        "staff/home/home.html",
        tasks=_tasks(me, now=now),
        is_host=me.host_id is not None,
        own_dates=[rows.own_date(one) for one in mine],
        day=today.day(me, since=since, until=until) if sees_day else None,
        inside=inside_row() if sees_day else None,
        day_href=rows.link("day_page"),
        arrivals_href=rows.link("day_arrivals") if me.may("day.check_in") else "",
        log_href=rows.link("log_list") if me.may("log.read") else "",
    )


def _tasks(me: Acting, *, now: datetime) -> list[Task]:
    """Return what needs this person, the most urgent first."""
    found: list[Task] = []
    if me.may("voices.answer"):
        found += rows.voices(listing.waiting(me.house_id), now=now)
    if me.may("needs.arrange"):
        due = access_staff.due(me, now=now)
        found += rows.needs(due.number, due.overdue, due.next_at, now=now)
    if me.may("dates.edit"):
        found += _plans(me, now=now)
    found += rows.post(today.post(me, now=now))
    if me.may("programme.edit"):
        found += rows.missing_texts(today.missing_texts(me, language=language()))
    if me.may("closures.edit"):
        found += rows.holidays(now=now)
    order = (rows.DANGER, rows.WARNING, rows.INFO)
    return sorted(found, key=lambda one: order.index(one.tone))


def _plans(me: Acting, *, now: datetime) -> list[Task]:
    until, later = now + timedelta(days=SOON), now + timedelta(days=DRAFTS)
    return [
        *rows.broken(broken_plans.broken(house(), me, language=language(), now=now)),
        *rows.unstaffed(today.unstaffed(me, since=now, until=until, language=language()), days=SOON),
        *rows.drafts(today.drafts(me, since=now, until=later, language=language()), days=DRAFTS),
    ]
