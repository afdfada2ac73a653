"""Views: somebody who works here – edit, invite again, deactivate, reactivate."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.crew import editing, inviting, queries, resetting
from booking.crew.queries import ACTIVE, DEACTIVATED, Member
from booking.crew.rules import KEPT_AFTER_LEAVING
from booking.db import unit_of_work
from booking.errors import DomainError, Stale
from booking.web import limits
from booking.web.context import house
from booking.web.errors import say
from booking.web.public.forms import ButtonForm
from booking.web.roof import roof
from booking.web.staff import doors
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.forms import VersionedForm
from booking.web.staff.pages import staff_address
from booking.web.staff.people import rows
from booking.web.staff.people.failing import at_field
from booking.web.staff.people.forms import DetailsForm
from booking.web.staff.people.members import suit


def person(person_id: int) -> ResponseReturnValue:
    """Show somebody, and change what the house knows of the person."""
    member, form = _member(person_id), DetailsForm()
    suit(form)
    if request.method != "POST":
        form.show(member)
        return _page(member, form)
    if not form.validate():
        stale = form.is_stale()
        return _page(member, form, errors=form.forgive_token() if stale else [], status=400 if stale else 422)
    try:
        _edit(member, form)
    except Stale:
        return _conflict(person_id, form)
    except DomainError as refusal:
        at = at_field(form, refusal)
        return _page(member, form, errors=[] if at else [say(refusal)], status=int(refusal.status))
    return redirect(staff_address("person", person_id=person_id, done="saved"), 303)


def person_invite_again(person_id: int) -> ResponseReturnValue:
    """Send a new invitation; the older link ends."""
    return _send(person_id, inviting.invite_again, done="invited")


def person_reset(person_id: int) -> ResponseReturnValue:
    """Send somebody a link to a new password."""
    return _send(person_id, resetting.send, done="reset")


def _send(person_id: int, deed: Callable[..., object], *, done: str) -> ResponseReturnValue:
    """Mail somebody a one-time link, by the button of the page alone, and so often as one address is written to."""
    member, form = _member(person_id), ButtonForm()
    page = partial(staff_address, "person", person_id=person_id)
    if request.method != "POST" or not form.validate():
        return redirect(page(), 303)
    try:
        limits.invitation_attempt(member.email)
        unit_of_work(partial(deed, person_id, **_acting(), request_id=g.request_id))
    except DomainError as refusal:
        return _state_page(member, VersionedForm(), errors=[say(refusal)], status=int(refusal.status))
    return redirect(page(done=done), 303)


def person_deactivate(person_id: int) -> ResponseReturnValue:
    """Ask, then shut somebody out."""
    return _decide(person_id, editing.deactivate)


def person_reactivate(person_id: int) -> ResponseReturnValue:
    """Ask, then let somebody in again."""
    return _decide(person_id, editing.reactivate)


def _decide(person_id: int, deed: Callable[..., None]) -> ResponseReturnValue:
    member, form = _member(person_id), VersionedForm()
    if request.method != "POST":
        form.version.data = str(member.version)
        return _state_page(member, form)
    if not form.validate():
        stale = form.is_stale()
        errors = form.forgive_token() if stale else []
        return _state_page(member, form, errors=errors, status=400 if stale else 422)
    try:
        unit_of_work(partial(deed, person_id, version=form.seen_version(), **_acting()))
    except DomainError as refusal:
        newest = _member(person_id)
        form.version.data = str(newest.version)
        return _state_page(newest, form, errors=[say(refusal)], status=int(refusal.status))
    return redirect(staff_address("person", person_id=person_id, done="saved"), 303)


def _edit(member: Member, form: DetailsForm) -> None:
    deed = partial(editing.edit, member.id, form.details(), version=form.seen_version(), **_acting())
    unit_of_work(deed)


def _acting() -> dict[str, Any]:
    return {"house_id": house().id, "actor": doors.acting().actor, "now": roof().clock()}


def _member(person_id: int) -> Member:
    return queries.member(person_id, house_id=house().id, now=roof().clock())


def _conflict(person_id: int, form: DetailsForm) -> ResponseReturnValue:
    member = _member(person_id)
    return _page(member, form, differences=conflict(form, form.stored(member)), status=409)


def _page(
    member: Member,
    form: DetailsForm,
    *,
    errors: list[str] | None = None,
    differences: tuple[Difference, ...] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    body = render_template(
        "staff/people/person.html",
        form=form,
        form_errors=errors or [],
        differences=differences,
        button_form=ButtonForm(formdata=None),
        person=_row(member),
        done=request.args.get("done", "") if request.method == "GET" else "",
        **_states(member),
    )
    return body, status


def _state_page(
    member: Member, form: VersionedForm, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    body = render_template(
        "staff/people/state.html",
        form=form,
        form_errors=errors or [],
        person=_row(member),
        kept_days=KEPT_AFTER_LEAVING.days,
        **_states(member),
    )
    return body, status


def _row(member: Member) -> rows.PersonRow:
    failed = queries.undelivered([member.id])
    (row,) = rows.person_rows([member], failed=failed, me=doors.acting().staff_id)
    return row


def _states(member: Member) -> dict[str, object]:
    return {
        "is_deactivated": member.state == DEACTIVATED,
        "has_joined": member.state in (ACTIVE, DEACTIVATED),
        "again_href": staff_address("person_invite_again", person_id=member.id),
        "reset_href": staff_address("person_reset", person_id=member.id),
        "deactivate_href": staff_address("person_deactivate", person_id=member.id),
        "reactivate_href": staff_address("person_reactivate", person_id=member.id),
    }
