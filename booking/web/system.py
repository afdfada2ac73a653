"""Views for machines: alive, ready, the colours and pictures of the house."""

import logging
from datetime import timedelta

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from booking.db import DatabaseFault
from booking.web import pictures, signing, site_map
from booking.web.context import house
from booking.web.readiness import state_of_things
from booking.web.roof import roof
from booking.web.styles import house_stylesheet

log = logging.getLogger(__name__)


def blueprint() -> Blueprint:
    """Return the addresses that belong to no language."""
    pages = Blueprint("system", __name__)
    pages.add_url_rule("/livez", view_func=livez)
    pages.add_url_rule("/readyz", view_func=readyz)
    pages.add_url_rule("/house.css", view_func=house_stylesheet)
    pages.add_url_rule("/picture/<key:key>", view_func=pictures.picture)
    pages.add_url_rule("/sign-language/<key:part>", view_func=signing.signed)
    pages.add_url_rule("/sitemap.xml", view_func=site_map.sitemap)
    pages.add_url_rule("/robots.txt", view_func=site_map.robots)
    pages.add_url_rule("/.well-known/security.txt", view_func=security_txt)
    return pages


def livez() -> ResponseReturnValue:
    """The process answers."""
    return Response(
        "alive\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def readyz() -> ResponseReturnValue:
    """Whether people can be served: database, schema, guards; and how old the oldest owed mail is."""
    try:
        state = state_of_things()
    except DatabaseFault as fault:
        log.error("not ready: %s", type(fault).__name__)
        answer = jsonify({"ready": False, "database": False})
        answer.status_code = 503
    else:
        answer = jsonify(state)
        answer.status_code = 200 if state["ready"] else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer


def security_txt() -> ResponseReturnValue:
    """Whom to tell of a weakness (RFC 9116); the expiry is half a year ahead and changes once a month."""
    month = roof().clock().replace(day=1, hour=0, minute=0, second=0)
    lines = [
        f"Contact: mailto:{house().email}",
        f"Expires: {month + timedelta(days=180):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {roof().base_url(house())}/.well-known/security.txt",
    ]
    answer = Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
