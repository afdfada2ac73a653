"""Views: publish a draft, delete it, and publish or cancel several dates of the list at once."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.schedule import candidates, planning, readiness
from booking.schedule.publishing import Plan
from booking.schedule.staff_dates import StaffDate
from booking.schedule.staff_refusals import DateOver
from booking.web.context import house
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.dates.checking import Verdict, check, verdict
from booking.web.staff.dates.rows import date_facts, date_line
from booking.web.staff.dates.scope import own_date
from booking.web.staff.dates.words import clash_words, lack_words
from booking.web.staff.doors import acting
from booking.web.staff.forms import StaffForm, VersionedForm
from booking.web.staff.pages import staff_address

MOST_AT_ONCE = 100
CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Left:
    """A date of several that was not published, and why."""

    when: str
    title: str
    href: str
    reasons: tuple[str, ...]


def date_publish(occurrence_id: int) -> ResponseReturnValue:
    """Publish a draft; the page says what is missing, and what is in the way."""
    date = own_date(occurrence_id)
    if date.state != "draft":
        return redirect(staff_address("date_page", occurrence_id=occurrence_id), 303)
    plan, row = planning.plan_of(occurrence_id, house_id=acting().house_id)
    form = VersionedForm(data={"version": str(row.version)})
    if request.method != "POST":
        return _publish_page(date, plan, form)
    if not form.validate():
        errors = form.forgive_token() if form.is_stale() else []
        return _publish_page(date, plan, form, errors, status=HTTPStatus.BAD_REQUEST)
    try:
        _publish(occurrence_id, form.seen_version())
    except NotFound:
        raise
    except DomainError as refusal:
        form.version.data = str(row.version)
        return _publish_page(date, plan, form, [say(refusal)], status=refusal.status)
    return redirect(staff_address("date_page", occurrence_id=occurrence_id, done="published"), 303)


def date_drop(occurrence_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    date, form = own_date(occurrence_id), StaffForm()
    if date.state != "draft":
        raise DateOver
    errors: list[str] = []
    if request.method == "POST" and form.validate():
        unit_of_work(
            partial(
                planning.drop_draft,
                occurrence_id,
                house_id=acting().house_id,
                actor=acting().actor,
                now=roof().clock(),
            )
        )
        if date.series_id is not None:
            return redirect(staff_address("series_page", series_id=date.series_id, done="dropped"), 303)
        return redirect(staff_address("date_list", done="dropped"), 303)
    if request.method == "POST":
        errors = form.forgive_token() if form.is_stale() else []
    page = render_template(
        "staff/dates/drop.html",
        form=form,
        form_errors=errors,
        date=date_line(date),
        facts=date_facts(date),
        back_href=staff_address("date_page", occurrence_id=occurrence_id),
    )
    return page, HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK


def date_several() -> ResponseReturnValue:
    """Publish or cancel the dates that were ticked in the list; without any, show the list."""
    ids = _ticked()
    if request.method != "POST" or not ids:
        return redirect(staff_address("date_list", done="none_ticked"), 303)
    form = StaffForm()
    if not form.validate():
        return render_template(
            "staff/dates/several.html",
            published=0,
            left=[],
            form_errors=form.forgive_token() if form.is_stale() else [],
            back_href=staff_address("date_list"),
        ), HTTPStatus.BAD_REQUEST
    if request.form.get("do") == CANCEL:
        return redirect(staff_address("dates_cancel", id=ids), 303)
    found = [own_date(one) for one in ids]
    left = [one for one in (_published(date) for date in found if date.state == "draft") if one is not None]
    drafts = sum(date.state == "draft" for date in found)
    page = render_template(
        "staff/dates/several.html",
        published=drafts - len(left),
        left=left,
        form_errors=[],
        back_href=staff_address("date_list"),
    )
    return page, HTTPStatus.CONFLICT if left else HTTPStatus.OK


def _ticked() -> list[int]:
    typed = request.form.getlist("id")[:MOST_AT_ONCE]
    return list(dict.fromkeys(int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 10))


def _publish(occurrence_id: int, version: int) -> None:
    person = acting()
    unit_of_work(
        partial(
            planning.publish_draft,
            occurrence_id,
            house_id=person.house_id,
            version=version,
            actor=person.actor,
            now=roof().clock(),
        )
    )


def _published(date: StaffDate) -> Left | None:
    """Publish one of several drafts, or return why that is not possible."""
    try:
        _publish(date.id, date.version)
    except DomainError as refusal:
        plan, _row = planning.plan_of(date.id, house_id=acting().house_id)
        lacks = [lack_words(one) for one in readiness.lacks(plan)]
        blocks = [clash_words(one) for one in check(plan).clashes if one.is_hard]
        line = date_line(date)
        return Left(line.when, line.title, line.href, tuple(lacks + blocks) or (say(refusal),))
    return None


def _verdict(plan: Plan) -> Verdict:
    found = candidates.choices(plan, house=house(), now=roof().clock())
    return verdict(check(plan), found)


def _publish_page(
    date: StaffDate,
    plan: Plan,
    form: VersionedForm,
    errors: list[str] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> ResponseReturnValue:
    lacks = [lack_words(one) for one in readiness.lacks(plan)]
    told = _verdict(plan)
    page = render_template(
        "staff/dates/publish.html",
        form=form,
        form_errors=errors or [],
        date=date_line(date),
        facts=date_facts(date),
        lacks=lacks,
        verdict=told,
        can_publish=not lacks and not told.blocks,
        title=_("Publish this date?"),
        change_href=staff_address("date_change", occurrence_id=date.id),
        back_href=staff_address("date_page", occurrence_id=date.id),
    )
    return page, status
