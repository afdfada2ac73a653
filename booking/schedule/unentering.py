"""Deeds: a changed day or an absence is taken back, so that the weekly hours count again."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete

from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal
from booking.schedule.availability_models import Absence, AvailabilityOverride
from booking.schedule.hours import Of


def remove_override(override_id: int, *, of: Of, house_id: int, now: datetime, actor: str = "system") -> None:
    """Let the weekly hours count again on a date; raises NotFound unless it is one of this host or room."""
    _remove(AvailabilityOverride, override_id, of, house_id)
    _record("hours.day_restored", of, house_id=house_id, actor=actor, now=now)


def remove_absence(absence_id: int, *, of: Of, house_id: int, now: datetime, actor: str = "system") -> None:
    """Let a host or room be there again; raises NotFound unless the absence is one of this host or room."""
    _remove(Absence, absence_id, of, house_id)
    _record("absence.removed", of, house_id=house_id, actor=actor, now=now)


def _remove(table: type[AvailabilityOverride | Absence], row_id: int, of: Of, house_id: int) -> None:
    mine: Any = table.host_id == of.host_id if of.host_id is not None else table.place_id == of.place_id
    gone = delete(table).where(table.id == row_id, table.house_id == house_id, mine).returning(table.id)
    if execute(gone).scalar() is None:
        raise NotFound


def _record(deed: str, of: Of, *, house_id: int, actor: str, now: datetime) -> None:
    kind, number = ("host", of.host_id) if of.host_id is not None else ("place", of.place_id)
    journal.record(deed, house_id=house_id, actor=actor, object_kind=kind, object_id=number or 0, now=now)
