"""The gate of the staff area: who is signed in comes through to what is theirs, everybody else signs in first."""

from collections.abc import Mapping

from flask import Flask, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from booking.web.access import ACCESS
from booking.web.errors import OWN_FRAME
from booking.web.staff import doors, menu
from booking.web.staff.pages import PREFIXES, staff_address
from booking.web.staff.people import signing

LINK = " link"  # how the permissions of secret addresses end: the view verifies the token


def install(app: Flask) -> None:
    """Open staff pages only to those who may."""
    app.before_request(_check)
    app.extensions[OWN_FRAME] = _error


def _error(told: Mapping[str, object]) -> str:
    """Draw an error of the staff area in its own frame, for who is signed in; "" where it is not ours to draw."""
    is_ours = any(request.path.startswith(f"{prefix}/") for prefix in PREFIXES.values())
    if not is_ours or (told["status"] != 404 and not request.endpoint) or doors.signed_in() is None:
        return ""
    return render_template("staff/error.html", **{**menu.context(), **told})


def _check() -> ResponseReturnValue | None:
    endpoint = request.endpoint or ""
    if not endpoint.startswith("staff."):
        return None
    permission = ACCESS[endpoint].permission if endpoint in ACCESS else ""
    if permission == "public" or permission.endswith(LINK):
        return None
    person = doors.signed_in()
    if person is None:
        return _to_sign_in()
    if not person.may(permission):
        abort(404)
    return None


def _to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page; what a form sent is kept there, and nothing is done with it."""
    wanted = request.full_path.rstrip("?")
    if request.method == "POST":
        return signing.ask_again(wanted)
    return redirect(staff_address("sign_in", next=wanted), 303)
