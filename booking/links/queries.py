"""Questions about links."""

from datetime import datetime

from sqlalchemy import bindparam, select

from booking.db import execute
from booking.errors import Gone, NotFound
from booking.links.models import Link


def subject_of(link_id: str, *, purpose: str, house_id: int, now: datetime) -> int:
    """Return the id of what the link opens.

    Raises NotFound for an unknown link or another house's, Gone for an expired or revoked one.
    """
    found = execute(_SUBJECT, {"link": link_id, "purpose": purpose, "house": house_id}).one_or_none()
    if found is None:
        raise NotFound
    if found.revoked_at is not None or found.expires_at <= now:
        raise Gone
    subject_id: int = found.subject_id
    return subject_id


def newest(purpose: str, *, subject_id: int) -> str | None:
    """Return the id of the newest link of this purpose that is not revoked."""
    return execute(_NEWEST, {"purpose": purpose, "subject": subject_id}).scalar()


_SUBJECT = select(Link.subject_id, Link.expires_at, Link.revoked_at).where(
    Link.id == bindparam("link"), Link.purpose == bindparam("purpose"), Link.house_id == bindparam("house")
)
_NEWEST = (
    select(Link.id)
    .where(
        Link.purpose == bindparam("purpose"),
        Link.subject_id == bindparam("subject"),
        Link.revoked_at.is_(None),
    )
    .order_by(Link.created_at.desc())
    .limit(1)
)
"""Statements made once: making them costs more than running them."""
