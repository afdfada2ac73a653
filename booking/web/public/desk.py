"""Views of whoever sits at the table: call numbers, say what became of them, draw one for somebody, its slip."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import desks, walk_in_queries
from booking.bookings.ticket_states import STATES
from booking.bookings.walk_in_queries import DeskPage
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.links import queries as links
from booking.timekit.instants import local_date
from booking.web import qr
from booking.web.calendars import absolute
from booking.web.context import address, house, language
from booking.web.errors import say
from booking.web.public.secrets import secret_of
from booking.web.public.walk_in_forms import DeskForm, Press
from booking.web.public.walk_in_links import desk_of
from booking.web.public.walk_in_rows import desk_row, ticket_row
from booking.web.roof import roof


@dataclass(frozen=True, slots=True)
class Place:
    """Where a desk stands: its own address and that of its slips; ``frame`` is the template around it."""

    href: str
    slip_href: Callable[[int], str]
    frame: str = "base.html"


def queue_desk(secret: str) -> ResponseReturnValue:
    """Show a desk with its queue, and do what its buttons say."""
    return serve(desk_of(secret), _place(secret))


def serve(desk: DeskPage, place: Place) -> ResponseReturnValue:
    """Show a desk that somebody may serve, and do what its buttons say."""
    form = DeskForm()
    if request.method != "POST":
        return _page(form, desk, place)
    if not form.validate():
        return _invalid(form, desk, place)
    try:
        then = unit_of_work(_deed(form.pressed(), desk, place, form))
    except DomainError as refusal:
        form.renew_key()
        return _page(form, desk, place, errors=[say(refusal)], status=int(refusal.status))
    return redirect(then, 303)


def slip(secret: str, ticket_id: int) -> ResponseReturnValue:
    """A number on paper, for somebody without a phone."""
    return on_paper(desk_of(secret), ticket_id, _place(secret))


def on_paper(desk: DeskPage, ticket_id: int, place: Place) -> ResponseReturnValue:
    """Show a number of a desk's queue of today to be printed; raises NotFound for any other."""
    found = walk_in_queries.ticket(ticket_id, language=language())
    if found.offering.id != desk.offering.id or found.day != local_date(roof().clock(), house().zone):
        raise NotFound
    link_id = links.newest("ticket", subject_id=ticket_id)
    own = secret_of(link_id, purpose="ticket") if link_id else ""
    url = absolute(house(), "ticket", spoken=language(), secret=own)
    return render_template(
        "public/slip.html",
        ticket=ticket_row(found, own),
        code=qr.inline(url, title=_("Follow this number on a phone")) if own else None,
        url=url if own else "",
        desk_href=place.href,
        frame=place.frame,
    )


def _place(secret: str) -> Place:
    return Place(
        href=address("queue_desk", secret=secret),
        slip_href=lambda ticket_id: address("slip", secret=secret, ticket_id=ticket_id),
    )


def _deed(press: Press, desk: DeskPage, place: Place, form: DeskForm) -> Callable[[], str]:
    """Return the deed of a button, which returns the page to show then."""
    given: dict[str, Any] = {"house": house(), "now": roof().clock()}

    def draw() -> str:
        drawn = desks.draw(desk, once=form.key(), **given)
        return place.slip_href(drawn.ticket_id)

    deeds: dict[str, Callable[[], object]] = {
        "next": partial(desks.call_next, desk, last=press.ticket_id, **given),
        "again": partial(desks.call_again, desk, press.ticket_id, **given),
        "stop": partial(desks.stop, desk, **given),
        "resume": partial(desks.resume, desk, **given),
    }
    move = partial(desks.move, desk, press.ticket_id, press.deed, seen=press.seen, **given)
    deeds |= dict.fromkeys(STATES, move)
    if press.deed == "draw":
        return draw

    def do_it() -> str:
        deeds[press.deed]()
        return place.href

    return do_it


def _invalid(form: DeskForm, desk: DeskPage, place: Place) -> ResponseReturnValue:
    stale = form.is_stale()
    errors = form.forgive_token() if stale else []
    form.renew_key()
    return _page(form, desk, place, errors=errors, status=400 if stale else 422)


def _page(
    form: DeskForm,
    desk: DeskPage,
    place: Place,
    *,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    body = render_template(
        "public/queue_desk.html",
        form=form,
        form_errors=errors or [],
        desk=desk_row(desk),
        action_href=place.href,
        frame=place.frame,
    )
    return body, status
