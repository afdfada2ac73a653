"""Questions about links."""

from datetime import datetime

from sqlalchemy import select

from booking.db import execute
from booking.errors import Gone, NotFound
from booking.links.models import Link


def subject_of(link_id: str, *, purpose: str, house_id: int, now: datetime) -> int:
    """Return the id of what the link opens.

    Raises NotFound for an unknown link or another house's, Gone for an expired or revoked one.
    """
    wanted = select(Link.subject_id, Link.expires_at, Link.revoked_at).where(
        Link.id == link_id, Link.purpose == purpose, Link.house_id == house_id
    )
    found = execute(wanted).one_or_none()
    if found is None:
        raise NotFound
    if found.revoked_at is not None or found.expires_at <= now:
        raise Gone
    subject_id: int = found.subject_id
    return subject_id


def newest(purpose: str, *, subject_id: int) -> str | None:
    """Return the id of the newest link of this purpose that is not revoked."""
    wanted = (
        select(Link.id)
        .where(Link.purpose == purpose, Link.subject_id == subject_id, Link.revoked_at.is_(None))
        .order_by(Link.created_at.desc())
        .limit(1)
    )
    return execute(wanted).scalar()
