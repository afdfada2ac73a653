"""Views: cancel a booking, for a visitor who called or for the house; an expert cancels an own consultation."""

from collections.abc import Callable
from functools import partial

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import cancelling, telling_queries
from booking.bookings.cancelling import BY_HOUSE
from booking.bookings.hands import By
from booking.bookings.staff_pages import Seen
from booking.bookings.staff_refusals import ReasonMissing
from booking.bookings.states import TO_BE_CONFIRMED
from booking.db import unit_of_work
from booking.messages.outbox import Owed
from booking.web.roof import roof
from booking.web.staff.bookings.deeds import Page, run
from booking.web.staff.bookings.forms import CancelForm, OwnCancelForm
from booking.web.staff.bookings.seen import page_href, to_change
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address


def booking_cancel(reference: str) -> ResponseReturnValue:
    """Ask why, show the mail, and cancel."""
    seen, form = to_change(reference), CancelForm()
    page = _page(seen, "booking_cancel", ("kind", "reason"))
    return _run(seen, form, page, state=lambda: form.kind.data or BY_HOUSE)


def own_cancel(reference: str) -> ResponseReturnValue:
    """Ask for the reason, show the mail, and cancel an own consultation for the house."""
    seen, form = to_change(reference, own=True), OwnCancelForm()
    return _run(seen, form, _page(seen, "own_cancel", ("reason",)), state=lambda: BY_HOUSE)


def _run(
    seen: Seen, form: CancelForm | OwnCancelForm, page: Page, *, state: Callable[[], str]
) -> ResponseReturnValue:
    def deed(by: By) -> object:
        cancel = partial(
            cancelling.cancel,
            seen.page.id,
            state(),
            by=by,
            staff_id=acting().staff_id,
            reason=form.reason.data or "",
            request_id=g.request_id,
        )
        return unit_of_work(partial(cancel, now=roof().clock()))

    def mail() -> Owed | None:
        reason = (form.reason.data or "").strip() if state() == BY_HOUSE else ""
        if seen.page.state == TO_BE_CONFIRMED or (state() == BY_HOUSE and not reason):
            return None
        return telling_queries.one_mail(
            seen.page.id,
            cancelling.MAILS[state()],
            house_id=acting().house_id,
            method="CANCEL",
            reason=reason,
            now=roof().clock(),
        )

    return run(form, seen, page, deed=deed, mail=mail)


def _page(seen: Seen, view: str, fields: tuple[str, ...]) -> Page:
    return Page(
        heading=_("Cancel booking %(reference)s", reference=seen.page.reference),
        lead=_("The places are free at once. This cannot be taken back; you can book anew."),
        button=_("Cancel the booking"),
        action_href=staff_address(view, reference=seen.page.reference),
        back_href=page_href(seen),
        fields=fields,
        done="cancelled",
        wrong={ReasonMissing: "reason"},
    )
