"""Table: attempt_count."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base


class AttemptCount(Base):
    """How many attempts one key made in one window; the key is a keyed hash."""

    __tablename__ = "attempt_count"
    __table_args__ = (Index("ix_attempt_count_window_ends_at", "window_ends_at"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    window_ends_at: Mapped[datetime] = mapped_column(primary_key=True)
    attempts: Mapped[int]
