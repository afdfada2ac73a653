"""The door of the staff area: who is signed in with this browser, and the cookie that says so."""

from functools import partial

from flask import Response, abort, current_app, g, request, url_for

from booking.db import unit_of_work
from booking.people import queries, signing_in
from booking.people.permissions import Acting
from booking.schedule import programmes
from booking.web.context import house
from booking.web.roof import roof
from booking.web.staff.pages import PREFIXES, staff_address


def cookie_name() -> str:
    """Return the name of the cookie that carries the token of a sign-in."""
    return "__Host-staff" if current_app.config["SESSION_COOKIE_SECURE"] else "staff"


def acting() -> Acting:
    """Return who is signed in; only staff pages ask, which nobody else reaches."""
    found = signed_in()
    if found is None:
        abort(404)
    return found


def signed_in() -> Acting | None:
    """Return who is signed in with this browser to this house, or None; asked once a request."""
    if "acting" not in g:
        g.acting = _signed_in(request.cookies.get(cookie_name(), ""))
    found: Acting | None = g.acting
    return found


def _signed_in(token: str) -> Acting | None:
    now = roof().clock()
    found = queries.signed_in(token, house_id=house().id, now=now) if token else None
    if found is None:
        return None
    run = None if found.runs_all else programmes.run_by(found.staff_id)
    if now - found.seen_at > signing_in.SEEN_EVERY:  # nothing but the end of idleness follows from it
        unit_of_work(partial(signing_in.see, token, now=now), lasting=False)
    return Acting(found.staff_id, house().id, found.name, found.language, found.roles, found.host_id, run)


def enter(answer: Response, token: str) -> Response:
    """Give the browser the token of a sign-in; it keeps it until it is closed, we for half a day at most."""
    answer.set_cookie(
        cookie_name(),
        token,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return answer


def leave(answer: Response) -> Response:
    """Take the token from the browser."""
    answer.delete_cookie(
        cookie_name(), secure=bool(current_app.config["SESSION_COOKIE_SECURE"]), httponly=True, samesite="Lax"
    )
    return answer


def own_path(wanted: str) -> str:
    """Return a path of the staff area that somebody wanted to see before signing in, else the first page."""
    path = wanted.partition("?")[0]
    is_plain = wanted.isprintable() and not any(odd in path for odd in (" ", "\\", "//", "/.", "%"))
    is_staff = any(path.startswith(f"{prefix}/") for prefix in PREFIXES.values())
    asks_again = path in {
        url_for(f"staff.{name}", language=one) for name in ("sign_in", "sign_out") for one in PREFIXES
    }
    return wanted if is_plain and is_staff and not asks_again else staff_address("staff_home")
