"""Views of people who come without booking: the queue, their number, giving it back, and what is called now."""

from functools import partial

from flask import redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from booking.bookings import walk_in_queries, walking_in
from booking.bookings.ticket_states import OPEN
from booking.bookings.walk_in_queries import TicketPage, WalkIn
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.timekit.instants import local_date
from booking.web import limits, qr
from booking.web.calendars import absolute
from booking.web.context import address, house, language
from booking.web.errors import say
from booking.web.public.answers import cacheable
from booking.web.public.forms import ButtonForm
from booking.web.public.secrets import secret_of
from booking.web.public.walk_in_forms import DrawForm
from booking.web.public.walk_in_links import (
    WalkInLinkEnded,
    WalkInLinkUnknown,
    ticket_of,
    ticket_of_link,
)
from booking.web.public.walk_in_rows import queue_rows, ticket_row
from booking.web.roof import roof

_COOKIE = "numbers"  # in the signed cookie of this browser: the last link by offering
_REMEMBERED = 5


def queue(key: str) -> ResponseReturnValue:
    """Show the queue of a walk-in offering, and draw a number when the button is pressed."""
    walk_in = walk_in_queries.walk_in(key, house_id=house().id, language=language())
    form = DrawForm()
    if request.method != "POST":
        return _queue_page(form, walk_in)
    if not form.validate():
        stale = form.is_stale()
        errors = form.forgive_token() if stale else []
        form.renew_key()
        return _queue_page(form, walk_in, errors=errors, status=400 if stale else 422)
    drawn = _own(walk_in)
    if drawn is not None:
        return redirect(drawn, 303)
    try:
        limits.draw_attempt()
        deed = partial(walking_in.draw, walk_in.id, house=house(), once=form.key(), now=roof().clock())
        link_id = unit_of_work(deed).link_id
    except DomainError as refusal:
        form.renew_key()
        return _queue_page(form, walk_in, errors=[say(refusal)], status=int(refusal.status))
    _remember(walk_in, link_id)
    return redirect(_ticket_href(link_id), 303)


def ticket(secret: str) -> ResponseReturnValue:
    """Show a number: how many are before it, or that it is its turn."""
    found = ticket_of(secret)
    row = ticket_row(found, secret)
    status = 200 if row.is_today else 410
    return render_template("public/ticket.html", ticket=row), status


def leave(secret: str) -> ResponseReturnValue:
    """Ask, then give the number back."""
    found = ticket_of(secret)
    form = ButtonForm()
    page = address("ticket", secret=secret)
    if request.method != "POST":
        return _leave_page(form, found, secret) if found.placed.state in OPEN else redirect(page)
    if not form.validate():
        return _leave_page(
            form, found, secret, errors=form.forgive_token() if form.is_stale() else [], status=400
        )
    try:
        unit_of_work(partial(walking_in.leave, found.id, house=house(), now=roof().clock()))
    except DomainError as refusal:
        return _leave_page(form, found, secret, errors=[say(refusal)], status=int(refusal.status))
    return redirect(page, 303)


def now_serving() -> ResponseReturnValue:
    """The numbers that are called now; with ``screen=1`` for a screen on the wall, without menu and footer."""
    walk_ins = walk_in_queries.walk_ins(house().id, language=language())
    is_screen = request.args.get("screen") == "1"
    body = render_template(
        "public/now_serving.html",
        queues=queue_rows(walk_ins),
        is_screen=is_screen,
        codes=[_code(one) for one in walk_ins] if is_screen else [],
    )
    return cacheable(body)


def _code(walk_in: WalkIn) -> Markup:
    """Return the code that leads to the queue of a walk-in, where a phone can draw a number."""
    title = _("Draw a number: %(title)s", title=walk_in.title)
    return qr.inline(absolute(house(), "queue", spoken=language(), key=walk_in.key), title=title)


def ended(_link: WalkInLinkEnded) -> ResponseReturnValue:
    """Say that the link of a number or a desk has ended."""
    return render_template("public/walk_in_gone.html"), 410


def unknown(_link: WalkInLinkUnknown) -> ResponseReturnValue:
    """Say that the link of a number or a desk is not complete or not ours."""
    return render_template("public/walk_in_unknown.html"), 404


def _queue_page(
    form: DrawForm, walk_in: WalkIn, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    body = render_template(
        "public/queue.html",
        form=form,
        form_errors=errors or [],
        queue=queue_rows([walk_in])[0],
        own_href=_own(walk_in),
        action_href=address("queue", key=walk_in.key),
    )
    return body, status


def _leave_page(
    form: ButtonForm,
    found: TicketPage,
    secret: str,
    *,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    body = render_template(
        "public/leave.html", ticket=ticket_row(found, secret), form=form, form_errors=errors or []
    )
    return body, status


def _remember(walk_in: WalkIn, link_id: str) -> None:
    """Note in the browser's own cookie which number it has drawn; nothing of the browser is stored here."""
    others = {key: link for key, link in _remembered().items() if key != str(walk_in.id)}
    kept = list(others.items())[-(_REMEMBERED - 1) :]
    cookie[_COOKIE] = dict(kept) | {str(walk_in.id): link_id}


def _remembered() -> dict[str, str]:
    found = cookie.get(_COOKIE)
    return found if isinstance(found, dict) else {}


def _own(walk_in: WalkIn) -> str | None:
    """Return the address of the number that this browser has drawn today, while it is open."""
    link_id = _remembered().get(str(walk_in.id), "")
    found = ticket_of_link(link_id) if link_id else None
    today = local_date(roof().clock(), house().zone)
    is_open = found is not None and found.day == today and found.placed.state in OPEN
    return _ticket_href(link_id) if is_open else None


def _ticket_href(link_id: str) -> str:
    return address("ticket", secret=secret_of(link_id, purpose="ticket"))
