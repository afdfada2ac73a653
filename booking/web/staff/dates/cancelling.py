"""Views: cancel one date or several, with a reason in the languages, and end a series from a date on."""

from collections.abc import Callable, Sequence
from datetime import date as day_type
from functools import partial
from http import HTTPStatus

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings import calling_off, ending_series, telling_queries
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.messages.facts import CANCELLED_BY_HOUSE
from booking.messages.outbox import Owed
from booking.schedule.staff_dates import StaffDate
from booking.schedule.staff_refusals import DateOver
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.dates.forms import CancelForm
from booking.web.staff.dates.rows import date_line
from booking.web.staff.dates.scope import own_date
from booking.web.staff.dates.series_scope import own_series
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address
from booking.web.staff.telling import Telling, telling

MOST_AT_ONCE = 100


def date_cancel(occurrence_id: int) -> ResponseReturnValue:
    """Cancel one date."""
    date = own_date(occurrence_id)
    if not _stands(date):
        raise DateOver
    back = staff_address("date_page", occurrence_id=occurrence_id)
    return _asked([date], back, deed=partial(_cancel, [date.id]), done=back)


def dates_cancel() -> ResponseReturnValue:
    """Cancel several dates."""
    typed = request.args.getlist("id")[:MOST_AT_ONCE]
    ids = dict.fromkeys(int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 10)
    dates = [one for one in (own_date(key) for key in ids) if _stands(one)]
    back = staff_address("date_list")
    if not dates:
        return redirect(staff_address("date_list", done="none_ticked"), 303)
    return _asked(dates, back, deed=partial(_cancel, [one.id for one in dates]), done=back)


def series_end(series_id: int) -> ResponseReturnValue:
    """End a series from a day on: drafts are deleted, published dates are cancelled."""
    page = own_series(series_id)
    back, now = staff_address("series_page", series_id=series_id), roof().clock()
    first = _day(request.args.get("from", ""))
    later = [one for one in page.members if first and one.series_day >= first and one.ends_at > now]
    if first is None:
        return redirect(back, 303)
    published = [own_date(one.id) for one in later if one.state == "published"]
    drafts = [own_date(one.id) for one in later if one.state == "draft"]
    deed = partial(_end, series_id, first)
    return _asked([*published, *drafts], back, deed=deed, done=back, is_end=True)


def _asked(
    dates: Sequence[StaffDate],
    back: str,
    *,
    deed: Callable[[CancelForm], object],
    done: str,
    is_end: bool = False,
) -> ResponseReturnValue:
    form, told = CancelForm(), _telling(dates)
    published = [one for one in dates if one.state == "published"]
    form.suit_telling(told)
    if not published:
        del form.reason_de, form.reason_en, form.reason_ls
    status: int = HTTPStatus.OK
    errors: list[str] = []
    if request.method == "POST" and not form.validate():
        errors = form.forgive_token() if form.is_stale() else []
        status = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.UNPROCESSABLE_ENTITY
    elif request.method == "POST":
        try:
            deed(form)
        except NotFound:
            raise
        except DomainError as refusal:
            errors, status = [say(refusal)], refusal.status
        else:
            return redirect(f"{done}?done=cancelled", 303)
    page = render_template(
        "staff/dates/cancel.html",
        form=form,
        form_errors=errors,
        dates=[date_line(one) for one in dates],
        told=told,
        is_end=is_end,
        has_reasons=bool(published),
        back_href=back,
    )
    return page, status


def _telling(dates: Sequence[StaffDate]) -> Telling:
    audience = telling_queries.of_dates(
        [one.id for one in dates], house_id=acting().house_id, ends_after=roof().clock()
    )
    return telling(audience, acting(), _mail)


def _mail(booking_id: int) -> Owed:
    return telling_queries.one_mail(
        booking_id,
        CANCELLED_BY_HOUSE,
        house_id=acting().house_id,
        method="CANCEL",
        reason=(request.form.get("reason_de") or "…")[:500],
        now=roof().clock(),
    )


def _cancel(ids: Sequence[int], form: CancelForm) -> None:
    person = acting()
    unit_of_work(
        partial(
            calling_off.cancel_dates,
            ids,
            house_id=person.house_id,
            reasons=form.reasons(),
            actor=person.actor,
            tells=form.tells(),
            now=roof().clock(),
        )
    )


def _end(series_id: int, first: day_type, form: CancelForm) -> None:
    person = acting()
    unit_of_work(
        partial(
            ending_series.end_series,
            series_id,
            first,
            house_id=person.house_id,
            reasons=form.reasons() if "reason_de" in form else {},
            actor=person.actor,
            tells=form.tells(),
            now=roof().clock(),
        )
    )


def _stands(date: StaffDate) -> bool:
    return date.state == "published" and date.ends_at > roof().clock()


def _day(text: str) -> day_type | None:
    try:
        return day_type.fromisoformat(text)
    except ValueError:
        return None
