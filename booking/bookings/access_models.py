"""Table: access_need, what somebody needs to take part: health data, apart from the booking."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of
from booking.houses.access import KINDS

ARRANGED, OPEN, CANCELLED = "arranged", "open", "cancelled"
STATES = (ARRANGED, OPEN, CANCELLED)
LONGEST_WORDS = 300


class AccessNeed(Base):
    """One need of a booker, kept with consent until the day after the visit, and never longer than the booking.

    Arranged: nothing to do, or ``claim_id`` holds an interpreter or a unit of
    equipment (people on one date share it), or staff have seen to it.  Open:
    a task of staff, to be done by ``due_at``.  Cancelled: nobody comes, and
    staff may have to call off what they began; the words are gone by then.
    ``words`` are the person's own.
    """

    __tablename__ = "access_need"
    __table_args__ = (
        UniqueConstraint("booking_id", "kind"),
        one_of("kind", KINDS, name="kind_is_known"),
        one_of("state", STATES, name="state_is_known"),
        CheckConstraint("state = 'arranged' OR due_at IS NOT NULL", name="a_task_has_its_deadline"),
        CheckConstraint("state = 'arranged' OR claim_id IS NULL", name="only_what_is_arranged_takes"),
        CheckConstraint("state <> 'cancelled' OR words = ''", name="cancelled_says_nothing"),
        CheckConstraint(f"length(words) <= {LONGEST_WORDS}", name="words_are_few"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    kind: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    consent_at: Mapped[datetime]
    state: Mapped[str]
    due_at: Mapped[datetime | None]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"), index=True)
