"""How Alembic meets the database: in one transaction that may write, with every name spelled out."""

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
        _migrate(connection)
        connection.commit()


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
