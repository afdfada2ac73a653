"""Views: who works here – the list, and inviting."""

from functools import partial

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.crew import inviting, queries
from booking.crew.queries import PAGE, STATES, Wanted
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.people.permissions import ROLES
from booking.web import limits
from booking.web.context import house
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff import doors
from booking.web.staff.pages import staff_address
from booking.web.staff.people import rows
from booking.web.staff.people.failing import at_field
from booking.web.staff.people.forms import InviteForm
from booking.web.staff_letters import role_label

MOST_PAGES = 10_000


def people_list() -> ResponseReturnValue:
    """List who works here, by role, state and letters of name or address."""
    wanted = _wanted()
    members, many = queries.members(house().id, wanted, now=roof().clock())
    failed = queries.undelivered(one.id for one in members)
    pages = max(1, -(-many // PAGE))
    return render_template(
        "staff/people/list.html",
        people=rows.person_rows(members, failed=failed, me=doors.acting().staff_id),
        many=many,
        wanted=wanted,
        is_filtered=bool(wanted.role or wanted.state or wanted.words),
        roles=[(role, role_label(role)) for role in ROLES],
        states=rows.state_choices(),
        previous_href=_page_href(wanted, wanted.page - 1) if wanted.page > 1 else "",
        next_href=_page_href(wanted, wanted.page + 1) if wanted.page < pages else "",
        pages=pages,
    )


def people_invite() -> ResponseReturnValue:
    """Invite somebody by a mail with a one-time link."""
    form = InviteForm()
    suit(form)
    if request.method != "POST":
        return _page(form)
    if not form.validate():
        stale = form.is_stale()
        return _page(form, errors=form.forgive_token() if stale else [], status=400 if stale else 422)
    try:
        staff_id = _invite(form)
    except DomainError as refusal:
        at = at_field(form, refusal)
        return _page(form, errors=[] if at else [say(refusal)], status=int(refusal.status))
    return redirect(staff_address("person", person_id=staff_id, done="invited"), 303)


def suit(form: InviteForm) -> None:
    """Offer the hosts and programmes of this house."""
    programmes = [(one, rows.named(names)) for one, names in queries.programmes(house().id)]
    form.suit(queries.hosts(house().id), sorted(programmes, key=lambda one: one[1].casefold()))


def _invite(form: InviteForm) -> int:
    limits.invitation_attempt(form.email.data or "")
    deed = partial(
        inviting.invite,
        form.details(),
        email=form.email.data or "",
        house_id=house().id,
        actor=doors.acting().actor,
        request_id=g.request_id,
        now=roof().clock(),
    )
    return unit_of_work(deed).staff_id


def _wanted() -> Wanted:
    asked = request.args
    role, state, page = asked.get("role", ""), asked.get("state", ""), asked.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Wanted(
        role=role if role in ROLES else "",
        state=state if state in STATES else "",
        words=" ".join(asked.get("q", "")[:100].replace("\0", "").split()[:5]),
        page=min(max(1, number), MOST_PAGES),
    )


def _page_href(wanted: Wanted, page: int) -> str:
    asked = {"role": wanted.role, "state": wanted.state, "q": wanted.words, "page": str(page)}
    return staff_address("people_list", **{name: value for name, value in asked.items() if value})


def _page(form: InviteForm, *, errors: list[str] | None = None, status: int = 200) -> ResponseReturnValue:
    return render_template("staff/people/invite.html", form=form, form_errors=errors or []), status
