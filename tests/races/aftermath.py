"""What a race has left behind, and how the guards are taken away for one that must go wrong."""

from collections import Counter
from typing import Any

from sqlalchemy import text

from booking.db import db, unit_of_work
from booking.reports.invariants import broken
from booking.schedule import guard


def value(query: str, **values: object) -> Any:
    """Return the first value that a query finds."""
    return unit_of_work(lambda: db.session.execute(text(query), values).scalar())


def holds_together() -> None:
    """Fail unless every invariant holds."""
    db.session.rollback()
    assert broken(db.session.connection()) == []


def every_change_has_its_mail() -> None:
    """SEQUENCE counts the changes: each has a mail of its own, in the order of the changes."""
    mails = "SELECT thread, facts FROM outgoing_mail WHERE kind IN ('moved', 'changed') ORDER BY id"
    rows = unit_of_work(lambda: [tuple(row) for row in db.session.execute(text(mails))])
    counted = Counter(thread for thread, _ in rows)
    query = "SELECT id, sequence - CASE WHEN state = 'confirmed' THEN 0 ELSE 1 END FROM booking"
    changes = unit_of_work(lambda: [tuple(row) for row in db.session.execute(text(query))])
    assert {f"booking:{id_}": number for id_, number in changes if number} == dict(counted)


def drop_guards() -> None:
    """Take the triggers away, for a control."""
    on = ("allocation", "allocation", "allocation", "resource")
    is_sqlite = db.engine.dialect.name == "sqlite"
    for name, table in zip(guard.GUARDS, on, strict=True):
        statement = f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table}")
        unit_of_work(lambda: db.session.execute(text(statement)))  # noqa: B023 - called at once
