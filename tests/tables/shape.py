"""The shape of a database as it says itself: tables, constraints, indexes, triggers and functions."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Inspector, inspect, text

Shape = dict[str, Any]
"""What stands under "table / kind / name"."""

KINDS = ("column", "reference", "unique", "check", "index")
_PROGRAMS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')",
    "postgresql": """
        SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT proname || '()', pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
}


def shape(connection: Connection) -> Shape:
    """Return all that a migration could forget, by name; Alembic's own table is left out."""
    found = {f"{table} / {name}": value for table, name, value in _things(inspect(connection))}
    programs = connection.execute(text(_PROGRAMS[connection.dialect.name]))
    return found | {f"program / {name}": _spaced(body) for name, body in programs}


def tables_of(connection: Connection) -> dict[str, set[str]]:
    """Return the columns of each table, by name; Alembic's own table is left out."""
    columns = inspect(connection).get_multi_columns()
    return {
        table: {one["name"] for one in found}
        for (_, table), found in columns.items()
        if table != "alembic_version"
    }


def differences(one: Shape, other: Shape) -> list[str]:
    """Return a line for each thing that is missing in one of them or is not the same."""
    return [
        f"{name}: {one.get(name)!r} is not {other.get(name)!r}"
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    ]


def _things(inspector: Inspector) -> Iterator[tuple[str, str, Any]]:
    kinds: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
        (inspector.get_multi_columns(), _column),
        (inspector.get_multi_foreign_keys(), _reference),
        (inspector.get_multi_unique_constraints(), lambda one: one["column_names"]),
        (inspector.get_multi_check_constraints(), lambda one: _spaced(one["sqltext"])),
        (inspector.get_multi_indexes(), lambda one: (one["column_names"], bool(one["unique"]))),
    )
    for (found, value_of), kind in zip(kinds, KINDS, strict=True):
        for (_, table), things in found.items():
            if table != "alembic_version":
                yield from ((table, f"{kind} / {one['name']}", value_of(one)) for one in things)
    for (_, table), key in inspector.get_multi_pk_constraint().items():
        if table != "alembic_version":
            yield table, f"primary key / {key['name']}", key["constrained_columns"]


def _column(one: Any) -> Any:
    return str(one["type"]), one["nullable"], one["default"]


def _reference(one: Any) -> Any:
    return one["constrained_columns"], one["referred_table"], one["referred_columns"], one["options"]


def _spaced(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()
