"""Tables: resource, claim, allocation, occurrence, its hosts, closure, holiday opening, skill, who runs a programme."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from booking.catalogue.models import MEDIA
from booking.db import Base, one_of
from booking.schedule.refusals import CapacityInUse, Taken

OCCURRENCE_STATES = ("draft", "published", "cancelled")
LANGUAGES = ("de", "en", "uk", "dgs", "ls")
LONGEST_SECONDS = 2_678_400  # 31 days
IS_NOT_CANCELLED = text("state <> 'cancelled'")
_OWNERS = ("host_id", "place_id", "pool_id", "occurrence_id")
_EXACTLY_ONE = " + ".join(f"CASE WHEN {owner} IS NULL THEN 0 ELSE 1 END" for owner in _OWNERS) + " = 1"


class Resource(Base):
    """What has a capacity at any moment: a host, a room, a pool, or the seats of an occurrence.

    ``version`` rises with every allocation: it is the lock, the cache key and
    the ETag in one.  ``capacity_since`` is the epoch second from which a
    lowered capacity must hold; the guard looks at nothing that ended before.
    """

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint(_EXACTLY_ONE, name="names_exactly_one"),
        CheckConstraint("capacity >= 0", name="capacity_is_counted"),
    )
    refusals = {"capacity_covers_its_use": CapacityInUse}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"), unique=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), unique=True)
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("pool.id", ondelete="CASCADE"), unique=True)
    occurrence_id: Mapped[int | None] = mapped_column(
        ForeignKey("occurrence.id", ondelete="CASCADE"), unique=True
    )
    capacity: Mapped[int]
    capacity_since: Mapped[int] = mapped_column(BigInteger, default=0)
    version: Mapped[int] = mapped_column(BigInteger, default=0)


class Claim(Base):
    """The handle of whoever takes: a booking, an occurrence, a hold (with an expiry), a repair."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_expires_at", "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    expires_at: Mapped[int | None] = mapped_column(BigInteger)


class Allocation(Base):
    """So many of a resource, taken from one instant until another, in epoch seconds, half-open.

    The database refuses a row after which a resource would hold more than its
    capacity at any instant (the guard of ``schedule.guard``), whatever two
    requests saw at the same time.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint(f"ends_at - starts_at <= {LONGEST_SECONDS}", name="at_most_31_days"),
        CheckConstraint("quantity > 0", name="quantity_is_positive"),
        Index("ix_allocation_resource_id_starts_at", "resource_id", "starts_at"),
        Index("ix_allocation_claim_id", "claim_id"),
    )
    refusals = {"allocation_within_capacity": Taken}

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"))
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    starts_at: Mapped[int] = mapped_column(BigInteger)
    ends_at: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[int]


class Occurrence(Base):
    """One dated run of an offering with seats.

    ``seats`` are published; ``planned_seats`` were wanted.  They differ where
    the equipment named by ``limited_by_pool_id`` does not suffice.  One that
    began as a slot (``is_slot``) stands in no list and takes what it needs only
    while somebody comes or holds it; where parties share it, there is one for
    each offering, start and ``shared_host_id``.  ``video_room`` is the secret
    part of the address of a video call.  ``changed_at``: what visitors see of
    it last changed then.  ``once`` is the key of the form that made it;
    ``series_day`` the day on which its series has it, wherever it moved.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        one_of("state", OCCURRENCE_STATES, name="state_is_known"),
        one_of("language", LANGUAGES, name="language_is_known"),
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint("seats > 0 AND seats <= planned_seats", name="seats_are_planned"),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_has_its_instant"
        ),
        Index("ix_occurrence_house_id_starts_at", "house_id", "starts_at"),
        one_of("medium", MEDIA, name="medium_is_known"),
        CheckConstraint("is_slot OR shared_host_id IS NULL", name="only_slots_are_shared_by_host"),
        Index("ix_occurrence_offering_id_starts_at", "offering_id", "starts_at"),
        Index(
            "ix_occurrence_offering_id_starts_at_shared_host_id",
            "offering_id",
            "starts_at",
            "shared_host_id",
            unique=True,
            sqlite_where=IS_NOT_CANCELLED,
            postgresql_where=IS_NOT_CANCELLED,
        ),
        Index("ix_occurrence_claim_id", "claim_id"),
        CheckConstraint("(series_id IS NULL) = (series_day IS NULL)", name="series_names_its_day"),
        Index(
            "ix_occurrence_series_id_series_day",
            "series_id",
            "series_day",
            unique=True,
            sqlite_where=IS_NOT_CANCELLED,
            postgresql_where=IS_NOT_CANCELLED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    language: Mapped[str]
    planned_seats: Mapped[int]
    seats: Mapped[int]
    limited_by_pool_id: Mapped[int | None] = mapped_column(ForeignKey("pool.id"))
    state: Mapped[str]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[dict[str, str] | None] = mapped_column(JSON)
    is_slot: Mapped[bool] = mapped_column(default=False, server_default=false())
    medium: Mapped[str] = mapped_column(default="on_site", server_default="on_site")
    shared_host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id"))
    video_room: Mapped[str] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default="0")
    once: Mapped[str | None] = mapped_column(unique=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    series_day: Mapped[date | None]


class OccurrenceHost(Base):
    """A host gives an occurrence."""

    __tablename__ = "occurrence_host"

    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True
    )
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id"), primary_key=True, index=True)


class Closure(Base):
    """The house is closed: on local days, first to last, both included, or between two instants."""

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint(
            "(first_day IS NULL) = (last_day IS NULL) AND (starts_at IS NULL) = (ends_at IS NULL)"
            " AND (first_day IS NULL) <> (starts_at IS NULL)",
            name="is_of_days_or_instants",
        ),
        CheckConstraint("first_day <= last_day", name="days_are_in_order"),
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        Index("ix_closure_house_id_first_day", "house_id", "first_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    reasons: Mapped[dict[str, str]] = mapped_column(JSON)


class HolidayOpening(Base):
    """The house opens on a day on purpose, whatever closes it whole: a state holiday or a closure by days."""

    __tablename__ = "holiday_opening"
    __table_args__ = (UniqueConstraint("house_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    day: Mapped[date]


class Skill(Base):
    """A host can give an offering; a fixed one takes part in every slot of a fixed-and-any offering."""

    __tablename__ = "skill"

    host_id: Mapped[int] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"), primary_key=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"), primary_key=True)
    is_fixed: Mapped[bool] = mapped_column(default=False, server_default=false())


class StaffProgramme(Base):
    """A member of staff runs a programme."""

    __tablename__ = "staff_programme"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Repair(Base):
    """Units of a pool are out of service; the claim holds their allocations, in pieces of 31 days.

    ``note`` says what is broken, never who broke it.
    """

    __tablename__ = "repair"
    __table_args__ = (
        UniqueConstraint("claim_id"),
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint("units > 0", name="units_are_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("pool.id", ondelete="CASCADE"), index=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"))
    units: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
