"""Deeds of the worker: delete the dates of slots that were held and never booked, and claims that nobody has."""

from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select

from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking, Hold
from booking.bookings.staff_models import HeldBack
from booking.db import execute, unit_of_work
from booking.schedule import taking
from booking.schedule.models import Allocation, Claim, Occurrence, OccurrenceHost, Resource
from booking.timekit.instants import to_epoch


def run(*, now: datetime) -> int:
    """Delete what is left of holds that became nothing, each in a unit of work of its own; return how many dates.

    A date goes only when its holds have been forgotten: before, whoever presses
    the button late may take it again.  Call this before holds are forgotten,
    so that a deed which has just read one still finds its date.
    """
    dates = unit_of_work(left_behind)
    for occurrence_id in dates:
        unit_of_work(partial(delete_slot, occurrence_id))
    for claim_id in unit_of_work(partial(_nobodys_claims, now=now)):
        unit_of_work(partial(_delete_claim, claim_id, now=now))
    return len(dates)


def left_behind() -> list[int]:
    """Return the dates that began as slots, to which nobody comes and which nobody holds or held of late."""
    return list(execute(select(Occurrence.id).where(_NOBODYS).order_by(Occurrence.id)).scalars())


def delete_slot(occurrence_id: int) -> None:
    """Delete the date of a slot with its seats and its claim, unless somebody has come to it meanwhile.

    Whoever takes a slot locks its hosts, also to bring back the date of one
    that parties share: so they are locked here, too, in the order of all deeds.
    """
    taking.lock(_resources(occurrence_id))
    gone = delete(Occurrence).where(Occurrence.id == occurrence_id, _NOBODYS).returning(Occurrence.claim_id)
    claim_id = execute(gone).scalar()
    if claim_id is not None:
        execute(delete(Claim).where(Claim.id == claim_id))


def _resources(occurrence_id: int) -> list[int]:
    hosts = select(OccurrenceHost.host_id).where(OccurrenceHost.occurrence_id == occurrence_id)
    wanted = or_(Resource.occurrence_id == occurrence_id, Resource.host_id.in_(hosts))
    return list(execute(select(Resource.id).where(wanted)).scalars())


def _nobodys_claims(*, now: datetime) -> list[int]:
    return list(execute(select(Claim.id).where(_is_nobodys(now)).order_by(Claim.id)).scalars())


def _delete_claim(claim_id: int, *, now: datetime) -> None:
    execute(delete(Claim).where(Claim.id == claim_id, _is_nobodys(now)))


def _is_nobodys(now: datetime) -> ColumnElement[bool]:
    """Return whether a claim holds nothing, will not end by itself, and belongs to nobody."""
    has_ended = or_(Claim.expires_at.is_(None), Claim.expires_at <= to_epoch(now))
    owners = (
        Booking.claim_id,
        Hold.claim_id,
        Occurrence.claim_id,
        AccessNeed.claim_id,
        HeldBack.claim_id,
        Allocation.claim_id,
    )
    return and_(has_ended, *(~exists().where(owner == Claim.id) for owner in owners))


_SEATS_TAKEN = (
    select(Allocation.id)
    .join(Resource, Resource.id == Allocation.resource_id)
    .where(Resource.occurrence_id == Occurrence.id)
    .correlate(Occurrence)
)
_NOBODYS = and_(
    Occurrence.is_slot.is_(True),
    ~exists().where(Booking.occurrence_id == Occurrence.id),
    ~exists().where(Hold.occurrence_id == Occurrence.id),
    ~exists().where(Allocation.claim_id == Occurrence.claim_id),
    ~_SEATS_TAKEN.exists(),
)
