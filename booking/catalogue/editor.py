"""Who edits the catalogue, as far as it must know: a house, a name for the journal, the programmes that are run."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import Row, select, update

from booking.db import execute
from booking.errors import NotFound, Stale

LONGEST_TOLD = 500


class Editor(Protocol):
    """Somebody of the staff who acts; ``runs`` says whether a programme (None: of no programme) is theirs."""

    @property
    def house_id(self) -> int: ...

    @property
    def actor(self) -> str: ...

    def runs(self, programme_id: int | None) -> bool: ...


def found(table: Any, row_id: int, *, house_id: int, version: int) -> Row[Any]:
    """Return the row of a versioned table; raises NotFound, and Stale if it has another version."""
    row = execute(
        select(*table.__table__.columns).where(table.id == row_id, table.house_id == house_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale
    return row


def write(table: Any, row: Row[Any], values: Mapping[str, Any]) -> None:
    """Write values and the next version over the row that ``found`` returned; raises Stale if it has changed."""
    changed = update(table).where(table.id == row.id, table.version == row.version)
    written = execute(changed.values(version=row.version + 1, **values).returning(table.id))
    if written.scalar() is None:
        raise Stale


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return old and new of what differs, as the journal tells it."""
    return {name: [_told(old[name]), _told(new[name])] for name in new if old[name] != new[name]}


def _told(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST_TOLD:
        return value[:LONGEST_TOLD] + "…"
    if isinstance(value, Mapping):
        return {name: _told(one) for name, one in value.items()}
    return [_told(one) for one in value] if _is_list(value) else value


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str)
