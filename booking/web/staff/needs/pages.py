"""Views: what is to be arranged for people with access needs; arranged, called off, or not possible."""

import hashlib
from functools import partial
from typing import Any

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings import access_staff
from booking.bookings.access_models import CANCELLED
from booking.bookings.access_staff import NeedTask
from booking.bookings.history_names import Thing
from booking.bookings.telling_queries import one_mail
from booking.db import unit_of_work
from booking.errors import DomainError, Stale
from booking.messages.facts import ARRANGED, NOT_ARRANGED
from booking.web.context import language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.history.objects import object_href
from booking.web.staff.needs.forms import ArrangeForm, DeclineForm
from booking.web.staff.needs.rows import NeedRow, need_row
from booking.web.staff.pages import staff_address
from booking.web.staff.telling import Telling, telling_one


def need_list() -> ResponseReturnValue:
    """Show what is to be arranged or called off, by deadline."""
    found = access_staff.tasks(acting(), language=language())
    return render_template("staff/needs/list.html", rows=[_row(one) for one in found])


def need_arrange(need_id: int) -> ResponseReturnValue:
    """Show one need, and on POST note that it is arranged, or called off."""
    found, form = access_staff.task(need_id, acting(), language=language()), ArrangeForm()
    told = _told(found, ARRANGED)
    form.suit_telling(told)
    if request.method != "POST":
        form.seen.data = found.state
        return _page("need", found, form, told=told)
    if not form.validate():
        return _invalid("need", found, form, told=told)
    deed = partial(access_staff.finish, need_id, acting(), **_given(form))
    return _do(deed, "need", found, form, told=told)


def need_decline(need_id: int) -> ResponseReturnValue:
    """Ask what to tell a person whose need cannot be met; on POST show the mail first, then send it."""
    found, form = access_staff.task(need_id, acting(), language=language()), DeclineForm()
    if found.state == CANCELLED:
        return redirect(staff_address("need_arrange", need_id=need_id), 303)
    told = _told(found, NOT_ARRANGED, reason=form.words.data or "")
    form.suit_telling(told)
    if request.method != "POST":
        form.seen.data = found.state
        return _page("decline", found, form)
    if not form.validate():
        return _invalid("decline", found, form)
    mark = hashlib.sha256((form.words.data or "").encode()).hexdigest()[:16]
    if told.mails and form.looked.data != mark:
        form.looked.data = mark
        return _page("decline", found, form, told=told)
    deed = partial(access_staff.decline, need_id, form.words.data or "", acting(), **_given(form))
    return _do(deed, "decline", found, form, told=told)


def _given(form: ArrangeForm) -> dict[str, Any]:
    return {
        "seen_state": form.seen.data or "",
        "tells": form.tells(),
        "request_id": g.request_id,
        "now": roof().clock(),
    }


def _do(
    deed: "partial[None]", name: str, found: NeedTask, form: ArrangeForm, *, told: Telling
) -> ResponseReturnValue:
    try:
        unit_of_work(deed)
    except Stale as refusal:
        form.seen.data = found.state
        return _page(name, found, form, told=told, errors=[say(refusal)], status=409)
    except DomainError as refusal:
        return _page(name, found, form, told=told, errors=[say(refusal)], status=int(refusal.status))
    return redirect(staff_address("need_list"), 303)


def _invalid(
    name: str, found: NeedTask, form: ArrangeForm, *, told: Telling | None = None
) -> ResponseReturnValue:
    stale = form.is_stale()
    errors = form.forgive_token() if stale else []
    return _page(name, found, form, told=told, errors=errors, status=400 if stale else 422)


def _told(found: NeedTask, kind: str, *, reason: str = "") -> Telling:
    """Return the mail that would leave; none where it is to be called off: nobody waits for it any more."""
    if found.state == CANCELLED:
        return Telling(0, 0, 0, None)
    if not found.email:
        return Telling(0, 1, 0, None)
    now, house_id = roof().clock(), acting().house_id
    owed = one_mail(found.booking_id, kind, house_id=house_id, now=now, reason=reason)
    return telling_one(owed, acting(), came_back=found.is_unreachable)


def _row(found: NeedTask) -> NeedRow:
    thing = Thing(is_of_a_programme=True, programme_id=found.programme_id)
    key = ("booking", found.booking_id)
    return need_row(found, now=roof().clock(), booking_href=object_href(*key, {key: thing}, acting()))


def _page(
    name: str,
    found: NeedTask,
    form: ArrangeForm,
    *,
    told: Telling | None = None,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    body = render_template(
        f"staff/needs/{name}.html",
        need=_row(found),
        form=form,
        form_errors=errors or [],
        told=told,
        list_href=staff_address("need_list"),
    )
    return body, status
