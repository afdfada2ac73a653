"""Views: accept an invitation, ask for a way to a new password, choose one."""

from functools import partial

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from booking.crew import inviting, resetting
from booking.crew.queries import Member
from booking.crew.rules import INVITATION, RESET
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.people.staff_refusals import LinkOver, Unfit
from booking.web import limits
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.pages import staff_address
from booking.web.staff.people import signing
from booking.web.staff.people.forms import AddressForm, PasswordForm
from booking.web.staff.people.links import StaffLinkEnded, StaffLinkUnknown, link_of, member_of
from booking.web.staff_letters import role_label
from booking.web.variants import locale_of


def invitation(secret: str) -> ResponseReturnValue:
    """Let somebody who was invited choose a password, and sign in with it."""
    member = member_of(secret, purpose=INVITATION)
    deed = partial(inviting.accept, member.id, house_id=house().id, now=roof().clock())
    return _choose("invitation", secret, member, deed)


def password_reset(secret: str) -> ResponseReturnValue:
    """Let somebody choose a new password by the link of a mail, and sign in with it."""
    member, link_id = member_of(secret, purpose=RESET), link_of(secret, purpose=RESET)
    deed = partial(resetting.choose, member.id, link_id=link_id, house_id=house().id)
    deed = partial(deed, request_id=g.request_id, now=roof().clock())
    return _choose("password_reset", secret, member, deed)


def password_forgotten() -> ResponseReturnValue:
    """Ask for the address, then owe a mail that the worker fills or drops."""
    form = AddressForm()
    if request.method != "POST":
        return _forgotten_page(form)
    if not form.validate():
        stale = form.is_stale()
        return _forgotten_page(
            form, errors=form.forgive_token() if stale else [], status=400 if stale else 422
        )
    try:
        limits.links_attempt_by_client()
    except DomainError as refusal:
        return _forgotten_page(form, errors=[say(refusal)], status=int(refusal.status))
    _ask(form.email.data or "")
    return redirect(staff_address("password_asked"), 303)


def password_asked() -> ResponseReturnValue:
    """Say the same to everybody."""
    return render_template("staff/people/password_asked.html")


def ended(_link: StaffLinkEnded) -> ResponseReturnValue:
    """Say that a one-time link is over, and what to do."""
    return render_template("staff/people/link_over.html"), 410


def unknown(_link: StaffLinkUnknown) -> ResponseReturnValue:
    """Say that a link is not complete or not ours."""
    return render_template("staff/people/link_unknown.html"), 404


def _ask(email: str) -> None:
    if limits.reset_attempt_is_allowed(email):
        unit_of_work(
            partial(
                resetting.ask,
                email,
                house_id=house().id,
                language=locale_of(language()),
                request_id=g.request_id,
                now=roof().clock(),
            )
        )


def _choose(name: str, secret: str, member: Member, deed: "partial[None]") -> ResponseReturnValue:
    form = PasswordForm()
    if request.method != "POST":
        return _password_page(name, secret, member, form)
    if not form.validate():
        stale = form.is_stale()
        errors = form.forgive_token() if stale else []
        return _password_page(name, secret, member, form, errors=errors, status=400 if stale else 422)
    try:
        unit_of_work(partial(deed, password=form.password.data or ""))
    except LinkOver as over:
        raise StaffLinkEnded from over
    except Unfit as refusal:
        form.password.errors = (say(refusal),)
        return _password_page(name, secret, member, form, status=int(refusal.status))
    signing.renew_cookie()
    home = url_for("staff.staff_home", language=member.details.language)
    return signing.begin(member.id, make_response(redirect(home, 303)))


def _password_page(
    name: str,
    secret: str,
    member: Member,
    form: PasswordForm,
    *,
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    body = render_template(
        "staff/people/choose_password.html",
        form=form,
        form_errors=errors or [],
        action_href=staff_address(name, secret=secret),
        is_invitation=name == "invitation",
        name=member.details.name,
        email=member.email,
        roles=[role_label(role) for role in sorted(member.details.roles)],
    )
    return body, status


def _forgotten_page(
    form: AddressForm, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    body = render_template("staff/people/password_forgotten.html", form=form, form_errors=errors or [])
    return body, status
