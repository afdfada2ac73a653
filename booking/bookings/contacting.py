"""Deeds of staff on how a booker is reached: name, address and phone; the confirmation again; reached by phone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from booking.bookings import changing, confirming, states
from booking.bookings.hands import By
from booking.bookings.locking import lock_booking
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.bookings.refusals import NotMovable, PhoneMissing
from booking.bookings.service import make_link
from booking.bookings.staff_refusals import NobodyToTell, NotReachableAlready
from booking.db import execute
from booking.journal import service as journal
from booking.links import queries as link_queries


@dataclass(frozen=True, slots=True)
class Reached:
    """How a booker is called and reached; empty parts are not known."""

    name: str
    email: str
    phone: str


def change_contact(booking_id: int, wanted: Reached, *, by: By, request_id: str = "", now: datetime) -> bool:
    """Change name, address and phone of a booking, and return whether anything changed.

    Another address gets the confirmation, the old links end, and the old address is told so, as when the
    booker changes it (``changing.change_address``).  Who has no address any more gets no mails.  Raises
    PhoneMissing for a call without a number, Gone for an erased booking, and Stale.
    """
    page = lock_booking(booking_id)
    if (page.name, page.email, page.phone) == (wanted.name, wanted.email, wanted.phone):
        return False
    by.check_seen(page.version)
    if page.medium == "phone" and not wanted.phone and page.state in states.CANCELLABLE:
        raise PhoneMissing
    if page.name != wanted.name or page.phone != wanted.phone:
        values: dict[str, Any] = {"name": wanted.name, "phone": wanted.phone, "changed_at": now}
        execute(update(Booking).where(Booking.id == booking_id).values(**values))
        _record("booking.contact_changed", page, by=by, now=now)
    if page.email != wanted.email:
        unseen = By(by.actor, is_staff=True, tells=by.tells)
        changing.change_address(booking_id, wanted.email, by=unseen, request_id=request_id, now=now)
    return True


def resend(booking_id: int, *, by: By, request_id: str = "", now: datetime) -> None:
    """Owe the confirmation once more, as the booking stands now; raises NobodyToTell and NotMovable."""
    page = lock_booking(booking_id)
    if page.state not in {*states.CANCELLABLE, states.TO_BE_CONFIRMED}:
        raise NotMovable
    if not page.email:
        raise NobodyToTell
    link_id = link_queries.newest("manage", subject_id=page.id) or make_link(page, now=now)
    confirming.tell(page, link_id=link_id, request_id=request_id, now=now)
    _record("booking.resent", page, by=by, now=now)


def reached(booking_id: int, *, by: By, now: datetime) -> None:
    """Note that somebody told the booker by phone; a second time raises NotReachableAlready."""
    page = lock_booking(booking_id)
    mine = update(Booking).where(Booking.id == booking_id, Booking.unreachable_at.is_not(None))
    if execute(mine.values(unreachable_at=None).returning(Booking.id)).scalar() is None:
        raise NotReachableAlready
    _record("booking.reached", page, by=by, now=now)


def _record(deed: str, page: BookingPage, *, by: By, now: datetime) -> None:
    of = {"object_kind": "booking", "object_id": page.id}
    journal.record(deed, house_id=page.house_id, actor=by.actor, now=now, **of)  # type: ignore[arg-type]
