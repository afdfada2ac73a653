"""Pages of a booker that hold one form: drawn alike, with what was typed and what is wrong."""

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.bookings.queries import BookingPage
from booking.web.context import address
from booking.web.public.forms import TokenForm
from booking.web.public.rows import booking_row


def form_page(
    template: str,
    form: TokenForm,
    booking: BookingPage,
    secret: str,
    *,
    errors: list[str] | None = None,
    status: int = 200,
    **told: object,
) -> ResponseReturnValue:
    """Return the page of a form with the booking that it changes; ``told`` is what this page says beside it."""
    body = render_template(
        f"public/{template}.html",
        booking=booking_row(booking, secret),
        form=form,
        form_errors=errors or [],
        back_href=address("manage", secret=secret),
        **told,
    )
    return body, status


def form_errors(form: TokenForm) -> list[str]:
    """Return what no field says; a stale token is told as something to press again."""
    return form.forgive_token() if form.is_stale() else []
