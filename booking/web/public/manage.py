"""Views of bookers, opened by their link: see, cancel, calendar entry, data, change of address, erasure."""

import json
from collections.abc import Callable
from functools import partial

from flask import Response, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import changing
from booking.bookings.personal import AFTER_DATE, AFTER_VISIT, PERSONAL
from booking.bookings.queries import BookingPage
from booking.bookings.rules import check_firm, kept_until
from booking.bookings.service import thread_of
from booking.bookings.states import CANCELLABLE, CANCELLED_BY_HOUSE, CANCELLED_BY_VISITOR
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.messages import queries as mails
from booking.messages import wording
from booking.timekit.instants import local_date
from booking.web import limits
from booking.web.calendars import download
from booking.web.context import address, house, language
from booking.web.errors import say
from booking.web.labels import until_label
from booking.web.public import access_needs
from booking.web.public.access_rows import stored_needs
from booking.web.public.arrival_rows import door_code, stored_arrival
from booking.web.public.form_pages import form_errors, form_page
from booking.web.public.forms import AddressForm, ButtonForm
from booking.web.public.note_rows import stored_notes
from booking.web.public.rows import booking_row
from booking.web.public.secrets import LinkEnded, LinkUnknown, booking_of, secret_of
from booking.web.roof import roof


def manage(secret: str) -> ResponseReturnValue:
    """Show a booking, what can be done with it, and what is stored of the booker."""
    booking = booking_of(secret)
    may_cancel = booking.may_change(now=roof().clock())
    row = booking_row(booking, secret) | {
        "cancel_href": address("cancel", secret=secret) if may_cancel else None,
        "cancel_note": None if may_cancel else _cancel_note(booking),
    }
    return render_template(
        "public/manage.html",
        booking=row,
        stored=_stored(booking),
        export_href=address("export", secret=secret),
        erase_href=address("erase", secret=secret),
        door_code=door_code(booking, secret),
        unreachable=booking.is_unreachable,
        address_change_href=address("change_address", secret=secret),
        message=_message(request.args.get("done", ""), booking),
        **access_needs.told(booking, secret),
    )


def calendar(secret: str) -> ResponseReturnValue:
    """The calendar entry as a file; cancelled bookings say so, and those that never were firm have none."""
    booking = booking_of(secret)
    check_firm(booking.state)
    answer = make_response(download(booking))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{booking.reference}.ics"'
    return answer


def export(secret: str) -> ResponseReturnValue:
    """All that is stored of a booker, as JSON to take along."""
    booking = booking_of(secret)
    body = {
        "house": house().text("name", language()),
        "booking": {
            "reference": booking.reference,
            "state": booking.state,
            "language": booking.language,
            "offering": booking.title,
            "starts_at": booking.starts_at.isoformat(),
            "ends_at": booking.ends_at.isoformat(),
            "created_at": booking.created_at.isoformat(),
            "changed_at": booking.changed_at.isoformat(),
            "party": dict(booking.party),
        },
        "personal_data": {
            item["name"]: {key: item[key] for key in ("value", "why", "until")} for item in _stored(booking)
        },
    }
    answer = Response(
        json.dumps(body, ensure_ascii=False, indent=2) + "\n", content_type="application/json; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{booking.reference}.json"'
    return answer


def cancel(secret: str) -> ResponseReturnValue:
    """Ask, then cancel."""
    booking = booking_of(secret)
    if request.method != "POST" and not booking.may_change(now=roof().clock()):
        return redirect(address("manage", secret=secret))
    deed = partial(changing.cancel, booking.id, request_id=g.request_id, now=roof().clock())
    return _button(booking, secret, "cancel", deed, then=address("manage", secret=secret, done="cancelled"))


def erase(secret: str) -> ResponseReturnValue:
    """Ask, then cancel what is ahead and erase all personal data."""
    try:
        booking = booking_of(secret)
    except LinkEnded:
        if request.method != "POST":
            raise
        return redirect(address("erased"), 303)  # pressed twice: it is done
    deed = partial(changing.erase, booking.id, request_id=g.request_id, now=roof().clock())
    return _button(booking, secret, "erase", deed, then=address("erased"))


def change_address(secret: str) -> ResponseReturnValue:
    """Ask for the right address, then send the confirmation there."""
    booking = booking_of(secret)
    form = AddressForm(email=booking.email)
    here = address("change_address", secret=secret)
    page = partial(form_page, "change_address", form, booking, secret, action_href=here)
    if request.method != "POST":
        return page()
    if not form.validate():
        status = 400 if form.is_stale() else 422
        return page(errors=form_errors(form), status=status)
    try:
        email = form.email.data or ""
        with limits.booking_attempt(email):
            deed = partial(
                changing.change_address, booking.id, email, request_id=g.request_id, now=roof().clock()
            )
            link_id = unit_of_work(deed)
    except DomainError as refusal:
        return page(errors=[say(refusal)], status=int(refusal.status))
    return redirect(address("manage", secret=secret_of(link_id) if link_id else secret, done="address"), 303)


def ended(_link: LinkEnded) -> ResponseReturnValue:
    """Say that a link has ended, and how to get another one."""
    return render_template("public/gone.html"), 410


def unknown(_link: LinkUnknown) -> ResponseReturnValue:
    """Say that a link is not complete or not ours, and how to get another one."""
    return render_template("public/unknown_link.html"), 404


def _button(
    booking: BookingPage, secret: str, name: str, deed: Callable[[], None], *, then: str
) -> ResponseReturnValue:
    """Show a page with one button, and do the deed when it is pressed."""
    form = ButtonForm()
    errors, status = [], 200
    if request.method == "POST":
        if form.validate():
            try:
                unit_of_work(deed)
                return redirect(then, 303)
            except DomainError as refusal:
                errors, status = [say(refusal)], int(refusal.status)
        else:
            errors, status = form_errors(form), 400
    here = address(name, secret=secret)
    return form_page(name, form, booking, secret, errors=errors, status=status, action_href=here)


def _cancel_note(booking: BookingPage) -> str | None:
    if booking.state not in CANCELLABLE or booking.starts_at <= roof().clock():
        return None
    until = wording.say_instant(booking.cancel_until, house().zone, language())
    return _(
        "Moving, changing and cancelling online was possible until %(until)s. Please call us: perhaps we find "
        "another time, and if you cannot come, somebody else can.",
        until=until,
    )


def _message(done: str, booking: BookingPage) -> str | None:
    if done == "cancelled" and booking.state == CANCELLED_BY_VISITOR:
        return _("Your booking is cancelled. A mail that says so is on its way.")
    if done == "moved" and booking.state in CANCELLABLE:
        return _("Your booking is moved. The mail with the new time is on its way.")
    if done == "party" and booking.state in CANCELLABLE:
        people = wording.say_party(booking.party, language())
        return _("Your booking is for %(people)s now. We tell you every change by mail.", people=people)
    if done == "needs":
        return access_needs.noted(booking)
    if done == "address":
        return _("Your address is changed. The confirmation is on its way to it.")
    return None


def _stored(booking: BookingPage) -> list[dict[str, str]]:
    """Return what is stored of the booker: what, value, why and until when."""
    words = {
        "name": _("Name"),
        "email": _("Email address"),
        "phone": _("Phone number"),
        "note": _("Question or wish"),
    }
    until = wording.say_day(local_date(kept_until(booking.ends_at), house().zone), language())
    items = []
    for name, what in words.items():
        column = PERSONAL[f"booking.{name}"]
        value = getattr(booking, name)
        if value:
            why = str(_(column.purpose))
            is_date = column.until == AFTER_VISIT
            is_off = booking.state in (CANCELLED_BY_HOUSE, CANCELLED_BY_VISITOR)
            said = until_label(AFTER_DATE if is_date and is_off else column.until)
            shown = f"{until} ({said})" if is_date else said
            items.append({"name": name, "what": str(what), "value": value, "why": why, "until": shown})
    return [
        *items,
        *stored_notes(booking),
        *stored_needs(booking),
        *stored_arrival(booking),
        *_written_to(booking),
    ]


def _written_to(booking: BookingPage) -> list[dict[str, str]]:
    """Return the addresses that our mails about a booking still carry; an old one stays for some days."""
    column, value = PERSONAL["outgoing_mail.recipient"], ", ".join(mails.recipients(thread_of(booking.id)))
    shown = {"what": _("Addresses of our mails to you"), "value": value}
    shown |= {"why": _(column.purpose), "until": until_label(column.until)}
    return [{"name": "mail_addresses"} | shown] if value else []
