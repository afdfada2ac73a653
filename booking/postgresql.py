"""Connections to PostgreSQL that do not wait for ever; loaded where it is used: its driver takes 9 MB of a process."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Connection, Dialect

T = TypeVar("T")

ANSWER_SECONDS = 20  # longer than the server itself lets a statement or a lock take


class _PatientConnection(psycopg.Connection[Any]):
    """A connection that is given up when a living server would long have answered or cancelled."""

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        if timeout is not None:  # psycopg's own, which it expects to end
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, ANSWER_SECONDS)
        except psycopg.errors._WaitTimeout as fault:
            self.pgconn.finish()
            raise psycopg.OperationalError("the server has not answered in time") from fault


def begin(connection: Connection) -> None:
    """Let a transaction that need not last answer before it is on the disk (SQLAlchemy's event ``begin``)."""
    if not connection.get_execution_options().get("lasting", True):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


def connect_with_patience(
    _dialect: Dialect, _record: object, arguments: Sequence[Any], options: Mapping[str, Any]
) -> _PatientConnection:
    """Open a connection for SQLAlchemy (its event ``do_connect``)."""
    return _PatientConnection.connect(*arguments, **options)
