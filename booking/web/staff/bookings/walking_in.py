"""View: people who stand there without booking are let in to a date of today by their number alone."""

from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings import booking_for, caller_queries
from booking.bookings.refusals import FormUsed
from booking.bookings.retrying import once_more
from booking.bookings.staff_refusals import NobodyComes
from booking.errors import DomainError, NotFound
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.bookings import date_lists
from booking.web.staff.bookings.date_lists import DateChoice
from booking.web.staff.bookings.deeds import faults
from booking.web.staff.bookings.forms import LetInForm, numbered
from booking.web.staff.bookings.seen import hands
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address

MOST_BUTTONS = 4


def walk_in_list() -> ResponseReturnValue:
    """Show the dates of today that are not over, each with buttons for one to four people."""
    return _draw(None, LetInForm(formdata=None))


def walk_in_let_in(occurrence_id: int) -> ResponseReturnValue:
    """Let so many people in: they are booked and checked in with one press."""
    caller_queries.offering_of_date(occurrence_id, acting(), language=language())
    if request.method != "POST":
        return redirect(staff_address("walk_in_list"))
    form = LetInForm()
    if not form.validate():
        return _draw(occurrence_id, form, errors=faults(form), status=400 if form.is_stale() else 422)
    let_in = partial(booking_for.let_in, occurrence_id, form.number(), once=form.key(), house=house())
    try:
        once_more(partial(let_in, by=hands(tells=False), staff_id=acting().staff_id, now=roof().clock()))
    except NotFound:
        raise
    except DomainError as refusal:
        return _refused(occurrence_id, form, refusal)
    return redirect(staff_address("walk_in_list", done=form.number()), 303)


def _refused(occurrence_id: int, form: LetInForm, refusal: DomainError) -> ResponseReturnValue:
    errors = [say(refusal)]
    if isinstance(refusal, FormUsed):
        errors = [
            _("This button was pressed already, for another number. Press it once more for further people.")
        ]
    if isinstance(refusal, NobodyComes):
        form.people.errors, errors = tuple(errors), []
    return _draw(occurrence_id, form, errors=errors, status=int(refusal.status))


def _draw(
    occurrence_id: int | None, form: LetInForm, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    """Show the dates; the form with its faults belongs to one of them, the others begin anew."""
    body = render_template(
        "staff/bookings/walk_in.html",
        dates=[
            (one, numbered(form if one.id == occurrence_id else LetInForm(formdata=None), one.id))
            for one in _dates()
        ],
        form=form,
        form_errors=errors or [],
        numbers=range(1, MOST_BUTTONS + 1),
        message=_message(request.args.get("done", "")),
        caller_href=staff_address("caller_start"),
    )
    return body, status


def _dates() -> list[DateChoice]:
    now, zone = roof().clock(), house().zone
    first, last = day_bounds(local_date(now, zone), zone)
    found = date_lists.dates_between(first, last)
    mine = caller_queries.of_programmes(acting(), {one.offering_id for one in found}) if found else set()
    return date_lists.running([one for one in found if one.offering_id in mine])


def _message(done: str) -> str:
    if not done.isascii() or not done.isdigit() or len(done) > 3:
        return ""
    return str(ngettext("%(num)s person is let in.", "%(num)s people are let in.", int(done)))
