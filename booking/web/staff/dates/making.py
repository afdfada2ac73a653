"""View: plan one date, as a draft or published at once."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.schedule import candidates, date_options, planning, readiness
from booking.schedule.candidates import Choices
from booking.schedule.date_options import OfferingOption
from booking.schedule.publishing import Plan
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.dates.checking import Verdict, check, take, verdict
from booking.web.staff.dates.forms import ANY_PLACE, DateFields, DateForm, values_of
from booking.web.staff.dates.scope import asked_number, own_date
from booking.web.staff.dates.words import lack_words
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address

DRAFT, PUBLISH = "draft", "publish"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of the form tells besides the form."""

    errors: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    verdict: Verdict | None = None
    status: int = HTTPStatus.OK


def date_new() -> ResponseReturnValue:
    """Choose an offering, then plan a date of it."""
    offering_id = asked_number("offering")
    if offering_id is None:
        return choose_offering("date_new")
    option = the_offering(offering_id)
    like = plan_like(option, asked_number("copy"))
    form = DateForm(data=defaults(like, is_copy="copy" in request.args))
    found = suit(form, option, like)
    if request.method != "POST":
        return _page(form, option, Shown())
    return _posted(form, option, like, found)


def choose_offering(view: str) -> str:
    """Return the page on which the offering of a date or a series is chosen."""
    person = acting()
    known = date_options.offerings(person.house_id, programme_ids=person.programme_ids, language=language())
    return render_template(
        "staff/dates/choose.html",
        view=view,
        offerings=[(staff_address(view, offering=key), title) for key, title in known],
        catalogue_href=staff_address("offering_list") if person.may("programme.edit") else "",
    )


def the_offering(offering_id: int) -> OfferingOption:
    """Return an offering of the person's programmes; raises NotFound."""
    person = acting()
    return date_options.offering(
        offering_id, house_id=person.house_id, programme_ids=person.programme_ids, language=language()
    )


def plan_like(option: OfferingOption, copied: int | None) -> Plan:
    """Return what a new date begins with: that of another one, or what the offering brings along."""
    now = roof().clock().replace(minute=0, second=0, microsecond=0)
    if copied is not None:
        own_date(copied)
        plan, _row = planning.plan_of(copied, house_id=acting().house_id)
        if plan.offering_id != option.id:
            raise NotFound
        return plan
    return Plan(
        house_id=acting().house_id,
        offering_id=option.id,
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, minutes=option.minutes),
        seats=option.seats,
        language="de",
        host_ids=(),
        place_id=option.place_id,
        medium="on_site" if "on_site" in option.media else option.media[0],
    )


def defaults(like: Plan, *, is_copy: bool) -> dict[str, Any]:
    """Return what the form holds at first: day and time are asked for, of a copy the day alone."""
    known = values_of(like) | {"day": None}
    return known if is_copy else known | {"at": None}


def suit(
    form: DateFields, option: OfferingOption, like: Plan, *, ignored: frozenset[int] = frozenset()
) -> Choices:
    """Let a form offer what the house has at its time, as far as that is known."""
    is_timed = form.day.data is not None and form.at.data is not None and bool(form.minutes.data)
    wanted = like
    if is_timed and (form.at.data or 0) < 1440 and (form.minutes.data or 0) <= 1440:
        wanted = replace(
            form.plan(replace(like, host_ids=())) if _is_plain(form) else like,
            offering_id=option.id,
        )
    found = candidates.choices(wanted, house=house(), ignored=ignored, now=roof().clock())
    form.suit(option, found, is_timed=is_timed)
    return found


def _is_plain(form: DateFields) -> bool:
    """Return whether what was typed can be read as a date; the form tells of the rest."""
    numbers = [form.place.data or ANY_PLACE, *(form.hosts.data or ())]
    return all(str(one).isascii() and str(one).isdigit() and len(str(one)) < 10 for one in numbers)


def _posted(form: DateForm, option: OfferingOption, like: Plan, found: Choices) -> ResponseReturnValue:
    if "take" in request.form:
        take(form, request.form["take"])
        return _page(form, option, Shown())
    if not form.validate():
        return _page(form, option, refused(form))
    plan = replace(form.plan(like), once=form.key())
    is_seen, form.seen.data = form.seen.data == form.mark(), form.mark()
    deed = planning.draft
    if request.form.get("do") != DRAFT:
        shown = hindered(plan, found, is_seen=is_seen)
        if shown is not None:
            return _page(form, option, shown)
        deed = planning.publish_now
    try:
        made = unit_of_work(partial(deed, plan, actor=acting().actor, now=roof().clock()))
    except NotFound:
        raise
    except DomainError as refusal:
        return _page(form, option, Shown(errors=(say(refusal),), status=refusal.status))
    done = "drafted" if deed is planning.draft else "published"
    return redirect(staff_address("date_page", occurrence_id=made, done=done), 303)


def refused(form: DateFields) -> Shown:
    """Return what to tell of a form that is not right."""
    if form.is_stale():
        return Shown(errors=tuple(form.forgive_token()), status=HTTPStatus.BAD_REQUEST)
    return Shown(status=HTTPStatus.UNPROCESSABLE_ENTITY)


def hindered(plan: Plan, found: Choices, *, is_seen: bool) -> Shown | None:
    """Return what keeps a date from being published, or None: what only warns, once it was seen, does not."""
    lacks = tuple(lack_words(one) for one in readiness.lacks(plan))
    told = verdict(check(plan), found)
    if told.blocks:
        return Shown(lacks=lacks, verdict=told, status=HTTPStatus.CONFLICT)
    if lacks:
        return Shown(lacks=lacks, verdict=told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if told.warns and not is_seen:
        return Shown(verdict=told, status=HTTPStatus.CONFLICT)
    return None


def _page(form: DateForm, option: OfferingOption, shown: Shown) -> ResponseReturnValue:
    page = render_template(
        "staff/dates/new.html",
        form=form,
        offering=option.title,
        shown=shown,
        form_errors=shown.errors,
        hosts_needed=option.hosts,
        series_href=staff_address("series_new", offering=option.id),
        back_href=staff_address("date_list"),
        action_href=staff_address("date_new", offering=option.id),
    )
    return page, shown.status
