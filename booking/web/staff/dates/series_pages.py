"""Views: make a series after a look at its days, show it, let it go on, and bring a day back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.schedule import readiness, series, series_queries
from booking.schedule.series import PUBLISH, Day, Wanted
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.dates.forms import DateFields, minute_of, values_of, wall
from booking.web.staff.dates.making import (
    Shown,
    choose_offering,
    defaults,
    plan_like,
    refused,
    suit,
    the_offering,
)
from booking.web.staff.dates.scope import asked_number
from booking.web.staff.dates.series_forms import BackForm, ExtendForm, SeriesForm
from booking.web.staff.dates.series_rows import (
    DECISIONS,
    day_rows,
    field_name,
    member_rows,
    pattern_words,
    summary,
)
from booking.web.staff.dates.series_scope import own_series, the_series
from booking.web.staff.dates.words import lack_words
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.pages import staff_address

SAVE = "save"
_EMPTY = Shown()


def series_new() -> ResponseReturnValue:
    """Choose an offering, say how its dates come back, look at the days, and save."""
    offering_id = asked_number("offering")
    if offering_id is None:
        return choose_offering("series_new")
    option = the_offering(offering_id)
    like = plan_like(option, None)
    form = SeriesForm(data=defaults(like, is_copy=False))
    form.name_weekdays()
    suit(form, option, like)
    values: dict[str, Any] = {"form": form, "offering": option.title, "hosts_needed": option.hosts}
    if request.method != "POST":
        return _page("new", _EMPTY, **values)
    if not form.validate():
        return _page("new", refused(form), **values)
    wanted = form.wanted(like)
    found = _previewed(form, wanted)
    if isinstance(found, Shown):
        return _page("new", found, **values)
    is_seen, form.seen.data = form.seen.data == form.mark(), form.mark()
    chosen = _decisions(found) if is_seen else {}
    if request.form.get("do") != SAVE or not is_seen:
        return _page("new", _lacking(wanted), days=found, chosen=chosen, **values)
    deed = partial(series.make, wanted, _all_decided(found, chosen), **_by_whom())
    try:
        made = unit_of_work(deed)
    except NotFound:
        raise
    except DomainError as refusal:
        shown = replace(_lacking(wanted), errors=(say(refusal),), status=refusal.status)
        return _page("new", shown, days=_preview(wanted), chosen=chosen, **values)
    return redirect(staff_address("series_page", series_id=made, done="made"), 303)


def series_page(series_id: int) -> ResponseReturnValue:
    """Show a series with all its days."""
    page, person = the_series(series_id), acting()
    may_edit = person.may("dates.edit") and person.runs(page.programme_id)
    return render_template(
        "staff/dates/series.html",
        title=page.title,
        pattern=pattern_words(page.pattern),
        rows=member_rows(page, now=roof().clock(), may_edit=may_edit),
        may_edit=may_edit,
        form=BackForm(formdata=None) if may_edit else None,
        back_action=staff_address("series_back", series_id=series_id),
        extend_href=staff_address("series_extend", series_id=series_id),
        end_href=staff_address("series_end", series_id=series_id),
        done=_done(),
        history=history_of("series", series_id, person),
    )


def series_back(series_id: int) -> ResponseReturnValue:
    """Bring a day back, as a draft."""
    own_series(series_id)
    here = staff_address("series_page", series_id=series_id)
    form = BackForm()
    if request.method != "POST" or not form.validate() or form.day.data is None:
        return redirect(here, 303)
    made = unit_of_work(partial(series.bring_back, series_id, form.day.data, **_by_whom()))
    return redirect(staff_address("date_page", occurrence_id=made, done="brought_back"), 303)


def series_extend(series_id: int) -> ResponseReturnValue:
    """Let a series go on until another day, after a look at the new ones."""
    page, form = own_series(series_id), ExtendForm()
    values: dict[str, Any] = {"form": form, "offering": page.title, "pattern": pattern_words(page.pattern)}
    values["back_href"] = staff_address("series_page", series_id=series_id)
    if request.method != "POST":
        return _page("extend", _EMPTY, **values)
    if not form.validate() or form.last_day.data is None:
        errors = tuple(form.forgive_token()) if form.is_stale() else ()
        status = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.UNPROCESSABLE_ENTITY
        return _page("extend", Shown(errors=errors, status=status), **values)
    wanted = _further(series_id, form, page.state_holidays, page.school_holidays)
    found = _previewed(form, wanted)
    if isinstance(found, Shown):
        return _page("extend", found, **values)
    is_seen, form.seen.data = form.seen.data == form.mark(), form.mark()
    chosen = _decisions(found) if is_seen else {}
    if request.form.get("do") != SAVE or not is_seen:
        return _page("extend", _lacking(wanted), days=found, chosen=chosen, **values)
    deed = partial(series.extend, series_id, wanted, _all_decided(found, chosen), **_by_whom())
    try:
        unit_of_work(deed)
    except NotFound:
        raise
    except DomainError as refusal:
        shown = replace(_lacking(wanted), errors=(say(refusal),), status=refusal.status)
        return _page("extend", shown, days=_preview(wanted), chosen=chosen, **values)
    return redirect(staff_address("series_page", series_id=series_id, done="extended"), 303)


def _further(series_id: int, form: ExtendForm, state_holidays: str, school_holidays: str) -> Wanted:
    assert form.last_day.data is not None
    plan, pattern = series_queries.further(series_id, form.last_day.data, house=house())
    return Wanted(
        plan=plan,
        pattern=pattern,
        at=wall(minute_of(plan)),
        minutes=values_of(plan)["minutes"],
        state=form.state.data,
        state_holidays=state_holidays,
        school_holidays=school_holidays,
        once="",
    )


def _preview(wanted: Wanted) -> list[Day]:
    return series.preview(wanted, house=house(), language=language(), now=roof().clock())


def _previewed(form: DateFields | ExtendForm, wanted: Wanted) -> list[Day] | Shown:
    """Return the days of a series, or what to tell where there are none or too many, at the field of its end."""
    try:
        return _preview(wanted)
    except NotFound:
        raise
    except DomainError as refusal:
        field = form["times"] if wanted.pattern.times is not None else form["last_day"]
        field.errors = (say(refusal),)
        return Shown(status=refusal.status)


def _decisions(days: Sequence[Day]) -> dict[date, str]:
    """Return what was decided of each day; the deed refuses what cannot be, or cannot be any more."""
    typed = {one.run.day: request.form.get(field_name(one.run.day), "") for one in days}
    return {day: decision for day, decision in typed.items() if decision in DECISIONS}


def _all_decided(days: Sequence[Day], chosen: Mapping[date, str]) -> dict[date, str]:
    return {one.run.day: chosen.get(one.run.day, one.decision) for one in days}


def _lacking(wanted: Wanted) -> Shown:
    """Return what the dates lack, if they are to be published."""
    if wanted.state != PUBLISH:
        return _EMPTY
    return Shown(lacks=tuple(lack_words(one) for one in readiness.lacks(wanted.plan)))


def _by_whom() -> dict[str, Any]:
    return {"house": house(), "actor": acting().actor, "now": roof().clock()}


def _done() -> str:
    words = {
        "made": _("The series is saved."),
        "extended": _("The series goes on."),
        "cancelled": _("The series ends earlier now."),
        "dropped": _("The date is left out now; it can be brought back here."),
    }
    return words.get(request.args.get("done", ""), "")


def _page(
    name: str,
    shown: Shown,
    *,
    days: Sequence[Day] = (),
    chosen: Mapping[date, str] | None = None,
    **values: Any,
) -> ResponseReturnValue:
    page = render_template(
        f"staff/dates/series_{name}.html",
        shown=shown,
        form_errors=shown.errors,
        days=day_rows(days, chosen or {}),
        summary=summary(days, chosen or {}) if days else "",
        **values,
    )
    return page, shown.status
