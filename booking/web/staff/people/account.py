"""Views: my account – name, language, password, where I am signed in, and what is stored of me."""

from functools import partial

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.crew import editing, queries, resetting
from booking.db import unit_of_work
from booking.errors import DomainError, Stale
from booking.people import signing_in
from booking.people.queries import digest
from booking.people.staff_refusals import Unfit, WrongPassword
from booking.reports.inventory import PERSONAL
from booking.web import limits
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.labels import until_label
from booking.web.public.forms import ButtonForm
from booking.web.public.inventory_rows import StoredRow
from booking.web.roof import roof
from booking.web.staff import doors
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.pages import staff_address
from booking.web.staff.people import signing
from booking.web.staff.people.forms import ChangePasswordForm, OwnForm
from booking.web.staff.people.rows import STORED, sign_in_rows
from booking.web.staff_letters import role_label
from booking.web.variants import locale_of


def account() -> ResponseReturnValue:
    """Show the own account; change name and language."""
    member = _member()
    form = OwnForm()
    if request.method != "POST":
        form = OwnForm(data=_stored(member))
        return _page(form)
    if not form.validate():
        stale = form.is_stale()
        return _page(form, errors=form.forgive_token() if stale else [], status=400 if stale else 422)
    deed = partial(
        editing.edit_own,
        member.id,
        name=form.name.data or "",
        language=form.language.data or "de",
        version=form.seen_version(),
        house_id=house().id,
        now=roof().clock(),
    )
    try:
        unit_of_work(deed)
    except Stale:
        return _page(form, differences=conflict(form, _stored(_member())), status=409)
    return redirect(url_for("staff.account", language=form.language.data, done="saved"), 303)


def account_password() -> ResponseReturnValue:
    """Change the password: every browser is signed out, this one gets a new sign-in."""
    form = ChangePasswordForm()
    if request.method != "POST":
        return _password_page(form)
    if not form.validate():
        stale = form.is_stale()
        return _password_page(
            form, errors=form.forgive_token() if stale else [], status=400 if stale else 422
        )
    try:
        _change(form.present_password.data or "", form.password.data or "")
    except Unfit as refusal:
        field = form.present_password if isinstance(refusal, WrongPassword) else form.password
        field.errors = (say(refusal),)
        return _password_page(form, status=int(refusal.status))
    except DomainError as refusal:
        return _password_page(form, errors=[say(refusal)], status=int(refusal.status))
    signing.renew_cookie()
    answer = make_response(redirect(staff_address("account", done="password"), 303))
    return signing.begin(doors.acting().staff_id, answer)


def account_sign_out() -> ResponseReturnValue:
    """End every sign-in of this person, this one too."""
    form = ButtonForm()
    if request.method != "POST" or not form.validate():
        return redirect(staff_address("account"), 303)
    unit_of_work(partial(signing_in.sign_out_everywhere, doors.acting().staff_id))
    signing.renew_cookie()
    return doors.leave(make_response(redirect(staff_address("sign_in"), 303)))


def _change(present: str, password: str) -> None:
    member, now = _member(), roof().clock()
    warn = partial(resetting.warn, member.email, house_id=house().id, language=locale_of(language()), now=now)
    limits.sign_in_attempt(member.email, house_id=house().id, warn=warn)
    unit_of_work(
        partial(
            resetting.change,
            member.id,
            present,
            password,
            house_id=house().id,
            request_id=g.request_id,
            now=now,
        )
    )
    limits.sign_in_succeeded(member.email, house_id=house().id)


def _member() -> queries.Member:
    return queries.member(doors.acting().staff_id, house_id=house().id, now=roof().clock())


def _stored(member: queries.Member) -> dict[str, str]:
    details = member.details
    return {"name": details.name, "language": details.language, "version": str(member.version)}


def _page(
    form: OwnForm,
    *,
    errors: list[str] | None = None,
    differences: tuple[Difference, ...] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    member = _member()
    own = digest(request.cookies.get(doors.cookie_name(), ""))
    body = render_template(
        "staff/people/account.html",
        form=form,
        form_errors=errors or [],
        differences=differences,
        button_form=ButtonForm(formdata=None),
        done=request.args.get("done", "") if request.method == "GET" else "",
        email=member.email,
        roles=[role_label(role) for role in sorted(member.details.roles)],
        sign_ins=sign_in_rows(queries.sign_ins(member.id, now=roof().clock()), own=own),
        stored=[
            StoredRow(_(what), _(PERSONAL[name].purpose), until_label(PERSONAL[name].until))
            for name, what in STORED
        ],
    )
    return body, status


def _password_page(
    form: ChangePasswordForm, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    return render_template("staff/people/account_password.html", form=form, form_errors=errors or []), status
