"""Tables: host, staff, their roles and sign-ins."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of
from booking.people.permissions import ROLES
from booking.people.staff_refusals import AddressInUse, HostTaken

KINDS = ("expert", "guide", "interpreter")
LANGUAGES = ("de", "en")


class Host(Base):
    """A person who gives tours, talks or consultations; may have no login.

    ``email``    where somebody without a sign-in gets mail links, or empty
    ``version``  raised by every edit of the person or the hours
    """

    __tablename__ = "host"
    __table_args__ = (
        UniqueConstraint("house_id", "key"),
        one_of("kind", KINDS, name="kind_is_known"),
        CheckConstraint("length(first_name) > 0", name="first_name_is_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    key: Mapped[str]
    kind: Mapped[str]
    first_name: Mapped[str]
    last_name: Mapped[str]
    languages: Mapped[list[Any]] = mapped_column(JSON)
    is_active: Mapped[bool] = mapped_column(default=True)
    email: Mapped[str] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Staff(Base):
    """Somebody who signs in to run a house; roles are those of this house alone.

    ``password_hash``  argon2id, empty until the invitation was accepted
    ``host_id``        the host who this is, for guides and experts
    ``runs_all``       runs every programme, those to come, too; otherwise ``staff_programme`` tells
    ``erased_at``      name and address are gone; the id stays for the journal
    """

    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint("house_id", "email"),
        UniqueConstraint("host_id"),
        one_of("language", LANGUAGES, name="language_is_known"),
        CheckConstraint("erased_at IS NULL OR (name = '' AND password_hash = '')", name="erased_is_empty"),
        CheckConstraint("erased_at IS NOT NULL OR length(name) > 0", name="name_is_given"),
        CheckConstraint("email = lower(email)", name="email_is_normalised"),
        CheckConstraint("version > 0", name="version_is_positive"),
    )
    refusals = {"uq_staff_house_id_email": AddressInUse, "uq_staff_host_id": HostTaken}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="de")
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id", ondelete="SET NULL"))
    runs_all: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class StaffRole(Base):
    """A member of staff has a role."""

    __tablename__ = "staff_role"
    __table_args__ = (one_of("role", ROLES, name="role_is_known"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class SignIn(Base):
    """Somebody is signed in with one browser; the row alone opens nothing: ``id`` is the SHA-256 of the cookie."""

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint("length(id) = 64", name="id_is_a_digest"),
        CheckConstraint("created_at <= seen_at", name="seen_after_it_began"),
        Index("ix_sign_in_staff_id", "staff_id"),
        Index("ix_sign_in_seen_at", "seen_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
