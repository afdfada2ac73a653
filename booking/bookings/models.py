"""Tables: booking, its party, and the hold that comes before it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from booking.bookings.rules import MOST_EXTENSIONS
from booking.bookings.states import STATES
from booking.catalogue.models import MEDIA
from booking.db import Base, one_of

CATEGORIES = ("adults", "children", "pupils", "companions")
LANGUAGES = ("de", "en", "ls")
SUSPICIONS = ("", "rush", "client")
ONLINE, BY_STAFF, WALK_IN = "online", "staff", "walk_in"
CHANNELS = (ONLINE, BY_STAFF, WALK_IN)


class Booking(Base):
    """What a citizen or a school has: reference, contact, state, and the place in the calendar.

    ``once`` is the key of the form that made it.  ``uid`` and ``sequence``
    are those of RFC 5545, 3.8.4.7 and 3.8.7.4.  Contact columns are empty
    once ``erased_at`` is set.  ``unreachable_at``: mail could not be
    delivered, staff phone.  ``confirm_until``: the places are kept so long for
    somebody who has yet to confirm the address.  ``video_told_at``: the address
    of the video call has been sent.  ``channel`` is how it came to be, with
    the staff who made it.  ``version`` rises with every change that staff
    could overlook; what the system notes by itself leaves it.
    """

    __tablename__ = "booking"
    __table_args__ = (
        one_of("state", STATES, name="state_is_known"),
        one_of("language", LANGUAGES, name="language_is_known"),
        one_of("channel", CHANNELS, name="channel_is_known"),
        CheckConstraint("version > 0", name="version_is_positive"),
        CheckConstraint("sequence >= 0", name="sequence_is_not_negative"),
        CheckConstraint("length(reference) = 8", name="reference_has_8_characters"),
        CheckConstraint(
            "erased_at IS NULL OR (name = '' AND email = '' AND phone = '' AND note = '')",
            name="erased_is_empty",
        ),
        CheckConstraint(
            "state <> 'to_be_confirmed' OR confirm_until IS NOT NULL", name="to_be_confirmed_has_its_end"
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
    confirm_until: Mapped[datetime | None]
    video_told_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    channel: Mapped[str] = mapped_column(default=ONLINE, server_default=ONLINE)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1, server_default="1", onupdate=text("version + 1"))


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


class Hold(Base):
    """Places kept for minutes while somebody fills in the form.

    Its claim has the same expiry while the places are kept; it may lose them
    to somebody else afterwards, and take them again.  ``party`` counts people
    by category.  ``medium`` is what was asked for.  ``client`` is a keyed hash of the connection, against
    hoarding.  ``booking_id``: what became of it.
    """

    __tablename__ = "hold"
    __table_args__ = (
        one_of("suspicion", SUSPICIONS, name="suspicion_is_known"),
        one_of("medium", MEDIA, name="medium_is_known"),
        CheckConstraint(
            f"extensions >= 0 AND extensions <= {MOST_EXTENSIONS}", name="extensions_are_bounded"
        ),
        Index("ix_hold_client_created_at", "client", "created_at"),
        Index("ix_hold_house_id_created_at", "house_id", "created_at"),
        Index("ix_hold_claim_id", "claim_id"),
        Index("ix_hold_occurrence_id", "occurrence_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    once: Mapped[str] = mapped_column(unique=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"))
    party: Mapped[dict[str, int]] = mapped_column(JSON)
    client: Mapped[str]
    medium: Mapped[str] = mapped_column(default="on_site")
    suspicion: Mapped[str] = mapped_column(default="")
    extensions: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id", ondelete="SET NULL"), index=True)
