"""Questions about the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from booking.db import execute
from booking.messages.models import FAILED, LEASED, OWED, PARKED, SENT, OutgoingMail

STUCK_AFTER = timedelta(minutes=15)
LOST_LATELY = timedelta(hours=1)
_LONGEST_WAY = timedelta(days=7)  # a mail that was lost lately was due at most so long before


@dataclass(frozen=True, slots=True)
class Trouble:
    """Whether mail of a house does not leave: since how many minutes the oldest waits, how many were lost lately."""

    minutes: int
    lost: int


def trouble(*, house_id: int, now: datetime) -> Trouble | None:
    """Return what is wrong with the mail of a house, or None while it leaves; one small statement."""
    owed = select(func.min(OutgoingMail.created_at)).where(
        OutgoingMail.house_id == house_id, OutgoingMail.state.in_((OWED, LEASED))
    )
    lost = select(func.count()).where(
        OutgoingMail.house_id == house_id,
        OutgoingMail.state.in_((FAILED, PARKED)),
        OutgoingMail.due_at > now - _LONGEST_WAY,
        OutgoingMail.done_at > now - LOST_LATELY,
    )
    oldest, lately = execute(select(owed.scalar_subquery(), lost.scalar_subquery())).one()
    waits = now - oldest if oldest is not None else timedelta(0)
    minutes = int(waits.total_seconds() // 60) if waits >= STUCK_AFTER else 0
    return Trouble(minutes, lately) if minutes or lately else None


def oldest_owed(now: datetime) -> int | None:
    """Return the age in seconds of the oldest mail that is still owed, or None."""
    wanted = select(func.min(OutgoingMail.created_at)).where(OutgoingMail.state.in_((OWED, LEASED)))
    oldest = execute(wanted).scalar()
    return None if oldest is None else int((now - oldest).total_seconds())


def thread_and_recipient(mail_id: int) -> tuple[str, str] | None:
    """Return the thread of a mail and its address (empty when forgotten), or None if there is no such mail."""
    wanted = select(OutgoingMail.thread, OutgoingMail.recipient).where(OutgoingMail.id == mail_id)
    row = execute(wanted).one_or_none()
    return None if row is None else (row.thread, row.recipient)


def has_left(thread: str, recipient: str) -> bool:
    """Return whether a mail of a thread was sent to an address, or is being sent to it."""
    gone = OutgoingMail.state.in_((SENT, LEASED))
    wanted = select(OutgoingMail.id).where(
        OutgoingMail.thread == thread, OutgoingMail.recipient == recipient, gone
    )
    return execute(wanted.limit(1)).scalar() is not None


def recipients(thread: str) -> list[str]:
    """Return every address to which mails of a thread were or will be sent, as long as it is kept."""
    wanted = select(OutgoingMail.recipient).where(OutgoingMail.thread == thread, OutgoingMail.recipient != "")
    return list(execute(wanted.distinct().order_by(OutgoingMail.recipient)).scalars())


def is_begun(thread: str) -> bool:
    """Return whether any mail of a thread was sent, or is being sent, however long ago."""
    gone = OutgoingMail.state.in_((SENT, LEASED))
    return (
        execute(select(OutgoingMail.id).where(OutgoingMail.thread == thread, gone).limit(1)).scalar()
        is not None
    )


def has_come_back(thread: str) -> bool:
    """Return whether a mail of a thread could not be delivered, or not be written."""
    lost = (OutgoingMail.thread == thread) & OutgoingMail.state.in_((FAILED, PARKED))
    return execute(select(OutgoingMail.id).where(lost).limit(1)).scalar() is not None
