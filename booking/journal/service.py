"""Deed: record what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from booking.db import execute
from booking.journal.models import Event

_RECORD = insert(Event)


def record(
    deed: str,
    *,
    house_id: int,
    actor: str,
    object_kind: str,
    object_id: int,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
    **counts: int,
) -> None:
    """Append one event in the running transaction.

    ``deed``   a past participle with its noun, such as "booking.confirmed"
    ``actor``  "visitor", "system", "desk:<id>" or "staff:<id>": never a name or an address
    ``changes``  old and new of what changed, by the name of the field, as JSON can say it; nothing of persons
    """
    row = {"house_id": house_id, "happened_at": now, "actor": actor, "deed": deed, "counts": counts}
    row["changes"] = dict(changes or {})
    execute(_RECORD, row | {"object_kind": object_kind, "object_id": object_id})
