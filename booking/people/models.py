"""Table: host."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of

KINDS = ("expert", "guide", "interpreter")


class Host(Base):
    """A person who gives tours, talks or consultations; may have no login."""

    __tablename__ = "host"
    __table_args__ = (
        UniqueConstraint("house_id", "key"),
        one_of("kind", KINDS, name="kind_is_known"),
        CheckConstraint("length(first_name) > 0", name="first_name_is_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    key: Mapped[str]
    kind: Mapped[str]
    first_name: Mapped[str]
    last_name: Mapped[str]
    languages: Mapped[list[Any]] = mapped_column(JSON)
    is_active: Mapped[bool] = mapped_column(default=True)
