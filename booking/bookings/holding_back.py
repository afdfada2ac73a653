"""Deeds of staff: hold places of a date back for phone and desk, change how many, release them.

The claim of what is held back takes seats like any other, so that the guard counts them and the public
sees them as taken.  It ends so long before the start as was wanted: from then on its places count as free
for everybody, whether or not the worker has been there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, or_, select, update

from booking.bookings import seat_queries, staff_refusals
from booking.bookings.seat_queries import Bookable
from booking.bookings.staff_models import HeldBack
from booking.db import execute
from booking.errors import Stale
from booking.journal import service as journal
from booking.schedule import taking
from booking.schedule.models import Allocation, Claim, Occurrence, Resource
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Kept:
    """Places that are held back; ``until`` is when the rest is free for everybody, or None: never."""

    id: int
    claim_id: int
    places: int
    minutes_before: int | None
    until: datetime | None
    version: int


def kept(occurrence_id: int, *, now: datetime) -> Kept | None:
    """Return what is held back of a date now, or None where nothing is, or not any more."""
    found = _row(occurrence_id)
    return None if found is None or (found.until is not None and found.until <= now) else found


def hold_back(
    occurrence_id: int,
    places: int,
    *,
    minutes_before: int | None,
    house_id: int,
    actor: str,
    seen: int = 0,
    now: datetime,
) -> None:
    """Keep so many places of a date for phone and desk from now on, whatever was kept before; 0 releases all.

    ``minutes_before``  as in HeldBack
    ``seen``            the version that the page showed; 0: nothing was held back
    Raises NotFound, DateNotOpen, TooManyToHoldBack, NotEnoughToHoldBack where others have the places, ReleaseOver,
    and Stale.
    """
    seats = _locked(occurrence_id, house_id=house_id, now=now)
    before = _row(occurrence_id)
    if seen != (before.version if before else 0):
        raise Stale
    _check(seats, before, places, minutes_before, now=now)
    was = [before.places if before else 0, places]
    if not places:
        _drop(before)
    else:
        claim_id = _claim(before, house_id=house_id, now=now)
        _write(before, occurrence_id, claim_id, places, minutes_before, house_id=house_id)
        _take(claim_id, seats, places, minutes_before, now=now)
    changes = {"places": was}
    if before and before.minutes_before != minutes_before:
        changes["minutes_before"] = [before.minutes_before or 0, minutes_before or 0]
    deed = "places.held_back" if places else "places.released"
    _record(deed, occurrence_id, house_id=house_id, actor=actor, changes=changes, now=now)


def draw(seats: Bookable, occurrence_id: int, people: int, *, rest: bool = False, now: datetime) -> int:
    """Let so many people have what is held back of a date, and return how many places became free for them.

    The seats are locked.  ``rest``  only as many as are lacking otherwise, instead of these first
    """
    found = kept(occurrence_id, now=now)
    if found is None:
        return 0
    lacking = max(0, people - _free(seats, now=now)) if rest else people
    drawn = min(lacking, found.places)
    if not drawn:
        return 0
    left = found.places - drawn
    if left:
        smaller = update(HeldBack).where(HeldBack.id == found.id)
        execute(smaller.values(places=left, version=HeldBack.version + 1))
        _take(found.claim_id, seats, left, found.minutes_before, now=now)
    else:
        _drop(found)
    return drawn


def follow_date(occurrence_id: int, *, now: datetime) -> None:
    """Let what is held back end as long before the start as was wanted, where a date was moved; its seats are locked.

    What was free for everybody already stays so.
    """
    found = _row(occurrence_id)
    if found is not None and not taking.is_over(found.claim_id, now=now):
        taking.keep(found.claim_id, until=found.until)


def due(*, now: datetime) -> list[int]:
    """Return the dates of which places are still noted as held back though their time is over."""
    over = (
        select(HeldBack.occurrence_id)
        .join(Claim, Claim.id == HeldBack.claim_id)
        .join(Occurrence, Occurrence.id == HeldBack.occurrence_id)
        .where(
            or_(Claim.expires_at <= to_epoch(now), Occurrence.ends_at <= now, Occurrence.state == "cancelled")
        )
    )
    return list(execute(over.order_by(HeldBack.occurrence_id)).scalars())


def release_due(occurrence_id: int, *, now: datetime) -> bool:
    """Release what is held back of a date whose time is over, and return whether this deed did it."""
    seats = seat_queries.seats_of(occurrence_id)
    taking.lock([seats.resource_id])
    if occurrence_id not in due(now=now):
        return False
    found = _row(occurrence_id)
    house_id = execute(select(HeldBack.house_id).where(HeldBack.occurrence_id == occurrence_id)).scalar()
    if found is None or house_id is None:
        return False
    _drop(found)
    changes = {"places": [found.places, 0]}
    _record("places.released", occurrence_id, house_id=house_id, actor="system", changes=changes, now=now)
    return True


def _locked(occurrence_id: int, *, house_id: int, now: datetime) -> Bookable:
    """Return the seats of a date of the programme, locked; raises NotFound and DateNotOpen."""
    taking.lock([seat_queries.bookable(occurrence_id, house_id=house_id).resource_id])
    seats = seat_queries.bookable(occurrence_id, house_id=house_id)
    state = execute(select(Occurrence.state).where(Occurrence.id == occurrence_id)).scalar()
    if state != "published" or seats.ends_at <= now:
        raise staff_refusals.DateNotOpen
    return seats


def _check(
    seats: Bookable, before: Kept | None, places: int, minutes_before: int | None, *, now: datetime
) -> None:
    """Raise TooManyToHoldBack, NotEnoughToHoldBack or ReleaseOver where so many cannot be held back of a date."""
    if places > seats.seats:
        raise staff_refusals.TooManyToHoldBack(seats=seats.seats)
    most = _free(seats, now=now, without=before.claim_id if before else 0)
    if places > most:
        raise staff_refusals.NotEnoughToHoldBack(most=max(0, most))
    until = _until(seats.starts_at, minutes_before)
    if places and until is not None and until <= now:
        raise staff_refusals.ReleaseOver


def _row(occurrence_id: int) -> Kept | None:
    wanted = (
        select(
            HeldBack.id,
            HeldBack.claim_id,
            HeldBack.places,
            HeldBack.minutes_before,
            HeldBack.version,
            Occurrence.starts_at,
        )
        .join(Occurrence, Occurrence.id == HeldBack.occurrence_id)
        .where(HeldBack.occurrence_id == occurrence_id)
    )
    row = execute(wanted).one_or_none()
    if row is None:
        return None
    until = _until(row.starts_at, row.minutes_before)
    return Kept(row.id, row.claim_id, row.places, row.minutes_before, until, row.version)


def _free(seats: Bookable, *, now: datetime, without: int = 0) -> int:
    """Return how many seats nobody has; holds that have expired count as free, and so does one claim."""
    counts = or_(Claim.expires_at.is_(None), Claim.expires_at > to_epoch(now))
    taken = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .join(Claim, Claim.id == Allocation.claim_id)
        .where(Allocation.resource_id == seats.resource_id, Allocation.claim_id != without, counts)
    )
    capacity = select(Resource.capacity).where(Resource.id == seats.resource_id)
    return int(execute(capacity).scalar_one()) - int(execute(taken).scalar_one())


def _claim(before: Kept | None, *, house_id: int, now: datetime) -> int:
    return before.claim_id if before else taking.new_claim(house_id=house_id, now=now)


def _write(
    before: Kept | None,
    occurrence_id: int,
    claim_id: int,
    places: int,
    minutes_before: int | None,
    *,
    house_id: int,
) -> None:
    values = {"places": places, "minutes_before": minutes_before}
    if before:
        mine = update(HeldBack).where(HeldBack.id == before.id)
        execute(mine.values(version=HeldBack.version + 1, **values))
    else:
        of = {"house_id": house_id, "occurrence_id": occurrence_id, "claim_id": claim_id, "version": 1}
        execute(insert(HeldBack).values(**of, **values))


def _take(claim_id: int, seats: Bookable, places: int, minutes_before: int | None, *, now: datetime) -> None:
    """Let a claim have so many seats and no others, until its time; the guard may refuse."""
    execute(delete(Allocation).where(Allocation.claim_id == claim_id))
    taking.keep(claim_id, until=_until(seats.starts_at, minutes_before))
    share = Share(seats.resource_id, to_epoch(seats.starts_at), to_epoch(seats.ends_at), places)
    taking.take_locked([share], claim_id=claim_id, now=now)


def _until(starts_at: datetime, minutes_before: int | None) -> datetime | None:
    return None if minutes_before is None else starts_at - timedelta(minutes=minutes_before)


def _drop(found: Kept | None) -> None:
    if found is not None:
        execute(delete(HeldBack).where(HeldBack.id == found.id))
        execute(delete(Claim).where(Claim.id == found.claim_id))


def _record(
    deed: str,
    occurrence_id: int,
    *,
    house_id: int,
    actor: str,
    changes: dict[str, list[int]],
    now: datetime,
) -> None:
    of = {"object_kind": "occurrence", "object_id": occurrence_id}
    journal.record(deed, house_id=house_id, actor=actor, now=now, changes=changes, **of)  # type: ignore[arg-type]
