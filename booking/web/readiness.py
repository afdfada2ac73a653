"""Whether this process may serve: schema at its head, guards in place, canary refused."""

from typing import Any

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from booking.db import db, schema_revision, unit_of_work
from booking.messages import queries as outbox
from booking.schedule import guard
from booking.web.errors import bare
from booking.web.roof import roof
from booking.web.security import SAFE

_ALWAYS = {"system.livez", "system.readyz", "static"}


def install(app: Flask) -> None:
    """Answer 503 until the guards of the database have been seen to stand."""
    app.before_request(_refuse_unguarded)


def guards_stand() -> bool:
    """Return whether the canary was refused; a process that saw it once need not ask again."""
    if not current_app.extensions.get("booking_guards_seen"):
        current_app.extensions["booking_guards_seen"] = _try_canary()
    return bool(current_app.extensions["booking_guards_seen"])


def state_of_things() -> dict[str, Any]:
    """Return what /readyz tells; raises SQLAlchemyError when the database is away."""
    schema, head = schema_revision(), migrations_head()
    missing = guard.missing_guards(db.session.connection())
    return {
        "ready": schema == head and not missing,
        "database": True,
        "schema": schema,
        "schema_wanted": head,
        "guards_missing": missing,
        "oldest_owed_mail_seconds": outbox.oldest_owed(roof().clock()) if schema == head else None,
    }


def migrations_head() -> str:
    """Return the revision that this code was written for; without Alembic, which a web process need not carry."""
    return (roof().root / "migrations" / "HEAD").read_text().strip()


def _try_canary() -> bool:
    if schema_revision() is None:
        return False
    return not guard.missing_guards(db.session.connection()) and unit_of_work(guard.canary)


def _guards_are_listed() -> bool:
    """Return whether the guards are there by name: enough to read, without the write that the canary is."""
    if not current_app.extensions.get("booking_guards_listed"):
        current_app.extensions["booking_guards_listed"] = not guard.missing_guards(db.session.connection())
    return bool(current_app.extensions["booking_guards_listed"])


def _refuse_unguarded() -> ResponseReturnValue | None:
    """Refuse to serve without guards; a new process under a long writer can show pages, though."""
    if request.endpoint in _ALWAYS:
        return None
    if _guards_are_listed() if request.method in SAFE else guards_stand():
        return None
    return bare(503)
