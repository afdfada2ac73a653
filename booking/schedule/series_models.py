"""Tables: series of dates, and the days that a series leaves out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of

RHYTHMS = ("weekly", "second_week", "monthly")
HOLIDAYS = ("skip", "open")
GAPS = ("dropped", "holiday", "school_holiday", "closure", "conflict")


class Series(Base):
    """Dates of one offering that come back; each of them may differ from the others.

    ``weekdays`` from 0 for Monday; in a monthly series ``ordinal`` says which
    of these in the month, -1 for the last.  It runs until ``last_day``, or
    for so many ``times``.  ``once`` is the key of the form that made it.
    """

    __tablename__ = "series"
    __table_args__ = (
        one_of("rhythm", RHYTHMS, name="rhythm_is_known"),
        CheckConstraint("(rhythm = 'monthly') = (ordinal IS NOT NULL)", name="only_months_have_ordinals"),
        CheckConstraint("ordinal IN (-1, 1, 2, 3, 4, 5)", name="ordinal_is_in_a_month"),
        CheckConstraint("(last_day IS NULL) <> (times IS NULL)", name="ends_on_a_day_or_after_times"),
        CheckConstraint("last_day >= first_day", name="days_are_in_order"),
        CheckConstraint("times > 0", name="times_are_positive"),
        one_of("state_holidays", HOLIDAYS, name="state_holidays_are_known"),
        one_of("school_holidays", HOLIDAYS, name="school_holidays_are_known"),
        Index("ix_series_offering_id", "offering_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    once: Mapped[str] = mapped_column(unique=True)
    rhythm: Mapped[str]
    weekdays: Mapped[list[Any]] = mapped_column(JSON)
    ordinal: Mapped[int | None]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    times: Mapped[int | None]
    state_holidays: Mapped[str]
    school_holidays: Mapped[str]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class SeriesGap(Base):
    """A local day on which a series would have a date, and has none; it can be brought back."""

    __tablename__ = "series_gap"
    __table_args__ = (one_of("why", GAPS, name="why_is_known"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    why: Mapped[str]
