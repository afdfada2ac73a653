"""Tables: availability rule, override and its windows, absence, busy time: when hosts and rooms can be had."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.catalogue.models import MEDIA
from booking.db import Base, one_of
from booking.schedule.models import LONGEST_SECONDS
from booking.schedule.refusals import HoursTwice

SCHOOL_HOLIDAYS = ("any", "never", "only")
_HOST_OR_PLACE = "(host_id IS NULL) <> (place_id IS NULL)"
_MINUTES = {
    "start_minute >= 0 AND start_minute < 1440": "start_is_a_minute_of_the_day",
    "end_minute >= 0 AND end_minute <= 1440": "end_is_a_minute_of_the_day",
}


def _minutes_of_a_day() -> list[CheckConstraint]:
    return [CheckConstraint(rule, name=name) for rule, name in _MINUTES.items()]


class AvailabilityRule(Base):
    """Weekly hours of a host or of a room, in wall time of the house.

    An end at or before the start lies on the next day; 1440 is 24:00.  ``parity`` is that of the ISO week
    (0 even), ``ordinal`` which of these weekdays in its month (-1 the last).  With an offering or a medium
    the hours are for these alone.
    """

    __tablename__ = "availability_rule"
    __table_args__ = (
        CheckConstraint(_HOST_OR_PLACE, name="of_a_host_or_a_place"),
        CheckConstraint("weekday >= 0 AND weekday <= 6", name="weekday_is_of_the_week"),
        *_minutes_of_a_day(),
        CheckConstraint("valid_from <= valid_until", name="validity_is_in_order"),
        CheckConstraint("parity IN (0, 1)", name="parity_is_even_or_odd"),
        CheckConstraint("ordinal IN (1, 2, 3, 4, 5, -1)", name="ordinal_is_of_the_month"),
        one_of("medium", MEDIA, name="medium_is_known"),
        one_of("school_holidays", SCHOOL_HOLIDAYS, name="school_holidays_are_known"),
        Index("ix_availability_rule_host_id", "host_id"),
        Index("ix_availability_rule_place_id", "place_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"))
    weekday: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    parity: Mapped[int | None]
    ordinal: Mapped[int | None]
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"))
    medium: Mapped[str | None]
    school_holidays: Mapped[str] = mapped_column(default="any")


class AvailabilityOverride(Base):
    """One local date of a host or a room has its own windows instead of the weekly ones; none: closed."""

    __tablename__ = "availability_override"
    __table_args__ = (
        CheckConstraint(_HOST_OR_PLACE, name="of_a_host_or_a_place"),
        UniqueConstraint("host_id", "day"),
        UniqueConstraint("place_id", "day"),
    )
    refusals = {
        "uq_availability_override_host_id_day": HoursTwice,
        "uq_availability_override_place_id_day": HoursTwice,
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"))
    day: Mapped[date]


class OverrideWindow(Base):
    """A window of a changed date; an end at or before the start lies on the next day."""

    __tablename__ = "override_window"
    __table_args__ = (*_minutes_of_a_day(),)

    override_id: Mapped[int] = mapped_column(
        ForeignKey("availability_override.id", ondelete="CASCADE"), primary_key=True
    )
    start_minute: Mapped[int] = mapped_column(primary_key=True)
    end_minute: Mapped[int]


class Absence(Base):
    """A host is away, or a room out of use: on local days, both included, or between two instants.

    Why is nobody's business: there is no column for it.
    """

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint(_HOST_OR_PLACE, name="of_a_host_or_a_place"),
        CheckConstraint(
            "(first_day IS NULL) = (last_day IS NULL) AND (starts_at IS NULL) = (ends_at IS NULL)"
            " AND (first_day IS NULL) <> (starts_at IS NULL)",
            name="is_of_days_or_instants",
        ),
        CheckConstraint("first_day <= last_day", name="days_are_in_order"),
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        Index("ix_absence_host_id", "host_id"),
        Index("ix_absence_place_id", "place_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]


class BusyTime(Base):
    """A host is busy by a calendar of the host's own; epoch seconds, half-open, a longer one in pieces."""

    __tablename__ = "busy_time"
    __table_args__ = (
        CheckConstraint("starts_at <= ends_at", name="ends_when_it_starts_or_later"),
        CheckConstraint(f"ends_at - starts_at <= {LONGEST_SECONDS}", name="at_most_31_days"),
        Index("ix_busy_time_host_id_starts_at", "host_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"))
    starts_at: Mapped[int] = mapped_column(BigInteger)
    ends_at: Mapped[int] = mapped_column(BigInteger)
