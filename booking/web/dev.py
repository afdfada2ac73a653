"""Views of development alone: the mails that would have been sent."""

from email.message import EmailMessage

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from booking.web.kept import read_kept
from booking.web.roof import roof

MOST = 200


def blueprint() -> Blueprint:
    """Return the mail viewer; the roof registers it in development only."""
    pages = Blueprint("dev", __name__, url_prefix="/dev")
    pages.add_url_rule("/mail", view_func=mails)
    pages.add_url_rule("/mail/<name>", view_func=mail)
    pages.add_url_rule("/mail/<name>/html", view_func=mail_html)
    return pages


def mails() -> ResponseReturnValue:
    """All kept mails, newest first."""
    rows = [
        {
            "href": url_for("dev.mail", name=name),
            "when": str(one["Date"]),
            "to": str(one["To"]),
            "subject": str(one["Subject"]),
        }
        for name, one in read_kept(roof().kept_mail)[:MOST]
    ]
    return render_template("dev/mails.html", mails=rows)


def mail(name: str) -> ResponseReturnValue:
    """One mail: text, HTML, calendar object and headers."""
    found = _kept(name)
    shown = {
        "subject": str(found["Subject"]),
        "to": str(found["To"]),
        "sender": str(found["From"]),
        "text": _part(found, "text/plain") or "",
        "html_href": url_for("dev.mail_html", name=name),
        "calendar": _part(found, "text/calendar"),
        "headers": [(key, str(value)) for key, value in found.items()],
    }
    return render_template("dev/mail.html", mail=shown)


def mail_html(name: str) -> ResponseReturnValue:
    """The HTML part, for the frame of ``mail``: no script, nothing from elsewhere."""
    answer = Response(_part(_kept(name), "text/html") or "", content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
    )
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _kept(name: str) -> EmailMessage:
    for kept_name, message in read_kept(roof().kept_mail):
        if kept_name == name:
            return message
    return abort(404)


def _part(message: EmailMessage, kind: str) -> str | None:
    for part in message.walk():
        if part.get_content_type() == kind:
            return (
                str(part.get_content())
                if kind.startswith("text/") and kind != "text/calendar"
                else _decoded(part)
            )
    return None


def _decoded(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
