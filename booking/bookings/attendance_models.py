"""Tables of check-in: when a party arrived, and how many of it came; counts, never names."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from booking.bookings.models import CATEGORIES
from booking.db import Base, one_of


class Arrival(Base):
    """What staff have noted of a party at the door.

    ``version`` rises with every change, so that two desks do not overwrite each
    other.  ``arrived_at`` is empty while nobody is checked in, and again once
    the booking is erased.
    """

    __tablename__ = "arrival"
    __table_args__ = (CheckConstraint("version > 0", name="version_is_positive"),)

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    arrived_at: Mapped[datetime | None]
    version: Mapped[int]


class Attendance(Base):
    """How many people of one category came; no row: none."""

    __tablename__ = "attendance"
    __table_args__ = (
        one_of("category", CATEGORIES, name="category_is_known"),
        CheckConstraint("people > 0", name="people_are_positive"),
    )

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]
