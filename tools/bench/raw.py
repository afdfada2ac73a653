"""The limit: the rows that a booking is made of, written by the bare driver in one transaction, without HTTP.

Claim, booking, allocation and owed mail, each a copy of rows that the platform wrote, so that they are as
large and pass the same triggers.
"""

import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Rows = Mapping[str, Mapping[str, Any]]
TABLES = ("claim", "booking", "allocation", "outgoing_mail")
BUSY_MILLISECONDS = 10_000


class Database(Protocol):
    """What the two drivers do alike."""

    def execute(self, statement: str, values: Sequence[Any], /) -> Any: ...


class Writer:
    """A connection that writes bookings; ``rows`` is one whole row of each of TABLES, without its id."""

    def __init__(self, url: str, rows: Rows, label: str) -> None:
        self._is_sqlite = url.startswith("sqlite")
        self._database = _sqlite(url) if self._is_sqlite else _postgresql(url)
        self._rows = {table: dict(rows[table]) for table in TABLES}
        self._statements = {table: self._insert(table) for table in TABLES}
        self._label = label
        self._number = 0

    def write(self, date: Mapping[str, int]) -> None:
        """Write one booking of a date: its ``occurrence_id``, ``resource_id``, ``starts_at``, ``ends_at``."""
        self._number += 1
        self._database.execute("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN", ())
        when = {"starts_at": date["starts_at"], "ends_at": date["ends_at"]}
        claim_id = self._put("claim")
        booking_id = self._put(
            "booking",
            once=f"{self._label}-{self._number}",
            reference=uuid.uuid4().hex[:8].upper(),
            uid=str(uuid.uuid4()),
            claim_id=claim_id,
            occurrence_id=date["occurrence_id"],
            **when,
        )
        self._put("allocation", claim_id=claim_id, resource_id=date["resource_id"], quantity=1, **when)
        self._put("outgoing_mail", thread=f"booking:{booking_id}")
        self._database.execute("COMMIT", ())

    def _put(self, table: str, **own: Any) -> int:
        row = self._rows[table] | own
        cursor = self._database.execute(self._statements[table], list(row.values()))
        return int(cursor.lastrowid if self._is_sqlite else cursor.fetchone()[0])

    def _insert(self, table: str) -> str:
        columns = self._rows[table]
        marks = ", ".join(["?" if self._is_sqlite else "%s"] * len(columns))
        returning = "" if self._is_sqlite else " RETURNING id"
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}){returning}"


def _sqlite(url: str) -> Database:
    """Return a connection that is as careful as the platform's: write-ahead log, synchronous=FULL."""
    database = sqlite3.connect(url.removeprefix("sqlite:///").partition("?")[0], isolation_level=None)
    pragmas = ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}")
    for pragma in (*pragmas, f"synchronous={'NORMAL' if url.endswith('?normal') else 'FULL'}"):
        database.execute(f"PRAGMA {pragma}")
    return database


def _postgresql(url: str) -> Database:
    import psycopg

    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
