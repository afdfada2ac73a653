"""How access needs are met: what is taken at once, what becomes a task of staff, and how it is given back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from booking.bookings import access_queries, access_rules, access_tasks
from booking.bookings.access_models import ARRANGED, OPEN, AccessNeed
from booking.bookings.access_queries import Need
from booking.bookings.access_rules import Asked, DateFacts
from booking.bookings.queries import BookingPage
from booking.db import execute
from booking.houses.access import KINDS, SIGNED, Offer
from booking.houses.facts import House
from booking.schedule import interpreters, taking
from booking.schedule.interpreters import Visit
from booking.schedule.taking import Share

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Arranged:
    """A need that is met; ``claim_id`` holds what was taken for it, if anything was."""

    claim_id: int | None = None


def survey(
    house: House, kinds: Iterable[str], facts: DateFacts, *, ignored: frozenset[int] = NOTHING, now: datetime
) -> frozenset[int]:
    """Return the resources of which something could be taken for these needs, or is shared: to be locked first.

    ``ignored``  claims that are given back before anything is taken
    Changes nothing.
    """
    found: set[int] = set()
    for offer in (house.access[kind] for kind in kinds if kind in house.access):
        found.update(share.resource_id for share in _shares(house, offer, facts, ignored=ignored, now=now))
        found.update(taking.held_by(_shared(offer, facts)))
    return frozenset(found)


def write(page: BookingPage, house: House, facts: DateFacts, asked: Asked, *, now: datetime) -> None:
    """Write needs as tasks of staff, which most of them are for this moment alone."""
    for kind in asked.kinds:
        row = {
            "booking_id": page.id,
            "kind": kind,
            "words": asked.words,
            "consent_at": now,
            "state": OPEN,
            "due_at": access_rules.due_at(house, house.access[kind], facts, now=now),
        }
        execute(insert(AccessNeed), row)


def arrange(
    page: BookingPage,
    house: House,
    facts: DateFacts,
    *,
    only: Collection[str] = KINDS,
    locked: frozenset[int],
    now: datetime,
) -> bool:
    """Meet what can be met at once; return whether anything is left, of which the house is told."""
    left = False
    for need in access_queries.needs(page.id):
        if need.state != OPEN or need.kind not in only:
            continue
        offer = house.access.get(need.kind)
        arranged = offer and _take(house, offer, facts, locked=locked, now=now)
        if arranged:
            change(need.id, state=ARRANGED, due_at=None, claim_id=arranged.claim_id)
        left = left or not arranged
    return left and access_tasks.tell(page, now=now)


def change(need_id: int, **values: Any) -> None:
    """Write values of a need."""
    execute(update(AccessNeed).where(AccessNeed.id == need_id).values(**values))


def remove(rows: Sequence[Need]) -> None:
    """Delete needs, and give back what was taken for them; what they hold is locked."""
    execute(delete(AccessNeed).where(AccessNeed.id.in_([need.id for need in rows])))
    give_back(rows)


def give_back(rows: Sequence[Need]) -> None:
    """Release what these needs held, which is locked, unless somebody else still needs it."""
    for claim_id in sorted({need.claim_id for need in rows if need.claim_id is not None}):
        if not access_queries.is_needed(claim_id):
            taking.release(claim_id)


def _take(
    house: House, offer: Offer, facts: DateFacts, *, locked: frozenset[int], now: datetime
) -> Arranged | None:
    """Meet a need at once, or return None: somebody has to arrange it.

    Takes only of ``locked`` resources, which nobody else can take meanwhile,
    on a claim of its own; what others on the same date have taken already
    serves for all of them.
    """
    if offer.arranged_by in ("place", "party") or access_rules.is_met(offer, facts):
        return Arranged()
    shared = _shared(offer, facts)
    if shared is not None and locked.issuperset(taking.held_by(shared)):
        return Arranged(shared)
    for share in _shares(house, offer, facts, now=now):
        if share.resource_id in locked:
            claim_id = taking.new_claim(house_id=house.id, now=now)
            taking.take_locked([share], claim_id=claim_id, now=now)
            return Arranged(claim_id)
    return None


def _shares(
    house: House, offer: Offer, facts: DateFacts, *, ignored: frozenset[int] = NOTHING, now: datetime
) -> list[Share]:
    """Return what could be taken, best first."""
    if access_rules.is_met(offer, facts):
        return []
    visit = Visit(facts.offering_id, facts.medium, facts.starts_at, facts.ends_at, ignored)
    if offer.arranged_by == "interpreter":
        return interpreters.signers(house, visit, language=SIGNED, now=now)
    if offer.arranged_by == "pool":
        unit = interpreters.units(house.id, offer.pool, visit, now=now)
        return [unit] if unit is not None else []
    return []


def _shared(offer: Offer, facts: DateFacts) -> int | None:
    """Return the claim that serves others on the same date, if one does."""
    if offer.arranged_by not in ("interpreter", "pool") or facts.occurrence_id is None:
        return None
    return access_queries.claim_on(facts.occurrence_id, offer.kind)
