"""Tables of walk-ins: the queue of a day, the desks that call, and the numbered tickets."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.bookings.ticket_states import ENDED, STATES
from booking.bookings.walk_in_refusals import FormUsedElsewhere
from booking.db import Base, one_of

_ENDED = ", ".join(f"'{state}'" for state in sorted(ENDED))


class QueueDay(Base):
    """The queue of an offering on one local day.

    Every deed of the queue locks this row first, so that no number is given
    or called twice.  ``numbers`` is the last number given; ``stopped_at`` is
    set while the desk gives out no more.
    """

    __tablename__ = "queue_day"
    __table_args__ = (CheckConstraint("numbers >= 0", name="numbers_are_counted"),)

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    numbers: Mapped[int]
    stopped_at: Mapped[datetime | None]


class Desk(Base):
    """Where the numbers of a walk-in offering are called; ``label`` tells visitors where to go, if anything."""

    __tablename__ = "desk"
    __table_args__ = (
        UniqueConstraint("offering_id", "label"),
        CheckConstraint("length(label) <= 40", name="label_is_short"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"))
    label: Mapped[str]
    created_at: Mapped[datetime]


class Ticket(Base):
    """A place in the queue of a day; nothing on it says whose it is.

    ``once`` is the key of the form that drew it.  ``desk_id`` is the desk
    that called it, ``calls`` how often.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("offering_id", "day", "number"),
        UniqueConstraint("once"),
        one_of("state", STATES, name="state_is_known"),
        CheckConstraint("number > 0", name="number_is_positive"),
        CheckConstraint("calls >= 0", name="calls_are_counted"),
        CheckConstraint("(calls = 0) = (called_at IS NULL)", name="called_has_its_instant"),
        CheckConstraint(f"(state IN ({_ENDED})) = (ended_at IS NOT NULL)", name="ended_has_its_instant"),
        CheckConstraint(
            "state NOT IN ('called', 'served', 'missed') OR calls > 0", name="nobody_is_served_uncalled"
        ),
        Index("ix_ticket_day", "day"),
    )
    refusals = {"uq_ticket_once": FormUsedElsewhere}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"))
    day: Mapped[date]
    number: Mapped[int]
    state: Mapped[str]
    once: Mapped[str]
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desk.id", ondelete="SET NULL"))
    calls: Mapped[int]
    drawn_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
