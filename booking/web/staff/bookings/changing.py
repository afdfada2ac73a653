"""Views: change how many come, and how the booker is called and reached."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import contacting, moving, telling_queries
from booking.bookings.access_refusals import CompanionNotCounted
from booking.bookings.contacting import Reached
from booking.bookings.hands import By
from booking.bookings.refusals import PhoneMissing, TooFewLeft
from booking.bookings.staff_pages import Seen
from booking.bookings.staff_refusals import NobodyComes, PartyOutOfBounds
from booking.bookings.states import CANCELLABLE
from booking.db import unit_of_work
from booking.messages.facts import CHANGED, CONFIRMATION
from booking.messages.outbox import Owed
from booking.web.roof import roof
from booking.web.staff.bookings.deeds import Page, run
from booking.web.staff.bookings.forms import ContactForm, CountsForm
from booking.web.staff.bookings.seen import page_href, to_change
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address


def booking_party(reference: str) -> ResponseReturnValue:
    """Ask how many come, show the mail, and change it; the bounds can be overruled, the seats cannot."""
    seen = to_change(reference)
    form = CountsForm(data=_counts(seen))
    form.suit(seen.page.kind, age_min=seen.page.age_min)
    names = [field.name for field in form.count_fields()]
    page = Page(
        heading=_("Change how many come"),
        lead=_("The places that are booked stand until the new number is certain."),
        button=_("Save the new number"),
        action_href=staff_address("booking_party", reference=reference),
        back_href=page_href(seen),
        fields=[*names, "overrules"],
        done="party",
        stored=_counts,
        wrong=dict.fromkeys((NobodyComes, PartyOutOfBounds, TooFewLeft, CompanionNotCounted), names[0]),
    )

    def deed(by: By) -> object:
        change = partial(moving.change_party, seen.page.id, form.party(), by=by, request_id=g.request_id)
        return unit_of_work(partial(change, now=roof().clock()))

    def mail() -> Owed | None:
        former = {"former_party": dict(seen.page.party), "party": form.party()}
        if form.party() == dict(seen.page.party) or not form.party():
            return None
        return _mail(seen, CHANGED, **former)

    return run(form, seen, page, deed=deed, mail=mail, overrules=lambda: bool(form.overrules.data))


def booking_contact(reference: str) -> ResponseReturnValue:
    """Ask for name, address and phone, show the mail to another address, and change them."""
    seen = to_change(reference)
    form = ContactForm(data=_contact(seen))
    page = Page(
        heading=_("Change name and contact"),
        lead=_(
            "Another address gets the confirmation with new links; the old links end, and the old address "
            "is told that it is not used any more."
        ),
        button=_("Save"),
        action_href=staff_address("booking_contact", reference=reference),
        back_href=page_href(seen),
        fields=("name", "email", "phone"),
        done="contact",
        stored=_contact,
        wrong={PhoneMissing: "phone"},
    )

    def deed(by: By) -> object:
        wanted = Reached(form.name.data or "", form.email.data or "", form.phone.data or "")
        change = partial(contacting.change_contact, seen.page.id, wanted, by=by, request_id=g.request_id)
        return unit_of_work(partial(change, now=roof().clock()))

    def mail() -> Owed | None:
        email = form.email.data or ""
        if email in ("", seen.page.email) or seen.page.state not in CANCELLABLE:
            return None
        owed = _mail(seen, CONFIRMATION, name=form.name.data or "")
        return _to(owed, email)

    return run(form, seen, page, deed=deed, mail=mail)


def _mail(seen: Seen, kind: str, **changed: Any) -> Owed:
    return telling_queries.one_mail(
        seen.page.id,
        kind,
        house_id=acting().house_id,
        method="REQUEST",
        now=roof().clock(),
        **changed,
    )


def _to(owed: Owed, recipient: str) -> Owed:
    return Owed(
        house_id=owed.house_id,
        thread=owed.thread,
        kind=owed.kind,
        language=owed.language,
        recipient=recipient,
        facts=owed.facts,
        method=owed.method,
    )


def _counts(seen: Seen) -> Mapping[str, object]:
    return {name: seen.page.party.get(name, 0) for name in ("adults", "children", "pupils", "companions")}


def _contact(seen: Seen) -> Mapping[str, object]:
    return {name: getattr(seen.page, name) for name in ("name", "email", "phone")}
