"""Table: outgoing_mail, the outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of

OWED, LEASED, SENT, SKIPPED, FAILED, PARKED = "owed", "leased", "sent", "skipped", "failed", "parked"
STATES = (OWED, LEASED, SENT, SKIPPED, FAILED, PARKED)
METHODS = ("REQUEST", "CANCEL")


class OutgoingMail(Base):
    """A mail that is owed, written in the transaction of its cause; facts, not text.

    ``thread`` groups the mails of one booking, which leave in order of id.
    States: owed → leased → sent; skipped (overtaken); failed (refused for
    good, or too old); parked (it cannot be rendered).
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        one_of("state", STATES, name="state_is_known"),
        one_of("method", METHODS, name="method_is_known"),
        CheckConstraint("tries >= 0", name="tries_are_counted"),
        CheckConstraint("(state = 'leased') = (leased_until IS NOT NULL)", name="leased_has_its_end"),
        Index("ix_outgoing_mail_state_due_at", "state", "due_at"),
        Index("ix_outgoing_mail_thread_id", "thread", "id"),
        Index("ix_outgoing_mail_house_id_id", "house_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    thread: Mapped[str]
    kind: Mapped[str]
    method: Mapped[str | None]
    language: Mapped[str]
    recipient: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    request_id: Mapped[str] = mapped_column(default="")
    forget_when_sent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default=OWED)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    lease: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
