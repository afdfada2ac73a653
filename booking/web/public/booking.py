"""Views: the booking form and the page that says it is done."""

from functools import partial

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings import service
from booking.bookings.refusals import FormUsed, PartyTooLarge, PartyTooSmall
from booking.bookings.service import Wish
from booking.bookings.states import CANCELLABLE
from booking.catalogue import queries as catalogue
from booking.catalogue.queries import OfferingPage
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.schedule import queries
from booking.schedule.queries import Date
from booking.web import limits
from booking.web.context import address, house, house_text, language, render_markdown
from booking.web.errors import say
from booking.web.public.forms import BookingForm
from booking.web.public.programme import alternatives
from booking.web.public.rows import booking_row, date_row, offering_row
from booking.web.public.secrets import booking_of, secret_of
from booking.web.roof import roof


def book(occurrence_id: int) -> ResponseReturnValue:
    """Show the form of a date, and book it when it is sent."""
    date = queries.date(occurrence_id, house_id=house().id, language=language(), now=roof().clock())
    offering = catalogue.offering(date.offering_key, house_id=house().id, language=language())
    form = BookingForm()
    form.keep_categories(offering.kind, age_min=offering.age_min)
    if request.method == "POST":
        return _submitted(form, date, offering)
    if date.state not in ("free", "few"):
        return redirect(address("occurrence", occurrence_id=date.id))
    return _form_page(form, date, offering)


def done(secret: str) -> ResponseReturnValue:
    """Say that it is done, what happens next, and how to come back."""
    booking = booking_of(secret)
    if booking.state not in CANCELLABLE:
        return redirect(address("manage", secret=secret))
    return render_template(
        "public/done.html",
        booking=booking_row(booking, secret),
        address_change_href=address("change_address", secret=secret),
        way=house_text("way"),
        bring=render_markdown(booking.bring) if booking.bring else None,
    )


def _submitted(form: BookingForm, date: Date, offering: OfferingPage) -> ResponseReturnValue:
    if not form.validate():
        return _invalid(form, date, offering)
    if form.is_trapped():
        return _form_page(form, date, offering, errors=form.empty_trap(), status=422)
    try:
        with limits.booking_attempt(form.email.data or ""):
            deed = partial(
                service.book, _wish(form, date), once=form.key(), request_id=g.request_id, now=roof().clock()
            )
            booked = unit_of_work(deed)
    except DomainError as refusal:
        return _refused(form, date, offering, refusal)
    return redirect(address("done", secret=secret_of(booked.link_id)), 303)


def _wish(form: BookingForm, date: Date) -> Wish:
    return Wish(
        house_id=house().id,
        occurrence_id=date.id,
        language=language(),
        name=form.name.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        note=form.note.data or "",
        party=form.party(),
    )


def _invalid(form: BookingForm, date: Date, offering: OfferingPage) -> ResponseReturnValue:
    if form.is_stale():
        return _form_page(form, date, offering, errors=form.forgive_token(), status=400)
    return _form_page(form, date, offering, status=422)


def _refused(
    form: BookingForm, date: Date, offering: OfferingPage, refusal: DomainError
) -> ResponseReturnValue:
    """Draw the form again with what was typed, why it was refused, and what is free instead."""
    errors = [say(refusal)]
    if isinstance(refusal, FormUsed):
        form.renew_key()
    if isinstance(refusal, PartyTooSmall | PartyTooLarge):
        form.party_fields()[0].errors, errors = tuple(errors), []
    fresh = queries.date(date.id, house_id=house().id, language=language(), now=roof().clock())
    return _form_page(form, fresh, offering, errors=errors, status=int(refusal.status))


def _form_page(
    form: BookingForm,
    date: Date,
    offering: OfferingPage,
    *,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    is_refused = status in (409, 410)
    wanted = sum(form.party().values()) if is_refused else 1
    body = render_template(
        "public/book.html",
        form=form,
        form_errors=errors or [],
        date=date_row(date),
        offering=offering_row(offering),
        privacy=house_text("privacy_short"),
        alternatives=alternatives(date, people=max(1, wanted)) if is_refused else [],
        action_href=address("book", occurrence_id=date.id),
    )
    return body, status
