"""Views: sign in and out."""

from functools import partial

from flask import make_response, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import DataRequired, Length

from booking.db import unit_of_work
from booking.people import signing_in
from booking.web.context import house
from booking.web.public.forms import ButtonForm, email_field
from booking.web.roof import roof
from booking.web.staff import doors
from booking.web.staff.forms import StaffForm
from booking.web.staff.pages import staff_address


class SignInForm(StaffForm):
    """Address and password, and where somebody wanted to go."""

    email = email_field()
    password = PasswordField(
        _l("Password"),
        validators=[DataRequired(_l("Enter your password.")), Length(max=1000)],
    )
    next = HiddenField()


def sign_in() -> ResponseReturnValue:
    """Ask for address and password, and begin a sign-in with a fresh cookie."""
    form = SignInForm(next=request.args.get("next", ""))
    if request.method != "POST":
        return _page(form)
    if not form.validate():
        return _page(form, status=422)
    staff_id = signing_in.checked(form.email.data or "", form.password.data or "", house_id=house().id)
    if staff_id is None:
        return _page(form, errors=[_("This address and this password do not belong together.")], status=422)
    former = request.cookies.get(doors.cookie_name(), "")
    token = unit_of_work(partial(signing_in.sign_in, staff_id, former=former, now=roof().clock()))
    cookie.clear()  # a token that somebody planted before is worth nothing now
    return doors.enter(make_response(redirect(doors.own_path(form.next.data or ""), 303)), token)


def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    form = ButtonForm()
    if request.method != "POST" or not form.validate():
        return redirect(staff_address("staff_home"), 303)
    token = request.cookies.get(doors.cookie_name(), "")
    unit_of_work(partial(signing_in.sign_out, token))
    cookie.clear()
    return doors.leave(make_response(redirect(staff_address("sign_in"), 303)))


def _page(form: SignInForm, *, errors: list[str] | None = None, status: int = 200) -> ResponseReturnValue:
    return render_template("staff/people/sign_in.html", form=form, form_errors=errors or []), status
