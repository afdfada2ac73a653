"""How Alembic meets the database: in one transaction that may write, with every name spelled out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import text

import booking.tables
from booking.db import Instant


def render_item(kind: str, item: Any, _autogen_context: Any) -> str | bool:
    """Write our own column types as what they are in the database: migrations import nothing of ours."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Instant) else False


def run() -> None:
    """Migrate on a connection of the application's engine, or on the one that a test hands in."""
    handed_in = context.config.attributes.get("connection")
    if handed_in is not None:
        _migrate(handed_in)
        return
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(writes=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(7264583)"))  # two machines may start at once
            connection.execute(text("SET lock_timeout = '10s'"))
            connection.execute(text("SET statement_timeout = 0"))
            connection.commit()
        with _without_references(connection):
            _migrate(connection)
            connection.commit()


@contextmanager
def _without_references(connection: Any) -> Iterator[None]:
    """Let a table of SQLite be rebuilt: dropping its old form must not delete what refers to it.

    The switch works outside a transaction alone; every reference is checked before it is on again.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"after the migration these rows refer to nothing: {broken[:10]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _migrate(connection: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=booking.tables.metadata,
        render_item=render_item,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run()
