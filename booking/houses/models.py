"""Tables: house, its host names."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base


class House(Base):
    """A public house whose programme is booked here; loaded from a file of ``houses/``.

    ``facts`` holds what no query asks for: contact, address, hours, branding
    and texts, in the shape of ``houses.facts.House``.
    """

    __tablename__ = "house"
    __table_args__ = (CheckConstraint("length(key) > 0", name="key_is_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    zone: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)


class HouseHostname(Base):
    """A host name under which a house is reached."""

    __tablename__ = "house_hostname"

    hostname: Mapped[str] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
