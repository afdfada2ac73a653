"""Views: one day of a host, a room or one's own gets other hours, looked at before it is saved."""

from datetime import date
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings.planned import planned_for
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound, Stale
from booking.schedule import day_hours, previewing
from booking.schedule.hours_queries import ChangedDay
from booking.schedule.outside import outside
from booking.schedule.unsaved import with_override
from booking.timekit.instants import day_bounds
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.conflicts import Difference
from booking.web.staff.doors import acting
from booking.web.staff.hours import subjects
from booking.web.staff.hours.previews import Preview, preview
from booking.web.staff.hours.span_forms import DayForm, Windows
from booking.web.staff.hours.subjects import Subject
from booking.web.staff.hours.words import say_changed_day

Window = tuple[int, int]


def hours_day(host_id: int) -> ResponseReturnValue:
    """Change one day of a host."""
    return _day(subjects.of_host(host_id))


def hours_room_day(place_id: int) -> ResponseReturnValue:
    """Change one day of a room."""
    return _day(subjects.of_room(place_id))


def hours_own_day() -> ResponseReturnValue:
    """Change one day of one's own."""
    return _day(subjects.own())


def _day(subject: Subject) -> ResponseReturnValue:
    form, windows = DayForm(subjects.today()), Windows()
    if request.method != "POST":
        form.version.data = "0"  # the preview reads what the day has
        windows.show(())
        return _page(subject, form, windows)
    windows.read()
    is_fine = form.validate()
    if form.is_stale():
        return _page(subject, form, windows, errors=form.forgive_token(), status=400)
    if not (windows.validate() and is_fine):
        return _page(subject, form, windows, status=422)
    chosen = windows.windows()
    if bool(chosen) == bool(form.is_closed.data):
        fault = _("Enter hours, or tick that there are none on this day: one of the two.")
        return _page(subject, form, windows, errors=[fault], status=422)
    assert form.day.data is not None
    mark = f"{form.day.data} {chosen}"
    is_seen, form.seen.data = form.seen.data == mark, mark
    if request.form.get("do") != "save" or not is_seen:
        return _preview_page(subject, form, windows, form.day.data)
    return _save(subject, form, windows, form.day.data)


def _save(subject: Subject, form: DayForm, windows: Windows, day: date) -> ResponseReturnValue:
    try:
        deed = partial(
            day_hours.change_day, day, windows.windows(), of=subject.of, house_id=acting().house_id
        )
        unit_of_work(partial(deed, version=form.seen_version(), now=roof().clock(), actor=acting().actor))
    except NotFound:
        raise
    except Stale:
        mine = say_changed_day(ChangedDay(0, day, tuple(windows.windows())))
        found = day_hours.changed_day(subject.of, day, house_id=acting().house_id)
        theirs = say_changed_day(found) if found else _("the weekly hours")
        differences = (Difference(_("Hours of the day"), "w0-start", mine, theirs),)
        return _preview_page(subject, form, windows, day, differences=differences, status=409)
    except DomainError as refusal:
        return _page(subject, form, windows, errors=[say(refusal)], status=refusal.status)
    return redirect(f"{subject.page_href}?saved=day", 303)


def _preview_page(
    subject: Subject, form: DayForm, windows: Windows, day: date, **more: Any
) -> ResponseReturnValue:
    """Show what saving would bring; what the day has by now is what saving replaces."""
    chosen = windows.windows()
    found = day_hours.changed_day(subject.of, day, house_id=acting().house_id)
    form.version.data = str(day_hours.version_of(found))
    begin, end = day_bounds(day, house().zone)
    planned = planned_for(subject.of, house_id=acting().house_id, since=begin, until=end, language=language())
    then = with_override(previewing.loaded(house(), subject.of, day, day), subject.of, day, chosen)
    shown = preview(
        subject,
        lambda known: with_override(known, subject.of, day, chosen),
        first=day,
        last=day,
        broken=outside(planned, then, subject.of),
    )
    note = (
        _("So far this day has hours of its own: %(hours)s.", hours=say_changed_day(found)) if found else ""
    )
    return _page(subject, form, windows, shown=shown, note=note, **more)


def _page(
    subject: Subject,
    form: DayForm,
    windows: Windows,
    *,
    shown: Preview | None = None,
    note: str = "",
    errors: list[str] | None = None,
    differences: tuple[Difference, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    wrong = [(0, one) for one in form if one.errors]
    wrong += [(place, one) for place, row in enumerate(windows.rows, 1) for one in row if one.errors]
    page = render_template(
        "staff/hours/day.html",
        subject=subject,
        form=form,
        windows=windows.rows,
        wrong=wrong,
        preview=shown,
        warnings=[note] if note else [],
        errors=errors or [],
        differences=differences,
    )
    return page, status
