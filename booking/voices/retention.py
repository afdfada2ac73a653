"""Deed of the worker: delete what people told us once its time is over."""

from datetime import datetime
from functools import partial

from sqlalchemy import or_, select

from booking.db import execute, unit_of_work
from booking.journal import service as journal
from booking.voices import rules, service
from booking.voices.models import Voice

BATCH = 200


def run(*, now: datetime) -> int:
    """Delete what is due in small units of work, and return how much; may run twice, and on two machines."""
    deleted = 0
    while due := unit_of_work(lambda: _due(now)):
        deleted += sum(unit_of_work(partial(_forget, voice_id, now=now)) for voice_id in due)
    return deleted


def _due(now: datetime) -> list[int]:
    is_over = or_(
        *(
            (Voice.kind == kind) & (Voice.changed_at <= now - (rules.kept_until(kind, now) - now))
            for kind in rules.MONTHS_KEPT
        )
    )
    return list(execute(select(Voice.id).where(is_over).order_by(Voice.id).limit(BATCH)).scalars())


def _forget(voice_id: int, *, now: datetime) -> bool:
    """Delete it unless somebody else just did."""
    mine = select(Voice.house_id, Voice.kind).where(Voice.id == voice_id).with_for_update()
    row = execute(mine).one_or_none()
    if row is None:
        return False
    service.forget(voice_id, now=now)
    journal.record(
        "voice.expired",
        house_id=row.house_id,
        actor="system",
        object_kind=row.kind,
        object_id=voice_id,
        now=now,
    )
    return True
