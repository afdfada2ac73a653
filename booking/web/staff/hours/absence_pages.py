"""Views: a host, a room or oneself is away; what that breaks is shown before it is saved."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings.planned import planned_for
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.schedule import hours
from booking.schedule.openings import Days
from booking.schedule.previewing import WEEKS
from booking.schedule.unsaved import with_absence
from booking.timekit.instants import day_bounds, from_epoch, local_date, to_epoch
from booking.timekit.intervals import Span
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.hours import subjects
from booking.web.staff.hours.previews import Preview, preview
from booking.web.staff.hours.span_forms import SpanForm
from booking.web.staff.hours.subjects import Subject


def hours_absence(host_id: int) -> ResponseReturnValue:
    """Enter that a host is away."""
    return _absence(subjects.of_host(host_id))


def hours_room_absence(place_id: int) -> ResponseReturnValue:
    """Enter that a room is out of use."""
    return _absence(subjects.of_room(place_id))


def hours_own_absence() -> ResponseReturnValue:
    """Enter that one is away."""
    return _absence(subjects.own())


def _absence(subject: Subject) -> ResponseReturnValue:
    form = SpanForm(subjects.today())
    if request.method != "POST":
        return _page(subject, form)
    if not form.validate():
        errors = form.forgive_token() if form.is_stale() else []
        return _page(subject, form, errors=errors, status=400 if errors else 422)
    is_seen, form.seen.data = form.seen.data == form.mark(), form.mark()
    if request.form.get("do") != "save" or not is_seen:
        return _page(subject, form, shown=_preview(subject, form.when()))
    try:
        unit_of_work(partial(_deed(form.when()), of=subject.of, house_id=acting().house_id))
    except NotFound:
        raise
    except DomainError as refusal:
        return _page(subject, form, errors=[say(refusal)], status=refusal.status)
    return redirect(f"{subject.page_href}?saved=absence", 303)


def _deed(when: Days | Span) -> Callable[..., int]:
    if isinstance(when, Days):
        deed: Callable[..., int] = partial(hours.add_absence, when.first, when.last)
    else:
        deed = partial(hours.add_absence_between, from_epoch(when[0]), from_epoch(when[1]))
    return partial(deed, now=roof().clock(), actor=acting().actor)


def _preview(subject: Subject, when: Days | Span) -> Preview:
    since, until = bounds(when)
    broken = planned_for(
        subject.of,
        house_id=acting().house_id,
        since=max(from_epoch(since), roof().clock()),
        until=from_epoch(until),
        language=language(),
    )
    first, last = shown_days(when)
    return preview(
        subject,
        lambda known: with_absence(known, subject.of, when),
        first=first,
        last=last,
        broken=broken,
    )


def bounds(when: Days | Span) -> Span:
    """Return when days, or instants, begin and end, in epoch seconds."""
    if not isinstance(when, Days):
        return when
    zone = house().zone
    return to_epoch(day_bounds(when.first, zone)[0]), to_epoch(day_bounds(when.last, zone)[1])


def shown_days(when: Days | Span) -> tuple[date, date]:
    """Return the local days of a span that a preview shows: from today on, at most eight weeks."""
    since, until = bounds(when)
    first = max(local_date(from_epoch(since), house().zone), subjects.today())
    last = local_date(from_epoch(until - 1), house().zone)
    return first, max(first, min(last, first + timedelta(weeks=WEEKS)))


def _page(
    subject: Subject,
    form: SpanForm,
    *,
    shown: Preview | None = None,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "staff/hours/absence.html",
        subject=subject,
        form=form,
        wrong=[(0, one) for one in form if one.errors],
        preview=shown,
        errors=errors or [],
    )
    return page, status
