"""The database: engine, naming rules, instants, the unit of work, and refusals read from constraint names."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    Engine,
    Executable,
    MetaData,
    UniqueConstraint,
    event,
    exc,
    inspect,
    text,
)
from sqlalchemy.engine import Connection, CursorResult, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from booking.errors import DomainError, Overtaken
from booking.timekit.instants import from_epoch, to_epoch

T = TypeVar("T")

TRIES = 4
TRIES_OVERTAKEN = 24  # somebody else got on each time, so it ends; movers send nobody away who cancels
_AWAY = (OperationalError, exc.InterfaceError, exc.PendingRollbackError, exc.TimeoutError)
DatabaseFault = SQLAlchemyError  # what views may catch without knowing SQLAlchemy
TRANSIENT = {"40001", "40P01"}  # serialization failure, deadlock detected
REDRAWN = {"uq_booking_reference", "uq_host_house_id_key", "uq_voice_reference"}  # it existed: drawn again
TWICE = {"uq_series_once", "uq_occurrence_once"}  # a form pressed twice: the second finds what the first made
SWEPT = {"fk_booking_claim_id", "fk_booking_occurrence_id"}  # housekeeping deleted what a deed had just read
BUSY_SECONDS = 10
REHEARSED = "rehearsed"  # in the information of the session: a unit of work ends without a trace


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime in the program, whole epoch seconds in the database (ADR 0003)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_epoch(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_epoch(value)


class Base(DeclarativeBase):
    """Every table; names of constraints say what is true."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant}
    refusals: dict[str, type[DomainError]] = {}


db = SQLAlchemy(metadata=Base.metadata)


def one_of(column: str, values: Iterable[str], *, name: str) -> CheckConstraint:
    """Return a CHECK that ``column`` is one of ``values``."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def engine_options(url: str) -> dict[str, Any]:
    """Return what Flask-SQLAlchemy shall hand to the engine for this address."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"hide_parameters": True, "connect_args": {"isolation_level": None, "timeout": BUSY_SECONDS}}
    limits = "-c timezone=UTC -c statement_timeout=15000 -c lock_timeout=10000"
    limits += " -c idle_in_transaction_session_timeout=60000"
    return {
        "hide_parameters": True,  # names and addresses have no place in a log
        "pool_pre_ping": True,
        "pool_timeout": 10,
        "connect_args": {"options": limits, "connect_timeout": 5},
    }


def prepare_engine(engine: Engine) -> None:
    """Make SQLite safe: real transactions, foreign keys, WAL (its default driver mode double-books).

    PostgreSQL gets connections that do not wait for ever for a server that has stopped to answer.
    """
    if engine.dialect.name != "sqlite":
        from booking.postgresql import begin, connect_with_patience

        event.listen(engine, "do_connect", connect_with_patience)
        event.listen(engine, "begin", begin)
        return
    event.listen(engine, "connect", _sqlite_pragmas)
    event.listen(engine, "begin", _sqlite_begin)


def _sqlite_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "synchronous=FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    wanted = "FULL" if options.get("lasting", True) else "NORMAL"
    if connection.info.get("synchronous", "FULL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
        connection.info["synchronous"] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


def execute(
    statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Run a Core statement in the running transaction, or in a reading one that it begins.

    It goes to the connection, past the ORM, which costs twice as much.
    """
    return db.session.connection().execute(statement, parameters)


def unit_of_work(deed: Callable[[], T], *, lasting: bool = True) -> T:
    """Do ``deed`` in one transaction that may write, commit, and return what it returned.

    ``lasting``  False: the last seconds of it may be lost with the power, so nobody waits for the disk

    An open read transaction ends first.  A deadlock, a serialization failure, a redrawn random value, a
    form pressed twice or a swept claim is tried again, TRIES times in all, an Overtaken TRIES_OVERTAKEN times:
    the deed must do nothing that a rollback does not undo.  A refusing constraint raises its DomainError.
    """
    for attempt in count(1):
        try:
            return _once(deed, lasting=lasting)
        except (DBAPIError, Overtaken) as fault:
            if attempt < _tries_after(fault):
                continue
            refusal = refusal_of(fault)
            if refusal is None:
                raise
            raise refusal() from fault
    raise AssertionError("unreachable")


def _once(deed: Callable[[], T], *, lasting: bool) -> T:
    db.session.rollback()
    try:
        db.session.connection(execution_options={"writes": True, "lasting": lasting})
        result = deed()
        db.session.rollback() if db.session.info.get(REHEARSED) else db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    _Commits.latest = next(_Commits.numbers)
    return result


class _Commits:
    numbers, latest = count(1), 0


def commits() -> int:
    """Return a number that changes with every unit of work which this process has committed."""
    return _Commits.latest


def _tries_after(fault: DBAPIError | Overtaken) -> int:
    """Return how often a deed is tried in all after such a fault."""
    if isinstance(fault, Overtaken):
        return TRIES_OVERTAKEN
    is_transient = getattr(fault.orig, "sqlstate", None) in TRANSIENT
    return TRIES if is_transient or constraint_name(fault) in REDRAWN | TWICE | SWEPT else 1


def schema_revision() -> str | None:
    """Return the revision of the database, or None for an empty one."""
    if not inspect(db.session.connection()).has_table("alembic_version"):
        return None
    return execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_away(fault: Exception) -> bool:
    """Return whether the database cannot be used just now: no connection (left), locked too long, full, starting."""
    return isinstance(fault, _AWAY) or (isinstance(fault, DBAPIError) and fault.connection_invalidated)


def told(fault: Exception) -> str:
    """Return what the database said, on one line, for a terminal."""
    return " ".join(str(getattr(fault, "orig", fault)).split())


def refusal_of(fault: Exception) -> type[DomainError] | None:
    """Return the DomainError that stands for the constraint which refused, if a table names one."""
    name = constraint_name(fault)
    for mapper in Base.registry.mappers:
        refusals: dict[str, type[DomainError]] = mapper.class_.refusals
        if name in refusals:
            return refusals[name]
    return None


def constraint_name(fault: Exception) -> str | None:
    """Return the name of the constraint or guard that refused, from either driver."""
    if not isinstance(fault, DBAPIError):
        return None
    diagnosis = getattr(fault.orig, "diag", None)
    if diagnosis is not None:
        name: str | None = diagnosis.constraint_name
        return name
    return _sqlite_constraint(str(fault.orig)) if isinstance(fault, IntegrityError) else None


def _sqlite_constraint(text: str) -> str | None:
    if match := re.fullmatch(r"CHECK constraint failed: (\w+)", text):
        return match[1]
    if match := re.fullmatch(r"UNIQUE constraint failed: (.+)", text):
        return _unique_name(match[1])
    return text if re.fullmatch(r"\w+", text) else None


def _unique_name(columns: str) -> str | None:
    """Return the name behind SQLite's "table.column, table.column"."""
    pairs = [part.strip().split(".") for part in columns.split(",")]
    table = Base.metadata.tables[pairs[0][0]]
    wanted = {column for _, column in pairs}
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and set(constraint.columns.keys()) == wanted:
            return str(constraint.name)
    return None
