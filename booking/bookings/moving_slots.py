"""Deed of bookers: move a consultation to another time, expert or medium."""

from datetime import datetime
from functools import partial

from booking.bookings import (
    access_changes,
    access_needs,
    access_queries,
    moving_queries,
    refusals,
    seat_queries,
)
from booking.bookings.hands import VISITOR, By
from booking.bookings.locking import lock_booking
from booking.bookings.moving import check_movable, enter, leave, moved_to
from booking.bookings.moving_queries import SlotOf
from booking.bookings.queries import BookingPage
from booking.errors import Overtaken
from booking.houses.facts import House
from booking.schedule import appointing, choosing
from booking.schedule.choosing import Team, Wanted
from booking.schedule.refusals import SlotGone


def move_to_slot(
    booking_id: int,
    wanted: Wanted,
    *,
    house: House,
    phone: str = "",
    by: By = VISITOR,
    request_id: str = "",
    now: datetime,
) -> bool:
    """Give the old time back and take another of the same offering, both or neither; return whether it moved.

    The booking itself is in nobody's way: it may move to a time that overlaps
    its own.  The calendar entry moves along: the same UID, SEQUENCE + 1.
    Where the booking is at that time already, with that expert and in that
    medium, nothing changes.  ``phone`` is a number for a call, if one is told
    with the move.  Raises NotMovable, TooLateToMove after the deadline of the
    old time, OtherOffering, NotFound for another house, Past, PhoneMissing
    for a call without a number, SlotGone, NeedRefused when what the booker
    needs cannot be arranged then, and Taken when somebody was faster: the old
    time stands.
    """
    slot = moving_queries.slot_of(booking_id)
    check_wanted(slot, wanted, now=now)
    if is_there(slot, wanted):
        check_movable(lock_booking(booking_id), by=by, now=now)
        return False
    choosing.in_turn(wanted.offering_id)
    team = team_for(booking_id, slot, wanted, house=house, now=now)
    needed = access_needs.to_lock(booking_id, partial(access_queries.of_team, team), now=now)
    page = lock_booking(booking_id, also=team.resource_ids() | needed)
    if moving_queries.slot_of(booking_id) != slot:
        raise Overtaken  # it moved in between: the team was chosen for another booking
    check_movable(page, by=by, now=now)
    check_phone(page, wanted, phone=phone)
    occurrence_id = _change_over(page, team, now=now)
    moved_to(page, occurrence_id, phone=phone, by=by, request_id=request_id, now=now)
    access_changes.follow(page, occurrence_id, locked=needed, now=now)
    return True


def _change_over(page: BookingPage, team: Team, *, now: datetime) -> int:
    """Give the old time back, take the new one, and return its date; both are locked."""
    leave(page, now=now)
    found = appointing.settle(team, expires_at=None, now=now)
    enter(page, seat_queries.seats_of(found.occurrence_id), now=now)
    appointing.follow_parties(found.occurrence_id, now=now)
    return found.occurrence_id


def team_for(booking_id: int, slot: SlotOf, wanted: Wanted, *, house: House, now: datetime) -> Team:
    """Return who takes the booking; raise SlotGone, or Overtaken where the booking moved and stood in its own way."""
    try:
        return choosing.choose(wanted, house=house, moving=slot.moving, now=now)
    except SlotGone:
        if moving_queries.slot_of(booking_id) != slot:
            raise Overtaken from None
        raise


def check_wanted(slot: SlotOf, wanted: Wanted, *, now: datetime) -> None:
    """Raise OtherOffering or Past where a slot's time is none to move to, whoever is free."""
    if wanted.offering_id != slot.offering_id or not slot.is_slot:
        raise refusals.OtherOffering
    if wanted.starts_at <= now:
        raise refusals.Past


def check_phone(page: BookingPage, wanted: Wanted, *, phone: str) -> None:
    """Raise PhoneMissing for a call to nobody's number."""
    if wanted.medium == "phone" and not (phone or page.phone):
        raise refusals.PhoneMissing


def is_there(slot: SlotOf, wanted: Wanted) -> bool:
    """Return whether a booking is at the wanted time already, with the wanted expert and in that medium."""
    same = (slot.starts_at, slot.medium) == (wanted.starts_at, wanted.medium)
    return same and wanted.host_id in (None, *slot.host_ids)
