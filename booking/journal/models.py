"""Table: event."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base


class Event(Base):
    """Who did what to which object, and how many; ids and counts only.

    ``changes``  what a deed changed, by the name of the field: [old, new], never of persons
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_house_id_happened_at", "house_id", "happened_at"),
        Index("ix_event_object_kind_object_id", "object_kind", "object_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    happened_at: Mapped[datetime]
    actor: Mapped[str]
    deed: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[int]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
