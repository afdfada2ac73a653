"""Deeds of bookers and of the house: cancel, change the address, ask for the links, erase."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, select, update

from booking.bookings import queries, states
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.bookings.refusals import NotCancellable, TooLateToCancel
from booking.bookings.service import owe_confirmation, thread_of
from booking.db import db
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.links import service as links
from booking.messages import outbox
from booking.messages.facts import CANCELLATION, CANCELLED_BY_HOUSE, ERASED, LINKS
from booking.schedule import taking
from booking.schedule.models import Occurrence, Resource


def cancel(booking_id: int, *, request_id: str = "", now: datetime) -> None:
    """Give the places back and owe the cancellation; a second time changes nothing.

    Raises TooLateToCancel after the offering's deadline, NotCancellable when
    the visit is over or the house has cancelled it.
    """
    page = _locked(booking_id)
    if page.state == states.CANCELLED_BY_VISITOR:
        return
    if page.state not in states.CANCELLABLE or page.starts_at <= now:
        raise NotCancellable
    if now > page.cancel_until:
        raise TooLateToCancel
    _give_back(page, state=states.CANCELLED_BY_VISITOR, actor="visitor", now=now)
    _owe(page, CANCELLATION, method="CANCEL", request_id=request_id, now=now)


def cancel_occurrence(occurrence_id: int, *, reasons: Mapping[str, str], actor: str, now: datetime) -> int:
    """Cancel a date with all its bookings, tell every booker why, and return how many were told.

    The host, the room and the equipment are free again.  ``reasons`` by language.
    """
    occurrence = db.session.execute(_with_seats(occurrence_id)).one()
    taking.lock([occurrence.resource_id, *taking.held_by(occurrence.claim_id)])
    cancelled = update(Occurrence).where(Occurrence.id == occurrence_id, Occurrence.state == "published")
    values = {
        "state": "cancelled",
        "cancelled_at": now,
        "cancel_reason": dict(reasons),
        "version": Occurrence.version + 1,
    }
    if db.session.execute(cancelled.values(**values).returning(Occurrence.id)).scalar() is None:
        return 0
    taking.empty(occurrence.claim_id)
    told = _tell_everybody(occurrence_id, reasons=reasons, now=now)
    journal.record(
        "occurrence.cancelled",
        house_id=occurrence.house_id,
        actor=actor,
        object_kind="occurrence",
        object_id=occurrence_id,
        now=now,
        bookings=told,
    )
    return told


def change_address(booking_id: int, email: str, *, request_id: str = "", now: datetime) -> None:
    """Write to another address from now on, and send the confirmation there; the wrong one gets nothing more."""
    page = _locked(booking_id)
    if page.email == email and not page.is_unreachable:
        return
    changed = update(Booking).where(Booking.id == booking_id)
    db.session.execute(changed.values(email=email, unreachable_at=None, changed_at=now))
    outbox.withdraw(thread_of(booking_id), now=now)
    link_id = link_queries.newest("manage", subject_id=booking_id)
    if link_id and page.state in states.CANCELLABLE:
        renewed = queries.booking(booking_id, language=page.language)
        owe_confirmation(renewed, link_id=link_id, request_id=request_id, now=now)
    _record("booking.address_changed", page, actor="visitor", now=now)


def ask_for_links(address: str, *, house_id: int, language: str, request_id: str = "", now: datetime) -> None:
    """Owe a mail with the links of this address; the worker finds out whether there are any.

    The page that calls this does the same for every address, in the same time.
    """
    mail = outbox.Owed(
        house_id=house_id,
        thread=f"links:{house_id}",
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
    """
    page = _locked(booking_id)
    is_ahead = page.state in states.CANCELLABLE and page.starts_at > now
    if is_ahead:
        page = _give_back(page, state=states.CANCELLED_BY_VISITOR, actor="visitor", now=now)
    outbox.withdraw(thread_of(booking_id), now=now)
    if not page.is_unreachable and page.email:
        _owe(page, ERASED, method="CANCEL" if is_ahead else None, forget=True, request_id=request_id, now=now)
    forget(booking_id, now=now)
    _record("booking.erased", page, actor="visitor", now=now)


def forget(booking_id: int, *, now: datetime) -> None:
    """Empty the personal columns of a booking, of its done mails, and revoke its links; counts stay."""
    emptied = {"name": "", "email": "", "phone": "", "note": "", "erased_at": now, "changed_at": now}
    db.session.execute(update(Booking).where(Booking.id == booking_id).values(**emptied))
    outbox.forget_thread(thread_of(booking_id))
    links.revoke("manage", subject_id=booking_id, now=now)


def _locked(booking_id: int) -> BookingPage:
    """Return a booking after locking the seats it holds and its row, in the order of all deeds."""
    claim_id = db.session.execute(select(Booking.claim_id).where(Booking.id == booking_id)).scalar()
    taking.lock(taking.held_by(claim_id))
    db.session.execute(select(Booking.id).where(Booking.id == booking_id).with_for_update())
    return queries.booking(booking_id, language=queries.language_of(booking_id))


def _give_back(page: BookingPage, *, state: str, actor: str, now: datetime) -> BookingPage:
    """Set the state, raise SEQUENCE, release the claim, and return the booking as it now stands."""
    values = {"state": state, "sequence": Booking.sequence + 1, "changed_at": now}
    changed = (
        update(Booking).where(Booking.id == page.id, Booking.state.in_(states.CANCELLABLE)).values(**values)
    )
    claim_id = db.session.execute(changed.returning(Booking.claim_id)).scalar()
    if claim_id is not None:
        taking.release(claim_id)
    _record("booking." + state, page, actor=actor, now=now)
    return queries.booking(page.id, language=page.language)


def _owe(
    page: BookingPage,
    kind: str,
    *,
    method: str | None,
    now: datetime,
    reason: str = "",
    forget: bool = False,
    request_id: str = "",
) -> None:
    fresh = queries.booking(page.id, language=page.language)
    link_id = link_queries.newest("manage", subject_id=page.id) or ""
    facts = fresh.facts(link_id=link_id, stamp=now, language=page.language, reason=reason)
    mail = outbox.Owed(
        house_id=page.house_id,
        thread=thread_of(page.id),
        kind=kind,
        method=method,
        language=page.language,
        recipient=page.email,
        facts=facts.to_json(),
        forget_when_sent=forget,
    )
    outbox.owe(mail, request_id=request_id, now=now)


def _with_seats(occurrence_id: int) -> Select[int, int, int]:
    columns = select(Occurrence.house_id, Occurrence.claim_id, Resource.id.label("resource_id"))
    return columns.join(Resource, Resource.occurrence_id == Occurrence.id).where(
        Occurrence.id == occurrence_id
    )


def _tell_everybody(occurrence_id: int, *, reasons: Mapping[str, str], now: datetime) -> int:
    wanted = select(Booking.id, Booking.language).where(
        Booking.occurrence_id == occurrence_id,
        Booking.state.in_(states.CANCELLABLE),
        Booking.erased_at.is_(None),
    )
    rows = db.session.execute(wanted.order_by(Booking.id)).all()
    for row in rows:
        page = _give_back(
            queries.booking(row.id, language=row.language),
            state=states.CANCELLED_BY_HOUSE,
            actor="system",
            now=now,
        )
        reason = reasons.get(row.language) or reasons.get("de", "")
        _owe(page, CANCELLED_BY_HOUSE, method="CANCEL", reason=reason, now=now)
    return len(rows)


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
