"""Refusals and faults become pages: one handler for each, in the person's language."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import Flask, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import HTTPException, NotFound, SecurityError

from booking.db import DatabaseFault, db, is_away, refusal_of
from booking.errors import DomainError

log = logging.getLogger(__name__)

_CALL = lazy_gettext("If you are stuck, call us: everything here is also possible by phone.")
_WORDS = {
    400: (
        lazy_gettext("That request was not understood"),
        lazy_gettext("Please go back, reload the page and try again."),
    ),
    403: (lazy_gettext("That was not allowed"), lazy_gettext("Please open the page anew and try again.")),
    404: (
        lazy_gettext("This page does not exist"),
        lazy_gettext("Perhaps the address has a typing error, or the date was removed."),
    ),
    405: (
        lazy_gettext("That does not work here"),
        lazy_gettext("Please go back and use the button on the page."),
    ),
    409: (lazy_gettext("That could not be done"), lazy_gettext("Please go back and try again.")),
    410: (
        lazy_gettext("This is no longer available"),
        lazy_gettext("It is over, was cancelled or has been deleted."),
    ),
    413: (
        lazy_gettext("That was too much"),
        lazy_gettext("Please go back and shorten what you wrote. Nothing was booked."),
    ),
    415: (
        lazy_gettext("That request was not understood"),
        lazy_gettext("Please go back, reload the page and try again."),
    ),
    422: (lazy_gettext("Something is missing"), lazy_gettext("Please go back and check what you entered.")),
    429: (
        lazy_gettext("That was very often in a short time"),
        lazy_gettext("Please wait a while and try again."),
    ),
    500: (
        lazy_gettext("Something went wrong on our side"),
        lazy_gettext("We have noted it. Please try again in a few minutes."),
    ),
}

OWN_FRAME = "frame_of_errors"
"""Under this name an area of pages may leave a function in the application: what it draws of an error, or ""."""
Frame = Callable[[Mapping[str, object]], str]


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DatabaseFault, _database)
    app.register_error_handler(Exception, _fault)


def say(refusal: DomainError) -> str:
    """Return what a refusal tells the person, in the language of the page."""
    return str(gettext(refusal.message, **refusal.facts))


def _refused(refusal: DomainError) -> ResponseReturnValue:
    if refusal.status == HTTPStatus.NOT_FOUND:
        return _page(404)
    return _page(int(refusal.status), explanation=say(refusal))


def _strange_host(_: SecurityError) -> ResponseReturnValue:
    return bare(400)


def _http(fault: HTTPException) -> ResponseReturnValue:
    code = fault.code or 500
    if fault.response is not None or code < 400:
        return fault
    answer = make_response(_page(code if code in _WORDS else 400 if code < 500 else 500))
    answer.status_code = code
    answer.headers.extend(
        (name, value) for name, value in fault.get_headers() if name in ("Allow", "Retry-After")
    )
    return answer


def _database(fault: DatabaseFault) -> ResponseReturnValue:
    db.session.rollback()
    refusal = refusal_of(fault)
    if refusal is not None:
        return _refused(refusal())
    if is_away(fault):
        log.error("%s the database is away: %s", g.get("request_id", "-"), type(fault).__name__)
        return bare(503)
    return _fault(fault)


def _fault(fault: Exception) -> ResponseReturnValue:
    if type(fault).__module__.startswith("gunicorn.http"):  # a body that is no HTTP
        return _page(400)
    log.error("%s fault at %s", g.get("request_id", "-"), request.endpoint, exc_info=fault)
    return _page(500)


def _page(status: int, *, explanation: str | None = None) -> ResponseReturnValue:
    heading, words = _WORDS[status]
    told: dict[str, object] = {"status": status, "heading": heading, "explanation": explanation or words}
    told["request_id"] = g.get("request_id", "")
    try:
        frame: Frame | None = current_app.extensions.get(OWN_FRAME)
        body = frame(told) if frame else ""
        body = body or render_template("errors/error.html", advice=_CALL, **told)
    except (DatabaseFault, DomainError, NotFound):  # without a database or house there is still an answer
        return bare(503 if status >= 500 else status)
    return body, status


def bare(status: int) -> ResponseReturnValue:
    """Return a page in both languages that asks neither database nor house nor the name of the host."""
    template = current_app.jinja_env.get_template("errors/bare.html")  # render_template would find the house
    body = template.render(is_our_fault=status >= 500, status=status, request_id=g.get("request_id", ""))
    return body, status, {"Retry-After": "30"} if status == 503 else {}
