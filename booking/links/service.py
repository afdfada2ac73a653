"""Deeds: make, extend and revoke links."""

from datetime import datetime

from sqlalchemy import delete, insert, update

from booking.db import execute
from booking.links.models import Link
from booking.links.tokens import new_id

_MAKE = insert(Link)


def make(purpose: str, *, house_id: int, subject_id: int, expires_at: datetime, now: datetime) -> str:
    """Write a link in the running transaction and return its id."""
    link_id = new_id()
    row = {"id": link_id, "house_id": house_id, "purpose": purpose, "subject_id": subject_id}
    execute(_MAKE, row | {"created_at": now, "expires_at": expires_at})
    return link_id


def extend(purpose: str, *, subject_id: int, expires_at: datetime) -> None:
    """Let every address of this purpose that still opens the subject do so until ``expires_at`` at least."""
    mine = (Link.purpose == purpose) & (Link.subject_id == subject_id) & Link.revoked_at.is_(None)
    execute(update(Link).where(mine, Link.expires_at < expires_at).values(expires_at=expires_at))


def revoke(purpose: str, *, subject_id: int, now: datetime) -> None:
    """Let no address of this purpose open the subject any more."""
    mine = (Link.purpose == purpose) & (Link.subject_id == subject_id) & Link.revoked_at.is_(None)
    execute(update(Link).where(mine).values(revoked_at=now))


def forget_expired(*, before: datetime) -> None:
    """Delete links that ended before ``before``."""
    execute(delete(Link).where(Link.expires_at < before))
