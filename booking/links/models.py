"""Table: link."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of

PURPOSES = ("manage", "hold", "confirm", "ticket", "desk", "voice", "invite", "reset", "check_in", "host")


class Link(Base):
    """A secret address for one purpose; the row alone opens nothing.

    ``subject_id`` is the id of what the purpose opens (manage, confirm: a booking;
    hold: a hold; ticket: a number drawn; desk: an offering; voice: what somebody told;
    invite, reset: a member of staff; check_in: a booking; host: a host without a sign-in); no foreign key,
    since the floors above are not known here.
    """

    __tablename__ = "link"
    __table_args__ = (
        one_of("purpose", PURPOSES, name="purpose_is_known"),
        CheckConstraint("length(id) = 22", name="id_has_128_bits"),
        Index("ix_link_purpose_subject_id", "purpose", "subject_id"),
        Index("ix_link_expires_at", "expires_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    subject_id: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
