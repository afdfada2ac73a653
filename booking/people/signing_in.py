"""Deeds: sign in, be seen, sign out."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from booking.db import execute
from booking.people import passwords
from booking.people.models import SignIn, Staff
from booking.people.queries import IDLE, LONGEST, digest
from booking.people.staff_refusals import Unknown

SEEN_EVERY = timedelta(minutes=1)


def password_of(email: str, *, house_id: int) -> tuple[int, str] | None:
    """Return id and kept password of an active member of staff by normalised address, or None."""
    wanted = select(Staff.id, Staff.password_hash).where(
        Staff.house_id == house_id, Staff.email == email, Staff.is_active
    )
    found = execute(wanted).one_or_none()
    return None if found is None else (found.id, found.password_hash)


def checked(email: str, password: str, *, house_id: int) -> tuple[int, str] | None:
    """Return whose address and password these are, with the kept password that they fit, or None.

    It takes the same time.  Reads only.
    """
    found = password_of(email, house_id=house_id)
    fits = passwords.fits(password, found[1] if found else "")
    return found if found and fits else None


def renew_hash(staff_id: int, password: str, *, kept: str) -> str:
    """Keep a password, which fitted ``kept``, by today's parameters if it was kept by others; return what is kept."""
    if not passwords.is_outdated(kept):
        return kept
    mine = (Staff.id == staff_id) & (Staff.password_hash == kept)
    renewed = passwords.hashed(password)
    changed = update(Staff).where(mine).values(password_hash=renewed).returning(Staff.id)
    return kept if execute(changed).scalar() is None else renewed


def sign_in(staff_id: int, *, former: str = "", kept: str | None = None, now: datetime) -> str:
    """Begin a sign-in and return its token, which nothing at rest tells; the ``former`` one of the browser ends.

    ``kept``  the kept password that was checked.  The row is locked: whoever changes password or access ends every
    sign-in that was there before.  Raises Unknown where that has happened since the check.
    """
    wanted = select(Staff.password_hash).where(Staff.id == staff_id, Staff.is_active)
    stands = execute(wanted.with_for_update(of=Staff)).scalar()
    if stands is None or kept not in (None, stands):
        raise Unknown
    if former:
        sign_out(former)
    token = secrets.token_urlsafe(32)
    row: dict[str, Any] = {"id": digest(token), "staff_id": staff_id, "created_at": now, "seen_at": now}
    execute(insert(SignIn), row)
    return token


def see(token: str, *, now: datetime) -> None:
    """Remember that a sign-in was used just now."""
    execute(update(SignIn).where(SignIn.id == digest(token), SignIn.seen_at < now).values(seen_at=now))


def sign_out(token: str) -> None:
    """End the sign-in of one browser."""
    execute(delete(SignIn).where(SignIn.id == digest(token)))


def sign_out_everywhere(staff_id: int) -> None:
    """End all sign-ins of a member of staff: password, roles or access have changed."""
    execute(delete(SignIn).where(SignIn.staff_id == staff_id))


def forget_ended(now: datetime) -> None:
    """Delete the sign-ins that are idle or old."""
    execute(delete(SignIn).where((SignIn.seen_at <= now - IDLE) | (SignIn.created_at <= now - LONGEST)))
