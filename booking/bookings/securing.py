"""Deeds on the places of a hold: keep them, take them again, let them go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from booking.bookings import hold_queries, rules, seat_queries
from booking.bookings.hold_queries import HoldPage
from booking.bookings.models import Hold
from booking.bookings.rules import Policy
from booking.bookings.seat_queries import Bookable
from booking.db import execute
from booking.errors import DomainError, Overtaken
from booking.houses import queries as houses
from booking.schedule import appointing, choosing, taking
from booking.schedule.choosing import Wanted
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Secured:
    """Where the places of a hold are now; a slot that had been lost may have another date."""

    occurrence_id: int
    claim_id: int


def secure(held: HoldPage, *, until: datetime | None, also: Iterable[int] = (), now: datetime) -> Secured:
    """Keep what a hold has until ``until`` or for good, or take it again; raises Past, Cancelled, Taken, SlotGone.

    ``also``  further resources to lock with its own
    What was taken in time may be finished after the lead time has begun.  Once
    the time of the hold is over, the rules hold as for anybody: raises what
    ``rules.check`` does, whether or not housekeeping has been there meanwhile.
    """
    taking.lock({*resources([held]), *also})
    still = hold_queries.policy(held.occurrence_id)
    rules.check_ahead(still, starts_at=held.starts_at, now=now)
    _check_in_time(still, held, now=now)
    stands = not held.is_slot or _slot_stands(held, now=now)
    if held.claim_id is not None and taking.keep(held.claim_id, until=until):
        if stands:
            if held.is_slot:
                appointing.follow_parties(held.occurrence_id, now=now)
            return Secured(held.occurrence_id, held.claim_id)
        taking.empty(held.claim_id)  # its host went to somebody else: these seats are in an empty room
        appointing.follow_parties(held.occurrence_id, now=now)
    if held.claim_id is not None:
        taking.keep(held.claim_id, until=now)  # empty, and nobody's from here on: housekeeping deletes it
    rules.check(still, held.party, now=now)
    if held.is_slot:
        return _appoint_again(held, until=until, now=now)
    seats = seat_queries.seats_of(held.occurrence_id)
    claim_id = claim_seats(seats, held.people, house_id=held.house_id, until=until, now=now)
    return Secured(held.occurrence_id, claim_id)


def _check_in_time(still: Policy, held: HoldPage, *, now: datetime) -> None:
    """Raise what forbids to take the places now, unless they are held still."""
    try:
        rules.check(still, held.party, now=now)
    except DomainError:
        if held.claim_id is None or taking.is_over(held.claim_id, now=now):
            raise


def _slot_stands(held: HoldPage, *, now: datetime) -> bool:
    """Return whether the date of a slot is still the one that was held.

    It may have lost its host, or come back in another medium.  Where an
    offering has limits, a hold whose time was over counts for nothing: others
    may have used them up.
    """
    if held.medium != held.medium_of_date or not appointing.stands(held.occurrence_id):
        return False
    is_over = held.claim_id is None or taking.is_over(held.claim_id, now=now)
    return not (is_over and choosing.is_limited(held.offering_id))


def _appoint_again(held: HoldPage, *, until: datetime | None, now: datetime) -> Secured:
    house = houses.house(held.house_id)
    hosts = hold_queries.host_ids(held.occurrence_id)
    wanted = Wanted(
        house_id=held.house_id,
        offering_id=held.offering_id,
        starts_at=held.starts_at,
        medium=held.medium,
        language=held.language,
        host_id=hosts[0] if len(hosts) == 1 else None,
        people=held.people,
    )
    choosing.in_turn(held.offering_id)
    team = choosing.choose(wanted, house=house, now=now)
    taking.lock(team.resource_ids())
    found = appointing.settle(team, expires_at=until, now=now)
    seats = seat_queries.seats_of(found.occurrence_id)
    claim_id = claim_seats(seats, held.people, house_id=held.house_id, until=until, now=now)
    appointing.follow_parties(found.occurrence_id, now=now)
    return Secured(found.occurrence_id, claim_id)


def resources(old: Iterable[HoldPage]) -> set[int]:
    """Return what must be locked before the places of these holds change."""
    found: set[int] = set()
    for one in old:
        found |= set(choosing.resources_of(one.occurrence_id)) if one.is_slot else {one.seats_resource_id}
    return found


def let_go(old: Iterable[HoldPage], *, now: datetime) -> None:
    """Give back what these holds keep; their ``resources`` are locked.

    Raises Overtaken where one was booked, or got other places, before it was locked.
    """
    for one in old:
        _end(one, now=now)
        if one.claim_id is not None:
            taking.empty(one.claim_id)
        if one.is_slot:
            appointing.follow_parties(one.occurrence_id, now=now)


def _end(one: HoldPage, *, now: datetime) -> None:
    as_read = (Hold.occurrence_id == one.occurrence_id) & Hold.claim_id.is_not_distinct_from(one.claim_id)
    still = update(Hold).where(Hold.id == one.id, as_read, Hold.booking_id.is_(None))
    ended = still.values(expires_at=min(one.expires_at, now)).returning(Hold.id)
    if execute(ended).scalar() is None:
        raise Overtaken


def claim_seats(seats: Bookable, people: int, *, house_id: int, until: datetime | None, now: datetime) -> int:
    """Take seats of a date, whose resource is locked, and return the claim; the guard may refuse."""
    claim_id = taking.new_claim(house_id=house_id, now=now, expires_at=until)
    share = Share(seats.resource_id, to_epoch(seats.starts_at), to_epoch(seats.ends_at), people)
    taking.take_locked([share], claim_id=claim_id, now=now)
    return claim_id
