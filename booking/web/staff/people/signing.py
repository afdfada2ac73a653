"""Views: sign in and out."""

from functools import partial

from flask import Response, g, make_response, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from booking.crew import resetting
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.people import signing_in
from booking.people.staff_refusals import Unknown
from booking.web import limits
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.public.forms import ButtonForm
from booking.web.roof import roof
from booking.web.staff import doors
from booking.web.staff.pages import staff_address
from booking.web.staff.people import kept
from booking.web.staff.people.forms import SignInForm
from booking.web.variants import locale_of


def sign_in() -> ResponseReturnValue:
    """Ask for address and password, and begin a sign-in with a fresh cookie."""
    if request.method != "POST":
        if doors.signed_in():
            return redirect(doors.own_path(request.args.get("next", "")), 303)
        return _page(SignInForm(next=request.args.get("next", "")))
    form = SignInForm()
    if not form.validate():
        stale = form.is_stale()
        return _page(form, errors=form.forgive_token() if stale else [], status=400 if stale else 422)
    try:
        return _entered(*_tried(form.email.data or "", form.password.data or ""), form)
    except DomainError as refusal:
        return _page(form, errors=[say(refusal)], status=int(refusal.status))


def ask_again(wanted: str) -> ResponseReturnValue:
    """Ask for address and password before a form that somebody sent, and keep what was typed; nothing is done."""
    form = SignInForm(formdata=None, next=wanted, kept=kept.typed())
    return _page(form, status=403)


def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    form = ButtonForm()
    if request.method != "POST" or not form.validate():
        return redirect(staff_address("staff_home"), 303)
    unit_of_work(partial(signing_in.sign_out, request.cookies.get(doors.cookie_name(), "")))
    cookie.clear()
    return doors.leave(make_response(redirect(staff_address("sign_in"), 303)))


def begin(staff_id: int, answer: Response, *, password: str | None = None) -> Response:
    """Sign somebody in with this browser: the one place where a second step would stand before (ADR 0021).

    ``password``  as it is kept, where one was checked; raises Unknown where it, or the access, has changed since
    """
    former = request.cookies.get(doors.cookie_name(), "")
    enter = partial(signing_in.sign_in, staff_id, former=former, kept=password, now=roof().clock())
    token = unit_of_work(enter)
    return doors.enter(answer, token)


def renew_cookie() -> None:
    """Forget the cookie of forms: a token that somebody planted before is worth nothing now."""
    cookie.clear()
    g.pop("csrf_token", None)


def _tried(email: str, password: str) -> tuple[int, str]:
    """Return whose address and password these are, and the password as it is kept.

    Raises Throttled and Unknown, in the same time for everybody.
    """
    warn = partial(
        resetting.warn,
        email,
        house_id=house().id,
        language=locale_of(language()),
        request_id=g.request_id,
        now=roof().clock(),
    )
    limits.sign_in_attempt(email, house_id=house().id, warn=warn)
    found = signing_in.checked(email, password, house_id=house().id)
    if found is None:
        raise Unknown
    limits.sign_in_succeeded(email, house_id=house().id)
    staff_id, stands = found
    return staff_id, unit_of_work(partial(signing_in.renew_hash, staff_id, password, kept=stands))


def _entered(staff_id: int, password: str, form: SignInForm) -> ResponseReturnValue:
    """Lead to where somebody wanted to go, by the page that sends again what was typed before."""
    wanted, pairs = doors.own_path(form.next.data or ""), kept.read(form.kept.data or "")
    renew_cookie()
    if not pairs or not form.next.data:
        return begin(staff_id, make_response(redirect(wanted, 303)), password=password)
    page = render_template(
        "staff/people/send_again.html", action_href=wanted, pairs=pairs, form=ButtonForm(formdata=None)
    )
    return begin(staff_id, make_response(page), password=password)


def _page(form: SignInForm, *, errors: list[str] | None = None, status: int = 200) -> ResponseReturnValue:
    form.password.data = None
    body = render_template(
        "staff/people/sign_in.html",
        form=form,
        form_errors=errors or [],
        has_ended=bool(request.cookies.get(doors.cookie_name())) and not errors and not form.errors,
        keeps=bool(kept.read(form.kept.data or "")),
        lost=status == 403 and not form.kept.data,
    )
    return body, status
