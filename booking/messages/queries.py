"""Questions about the outbox."""

from datetime import datetime

from sqlalchemy import func, select

from booking.db import execute
from booking.messages.models import FAILED, LEASED, OWED, PARKED, SENT, OutgoingMail


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
