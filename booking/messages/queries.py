"""Questions about the outbox."""

from datetime import datetime

from sqlalchemy import func, select

from booking.db import db
from booking.messages.models import LEASED, OWED, OutgoingMail


def oldest_owed(now: datetime) -> int | None:
    """Return the age in seconds of the oldest mail that is still owed, or None."""
    wanted = select(func.min(OutgoingMail.created_at)).where(OutgoingMail.state.in_((OWED, LEASED)))
    oldest = db.session.execute(wanted).scalar()
    return None if oldest is None else int((now - oldest).total_seconds())


def counts_by_state() -> dict[str, int]:
    """Return how many mails are in each state."""
    wanted = select(OutgoingMail.state, func.count()).group_by(OutgoingMail.state)
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def thread_of(mail_id: int) -> str | None:
    """Return the thread of a mail, or None if there is no such mail."""
    return db.session.execute(select(OutgoingMail.thread).where(OutgoingMail.id == mail_id)).scalar()
