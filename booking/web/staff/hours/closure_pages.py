"""Views: closures of the house, state holidays that can be opened, school holidays and until when they are known."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings.planned import Planned, planned_in_house
from booking.db import unit_of_work
from booking.errors import N_, DomainError, NotFound
from booking.houses.school_holidays import school_holidays
from booking.messages import wording
from booking.schedule import closure_queries, hours, house_closing
from booking.schedule.closure_queries import OwnClosure
from booking.schedule.openings import Closure, Days
from booking.schedule.outside import closed_by
from booking.timekit.instants import day_bounds, from_epoch
from booking.timekit.intervals import Span
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.forms import StaffForm
from booking.web.staff.hours import planned_rows, subjects
from booking.web.staff.hours.absence_pages import bounds
from booking.web.staff.hours.closure_words import closure_row, holiday_row, school_rows
from booking.web.staff.hours.planned_rows import PlannedRow
from booking.web.staff.hours.span_forms import ClosureForm
from booking.web.staff.pages import staff_address

YEARS = 2
WARNED = timedelta(days=180)  # before the data of the school holidays run out
SAVED = {
    "closed": N_("The closure is saved. Visitors read the reason, and no time is offered then."),
    "removed": N_("The closure is taken back."),
    "opened": N_("The house opens on this day."),
    "closed_again": N_("The house is closed on this day again."),
}


def closure_list() -> ResponseReturnValue:
    """Show what closes the house: its own closures, state holidays of two years, and the school holidays."""
    today, now = subjects.today(), roof().clock()
    found = closure_queries.closures(acting().house_id, since=today, now=now)
    last = date(today.year + YEARS, 12, 31)
    holidays = closure_queries.holidays(house(), first=today, last=last, language=language())
    known = school_holidays(house())
    saved = SAVED.get(request.args.get("saved", ""), "")
    return render_template(
        "staff/hours/closures.html",
        closures=[closure_row(one) for one in found],
        holidays=[holiday_row(one) for one in holidays],
        school=school_rows(known, today),
        school_until=wording.say_day(known.valid_until, language()) if known else "",
        school_is_late=known is not None and known.valid_until - today < WARNED,
        saved=_(saved) if saved else "",
    )


def closure_new() -> ResponseReturnValue:
    """Close the house; what that breaks is shown before it is saved."""
    form = ClosureForm(subjects.today())
    if request.method != "POST":
        return _form_page(form)
    if not form.validate():
        errors = form.forgive_token() if form.is_stale() else []
        return _form_page(form, errors=errors, status=400 if errors else 422)
    is_seen, form.seen.data = form.seen.data == form.mark(), form.mark()
    if request.form.get("do") != "save" or not is_seen:
        return _form_page(form, broken=_broken(form.when()))
    try:
        deed = partial(_deed(form.when()), house_id=acting().house_id, reasons=form.reasons())
        closure_id = unit_of_work(partial(deed, now=roof().clock(), actor=acting().actor))
    except DomainError as refusal:
        return _form_page(form, errors=[say(refusal)], status=int(refusal.status))
    if _broken(form.when()):
        return redirect(staff_address("closure_page", closure_id=closure_id, saved="closed"), 303)
    return redirect(staff_address("closure_list", saved="closed"), 303)


def closure_page(closure_id: int) -> ResponseReturnValue:
    """Show a closure with what lies in it, and take it back on request."""
    found = closure_queries.closure(closure_id, house_id=acting().house_id)
    form = StaffForm()
    errors: list[str] = []
    if request.method == "POST":
        if form.validate():
            deed = partial(house_closing.remove_closure, closure_id, house_id=acting().house_id)
            unit_of_work(partial(deed, now=roof().clock(), actor=acting().actor))
            return redirect(staff_address("closure_list", saved="removed"), 303)
        errors = form.forgive_token()
    broken = _broken(_when(found))
    page = render_template(
        "staff/hours/closure.html",
        form=form,
        closure=closure_row(found),
        broken=broken,
        cancel_href=planned_rows.cancel_href(broken),
        saved=request.args.get("saved") == "closed" and request.method == "GET",
        errors=errors,
    )
    return page, 400 if errors else 200


def closure_day(day: str) -> ResponseReturnValue:
    """Show a day that a holiday or a closure closes whole; open it on purpose, or let it be closed again."""
    wanted = _a_day(day)
    is_opened = wanted in closure_queries.opened_days(acting().house_id, first=wanted, last=wanted)
    name = _name_of(wanted)
    if not (name or is_opened):
        raise NotFound
    form, errors = StaffForm(), list[str]()
    if request.method == "POST":
        if form.validate():
            return _turn(wanted, is_opened=is_opened)
        errors = form.forgive_token()
    days = Days(wanted, wanted)
    page = render_template(
        "staff/hours/holiday.html",
        form=form,
        day=wording.say_day(wanted, language()),
        name=name,
        is_opened=is_opened,
        planned=_broken(days, is_opened=False),
        errors=errors,
    )
    return page, 400 if errors else 200


def _turn(day: date, *, is_opened: bool) -> ResponseReturnValue:
    """Do what the button says that was pressed; what is so already stays so."""
    wanted = request.form.get("do", "")
    deeds: dict[str, Callable[..., None]] = {
        "open": house_closing.open_on,
        "close": house_closing.close_again_on,
    }
    if wanted not in deeds:
        raise NotFound
    if (wanted == "close") == is_opened:
        deed = partial(deeds[wanted], day, house_id=acting().house_id)
        unit_of_work(partial(deed, now=roof().clock(), actor=acting().actor))
    return redirect(
        staff_address("closure_list", saved="opened" if wanted == "open" else "closed_again"), 303
    )


def _broken(when: Days | Span, *, is_opened: bool = True) -> list[PlannedRow]:
    """Return what is planned while the house would be closed; ``is_opened``: opened days stay open."""
    since, until = bounds(when)
    begin, end = max(from_epoch(since), roof().clock()), from_epoch(until)
    found = planned_in_house(acting().house_id, since=begin, until=end, language=language())
    opened = _opened(when) if is_opened else frozenset()
    lost: list[Planned] = closed_by(found, Closure(when), opened, house().zone)
    return planned_rows.rows(lost, acting())


def _opened(when: Days | Span) -> frozenset[date]:
    if not isinstance(when, Days):
        return frozenset()
    return closure_queries.opened_days(acting().house_id, first=when.first, last=when.last)


def _deed(when: Days | Span) -> Callable[..., int]:
    if isinstance(when, Days):
        return partial(house_closing.close_days, when.first, when.last)
    return partial(hours.close_between, from_epoch(when[0]), from_epoch(when[1]))


def _form_page(
    form: ClosureForm,
    *,
    broken: list[PlannedRow] | None = None,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    wrong: list[tuple[int, Any]] = [(0, one) for one in form if one.errors]
    page = render_template(
        "staff/hours/closure_new.html", form=form, wrong=wrong, broken=broken, errors=errors or []
    )
    return page, status


def _when(found: OwnClosure) -> Days | Span:
    if found.first_day is not None and found.last_day is not None:
        return Days(found.first_day, found.last_day)
    assert found.starts_at is not None
    assert found.ends_at is not None
    return int(found.starts_at.timestamp()), int(found.ends_at.timestamp())


def _a_day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as fault:
        raise NotFound from fault
    if not 0 <= found.year - subjects.today().year <= YEARS or found.isoformat() != text:
        raise NotFound
    return found


def _name_of(day: date) -> str:
    """Return what closes a day whole, opened or not."""
    named = closure_queries.holidays(house(), first=day, last=day, language=language())
    if named:
        return named[0].name
    begin, _end = day_bounds(day, house().zone)
    for one in closure_queries.closures(acting().house_id, since=day, now=begin):
        if one.first_day is not None and one.last_day is not None and one.first_day <= day <= one.last_day:
            return closure_row(one).reason
    return ""
