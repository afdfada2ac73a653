"""Views: the details form while the places are kept, the page that says it is done, and confirming an address."""

from functools import partial

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import access_queries, confirming, holding
from booking.bookings.access_refusals import NeedRefused
from booking.bookings.confirming import Contact
from booking.bookings.hold_queries import HoldPage
from booking.bookings.refusals import DateMoved, FormUsed, NoMoreTime, PhoneMissing, TryAgain
from booking.bookings.retrying import once_more, with_anybody
from booking.bookings.states import CANCELLABLE, TO_BE_CONFIRMED
from booking.catalogue import queries as catalogue
from booking.catalogue.queries import OfferingPage
from booking.errors import DomainError
from booking.links import queries as links
from booking.timekit.instants import to_epoch
from booking.web import limits
from booking.web.context import address, house, house_text, language, render_markdown
from booking.web.errors import say
from booking.web.public.access_rows import told_rows
from booking.web.public.forms import ButtonForm, DetailsForm
from booking.web.public.hold_rows import back_href, hold_row, seen_at
from booking.web.public.instead import keep, others
from booking.web.public.rows import booking_row, offering_row
from booking.web.public.secrets import HoldEnded, booking_of, hold_of, secret_of
from booking.web.roof import roof

BUTTONS = ("extend", "give_up", "instead")


def hold(secret: str) -> ResponseReturnValue:
    """Show the form of a hold with its timer; extend it, give it up, or book when it is sent."""
    held = hold_of(secret)
    offering = catalogue.offering(held.offering_key, house_id=house().id, language=language())
    form = _form(held, offering)
    if request.method != "POST":
        if held.booking_id is not None:
            return redirect(_done_href(held.booking_id))
        return _page(form, held, offering, secret)
    if any(name in request.form for name in BUTTONS):
        return _button(form, held, offering, secret)
    return _submitted(form, held, offering, secret)


def _form(held: HoldPage, offering: OfferingPage) -> DetailsForm:
    form = DetailsForm()
    form.suit(kind=offering.kind, medium=held.medium)
    form.suit_needs(access_queries.date(held.occurrence_id), people=held.people)
    return form


def done(secret: str) -> ResponseReturnValue:
    """Say that it is done, or that the address is to be confirmed; what happens next, and how to come back."""
    booking = booking_of(secret)
    if booking.state not in (*CANCELLABLE, TO_BE_CONFIRMED):
        return redirect(address("manage", secret=secret))
    return render_template(
        "public/done.html" if booking.state in CANCELLABLE else "public/to_confirm.html",
        booking=booking_row(booking, secret),
        address_change_href=address("change_address", secret=secret),
        way=house_text("way") if booking.medium == "on_site" else "",
        bring=render_markdown(booking.bring) if booking.bring else None,
        needs=told_rows(booking),
    )


def confirm_address(secret: str) -> ResponseReturnValue:
    """Ask for one press of a button, then make the booking firm."""
    booking = booking_of(secret, purpose="confirm")
    form = ButtonForm()
    errors, status = [], 200
    if booking.state in CANCELLABLE:
        return redirect(_done_href(booking.id))
    if request.method == "POST":
        if form.validate():
            try:
                deed = partial(confirming.confirm, booking.id, request_id=g.request_id, now=roof().clock())
                with_anybody(deed)
                return redirect(_done_href(booking.id), 303)
            except DomainError as refusal:
                errors, status = [say(refusal)], int(refusal.status)
        else:
            errors, status = form.forgive_token(), 400
    body = render_template(
        "public/confirm_address.html",
        booking=booking_row(booking, ""),
        form=form,
        form_errors=errors,
        is_over=booking.state != TO_BE_CONFIRMED,
        action_href=address("confirm_address", secret=secret),
        offering_href=address("offering", key=booking.offering_key),
    )
    return body, status


def ended(_link: HoldEnded) -> ResponseReturnValue:
    """Say that a form has ended, and where to go on."""
    return render_template("public/hold_gone.html"), 410


def _done_href(booking_id: int) -> str:
    link_id = links.newest("manage", subject_id=booking_id)
    return address("done", secret=secret_of(link_id)) if link_id else address("resend")


def _button(form: DetailsForm, held: HoldPage, offering: OfferingPage, secret: str) -> ResponseReturnValue:
    """Extend, give up, or keep another date instead; what was typed stays. Nobody presses two buttons at once."""
    if sum(len(request.form.getlist(name)) for name in BUTTONS) > 1:
        twice = _("This came twice. Please check it and send it again.")
        return _page(form, held, offering, secret, errors=[twice], status=422)
    if not ButtonForm().validate():
        return _page(form, held, offering, secret, errors=form.forgive_token(), status=400)
    try:
        _press(held, offering)
    except DomainError as refusal:
        return _refused(form, held, offering, secret, refusal)
    held = hold_of(secret)
    if held.booking_id is not None:  # from another tab: that booking stands
        return redirect(_done_href(held.booking_id), 303)
    if "give_up" in request.form:
        return redirect(back_href(held), 303)
    if "instead" in request.form:
        message = _("We keep this for you now. What you typed is still here.")
        return _page(_form(held, offering), held, offering, secret, message=message)
    return _page(form, held, offering, secret, message=_("The time has been extended."))


def _press(held: HoldPage, offering: OfferingPage) -> None:
    if "instead" in request.form:
        keep(held, offering, request.form["instead"])
    elif "give_up" in request.form:
        with_anybody(partial(holding.give_up, held.id, now=roof().clock()))
    else:
        with_anybody(partial(holding.extend, held.id, bounds=roof().hold_bounds, now=roof().clock()))


def _submitted(form: DetailsForm, held: HoldPage, offering: OfferingPage, secret: str) -> ResponseReturnValue:
    if not form.validate():
        errors, status = (form.forgive_token(), 400) if form.is_stale() else ([], 422)
        return _page(form, held, offering, secret, errors=errors, status=status)
    if form.is_trapped():
        return _page(form, held, offering, secret, errors=form.empty_trap(), status=422)
    contact = Contact(
        language=language(),
        name=form.name.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        note=form.note.data or "",
    )
    try:
        with limits.booking_attempt(contact.email):
            deed = partial(confirming.book_held, held.id, contact, needs=form.asked())
            deed = partial(deed, seen_at=seen_at(), request_id=g.request_id, now=roof().clock())
            booked = (with_anybody if held.is_slot else once_more)(deed)
    except DomainError as refusal:
        return _refused(form, hold_of(secret), offering, secret, refusal)
    return redirect(address("done", secret=secret_of(booked.link_id)), 303)


def _refused(
    form: DetailsForm, held: HoldPage, offering: OfferingPage, secret: str, refusal: DomainError
) -> ResponseReturnValue:
    """Draw the form again with what was typed, why it was refused, and what is free instead."""
    errors = [say(refusal)]
    if isinstance(refusal, PhoneMissing):
        form.phone.errors, errors = tuple(errors), []
    if isinstance(refusal, NeedRefused) and form.refuse_need(refusal):
        errors = []
    stands = isinstance(refusal, FormUsed | NoMoreTime | TryAgain | DateMoved)
    is_lost = int(refusal.status) in (409, 410) and not stands
    return _page(form, held, offering, secret, errors=errors, status=int(refusal.status), is_lost=is_lost)


def _page(
    form: DetailsForm,
    held: HoldPage,
    offering: OfferingPage,
    secret: str,
    *,
    errors: list[str] | None = None,
    status: int = 200,
    message: str | None = None,
    is_lost: bool = False,
) -> ResponseReturnValue:
    body = render_template(
        "public/details.html",
        form=form,
        form_errors=errors or [],
        hold=hold_row(held, offering),
        offering=offering_row(offering),
        message=message,
        is_lost=is_lost,
        privacy=house_text("privacy_short"),
        alternatives=others(held, offering) if is_lost else [],
        action_href=address("hold", secret=secret),
        seen=to_epoch(held.starts_at),
    )
    return body, status
