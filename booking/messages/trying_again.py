"""Deeds of staff on the outbox: try a mail again now, or give it up."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal
from booking.messages.models import FAILED, LEASED, OWED, PARKED, SENT, SKIPPED, OutgoingMail
from booking.messages.staff_refusals import Forgotten, NewerHasLeft, NotGiveable, NotTriable

_TRIABLE = (OWED, FAILED, PARKED)


def try_again(mail_id: int, *, house_id: int, actor: str, now: datetime) -> None:
    """Let the worker send a mail now: one that waits for its next try, that has failed or is parked.

    It is owed anew, so that it is tried for as long as a new one.  Raises
    NotFound, NotTriable for what has left or need not leave, Forgotten once
    its address is deleted, and NewerHasLeft where a calendar would get the
    older state after the newer one.
    """
    row = _locked(mail_id, house_id)
    if row.state not in _TRIABLE:
        raise NotTriable
    if not row.recipient:
        raise Forgotten
    if row.method is not None and row.state != OWED and _newer_has_left(row):
        raise NewerHasLeft
    values: dict[str, Any] = {"state": OWED, "due_at": now, "tries": 0, "fault": "", "done_at": None}
    execute(_this(mail_id).values(**values, created_at=now))
    _record("mail.tried_again", mail_id, house_id=house_id, actor=actor, now=now)


def give_up(mail_id: int, *, house_id: int, actor: str, now: datetime) -> None:
    """Send a mail no more, because somebody has seen to it; raises NotFound, and NotGiveable once it has left."""
    row = _locked(mail_id, house_id)
    if row.state not in _TRIABLE:
        raise NotGiveable
    forgotten: dict[str, Any] = {"recipient": "", "facts": {}, "fault": ""} if row.forget_when_sent else {}
    execute(_this(mail_id).values(state=SKIPPED, done_at=now, **forgotten))
    _record("mail.given_up", mail_id, house_id=house_id, actor=actor, now=now)


def _locked(mail_id: int, house_id: int) -> Any:
    wanted = select(
        OutgoingMail.id,
        OutgoingMail.state,
        OutgoingMail.recipient,
        OutgoingMail.method,
        OutgoingMail.thread,
        OutgoingMail.forget_when_sent,
    ).where(OutgoingMail.id == mail_id, OutgoingMail.house_id == house_id)
    row = execute(wanted.with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    return row


def _newer_has_left(row: Any) -> bool:
    newer = select(OutgoingMail.id).where(
        OutgoingMail.thread == row.thread,
        OutgoingMail.id > row.id,
        OutgoingMail.method.is_not(None),
        OutgoingMail.state.in_((SENT, LEASED)),
    )
    return execute(newer.limit(1)).scalar() is not None


def _this(mail_id: int) -> Any:
    return update(OutgoingMail).where(OutgoingMail.id == mail_id)


def _record(deed: str, mail_id: int, *, house_id: int, actor: str, now: datetime) -> None:
    journal.record(deed, house_id=house_id, actor=actor, object_kind="mail", object_id=mail_id, now=now)
