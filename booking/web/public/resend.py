"""Views: send me my links; the answer is the same for every address."""

from functools import partial

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings import changing
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.web import limits
from booking.web.context import address, house, language
from booking.web.errors import say
from booking.web.public.forms import AddressForm
from booking.web.roof import roof


def resend() -> ResponseReturnValue:
    """Ask for the address, then owe a mail that the worker fills or drops."""
    form = AddressForm()
    if request.method != "POST":
        return _page(form)
    if not form.validate():
        return _invalid(form)
    if form.is_trapped():
        return _page(form, errors=form.empty_trap(), status=422)
    try:
        limits.links_attempt_by_client()
    except DomainError as refusal:
        return _page(form, errors=[say(refusal)], status=int(refusal.status))
    _ask(form.email.data or "")
    return redirect(address("resend_sent"), 303)


def resend_sent() -> ResponseReturnValue:
    """Say the same to everybody."""
    return render_template("public/resend_sent.html")


def _ask(email: str) -> None:
    if limits.links_attempt_is_allowed(email):
        unit_of_work(
            partial(
                changing.ask_for_links,
                email,
                house_id=house().id,
                language=language(),
                request_id=g.request_id,
                now=roof().clock(),
            )
        )


def _invalid(form: AddressForm) -> ResponseReturnValue:
    if form.is_stale():
        return _page(form, errors=form.forgive_token(), status=400)
    return _page(form, status=422)


def _page(form: AddressForm, *, errors: list[str] | None = None, status: int = 200) -> ResponseReturnValue:
    body = render_template(
        "public/resend.html", form=form, form_errors=errors or [], action_href=address("resend")
    )
    return body, status
