"""Deeds of bookers: cancel, change the address, ask for the links, erase."""

import secrets
from datetime import datetime
from uuid import uuid4

from sqlalchemy import update

from booking.bookings import (
    access_needs,
    attending,
    confirming,
    hold_queries,
    noting,
    queries,
    rules,
    states,
)
from booking.bookings.hands import VISITOR, By
from booking.bookings.locking import lock_booking
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.bookings.refusals import NotCancellable, TooLateToCancel
from booking.bookings.service import owe, thread_of
from booking.db import execute
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.links import service as links
from booking.messages import outbox
from booking.messages import queries as mail_queries
from booking.messages.facts import ADDRESS_CHANGED, CANCELLATION, ERASED, LINKS
from booking.schedule import appointing, taking


def cancel(booking_id: int, *, request_id: str = "", now: datetime) -> None:
    """Give the places back and owe the cancellation; a second time changes nothing.

    Raises TooLateToCancel after the offering's deadline, NotCancellable when
    the visit is over or the house has cancelled it.
    """
    page = lock_booking(booking_id)
    if page.state in (states.CANCELLED_BY_VISITOR, states.EXPIRED):
        return
    if page.state == states.TO_BE_CONFIRMED:
        confirming.end_unconfirmed(page, now=now)
        return
    if page.state not in states.CANCELLABLE or page.starts_at <= now:
        raise NotCancellable
    if now > page.cancel_until:
        raise TooLateToCancel
    page = give_back(page, state=states.CANCELLED_BY_VISITOR, actor="visitor", now=now)
    owe_cancellation(page, CANCELLATION, request_id=request_id, now=now)


def change_address(
    booking_id: int, email: str, *, by: By = VISITOR, request_id: str = "", now: datetime
) -> str | None:
    """Write to another address from now on, and return the id of the new manage link, or None.

    The links in earlier mails end, since somebody else may read them, and so
    does that of the form, which leads to the booking; the
    address that they went to is told so, without the new one.  An address to
    which nothing went yet is told nothing.  Raises Stale where staff did not
    see what is there now.
    """
    page = lock_booking(booking_id)
    by.check_seen(page.version)
    if page.email == email and not page.is_unreachable:
        return link_queries.newest("manage", subject_id=booking_id)
    changed = update(Booking).where(Booking.id == booking_id)
    execute(changed.values(email=email, unreachable_at=None, video_told_at=None, changed_at=now))
    _end_links(booking_id, now=now)
    kept_until = rules.kept_until(page.ends_at)
    link_id = links.make(
        "manage", house_id=page.house_id, subject_id=booking_id, expires_at=kept_until, now=now
    )
    if page.state in {*states.CANCELLABLE, states.TO_BE_CONFIRMED}:
        outbox.withdraw(thread_of(booking_id), now=now)
        renewed = queries.booking(booking_id, language=page.language)
        if by.tells or page.state == states.TO_BE_CONFIRMED:
            confirming.tell(renewed, link_id=link_id, request_id=request_id, now=now)
    else:
        outbox.redirect(thread_of(booking_id), email, facts={"link_id": link_id})
    if by.tells and page.email != email and mail_queries.has_left(thread_of(booking_id), page.email):
        _tell_former_address(page, request_id=request_id, now=now)
    _record("booking.address_changed", page, actor=by.actor, now=now)
    return link_id


def _end_links(booking_id: int, *, now: datetime) -> None:
    """End every link that leads to a booking."""
    for purpose in ("manage", "confirm"):
        links.revoke(purpose, subject_id=booking_id, now=now)
    if (held := hold_queries.of_booking(booking_id)) is not None:
        links.revoke("hold", subject_id=held.id, now=now)  # it leads to the newest of the links


def _tell_former_address(page: BookingPage, *, request_id: str, now: datetime) -> None:
    """Owe the address that a booking had so far the mail that it has another one now."""
    owe(
        page,
        ADDRESS_CHANGED,
        method=None,
        link_id="",
        thread=_thread_of_its_own(),
        forget_when_sent=True,
        request_id=request_id,
        now=now,
    )


def _thread_of_its_own() -> str:
    """Nobody waits for a mail in it, and no change of the booking touches it."""
    return f"alone:{secrets.token_hex(8)}"


def ask_for_links(address: str, *, house_id: int, language: str, request_id: str = "", now: datetime) -> None:
    """Owe a mail with the links of this address; the worker finds out whether there are any.

    The page that calls this does the same for every address, in the same time.
    """
    mail = outbox.Owed(
        house_id=house_id,
        thread=_thread_of_its_own(),
        kind=LINKS,
        language=language,
        recipient=address,
        facts={},
        forget_when_sent=True,
    )
    outbox.owe(mail, request_id=request_id, now=now)


def erase(booking_id: int, *, request_id: str = "", now: datetime) -> None:
    """Cancel what is still ahead, erase all personal data of a booking, and owe the proof.

    The proof is the last mail: it loses its address when it has been sent.
    It calls the visit off in the calendar although a cancellation may have
    done so before: that one may be among the mails which are not sent any more.
    An address that nobody confirmed gets none.
    """
    page = lock_booking(booking_id)
    is_ahead = page.starts_at > now
    if is_ahead and page.state in states.CANCELLABLE:
        page = give_back(page, state=states.CANCELLED_BY_VISITOR, actor="visitor", now=now)
    elif page.state == states.TO_BE_CONFIRMED:
        confirming.end_unconfirmed(page, now=now)
    outbox.withdraw(thread_of(booking_id), now=now)
    is_known = page.state not in (states.TO_BE_CONFIRMED, states.EXPIRED)  # else it may be a stranger's
    if is_known and not page.is_unreachable and page.email:
        method = "CANCEL" if is_ahead else None
        owe(page, ERASED, method=method, link_id="", forget_when_sent=True, request_id=request_id, now=now)
    forget(booking_id, now=now)
    _record("booking.erased", page, actor="visitor", now=now)


def forget(booking_id: int, *, now: datetime) -> None:
    """Empty the personal columns of a booking, of its done mails, and revoke its links; counts stay.

    Reference, UID and key are drawn anew: those in somebody's mailbox or
    calendar lead to nothing here any more.
    """
    emptied = {"name": "", "email": "", "phone": "", "note": "", "erased_at": now, "changed_at": now}
    drawn = {"reference": rules.new_reference(), "uid": str(uuid4()), "once": str(uuid4())}
    execute(update(Booking).where(Booking.id == booking_id).values(**emptied, **drawn))
    outbox.forget_thread(thread_of(booking_id))
    access_needs.forget(booking_id)
    noting.forget(booking_id)
    attending.forget(booking_id)
    for purpose in ("manage", "confirm"):
        links.revoke(purpose, subject_id=booking_id, now=now)


def give_back(page: BookingPage, *, state: str, actor: str, now: datetime) -> BookingPage:
    """Set the state, raise SEQUENCE, release the claim, and return the booking as it now stands."""
    values = {"state": state, "sequence": Booking.sequence + 1, "changed_at": now}
    changed = (
        update(Booking).where(Booking.id == page.id, Booking.state.in_(states.CANCELLABLE)).values(**values)
    )
    claim_id = execute(changed.returning(Booking.claim_id)).scalar()
    if claim_id is not None:
        taking.release(claim_id)
    appointing.follow_parties(page.occurrence_id, now=now)
    access_needs.end(page, now=now)
    _record("booking." + state, page, actor=actor, now=now)
    return queries.booking(page.id, language=page.language)


def owe_cancellation(
    page: BookingPage, kind: str, *, reason: str = "", request_id: str = "", now: datetime
) -> None:
    """Owe the mail that takes a cancelled booking out of the calendar; its link still shows the booking."""
    link_id = link_queries.newest("manage", subject_id=page.id) or ""
    owe(page, kind, method="CANCEL", link_id=link_id, reason=reason, request_id=request_id, now=now)


def _record(deed: str, page: BookingPage, *, actor: str, now: datetime) -> None:
    journal.record(
        deed,
        house_id=page.house_id,
        actor=actor,
        object_kind="booking",
        object_id=page.id,
        now=now,
        people=sum(page.party.values()),
    )
