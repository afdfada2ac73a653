"""Deeds of the outbox: owe a mail, lease the next one, note how it went."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import random
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.orm import aliased

from booking.db import execute
from booking.messages import rules
from booking.messages.models import FAILED, LEASED, OWED, PARKED, SENT, SKIPPED, OutgoingMail

FAULT_LENGTH = 500
_FORGOTTEN: Mapping[str, Any] = {"recipient": "", "facts": {}, "fault": ""}


@dataclass(frozen=True, slots=True)
class Owed:
    """A mail to owe; ``thread`` groups the mails of one booking."""

    house_id: int
    thread: str
    kind: str
    language: str
    recipient: str
    facts: Mapping[str, Any]
    method: str | None = None
    forget_when_sent: bool = False


@dataclass(frozen=True, slots=True)
class Leased:
    """A mail that this worker alone may send until its lease ends."""

    id: int
    lease: str
    house_id: int
    thread: str
    kind: str
    method: str | None
    language: str
    recipient: str
    facts: Mapping[str, Any]
    request_id: str
    tries: int
    created_at: datetime
    replies_to: int | None


_OWE = insert(OutgoingMail).returning(OutgoingMail.id)


def owe(mail: Owed, *, request_id: str = "", now: datetime) -> int:
    """Write an owed mail in the running transaction and return its id, or 0: nobody has no address.

    An unsent REQUEST of the same thread that a CANCEL overtakes is skipped.
    """
    if mail.method == "CANCEL":
        _skip_overtaken(mail.thread, now=now)
    if not mail.recipient:
        return 0
    row = {
        "house_id": mail.house_id,
        "thread": mail.thread,
        "kind": mail.kind,
        "method": mail.method,
        "language": mail.language,
        "recipient": mail.recipient,
        "facts": dict(mail.facts),
        "request_id": request_id,
        "forget_when_sent": mail.forget_when_sent,
        "state": OWED,
        "due_at": now,
        "created_at": now,
    }
    return int(execute(_OWE, row).scalar_one())


def withdraw(thread: str, *, now: datetime) -> None:
    """Skip what is still owed in a thread, for example to an address that was wrong."""
    unsent = (OutgoingMail.thread == thread) & (OutgoingMail.state == OWED)
    execute(update(OutgoingMail).where(unsent).values(state=SKIPPED, done_at=now))


def withdraw_unsent(*, house_id: int, now: datetime) -> None:
    """Skip everything that a house still owes: for demos, whose people do not exist."""
    unsent = (OutgoingMail.house_id == house_id) & (OutgoingMail.state == OWED)
    execute(update(OutgoingMail).where(unsent).values(state=SKIPPED, done_at=now))


def redirect(thread: str, recipient: str, *, facts: Mapping[str, Any]) -> None:
    """Send what is still owed in a thread to another address, with these facts in place of the old ones."""
    unsent = (OutgoingMail.thread == thread) & (OutgoingMail.state == OWED)
    for row in execute(select(OutgoingMail.id, OutgoingMail.facts).where(unsent)).all():
        renewed = {**row.facts, **facts}
        this = update(OutgoingMail).where(OutgoingMail.id == row.id)
        execute(this.values(recipient=recipient, facts=renewed))


def forget_thread(thread: str, *, leaves: bool = False) -> None:
    """Erase addresses and facts of every mail of a thread that is done or on its way: it is not tried again.

    What is owed stays, and so does the proof of an erasure that is on its way.
    ``leaves``  what is on its way is tried again, and is erased once it is done
    """
    done = OutgoingMail.state.in_((SENT, SKIPPED, FAILED, PARKED))
    mine = update(OutgoingMail).where(OutgoingMail.thread == thread)
    on_its_way = mine.where(OutgoingMail.state == LEASED, OutgoingMail.forget_when_sent.is_(False))
    execute(on_its_way.values(forget_when_sent=True, **({} if leaves else _FORGOTTEN)))
    execute(mine.where(done).values(**_FORGOTTEN))


def forget_done(*, before: datetime) -> int:
    """Erase addresses and facts of mails done before ``before`` and return how many."""
    old = (OutgoingMail.done_at < before) & (OutgoingMail.recipient != "")
    erased = update(OutgoingMail).where(old).values(**_FORGOTTEN)
    return len(execute(erased.returning(OutgoingMail.id)).all())


def lease_next(*, now: datetime) -> Leased | None:
    """Lease the oldest due mail whose thread has nothing unsent before it, or return None.

    A lease that ended (its worker died) is taken over.  On PostgreSQL, rows
    that another worker is just leasing are passed over.
    """
    found = execute(_due(now).limit(1).with_for_update(skip_locked=True)).scalar()
    if found is None:
        return None
    lease = secrets.token_hex(8)
    leased = (
        update(OutgoingMail)
        .where(OutgoingMail.id == found)
        .values(state=LEASED, lease=lease, leased_until=now + rules.LEASE, tries=OutgoingMail.tries + 1)
        .returning(*_COLUMNS)
    )
    row = execute(leased).one()
    mail = Leased(**row._mapping, replies_to=_first_of(row.thread, before=row.id))
    if mail.recipient or mail.facts:
        return mail
    mark_skipped(mail, now=now)  # forgotten while a worker that died held it
    return lease_next(now=now)


def is_overtaken(mail: Leased) -> bool:
    """Return whether a CANCEL was owed after this REQUEST."""
    later = select(OutgoingMail.id).where(
        OutgoingMail.thread == mail.thread, OutgoingMail.id > mail.id, OutgoingMail.method == "CANCEL"
    )
    return mail.method == "REQUEST" and execute(later.limit(1)).scalar() is not None


def mark_sent(mail: Leased, *, remark: str = "", now: datetime) -> None:
    """Note that the mail server took the mail; ``remark``: what staff should know of it all the same."""
    _finish(mail, state=SENT, fault=remark, now=now)


def mark_skipped(mail: Leased, *, now: datetime) -> None:
    """Note that the mail need not be sent any more."""
    _finish(mail, state=SKIPPED, fault="", now=now)


def mark_failed(mail: Leased, fault: str, *, now: datetime) -> None:
    """Note that the mail was refused for good, or is too old: staff see it."""
    _finish(mail, state=FAILED, fault=fault, now=now)


def mark_later(mail: Leased, fault: str, *, now: datetime) -> None:
    """Note a passing fault; the mail is due again after a growing delay with jitter, unless it was forgotten."""
    due_at = now + rules.delay_after(mail.tries, jitter=random())  # noqa: S311 - spreads load, guards nothing
    if _release(mail, state=OWED, due_at=due_at, fault=fault[:FAULT_LENGTH]):
        forgotten = (OutgoingMail.id == mail.id) & (OutgoingMail.recipient == "")
        execute(update(OutgoingMail).where(forgotten).values(state=SKIPPED, done_at=now, fault=""))


def mark_parked(mail: Leased, fault: str, *, now: datetime) -> None:
    """Note that the mail cannot be made: set aside for staff, the queue goes on."""
    _finish(mail, state=PARKED, fault=fault, now=now)


_COLUMNS = (
    OutgoingMail.id,
    OutgoingMail.lease,
    OutgoingMail.house_id,
    OutgoingMail.thread,
    OutgoingMail.kind,
    OutgoingMail.method,
    OutgoingMail.language,
    OutgoingMail.recipient,
    OutgoingMail.facts,
    OutgoingMail.request_id,
    OutgoingMail.tries,
    OutgoingMail.created_at,
)


def _due(now: datetime) -> Any:
    earlier = aliased(OutgoingMail)
    before_it = select(earlier.id).where(
        earlier.thread == OutgoingMail.thread, earlier.id < OutgoingMail.id, earlier.state.in_((OWED, LEASED))
    )
    wanted = select(OutgoingMail.id).where(_is_due(now), ~before_it.exists())
    return wanted.order_by(OutgoingMail.due_at, OutgoingMail.id)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(OutgoingMail.state == OWED, OutgoingMail.due_at <= now),
        and_(OutgoingMail.state == LEASED, OutgoingMail.leased_until <= now),
    )


def _first_of(thread: str, *, before: int) -> int | None:
    first = select(OutgoingMail.id).where(OutgoingMail.thread == thread, OutgoingMail.id < before)
    return execute(first.order_by(OutgoingMail.id).limit(1)).scalar()


def _skip_overtaken(thread: str, *, now: datetime) -> None:
    overtaken = (
        (OutgoingMail.thread == thread) & (OutgoingMail.method == "REQUEST") & (OutgoingMail.state == OWED)
    )
    execute(update(OutgoingMail).where(overtaken).values(state=SKIPPED, done_at=now))


def _finish(mail: Leased, *, state: str, fault: str, now: datetime) -> None:
    """Set a last state; a mail that was to be forgotten loses address and facts with it."""
    if _release(mail, state=state, done_at=now, fault=fault[:FAULT_LENGTH]):
        forgotten = (OutgoingMail.id == mail.id) & OutgoingMail.forget_when_sent
        execute(update(OutgoingMail).where(forgotten).values(**_FORGOTTEN))


def _release(mail: Leased, **values: Any) -> bool:
    """Change the row while this lease holds it, and return whether it did: one that was too slow changes nothing."""
    mine = (OutgoingMail.id == mail.id) & (OutgoingMail.lease == mail.lease) & (OutgoingMail.state == LEASED)
    released = update(OutgoingMail).where(mine).values(lease=None, leased_until=None, **values)
    return execute(released.returning(OutgoingMail.id)).scalar() is not None
