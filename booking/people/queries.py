"""Questions about staff: who is signed in."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from booking.db import execute
from booking.people.models import SignIn, Staff, StaffRole

IDLE = timedelta(hours=3)
LONGEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff with a sign-in that has not ended."""

    staff_id: int
    name: str
    language: str
    host_id: int | None
    runs_all: bool
    roles: frozenset[str]
    seen_at: datetime


def digest(token: str) -> str:
    """Return what is kept of a sign-in's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in(token: str, *, house_id: int, now: datetime) -> SignedIn | None:
    """Return who is signed in to a house with a token; nobody once it is idle for 3 hours, or 12 hours old."""
    values = {"id": digest(token), "house": house_id, "idle": now - IDLE, "longest": now - LONGEST}
    rows = execute(_SIGNED_IN, values).all()
    if not rows:
        return None
    one, roles = rows[0], frozenset(row.role for row in rows if row.role)
    return SignedIn(one.id, one.name, one.language, one.host_id, one.runs_all, roles, one.seen_at)


_SIGNED_IN = (
    select(
        Staff.id,
        Staff.name,
        Staff.language,
        Staff.host_id,
        Staff.runs_all,
        StaffRole.role,
        SignIn.seen_at,
    )
    .join(SignIn, SignIn.staff_id == Staff.id)
    .outerjoin(StaffRole, StaffRole.staff_id == Staff.id)
    .where(
        SignIn.id == bindparam("id"),
        Staff.house_id == bindparam("house"),
        Staff.is_active,
        SignIn.seen_at > bindparam("idle"),
        SignIn.created_at > bindparam("longest"),
    )
)
"""A statement made once: making it costs more than running it."""
