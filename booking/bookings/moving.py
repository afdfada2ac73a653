"""Deeds of bookers: move a booking to another date, and change how many come; both or neither."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, select, update

from booking.bookings import (
    access_changes,
    access_needs,
    access_queries,
    booking_rules,
    holding_back,
    moving_queries,
    queries,
    refusals,
    rules,
    seat_queries,
    states,
)
from booking.bookings.hands import VISITOR, By
from booking.bookings.locking import lock_booking
from booking.bookings.models import Booking, PartyCount
from booking.bookings.moving_queries import Target
from booking.bookings.queries import BookingPage
from booking.bookings.seat_queries import Bookable
from booking.bookings.service import thread_of, write_party
from booking.db import execute
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.links import service as links
from booking.messages import outbox
from booking.messages.facts import CHANGED, MOVED, BookingFacts
from booking.schedule import appointing, fitting, taking
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch


def move_to_date(
    booking_id: int, occurrence_id: int, *, by: By = VISITOR, request_id: str = "", now: datetime
) -> bool:
    """Give the old places back and take as many on another date, both or neither; return whether it moved.

    The calendar entry moves along: the same UID, SEQUENCE + 1.  Where the
    booking is on that date already, nothing changes.  Raises NotMovable,
    TooLateToMove after the deadline of the old date, NotFound, OtherOffering,
    Past, Cancelled, TooLate and TooEarly for the new date, NeedRefused when
    what the booker needs cannot be arranged there, and Taken when its places do
    not suffice (the guard says so): the old ones stand.  Staff are bound by no
    deadline, and get Stale where somebody changed the booking meanwhile.
    """
    wanted = moving_queries.target(occurrence_id, booking_id=booking_id)
    needed = access_needs.to_lock(booking_id, partial(access_queries.date, occurrence_id), now=now)
    page = lock_booking(booking_id, also=[wanted.resource_id, *needed])
    if not (by.is_staff and page.occurrence_id == occurrence_id):  # pressed twice: it is there
        check_movable(page, by=by, now=now)
    if page.occurrence_id == occurrence_id:
        return False
    wanted = moving_queries.target(occurrence_id, booking_id=booking_id)  # nobody changes it from here on
    check_target(page, wanted, by=by, now=now)
    leave(page, now=now)
    seats, people = seat_queries.seats_of(occurrence_id), sum(page.party.values())
    if by.from_kept:
        holding_back.draw(seats, occurrence_id, people, rest=True, now=now)
    enter(page, seats, now=now)
    moved_to(page, occurrence_id, by=by, request_id=request_id, now=now)
    access_changes.follow(page, occurrence_id, locked=needed, now=now)
    return True


def change_party(
    booking_id: int, party: Mapping[str, int], *, by: By = VISITOR, request_id: str = "", now: datetime
) -> bool:
    """Bring more or fewer people, and return whether that changed anything; ``party`` has no zeros.

    The calendar entry tells it: the same UID, SEQUENCE + 1.  Raises
    NotMovable, TooLateToMove after the deadline, PartyTooSmall and
    PartyTooLarge by the offering's bounds, CompanionNotCounted where a
    companion would have no place, and TooFewLeft with what is possible when
    others have the places: those held already stand.  Staff are bound by no
    deadline, and by the seats alone where they overrule the bounds: PartyOutOfBounds tells them so.
    """
    page = lock_booking(booking_id)
    if not (by.is_staff and dict(page.party) == dict(party)):
        check_movable(page, by=by, now=now)
    if dict(page.party) == dict(party):
        return False
    if not by.overrules:
        (booking_rules if by.is_staff else rules).check_party(page.policy, party)
    access_changes.check_party(page, sum(party.values()))
    _resize(page, party, by=by, now=now)
    execute(delete(PartyCount).where(PartyCount.booking_id == booking_id))
    write_party(booking_id, party)
    changed = _changed(page, now=now, video_told_at=None)  # this entry tells no address of a video call
    _owe(changed, CHANGED, former=page, by=by, request_id=request_id, now=now)
    _record("booking.party_changed", changed, by=by, now=now, people_before=sum(page.party.values()))
    return True


def check_movable(page: BookingPage, *, by: By = VISITOR, now: datetime) -> None:
    """Raise NotMovable or TooLateToMove where nothing of a booking can be changed online any more.

    Staff may until the date is over: who missed the tram calls when it has begun.  Raises Stale for what
    they did not see.
    """
    by.check_seen(page.version)
    over = page.ends_at if by.is_staff else page.starts_at
    if page.state not in states.CANCELLABLE or over <= now:
        raise refusals.NotMovable
    if now > page.cancel_until and not by.is_staff:
        raise refusals.TooLateToMove


def check_target(page: BookingPage, wanted: Target, *, by: By = VISITOR, now: datetime) -> None:
    """Raise the refusal that forbids this booking to move to this date, if one does; free places aside."""
    if wanted.offering_key != page.offering_key:
        raise refusals.OtherOffering
    if by.is_staff:
        rules.check_ahead(wanted.policy, starts_at=wanted.starts_at, now=now)
    else:
        rules.check_time(wanted.policy, now=now)


def leave(page: BookingPage, *, now: datetime) -> None:
    """Give back what a locked booking holds; host, room and equipment of a slot that nobody comes to now, too."""
    taking.empty(claim_of(page.id))
    appointing.follow_parties(page.occurrence_id, now=now)


def enter(page: BookingPage, seats: Bookable, *, now: datetime) -> None:
    """Take seats, whose resource is locked, for a booking that has left what it held; the guard may refuse."""
    span = to_epoch(seats.starts_at), to_epoch(seats.ends_at)
    share = Share(seats.resource_id, *span, sum(page.party.values()))
    taking.take_locked([share], claim_id=claim_of(page.id), now=now)


def moved_to(
    page: BookingPage,
    occurrence_id: int,
    *,
    phone: str = "",
    by: By = VISITOR,
    request_id: str = "",
    now: datetime,
) -> None:
    """Write where a booking is now, let its links live as long as it, and tell its booker.

    ``phone``  a number for a call, if one was told with the move
    """
    seats = seat_queries.seats_of(occurrence_id)
    values: dict[str, Any] = {
        "occurrence_id": occurrence_id,
        "starts_at": seats.starts_at,
        "ends_at": seats.ends_at,
        "phone": phone or page.phone,
        "video_told_at": None,  # a video call at another time has an address of its own
    }
    moved = _changed(page, now=now, **values)
    links.extend("manage", subject_id=page.id, expires_at=rules.kept_until(moved.ends_at))
    _owe(moved, MOVED, former=page, by=by, request_id=request_id, now=now)
    changes = {"starts_at": [to_epoch(page.starts_at), to_epoch(moved.starts_at)]}
    _record("booking.moved", moved, by=by, changes=changes, now=now, occurrence_before=page.occurrence_id)


def claim_of(booking_id: int) -> int:
    """Return the claim of a booking that has one: every confirmed booking does."""
    return int(execute(select(Booking.claim_id).where(Booking.id == booking_id)).scalar_one())


def _resize(page: BookingPage, party: Mapping[str, int], *, by: By, now: datetime) -> None:
    """Take the seats of the booking's date for another party, and for a private slot what so many need."""
    seats, claim_id = seat_queries.seats_of(page.occurrence_id), claim_of(page.id)
    if by.from_kept:
        more = sum(party.values()) - sum(page.party.values())
        holding_back.draw(seats, page.occurrence_id, more, rest=True, now=now)
    most = moving_queries.most_people(seats.resource_id, claim_id=claim_id, now=now)
    if sum(party.values()) > most:
        raise refusals.TooFewLeft(most=most)
    taking.empty(claim_id)
    enter(replace(page, party=party), seats, now=now)
    fitting.fit_private_slot(page.occurrence_id, sum(party.values()), now=now)


def _changed(page: BookingPage, *, now: datetime, **values: Any) -> BookingPage:
    """Write values with a higher SEQUENCE, and return the booking as it now stands."""
    mine = update(Booking).where(Booking.id == page.id)
    execute(mine.values(sequence=Booking.sequence + 1, changed_at=now, **values))
    return queries.booking(page.id, language=page.language)


def _owe(
    page: BookingPage, kind: str, *, former: BookingPage, by: By, request_id: str, now: datetime
) -> None:
    """Owe the mail that tells of a change, with the entry that replaces the older one in the calendar.

    An older REQUEST that has not left yet stays: it leaves first, and tells of
    the booking what this one does not repeat.
    """
    if not by.tells:
        return
    mail = outbox.Owed(
        house_id=page.house_id,
        thread=thread_of(page.id),
        kind=kind,
        method="REQUEST",
        language=page.language,
        recipient=page.email,
        facts=_facts(page, former=former, now=now).to_json(),
    )
    outbox.owe(mail, request_id=request_id, now=now)


def _facts(page: BookingPage, *, former: BookingPage, now: datetime) -> BookingFacts:
    link_id = link_queries.newest("manage", subject_id=page.id) or ""
    facts = page.facts(link_id=link_id, stamp=now, language=page.language)
    return replace(
        facts,
        former_starts_at=to_epoch(former.starts_at),
        former_ends_at=to_epoch(former.ends_at),
        former_party=dict(former.party),
        former_medium=former.medium,
        former_with_whom=former.with_whom,
    )


def _record(
    deed: str,
    page: BookingPage,
    *,
    by: By,
    changes: Mapping[str, Any] | None = None,
    now: datetime,
    **counts: int,
) -> None:
    journal.record(
        deed,
        house_id=page.house_id,
        actor=by.actor,
        object_kind="booking",
        object_id=page.id,
        now=now,
        changes=changes,
        people=sum(page.party.values()),
        **counts,
    )
