"""One PostgreSQL database for many tests of a process: emptied to what its template holds, not copied anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from tests.servers import drop_database, fresh_database

MOST_USES = 60  # deleted rows stay in the files until somebody sweeps: then a fresh copy is quicker
_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_SHAPE = """
SELECT md5(string_agg(said, ',' ORDER BY said)) FROM (
  SELECT relname || relkind::text AS said FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT conname || conrelid::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT proname || md5(prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT attrelid::text || attname || atttypid::text FROM pg_attribute
    WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
) AS parts"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


class ReusedDatabase:
    """A copy of a template that is lent to one test after the other."""

    def __init__(self, admin_url: str, template_url: str) -> None:
        self._admin_url, self._template_url = admin_url, template_url
        self._url, self._uses = "", 0
        self._shape, self._reset = "", sql.Composed([])

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Give the URL of a database that holds what the template holds."""
        if not self._url:
            self._copy()
        yield self._url
        self._uses += 1
        if self._uses >= MOST_USES or not self._is_emptied():
            self.drop()

    def drop(self) -> None:
        """Remove the database; the next test gets a fresh one."""
        if self._url:
            drop_database(self._admin_url, self._url)
        self._url, self._uses = "", 0

    def _copy(self) -> None:
        self._url = fresh_database(self._admin_url, self._template_url)
        with _connected(self._url) as connection:
            self._shape = _value(connection, _SHAPE)
            self._reset = sql.Composed(list(_resetting(connection)))

    def _is_emptied(self) -> bool:
        """Put the rows of the template back; False where a test has changed the schema, or somebody holds a lock."""
        with _connected(self._url) as connection:
            connection.execute(_OTHERS)
            if _value(connection, _SHAPE) != self._shape:
                return False
            try:
                connection.execute(self._reset)
            except psycopg.errors.LockNotAvailable:
                return False
        return True


def _resetting(connection: psycopg.Connection[Any]) -> Iterator[sql.Composable]:
    """Yield the statements that bring the rows and the counters back, without keys and triggers in their way."""
    yield sql.SQL("SET lock_timeout = '5s'; SET session_replication_role = replica;")
    for (table,) in connection.execute(_TABLES).fetchall():
        name = sql.Identifier(table)
        yield sql.SQL("DELETE FROM {};").format(name)
        rows = _value(connection, sql.SQL("SELECT json_agg(one)::text FROM {} AS one").format(name))
        if rows:
            put = "INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, {1});"
            yield sql.SQL(put).format(name, sql.Literal(rows))
    for sequence, value in connection.execute(_SEQUENCES).fetchall():
        put = "SELECT setval({}::regclass, {}, {});"
        literals = (sequence, value or 1, value is not None)
        yield sql.SQL(put).format(*map(sql.Literal, literals))


def _connected(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)


def _value(connection: psycopg.Connection[Any], query: "str | sql.Composable") -> Any:
    row = connection.execute(query).fetchone()  # type: ignore[arg-type]
    return row[0] if row else None
