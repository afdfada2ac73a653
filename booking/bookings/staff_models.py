"""Tables of what staff do with bookings: places held back for phone and desk, and notes beside a booking."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of

NOTE, REASON = "note", "reason"
NOTE_KINDS = (NOTE, REASON)
LONGEST_NOTE = 1000
LONGEST_RELEASE = 60 * 24 * 60  # minutes: sixty days


class HeldBack(Base):
    """Places of a date that are kept for phone and desk; the claim holds them, so that the guard counts them.

    ``minutes_before``  so long before the start the rest is free for everybody, or None: never.
                        The claim ends at that instant: from then on its places count as free
    """

    __tablename__ = "held_back"
    __table_args__ = (
        UniqueConstraint("occurrence_id"),
        UniqueConstraint("claim_id"),
        CheckConstraint("places > 0", name="places_are_positive"),
        CheckConstraint(
            f"minutes_before >= 0 AND minutes_before <= {LONGEST_RELEASE}", name="ends_before_the_date"
        ),
        CheckConstraint("version > 0", name="version_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"))
    places: Mapped[int]
    minutes_before: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)


class BookingNote(Base):
    """What staff wrote beside a booking, for staff alone; a reason is the one that the booker was told of.

    Erased with the booking.
    """

    __tablename__ = "booking_note"
    __table_args__ = (
        one_of("kind", NOTE_KINDS, name="kind_is_known"),
        CheckConstraint(f"length(words) > 0 AND length(words) <= {LONGEST_NOTE}", name="words_are_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(default=NOTE)
    words: Mapped[str]
    written_at: Mapped[datetime]
