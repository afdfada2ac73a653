"""Tables: booking and its party."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.bookings.states import STATES
from booking.db import Base, one_of

CATEGORIES = ("adults", "children", "pupils", "companions")
LANGUAGES = ("de", "en", "ls")


class Booking(Base):
    """What a citizen or a school has: reference, contact, state, and the place in the calendar.

    ``once`` is the key of the form that made it.  ``uid`` and ``sequence``
    are those of RFC 5545, 3.8.4.7 and 3.8.7.4.  Contact columns are empty
    once ``erased_at`` is set.  ``unreachable_at``: mail could not be
    delivered, staff phone.
    """

    __tablename__ = "booking"
    __table_args__ = (
        one_of("state", STATES, name="state_is_known"),
        one_of("language", LANGUAGES, name="language_is_known"),
        CheckConstraint("sequence >= 0", name="sequence_is_not_negative"),
        CheckConstraint("length(reference) = 8", name="reference_has_8_characters"),
        CheckConstraint(
            "erased_at IS NULL OR (name = '' AND email = '' AND phone = '' AND note = '')",
            name="erased_is_empty",
        ),
        Index("ix_booking_occurrence_id", "occurrence_id"),
        Index("ix_booking_email", "email"),
        Index("ix_booking_ends_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
    once: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"), index=True)
    state: Mapped[str]
    language: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    unreachable_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class PartyCount(Base):
    """How many people of one category a booking brings; counts, never names."""

    __tablename__ = "party_count"
    __table_args__ = (
        one_of("category", CATEGORIES, name="category_is_known"),
        CheckConstraint("people > 0", name="people_are_positive"),
    )

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]
