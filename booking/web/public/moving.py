"""Views of bookers, opened by their link: move a booking to another time, change how many come."""

from functools import partial

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings import moving, moving_queries
from booking.bookings.access_refusals import CompanionNotCounted
from booking.bookings.queries import BookingPage
from booking.bookings.refusals import PartyTooLarge, PartyTooSmall, TooFewLeft
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.messages import wording
from booking.web import limits
from booking.web.context import address, house, language
from booking.web.errors import say
from booking.web.public.access_rows import told_rows
from booking.web.public.form_pages import form_errors, form_page
from booking.web.public.forms import MoveForm, PartyForm, TokenForm
from booking.web.public.move_lists import listed
from booking.web.public.move_targets import Target, changeable_until, target_href, wanted_target
from booking.web.public.rows import booking_row
from booking.web.public.secrets import booking_of
from booking.web.roof import roof


def move(secret: str) -> ResponseReturnValue:
    """Show where a booking can be moved to; with a time in the address ask once, and move when that is sent."""
    booking = booking_of(secret)
    target = wanted_target(booking, moving_queries.slot_of(booking.id))
    if request.method == "POST":
        return _pressed(booking, secret, target)
    if not booking.may_change(now=roof().clock()) or (target is not None and target.is_here()):
        return redirect(address("manage", secret=secret))
    if target is None:
        return _list_page(booking, secret)
    try:
        target.check(now=roof().clock())
    except NotFound:
        raise
    except DomainError as refusal:
        return _list_page(booking, secret, refusal)
    return _question_page(_form(target), booking, secret, target)


def change_party(secret: str) -> ResponseReturnValue:
    """Ask how many come, and change it when it is sent; what was typed stays until it can be had."""
    booking = booking_of(secret)
    if request.method != "POST" and not booking.may_change(now=roof().clock()):
        return redirect(address("manage", secret=secret))
    form = _party_form(booking)
    if request.method != "POST":
        return _party_page(form, booking, secret)
    if not form.validate():
        stale = form_errors(form)
        return _party_page(form, booking, secret, errors=stale, status=400 if stale else 422)
    try:
        moving.check_movable(booking, now=roof().clock())
        with limits.booking_attempt(booking.email):
            deed = partial(moving.change_party, booking.id, form.party(), request_id=g.request_id)
            unit_of_work(partial(deed, now=roof().clock()))
    except DomainError as refusal:
        return _party_refused(form, booking, secret, refusal)
    return redirect(address("manage", secret=secret, done="party"), 303)


def _pressed(booking: BookingPage, secret: str, target: Target | None) -> ResponseReturnValue:
    if target is None:
        return redirect(address("move", secret=secret), 303)
    form = _form(target)
    if not form.validate():
        stale = form_errors(form)
        return _question_page(form, booking, secret, target, errors=stale, status=400 if stale else 422)
    try:
        moving.check_movable(booking, now=roof().clock())
        with limits.booking_attempt(booking.email):
            target.move(phone=form.phone.data or "" if form.phone else "", now=roof().clock())
    except NotFound:
        raise
    except DomainError as refusal:
        return _list_page(booking_of(secret), secret, refusal)
    return redirect(address("manage", secret=secret, done="moved"), 303)


def _form(target: Target) -> MoveForm:
    """Return the form with one button; the number is asked for only where nobody could call without."""
    form = MoveForm()
    if not target.asks_phone:
        del form.phone
    return form


def _list_page(booking: BookingPage, secret: str, refusal: DomainError | None = None) -> ResponseReturnValue:
    """Show what a booking can be moved to now, with the reason why the wanted time is none of it."""
    may_change = booking.may_change(now=roof().clock())
    slot = moving_queries.slot_of(booking.id)
    body = render_template(
        "public/move.html",
        booking=booking_row(booking, secret),
        form=TokenForm(),
        form_errors=[say(refusal)] if refusal else [],
        listed=listed(booking, slot, secret) if may_change else None,
        is_slot=slot.is_slot,
        people=sum(booking.party.values()),
        fewer_href=_party_href(booking, secret),
        cancel_href=address("cancel", secret=secret) if may_change else None,
        back_href=address("manage", secret=secret),
    )
    return body, int(refusal.status) if refusal else 200


def _question_page(
    form: MoveForm,
    booking: BookingPage,
    secret: str,
    target: Target,
    *,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    until = changeable_until(booking, target.starts_at)
    is_last_chance = until <= roof().clock()
    return form_page(
        "move_to",
        form,
        booking,
        secret,
        errors=errors,
        status=status,
        facts=target.facts(),
        needs=told_rows(booking),
        until=None if is_last_chance else wording.say_instant(until, house().zone, language()),
        action_href=target_href(secret, target),
        list_href=address("move", secret=secret),
    )


def _party_form(booking: BookingPage) -> PartyForm:
    """Return a form that begins with who is booked; its key and trap are for those who book first."""
    form = PartyForm(data={name: booking.party.get(name, 0) for name in ("adults", "children")})
    age_min = moving_queries.slot_of(booking.id).age_min
    form.suit(booking.kind, age_min=age_min, most=booking.policy.party_max)
    for name in ("once", "trap"):
        delattr(form, name)
    return form


def _party_refused(
    form: PartyForm, booking: BookingPage, secret: str, refusal: DomainError
) -> ResponseReturnValue:
    """Draw the form again with what was typed; what another number mends is told at the field."""
    errors = [say(refusal)]
    if isinstance(refusal, PartyTooSmall | PartyTooLarge | TooFewLeft | CompanionNotCounted):
        form.party_fields()[0].errors, errors = tuple(errors), []
    return _party_page(form, booking, secret, errors=errors, status=int(refusal.status))


def _party_page(
    form: PartyForm,
    booking: BookingPage,
    secret: str,
    *,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    return form_page(
        "change_party",
        form,
        booking,
        secret,
        errors=errors,
        status=status,
        most=booking.policy.party_max,
        fewest=booking.policy.party_min,
        action_href=address("change_party", secret=secret),
        move_href=address("move", secret=secret),
    )


def _party_href(booking: BookingPage, secret: str) -> str | None:
    """Return where fewer people can be chosen, if fewer may come."""
    can_be_fewer = sum(booking.party.values()) > booking.policy.party_min
    return address("change_party", secret=secret) if can_be_fewer else None
