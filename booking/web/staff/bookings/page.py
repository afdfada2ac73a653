"""Views: one booking with all that the reader may see of it; its notes; the confirmation again; reached by phone."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import contacting, noting, staff_pages
from booking.bookings.sight import CHANGE, CHANGE_OWN, WRITE_NOTES
from booking.bookings.staff_pages import Seen
from booking.bookings.states import AT_THE_DOOR, CANCELLABLE, TO_BE_CONFIRMED
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.web.context import address, house
from booking.web.errors import say
from booking.web.public.forms import ButtonForm, TokenForm
from booking.web.public.secrets import secret_of
from booking.web.public.slip_pdf import pdf_of
from booking.web.roof import roof
from booking.web.staff.bookings.deeds import faults
from booking.web.staff.bookings.forms import NoteForm
from booking.web.staff.bookings.rows import facts_of, mail_row, needs_of, note_row
from booking.web.staff.bookings.seen import hands, page_href, seen_booking, to_change
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.pages import staff_address


def booking_page(booking_id: int) -> ResponseReturnValue:
    """Lead from the number of a booking to its page, those who see it in their lists."""
    reference = staff_pages.reference_of(booking_id, acting(), zone=house().zone, now=roof().clock())
    return redirect(staff_address("booking_shown", reference=reference))


def booking_shown(reference: str) -> ResponseReturnValue:
    """Show a booking by its reference: who knows it exactly may see it whenever it is."""
    return _draw(seen_booking(reference), NoteForm())


def booking_resend(reference: str) -> ResponseReturnValue:
    """Send the confirmation once more."""
    deed = partial(contacting.resend, by=hands(), request_id=g.request_id)
    return _press(to_change(reference), deed, done="resent")


def booking_reached(reference: str) -> ResponseReturnValue:
    """Note that somebody told the booker by phone."""
    return _press(to_change(reference), partial(contacting.reached, by=hands()), done="reached")


def booking_note(reference: str) -> ResponseReturnValue:
    """Write a note beside a booking."""
    seen, form = _noted(reference), NoteForm()
    if request.method != "POST":
        return redirect(page_href(seen))
    if not form.validate():
        return _draw(seen, form, errors=faults(form), status=400 if form.is_stale() else 422)
    write = partial(noting.write, seen.page.id, form.words.data or "", staff_id=acting().staff_id)
    unit_of_work(partial(write, now=roof().clock()))
    return redirect(f"{page_href(seen, done='noted')}#notes", 303)


def booking_note_delete(reference: str, note_id: int) -> ResponseReturnValue:
    """Take an own note back."""
    seen = _noted(reference)
    take_back = partial(noting.take_back, note_id, staff_id=acting().staff_id)

    def deed(booking_id: int, *, now: datetime) -> None:
        take_back(booking_id=booking_id, now=now)

    return _press(seen, deed, done="unnoted")


def booking_slip(reference: str) -> ResponseReturnValue:
    """The slip of a booking, to print for somebody without a mail address; its QR code opens the booking."""
    seen = to_change(reference)
    link_id = staff_pages.manage_link(seen.page.id)
    if not link_id:
        raise NotFound
    return pdf_of(seen.page, secret_of(link_id))


def _noted(reference: str) -> Seen:
    seen = seen_booking(reference)
    if not seen.sight.may(WRITE_NOTES):
        raise NotFound
    return seen


def _press(seen: Seen, deed: Callable[..., object], *, done: str) -> ResponseReturnValue:
    """Do what a button says, and show the page again; a refusal is told on it."""
    if request.method != "POST":
        return redirect(page_href(seen))
    form = ButtonForm()
    if not form.validate():
        return _draw(seen, NoteForm(formdata=None), errors=faults(form), status=400)
    try:
        unit_of_work(partial(deed, seen.page.id, now=roof().clock()))
    except NotFound:
        raise
    except DomainError as refusal:
        return _draw(
            seen_booking(seen.page.reference),
            NoteForm(formdata=None),
            errors=[say(refusal)],
            status=int(refusal.status),
        )
    return redirect(page_href(seen, done=done), 303)


def _draw(
    seen: Seen, form: NoteForm, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    sight, booking_id = seen.sight, seen.page.id
    notes = staff_pages.notes(booking_id) if sight.sees("notes") else []
    mails = staff_pages.mails(booking_id) if sight.sees("mails") else []
    body = render_template(
        "staff/bookings/booking.html",
        reference=seen.page.reference,
        facts=facts_of(seen),
        needs=needs_of(seen),
        sees_needs=sight.sees("needs"),
        actions=_actions(seen),
        buttons=_buttons(seen),
        button_form=TokenForm(formdata=None),
        unreachable=seen.page.is_unreachable and sight.sees("mails"),
        phone=seen.page.phone if sight.sees("contact") else "",
        notes=[note_row(one, staff_id=acting().staff_id) for one in notes],
        note_form=form if sight.may(WRITE_NOTES) else None,
        mails=[mail_row(one) for one in mails],
        sees_mails=sight.sees("mails"),
        history=history_of("booking", booking_id, acting()) if sight.sees("history") else None,
        form_errors=errors or [],
        message=_message(request.args.get("done", "")),
        list_href=staff_address("booking_list"),
        date_href=_date_href(seen),
    )
    return body, status


def _actions(seen: Seen) -> list[tuple[str, str]]:
    """Return what can be done with a booking now: address and words."""
    page, now, reference = seen.page, roof().clock(), seen.page.reference
    stands = page.state in CANCELLABLE and page.ends_at > now
    if seen.sight.may(CHANGE):
        found = []
        if stands:
            found += [("booking_move", _("Move")), ("booking_party", _("Change how many come"))]
        if page.ends_at > now and (stands or page.state == TO_BE_CONFIRMED):
            found.append(("booking_contact", _("Change name and contact")))
        if stands:
            found.append(("booking_slip", _("Print the slip (PDF)")))
        if stands or page.state == TO_BE_CONFIRMED:
            found.append(("booking_cancel", _("Cancel")))
    elif seen.sight.may(CHANGE_OWN) and stands:
        found = [("own_move", _("Move")), ("own_cancel", _("Cancel"))]
    else:
        found = []
    return [(staff_address(view, reference=reference), words) for view, words in found]


def _buttons(seen: Seen) -> list[tuple[str, str]]:
    """Return what one press does: address and words."""
    page, reference = seen.page, seen.page.reference
    found = []
    if seen.sight.may(CHANGE) and page.email and page.state in {*CANCELLABLE, TO_BE_CONFIRMED}:
        found.append(("booking_resend", _("Send the confirmation again")))
    if seen.sight.may(CHANGE) and page.is_unreachable:
        found.append(("booking_reached", _("Reached by phone")))
    return [(staff_address(view, reference=reference), words) for view, words in found]


def _date_href(seen: Seen) -> str:
    """Return the page of what is booked, as visitors see it; a slot has none."""
    if seen.page.is_slot or seen.page.state not in AT_THE_DOOR:
        return ""
    return address("occurrence", occurrence_id=seen.page.occurrence_id)


def _message(done: str) -> str:
    return {
        "cancelled": _("The booking is cancelled."),
        "party": _("The number of people is changed."),
        "contact": _("Name and contact are changed."),
        "moved": _("The booking is moved."),
        "resent": _("The confirmation is on its way once more."),
        "reached": _("It is noted that you reached the person."),
        "noted": _("The note is saved."),
        "unnoted": _("The note is deleted."),
        "booked": _("Booked."),
    }.get(done, "")
