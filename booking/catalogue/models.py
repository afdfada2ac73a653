"""Tables: place, pool, programme, offering, its texts, audiences, media and needs; topics stand in ``topic_models``."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from booking.catalogue.staff_refusals import KeyTaken
from booking.catalogue.topic_models import OfferingTopic, Topic
from booking.db import Base, one_of

__all__ = ("OfferingTopic", "Topic")  # besides the tables of this file

KINDS = ("tour", "talk", "workshop", "consultation", "school")
STATES = ("draft", "published", "archived")
ADDRESS_CHECKS = ("off", "on", "when_suspicious")
TEXT_LANGUAGES = ("de", "en", "ls")
AUDIENCES = (
    "everyone",
    "families",
    "seniors",
    "science",
    "business",
    "initiatives",
    "primary",
    "secondary",
    "vocational",
    "special",
)
MEDIA = ("on_site", "video", "phone")
NEED_KINDS = ("host", "room", "pool")
PLACE_KINDS = ("room", "meeting_point")
BOOKED_BY = ("date", "slot")
HOST_MODES = ("any", "all", "fixed_and_any")


class Place(Base):
    """A room of the house, or a meeting point outside it.

    A room is used by one occurrence at a time unless it is shared; a shared
    one takes ``people_limit`` people at once.  One that is not active any more
    stays for the past, and nothing new is planned there.
    """

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("house_id", "key"),
        one_of("kind", PLACE_KINDS, name="kind_is_known"),
        CheckConstraint("people_limit > 0", name="people_limit_is_positive"),
    )
    refusals = {"uq_place_house_id_key": KeyTaken}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    key: Mapped[str]
    kind: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    address: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    people_limit: Mapped[int | None]
    is_shared: Mapped[bool]
    is_step_free: Mapped[bool]
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Pool(Base):
    """Countable equipment of one sort, such as eight headsets."""

    __tablename__ = "pool"
    __table_args__ = (
        UniqueConstraint("house_id", "key"),
        CheckConstraint("units >= 0", name="units_are_counted"),
    )
    refusals = {"uq_pool_house_id_key": KeyTaken}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    key: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    units: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Programme(Base):
    """Offerings that one coordination runs, such as the school programme."""

    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("house_id", "key"),
        CheckConstraint("version > 0", name="version_is_positive"),
    )
    refusals = {"uq_programme_house_id_key": KeyTaken}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    key: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)


class Offering(Base):
    """Something that can be booked, with its booking policy.

    Minutes throughout: ``notice`` is the lead time before the start within
    which nobody can book, ``cancel_until`` the time before the start until
    which visitors can cancel.

    One that is booked by slot has no dates of its own: its starts lie every
    ``step_minutes`` (the minutes it lasts, if none are given) on the hours of
    its hosts, ``offset_minutes`` after they begin.  A slot is one party's,
    unless it ``is_shared``: then parties share its seats.  ``per_day``,
    ``per_week`` and ``minutes_per_day`` bound how much of it is booked.
    ``sign_video`` is the address of a video in German Sign Language, or empty.
    """

    __tablename__ = "offering"
    __table_args__ = (
        UniqueConstraint("house_id", "key"),
        one_of("kind", KINDS, name="kind_is_known"),
        one_of("state", STATES, name="state_is_known"),
        one_of("address_check", ADDRESS_CHECKS, name="address_check_is_known"),
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="minutes_fit_a_day"),
        CheckConstraint("seats > 0", name="seats_are_positive"),
        CheckConstraint(
            "party_min > 0 AND party_min <= party_max AND party_max <= seats", name="party_fits_seats"
        ),
        CheckConstraint(
            "notice_minutes >= 0 AND cancel_until_minutes >= 0", name="deadlines_are_not_negative"
        ),
        CheckConstraint("horizon_days > 0", name="horizon_is_positive"),
        CheckConstraint("age_min >= 0 AND age_min < 120", name="age_min_is_an_age"),
        CheckConstraint("grade_first <= grade_last", name="grades_are_in_order"),
        CheckConstraint("groups_max > 0", name="groups_are_positive"),
        one_of("booked_by", BOOKED_BY, name="booked_by_is_known"),
        one_of("host_mode", HOST_MODES, name="host_mode_is_known"),
        CheckConstraint("step_minutes > 0 AND step_minutes <= 1440", name="step_fits_a_day"),
        CheckConstraint("offset_minutes >= 0 AND offset_minutes < 1440", name="offset_fits_a_day"),
        CheckConstraint("per_day > 0 AND per_week > 0 AND minutes_per_day > 0", name="limits_are_positive"),
    )
    refusals = {"uq_offering_house_id_key": KeyTaken}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    key: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    minutes: Mapped[int]
    seats: Mapped[int]
    party_min: Mapped[int] = mapped_column(default=1)
    party_max: Mapped[int]
    notice_minutes: Mapped[int] = mapped_column(default=0)
    horizon_days: Mapped[int] = mapped_column(default=180)
    cancel_until_minutes: Mapped[int] = mapped_column(default=60)
    age_min: Mapped[int] = mapped_column(default=0)
    grade_first: Mapped[int | None]
    grade_last: Mapped[int | None]
    groups_max: Mapped[int] = mapped_column(default=1)
    is_step_free: Mapped[bool] = mapped_column(default=True)
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    address_check: Mapped[str] = mapped_column(default="when_suspicious", server_default="when_suspicious")
    version: Mapped[int] = mapped_column(default=1)
    booked_by: Mapped[str] = mapped_column(default="date", server_default="date")
    host_mode: Mapped[str] = mapped_column(default="any", server_default="any")
    step_minutes: Mapped[int | None]
    offset_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    per_day: Mapped[int | None]
    per_week: Mapped[int | None]
    minutes_per_day: Mapped[int | None]
    sign_video: Mapped[str] = mapped_column(default="", server_default="")
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)


class OfferingText(Base):
    """The words of an offering in one language; "ls" is easy language."""

    __tablename__ = "offering_text"
    __table_args__ = (
        one_of("language", TEXT_LANGUAGES, name="language_is_known"),
        CheckConstraint("length(title) > 0", name="title_is_given"),
    )

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    description: Mapped[str]
    bring: Mapped[str] = mapped_column(default="")
    confirmation: Mapped[str] = mapped_column(default="")
    warning: Mapped[str] = mapped_column(default="")


class OfferingAudience(Base):
    """An offering is made for an audience."""

    __tablename__ = "offering_audience"
    __table_args__ = (one_of("audience", AUDIENCES, name="audience_is_known"),)

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)


class OfferingMedium(Base):
    """An offering can be had on site, by video or by phone."""

    __tablename__ = "offering_medium"
    __table_args__ = (one_of("medium", MEDIA, name="medium_is_known"),)

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"), primary_key=True)
    medium: Mapped[str] = mapped_column(primary_key=True)


class Need(Base):
    """What every run of an offering takes: hosts, a room, or units of a pool.

    Units of a pool are a fixed ``quantity``, or one for each
    ``people_per_unit`` published seats, rounded up.  Buffers, in minutes,
    block the resource but are not shown.
    """

    __tablename__ = "need"
    __table_args__ = (
        one_of("kind", NEED_KINDS, name="kind_is_known"),
        CheckConstraint("(kind = 'room') = (place_id IS NOT NULL)", name="room_names_its_place"),
        CheckConstraint("(kind = 'pool') = (pool_id IS NOT NULL)", name="pool_names_its_pool"),
        CheckConstraint("quantity > 0", name="quantity_is_positive"),
        CheckConstraint(
            "people_per_unit IS NULL OR (kind = 'pool' AND people_per_unit > 0)", name="ratio_is_of_a_pool"
        ),
        CheckConstraint("before_minutes >= 0 AND after_minutes >= 0", name="buffers_are_not_negative"),
        one_of("medium", MEDIA, name="medium_is_known"),
        CheckConstraint("choice IS NULL OR (kind <> 'host' AND choice > 0)", name="choice_is_of_things"),
        Index("ix_need_offering_id", "offering_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"))
    kind: Mapped[str]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("pool.id"))
    quantity: Mapped[int] = mapped_column(default=1)
    people_per_unit: Mapped[int | None]
    before_minutes: Mapped[int] = mapped_column(default=0)
    after_minutes: Mapped[int] = mapped_column(default=0)
    medium: Mapped[str | None]
    choice: Mapped[int | None]
