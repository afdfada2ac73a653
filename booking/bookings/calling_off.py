"""Deeds of the house: cancel a date or several, and tell everybody who booked them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from booking.bookings import access_queries, changing, queries, states
from booking.bookings.models import Booking
from booking.bookings.refusals import Past
from booking.db import execute
from booking.errors import NotFound, Overtaken
from booking.journal import service as journal
from booking.messages.facts import CANCELLED_BY_HOUSE
from booking.schedule import planning, taking
from booking.schedule.models import Occurrence, Resource


def cancel_dates(
    occurrence_ids: Sequence[int],
    *,
    house_id: int,
    reasons: Mapping[str, str],
    actor: str,
    tells: bool,
    now: datetime,
) -> int:
    """Cancel published dates of a house together, or none of them, and return how many bookings that ends.

    Raises NotFound for one of another house, and Past for one that is over.
    """
    found = planning.plans_of(list(occurrence_ids), house_id=house_id)
    seats = [
        resource for _plan, row in found for resource in (row.resource_id, *taking.held_by(row.claim_id))
    ]
    needs = [resource for _plan, row in found for resource in access_queries.held_on(row.id)]
    taking.lock([*seats, *needs])  # all at once: one after the other would break the order
    return sum(
        cancel_occurrence(row.id, reasons=reasons, actor=actor, tells=tells, now=now) for _plan, row in found
    )


def cancel_occurrence(
    occurrence_id: int, *, reasons: Mapping[str, str], actor: str, tells: bool = True, now: datetime
) -> int:
    """Cancel a date with all its bookings, tell every booker why, and return how many bookings that ends.

    The host, the room and the equipment are free again.  ``reasons`` by
    language.  ``tells``: without, no mail leaves, and the house tells them
    itself.  Raises NotFound, and Past for a date that is over.
    """
    occurrence = execute(_with_seats(occurrence_id)).one_or_none()
    if occurrence is None:
        raise NotFound
    if occurrence.ends_at <= now:
        raise Past
    _lock(occurrence_id, [occurrence.resource_id, *taking.held_by(occurrence.claim_id)])
    cancelled = update(Occurrence).where(Occurrence.id == occurrence_id, Occurrence.state == "published")
    values = {
        "state": "cancelled",
        "cancelled_at": now,
        "cancel_reason": dict(reasons),
        "changed_at": now,
        "version": Occurrence.version + 1,
    }
    if execute(cancelled.values(**values).returning(Occurrence.id)).scalar() is None:
        return 0
    taking.empty(occurrence.claim_id)
    told = _cancel_bookings(occurrence_id, reasons=reasons if tells else None, now=now)
    _cancel_erased(occurrence_id, now=now)
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


def _lock(occurrence_id: int, resource_ids: list[int]) -> None:
    """Lock resources with those that are held for the needs of who comes; raises Overtaken for later ones."""
    of_needs = access_queries.held_on(occurrence_id)
    taking.lock([*resource_ids, *of_needs])
    if not set(access_queries.held_on(occurrence_id)) <= set(of_needs):
        raise Overtaken


def _with_seats(occurrence_id: int) -> Select[*tuple[Any, ...]]:
    columns = select(
        Occurrence.house_id, Occurrence.claim_id, Occurrence.ends_at, Resource.id.label("resource_id")
    )
    return columns.join(Resource, Resource.occurrence_id == Occurrence.id).where(
        Occurrence.id == occurrence_id
    )


def _cancel_bookings(occurrence_id: int, *, reasons: Mapping[str, str] | None, now: datetime) -> int:
    """Cancel what was booked, tell why unless nobody is to be told, and return how many bookings there were."""
    wanted = select(Booking.id, Booking.language).where(
        Booking.occurrence_id == occurrence_id,
        Booking.state.in_(states.CANCELLABLE),
        Booking.erased_at.is_(None),
    )
    rows = execute(wanted.order_by(Booking.id)).all()
    for row in rows:
        page = changing.give_back(
            queries.booking(row.id, language=row.language),
            state=states.CANCELLED_BY_HOUSE,
            actor="system",
            now=now,
        )
        if reasons is not None:
            reason = reasons.get(row.language) or reasons.get("de", "")
            changing.owe_cancellation(page, CANCELLED_BY_HOUSE, reason=reason, now=now)
    return len(rows)


def _cancel_erased(occurrence_id: int, *, now: datetime) -> None:
    """Cancel the bookings of a date that were erased after it began: they hold their places, nobody is told."""
    erased = update(Booking).where(
        Booking.occurrence_id == occurrence_id,
        Booking.state.in_(states.CANCELLABLE),
        Booking.erased_at.is_not(None),
    )
    changed = erased.values(state=states.CANCELLED_BY_HOUSE, changed_at=now)
    for row in execute(changed.returning(Booking.id, Booking.claim_id, Booking.house_id)).all():
        if row.claim_id is not None:
            taking.release(row.claim_id)
        journal.record(
            "booking." + states.CANCELLED_BY_HOUSE,
            house_id=row.house_id,
            actor="system",
            object_kind="booking",
            object_id=row.id,
            now=now,
        )
