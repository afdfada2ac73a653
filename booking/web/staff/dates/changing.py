"""View: change a date, or several of its series; before it is saved the page says what that means for whom."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings import changing_dates, telling_queries
from booking.bookings.changing_dates import VISIBLE, Change
from booking.bookings.rehearsing import rehearse
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound, Stale
from booking.messages.facts import DATE_CHANGED
from booking.messages.outbox import Owed
from booking.schedule import planning
from booking.schedule.candidates import Choices
from booking.schedule.publishing import Plan
from booking.schedule.staff_dates import StaffDate
from booking.schedule.staff_refusals import DateOver, SeatsBooked
from booking.timekit.instants import to_epoch
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.dates import reaching
from booking.web.staff.dates.checking import take, verdict
from booking.web.staff.dates.dropping import dropped
from booking.web.staff.dates.forms import ONE, ChangeForm, TellForm, values_of
from booking.web.staff.dates.making import Shown, refused, suit, the_offering
from booking.web.staff.dates.reaching import Reached
from booking.web.staff.dates.rows import date_line
from booking.web.staff.dates.scope import own_date
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address
from booking.web.staff.telling import KEEP_QUIET, SEND, Telling, telling


@dataclass(frozen=True, slots=True)
class _Page:
    """A form over a date, with what it was when the page was asked for."""

    date: StaffDate
    before: Plan
    form: ChangeForm
    tell: TellForm
    offering: str
    hosts_needed: int


def date_change(occurrence_id: int) -> ResponseReturnValue:
    """Change a date: time, place, who gives it, places, language, and how people meet."""
    date = own_date(occurrence_id)
    if date.state == "cancelled" or date.ends_at <= roof().clock():
        raise DateOver
    before, row = planning.plan_of(occurrence_id, house_id=acting().house_id)
    wanted = values_of(before) | dropped(request.args, before)
    form = ChangeForm(data=wanted | {"version": str(row.version), "reach": ONE})
    option = the_offering(date.offering_id)
    found = suit(form, option, before, ignored=frozenset({date.claim_id}))
    if date.series_id is None:
        del form.reach, form.leave
    page = _Page(date, before, form, TellForm(), option.title, option.hosts)
    if request.method != "POST":
        return _drawn(page, Shown())
    if "take" in request.form:
        take(form, request.form["take"])
        return _drawn(page, Shown())
    if not form.validate():
        return _drawn(page, refused(form))
    return _posted(page, found)


def _posted(page: _Page, found: Choices) -> ResponseReturnValue:
    form, before, after = page.form, page.before, page.form.plan(page.before)
    is_seen, form.seen.data = form.seen.data == form.mark(), form.mark()
    reached = reaching.reached(page.date, before, after, form)
    blocked = [one for one in reached if one.is_blocked]
    told = telling(_audience(reached), acting(), partial(_mail, after=after, before=before))
    if blocked and not _leaves(form):
        own = frozenset({page.date.claim_id})
        hindered = verdict(blocked[0].checked, found, ignored=own)
        return _drawn(page, Shown(verdict=hindered, status=HTTPStatus.CONFLICT), reached=reached)
    kept = [one for one in reached if not one.is_blocked]
    is_asked = bool(told.mails or told.nobody or any(one.checked.clashes for one in kept))
    if is_asked and not is_seen:
        return _asked(page, kept, told, reached, found)
    page.tell.suit_telling(told)
    if not page.tell.validate():
        return _drawn(page, Shown(status=HTTPStatus.UNPROCESSABLE_ENTITY), told=told, reached=reached)
    try:
        mails = _deed(page, kept, tells=page.tell.tells() if told.mails else False)
    except DomainError as refusal:
        return _refused(page, refusal)
    return redirect(staff_address("date_page", occurrence_id=page.date.id, done="changed", number=mails), 303)


def _asked(
    page: _Page, kept: list[Reached], told: Telling, reached: list[Reached], found: Choices
) -> ResponseReturnValue:
    """Show what the change means before it is saved, unless it would be refused."""
    try:
        rehearse(partial(_deed, page, kept, tells=False))
    except DomainError as refusal:
        page.form.seen.data = ""
        return _refused(page, refusal)
    page.tell.tell.data = SEND if _is_visible(page.before, page.form.plan(page.before)) else KEEP_QUIET
    page.tell.suit_telling(told)
    warned = verdict(kept[0].checked, found) if len(kept) == 1 else None
    return _drawn(page, Shown(verdict=warned), told=told, reached=reached)


def _deed(page: _Page, kept: list[Reached], *, tells: bool) -> int:
    """Change the dates, and return how many mails leave."""
    seen = page.form.seen_version()
    mine = page.date.id
    changes = [
        Change(one.occurrence_id, seen if one.occurrence_id == mine else one.version, one.checked.plan)
        for one in kept
    ]
    deed = partial(
        changing_dates.change_dates,
        changes,
        house_id=acting().house_id,
        actor=acting().actor,
        tells=tells,
        request_id=g.request_id,
        now=roof().clock(),
    )
    return unit_of_work(deed)


def _refused(page: _Page, refusal: DomainError) -> ResponseReturnValue:
    """Show the form with what was typed and why it cannot be; raises NotFound again."""
    if isinstance(refusal, NotFound):
        raise refusal
    if isinstance(refusal, Stale):
        return _stale(page, refusal)
    if isinstance(refusal, SeatsBooked):
        page.form.seats.errors = (say(refusal),)
        return _drawn(page, Shown(status=refusal.status))
    return _drawn(page, Shown(errors=(say(refusal),), status=refusal.status))


def _stale(page: _Page, stale: Stale) -> ResponseReturnValue:
    """Show both versions; where they are the same, somebody pressed twice, and nothing is left to do."""
    before, row = planning.plan_of(page.date.id, house_id=acting().house_id)
    differences = conflict(page.form, values_of(before) | {"version": row.version})
    if not differences:
        return redirect(staff_address("date_page", occurrence_id=page.date.id, done="nothing"), 303)
    page.form.seen.data = ""
    return _drawn(page, Shown(status=stale.status), differences=differences)


def _audience(reached: list[Reached]) -> telling_queries.Audience:
    ids = [one.occurrence_id for one in reached if one.state == "published"]
    return telling_queries.of_dates(ids, house_id=acting().house_id, ends_after=roof().clock())


def _mail(booking_id: int, *, before: Plan, after: Plan) -> Owed:
    """Return the mail as it would be, with the times of the date that was opened."""
    changed: dict[str, Any] = {}
    if before.span != after.span:
        changed |= {"starts_at": to_epoch(after.starts_at), "ends_at": to_epoch(after.ends_at)}
        changed |= {
            "former_starts_at": to_epoch(before.starts_at),
            "former_ends_at": to_epoch(before.ends_at),
        }
    if before.language != after.language:
        changed |= {"spoken": after.language, "former_spoken": before.language}
    if before.medium != after.medium:
        changed |= {"medium": after.medium, "former_medium": before.medium}
    if before.place_id != after.place_id:
        was, will = (reaching.place_name(one.place_id) for one in (before, after))
        changed |= {"place": will, "former_place": was}
    return telling_queries.one_mail(
        booking_id,
        DATE_CHANGED,
        house_id=acting().house_id,
        method="REQUEST",
        now=roof().clock(),
        **changed,
    )


def _texts_href(date: StaffDate) -> str:
    if not acting().may("programme.edit"):
        return ""
    return staff_address("offering_text", offering_id=date.offering_id, of="de")


def _is_visible(before: Plan, after: Plan) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in VISIBLE)


def _leaves(form: ChangeForm) -> bool:
    return "leave" in form and bool(form.leave.data)


def _drawn(
    page: _Page,
    shown: Shown,
    *,
    told: Telling | None = None,
    reached: list[Reached] | None = None,
    differences: tuple[Difference, ...] = (),
) -> ResponseReturnValue:
    if told is None and "tell" in page.tell:
        del page.tell["tell"]
    drawn = render_template(
        "staff/dates/change.html",
        form=page.form,
        tell=page.tell,
        date=date_line(page.date),
        offering=page.offering,
        hosts_needed=page.hosts_needed,
        shown=shown,
        form_errors=shown.errors,
        told=told,
        is_seen=told is not None and _is_visible(page.before, page.form.plan(page.before)),
        reached=reaching.rows(reached or []),
        differences=differences,
        moves_room=told is not None and page.form.plan(page.before).place_id != page.before.place_id,
        texts_href=_texts_href(page.date),
        back_href=staff_address("date_page", occurrence_id=page.date.id),
        taken=page.date.taken,
    )
    return drawn, shown.status
