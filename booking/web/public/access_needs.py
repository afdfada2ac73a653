"""View of bookers, opened by their link: what is needed to take part, told later, changed or withdrawn."""

from functools import partial

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import access_changes, access_queries
from booking.bookings.access_queries import Need
from booking.bookings.access_refusals import NeedRefused
from booking.bookings.queries import BookingPage
from booking.bookings.states import CANCELLABLE
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.web import limits
from booking.web.context import address, house
from booking.web.errors import say
from booking.web.public.access_forms import NeedsFields
from booking.web.public.access_rows import told_rows
from booking.web.public.form_pages import form_errors, form_page
from booking.web.public.forms import TokenForm
from booking.web.public.secrets import booking_of
from booking.web.roof import roof


class NeedsForm(NeedsFields, TokenForm):
    """What is needed; for more than was told before with the consent anew."""


def access_needs(secret: str) -> ResponseReturnValue:
    """Ask what is needed to take part, as far as there is time; unticked, it is withdrawn."""
    booking = booking_of(secret)
    known = {need.kind: need for need in access_queries.needs(booking.id) if need.is_wanted}
    if request.method != "POST" and not may_change(booking):
        return redirect(address("manage", secret=secret))
    form = _form(booking, known)
    if request.method != "POST":
        return _page(form, booking, secret)
    if not form.validate():
        stale = form_errors(form)
        return _page(form, booking, secret, errors=stale, status=400 if stale else 422)
    try:
        with limits.booking_attempt(booking.email):
            deed = partial(access_changes.change, booking.id, form.asked(), now=roof().clock())
            unit_of_work(deed)
    except DomainError as refusal:
        is_told = isinstance(refusal, NeedRefused) and form.refuse_need(refusal)
        errors = [] if is_told else [say(refusal)]
        return _page(form, booking, secret, errors=errors, status=int(refusal.status))
    return redirect(address("manage", secret=secret, done="needs"), 303)


def may_change(booking: BookingPage) -> bool:
    """Return whether a booker can tell, change or withdraw needs: of a firm booking, until it begins."""
    if booking.state not in CANCELLABLE or booking.starts_at <= roof().clock():
        return False
    return any(offer.is_for(booking.medium) for offer in house().access.values()) or bool(
        access_queries.needs(booking.id)
    )


def told(booking: BookingPage, secret: str) -> dict[str, object]:
    """Return what the page of a booking shows of needs: how they stand, and where they are changed."""
    href = address("access_needs", secret=secret) if may_change(booking) else ""
    return {"needs": told_rows(booking), "needs_href": href}


def noted(booking: BookingPage) -> str:
    """Return what the page of a booking says after a change."""
    if access_queries.needs(booking.id):
        return str(_("We have noted what you need."))
    return str(_("What you had told us is deleted."))


def _form(booking: BookingPage, known: dict[str, Need]) -> NeedsForm:
    filled: dict[str, object] = {f"need_{kind}": True for kind in known}
    words = next((need.words for need in known.values() if need.words), "")
    form = NeedsForm(data=filled | {"needs_words": words})
    facts = access_queries.date(booking.occurrence_id)
    form.suit_needs(facts, people=sum(booking.party.values()), known=known)
    return form


def _page(
    form: NeedsForm,
    booking: BookingPage,
    secret: str,
    *,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    return form_page(
        "access",
        form,
        booking,
        secret,
        errors=errors,
        status=status,
        is_known=any(need.is_wanted for need in access_queries.needs(booking.id)),
        action_href=address("access_needs", secret=secret),
    )
