"""Views: all hours of a host, a room or one's own: weekly ones, changed days, absences, what lies outside."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.db import unit_of_work
from booking.errors import N_, NotFound
from booking.messages import wording
from booking.schedule import host_queries, hours_queries, previewing, rule_dates, unentering, weekly
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.forms import StaffForm
from booking.web.staff.history.rows import history_of
from booking.web.staff.hours import subjects
from booking.web.staff.hours.previews import preview, unchanged
from booking.web.staff.hours.subjects import Subject
from booking.web.staff.hours.week_remarks import say_dates
from booking.web.staff.hours.words import say_away, say_changed_day, say_rule

_REMOVE = re.compile(r"(override|absence):(\d{1,9})")
SAVED = {
    "week": N_("The weekly hours are saved."),
    "day": N_("The hours of this day are saved."),
    "absence": N_("The absence is saved."),
    "removed": N_("It is taken back: the weekly hours count again."),
    "entered": N_("The person is entered. Now enter the weekly hours."),
    "person": N_("What you changed about the person is saved."),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Weekly hours in words with the next dates."""

    words: str
    next_dates: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A changed day or an absence; ``value`` is what its button sends."""

    when: str
    words: str
    value: str


def hours_page(host_id: int) -> ResponseReturnValue:
    """Show the hours of a host."""
    return _overview(subjects.of_host(host_id))


def hours_room(place_id: int) -> ResponseReturnValue:
    """Show the hours of a room."""
    return _overview(subjects.of_room(place_id))


def hours_own() -> ResponseReturnValue:
    """Show one's own hours; staff who are no host learn what to do."""
    if acting().host_id is None:
        return render_template("staff/hours/no_host.html")
    return _overview(subjects.own())


def _overview(subject: Subject) -> ResponseReturnValue:
    form = StaffForm()
    if request.method != "POST":
        return _page(subject, form)
    if not form.validate():
        return _page(subject, form, errors=form.forgive_token(), status=400)
    wanted = _REMOVE.fullmatch(request.form.get("remove", ""))
    if wanted is None:
        raise NotFound
    deeds: dict[str, Callable[..., None]] = {
        "override": unentering.remove_override,
        "absence": unentering.remove_absence,
    }
    deed = partial(deeds[wanted[1]], int(wanted[2]), of=subject.of, house_id=acting().house_id)
    unit_of_work(partial(deed, now=roof().clock(), actor=acting().actor))
    return redirect(f"{subject.page_href}?saved=removed", 303)


def _page(
    subject: Subject, form: StaffForm, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    house_id, now, today = acting().house_id, roof().clock(), subjects.today()
    days = hours_queries.changed_days(subject.of, house_id=house_id, since=today)
    away = hours_queries.absences(subject.of, house_id=house_id, since=today, now=now)
    saved = SAVED.get(request.args.get("saved", ""), "")
    kind, number = ("host", subject.of.host_id) if subject.of.host_id else ("place", subject.of.place_id)
    page = render_template(
        "staff/hours/page.html",
        subject=subject,
        form=form,
        rules=_rules(subject),
        days=[EntryRow(_day(one.day), say_changed_day(one), f"override:{one.id}") for one in days],
        away=[EntryRow(say_away(one), _("away"), f"absence:{one.id}") for one in away],
        preview=preview(subject, unchanged),
        saved=_(saved) if saved else "",
        errors=errors or [],
        history=history_of(kind, number or 0, acting()) if subject.kind != "own" else None,
        may_edit_host=subject.kind == "host" and acting().may("hosts.edit"),
    )
    return page, status


def _rules(subject: Subject) -> list[RuleRow]:
    rules = weekly.rules_of(subject.of, house_id=acting().house_id)
    found = host_queries.offerings(acting().house_id, language=language()) if rules else []
    titles = {number: title for number, title, _kind in found}
    today = subjects.today()
    known = previewing.loaded(house(), subject.of, today, today)
    dates = [rule_dates.next_dates(rule, known, subject.of, today=today) for rule in rules]
    return [RuleRow(say_rule(rule, titles), said) for rule, said in zip(rules, say_dates(dates), strict=True)]


def _day(day: date) -> str:
    return wording.say_day(day, language())
