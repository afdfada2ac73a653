"""Deeds: make a booking of a hold, confirm its address, end it when nobody does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from booking.bookings import access_needs, hold_queries, queries, rules, securing, service, states
from booking.bookings.access_rules import NOTHING_ASKED, Asked
from booking.bookings.hold_queries import HoldPage
from booking.bookings.locking import lock_booking
from booking.bookings.models import Booking, Hold
from booking.bookings.queries import BookingPage
from booking.bookings.refusals import DateMoved, FormUsed, HoldUsed, NotConfirmable, PhoneMissing
from booking.bookings.service import Booked, Wish
from booking.db import execute
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.links import service as links
from booking.messages import outbox
from booking.messages.facts import CONFIRM_ADDRESS
from booking.schedule import appointing, taking

CONFIRM_WITHIN = timedelta(minutes=60)
CONFIRM_IN_A_RUSH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a booking is for, and what the form says beside the party."""

    language: str
    name: str
    email: str
    phone: str
    note: str


def book_held(
    hold_id: int,
    contact: Contact,
    *,
    needs: Asked = NOTHING_ASKED,
    seen_at: datetime | None = None,
    request_id: str = "",
    now: datetime,
) -> Booked:
    """Make a booking of what a hold keeps; of what it has lost, if that is free again.

    ``seen_at``  when the date begins as its form showed it: nobody books a time that the house has changed unseen

    Sent again, it returns the same booking.  Where the address is to be
    confirmed first, the places are kept for an hour (fifteen minutes in a rush) and the mail asks for it.
    Raises Past, Cancelled, DateMoved, Taken, SlotGone, PhoneMissing, NeedRefused, and HoldUsed when a booking
    with other content was made of this hold.
    """
    held = hold_queries.hold(hold_id)
    if held.medium == "phone" and not contact.phone:
        raise PhoneMissing
    wish, until = _wish(held, contact), _confirm_until(held, now=now)
    span, once = (held.starts_at, held.ends_at), _key(held)
    booking_id = service.write_booking(
        wish, span, once=once, claim_id=held.claim_id, confirm_until=until, now=now
    )
    if booking_id is None:
        return _booked_before(held, wish, needs)
    if seen_at not in (None, held.starts_at):
        raise DateMoved
    foreseen = _foreseen(needs, held, now=now)
    kept = securing.secure(held, until=until, also=foreseen.resource_ids, now=now)
    _note_kept(booking_id, held, kept)
    page = queries.new_booking(booking_id, language=wish.language, party=wish.party)
    service.write_party(booking_id, wish.party)
    link_id = service.make_link(page, now=now)
    tell(page, link_id=link_id, request_id=request_id, now=now)
    access_needs.ask(page, foreseen, now=now)
    service.record("booking." + page.state, page, now=now)
    return Booked(booking_id, link_id)


def tell(page: BookingPage, *, link_id: str, request_id: str, now: datetime) -> None:
    """Owe the confirmation, or the mail that asks to confirm the address, as the booking's state wants it."""
    if page.state == states.TO_BE_CONFIRMED:
        ask_to_confirm(page, request_id=request_id, now=now)
    else:
        service.owe_confirmation(page, link_id=link_id, request_id=request_id, now=now)


def _note_kept(booking_id: int, held: HoldPage, kept: securing.Secured) -> None:
    if (kept.occurrence_id, kept.claim_id) != (held.occurrence_id, held.claim_id):
        execute(update(Booking).where(Booking.id == booking_id).values(**_of(kept)))
    execute(update(Hold).where(Hold.id == held.id).values(booking_id=booking_id, **_of(kept)))


def _foreseen(needs: Asked, held: HoldPage, *, now: datetime) -> access_needs.Foreseen:
    return access_needs.foresee(
        needs, house_id=held.house_id, occurrence_id=held.occurrence_id, people=held.people, now=now
    )


def _booked_before(held: HoldPage, wish: Wish, needs: Asked) -> Booked:
    try:
        booked = service.booked_before(_key(held), wish=wish)
    except FormUsed as used:
        raise HoldUsed from used
    if not access_needs.same(booked.booking_id, needs):
        raise HoldUsed
    return booked


def ask_to_confirm(page: BookingPage, *, request_id: str = "", now: datetime) -> None:
    """Owe the mail whose link confirms the address; earlier ones of the booking open nothing any more."""
    links.revoke("confirm", subject_id=page.id, now=now)
    kept = rules.kept_until(page.ends_at)  # after ``until`` its page tells that the time was over
    link_id = links.make("confirm", house_id=page.house_id, subject_id=page.id, expires_at=kept, now=now)
    service.owe(page, CONFIRM_ADDRESS, method=None, link_id=link_id, request_id=request_id, now=now)


def confirm(booking_id: int, *, request_id: str = "", now: datetime) -> None:
    """Confirm the address of a booking, which is firm from now on; a second time changes nothing.

    Where the time is over and nobody needed the places, they are taken again.
    Raises NotConfirmable when the booking has ended, Taken or SlotGone when
    the places are gone.
    """
    needed = access_needs.to_lock(booking_id, now=now)
    page = lock_booking(booking_id, also=needed)
    if page.state in states.CANCELLABLE:
        return
    if page.state != states.TO_BE_CONFIRMED or page.starts_at <= now:
        raise NotConfirmable
    held = hold_queries.of_booking(booking_id)
    if held is None:
        raise NotConfirmable
    kept = securing.secure(held, until=None, now=now)
    firm = {"state": states.CONFIRMED, "confirm_until": None, "changed_at": now}
    execute(update(Booking).where(Booking.id == booking_id).values(**firm, **_of(kept)))
    page = queries.booking(booking_id, language=page.language)
    link_id = link_queries.newest("manage", subject_id=page.id) or service.make_link(page, now=now)
    service.owe_confirmation(page, link_id=link_id, request_id=request_id, now=now)
    access_needs.confirm(page, locked=needed, now=now)
    service.record("booking.confirmed", page, now=now)


def expire(booking_id: int, *, now: datetime) -> None:
    """End a booking whose address nobody confirmed in time; nobody is told, since nobody is known."""
    page = lock_booking(booking_id)
    if page.state == states.TO_BE_CONFIRMED and page.confirm_until is not None and page.confirm_until <= now:
        end_unconfirmed(page, now=now)


def end_unconfirmed(page: BookingPage, *, now: datetime) -> None:
    """Give back what an unconfirmed booking keeps; it is locked."""
    claim_id = execute(select(Booking.claim_id).where(Booking.id == page.id)).scalar()
    ended = {"state": states.EXPIRED, "confirm_until": None, "changed_at": now}
    execute(update(Booking).where(Booking.id == page.id).values(**ended))
    if claim_id is not None:
        taking.release(claim_id)
    appointing.follow_parties(page.occurrence_id, now=now)
    access_needs.forget(page.id)
    outbox.withdraw(service.thread_of(page.id), now=now)
    journal.record(
        "booking.expired_unconfirmed",
        house_id=page.house_id,
        actor="system",
        object_kind="booking",
        object_id=page.id,
        now=now,
        people=sum(page.party.values()),
    )


def unconfirmed(*, now: datetime) -> list[int]:
    """Return the bookings whose time to confirm is over; each is ended in a unit of work of its own."""
    over = select(Booking.id).where(Booking.state == states.TO_BE_CONFIRMED, Booking.confirm_until <= now)
    return list(execute(over.order_by(Booking.id)).scalars())


def _confirm_until(held: HoldPage, *, now: datetime) -> datetime | None:
    if not rules.asks_for_address(held.address_check, suspicion=held.suspicion):
        return None
    return now + (CONFIRM_IN_A_RUSH if held.suspicion == "rush" else CONFIRM_WITHIN)


def _key(held: HoldPage) -> str:
    return f"hold:{held.once}"


def _of(kept: securing.Secured) -> dict[str, int | None]:
    return {"occurrence_id": kept.occurrence_id, "claim_id": kept.claim_id}


def _wish(held: HoldPage, contact: Contact) -> Wish:
    return Wish(
        house_id=held.house_id,
        occurrence_id=held.occurrence_id,
        language=contact.language,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        note=contact.note,
        party=held.party,
    )
