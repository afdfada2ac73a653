"""Questions about access needs: what decides at a date, what a booker needs, what staff have to arrange."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, select

from booking.bookings.access_models import ARRANGED, CANCELLED, OPEN, AccessNeed
from booking.bookings.access_rules import KEPT_AFTER_VISIT, DateFacts
from booking.bookings.models import Booking
from booking.bookings.states import CANCELLABLE
from booking.catalogue.models import Offering, Place, Pool
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.houses.access import SIGNED
from booking.people.models import Host
from booking.schedule.choosing import Team
from booking.schedule.models import Allocation, Occurrence, OccurrenceHost, Resource


@dataclass(frozen=True, slots=True)
class Need:
    """One need of a booker; ``due_at`` is the deadline of the task that staff have or had with it."""

    id: int
    kind: str
    words: str
    consent_at: datetime
    state: str
    due_at: datetime | None
    claim_id: int | None

    @property
    def is_wanted(self) -> bool:
        """Whether somebody still needs it."""
        return self.state != CANCELLED


@dataclass(frozen=True, slots=True)
class Task:
    """What staff have to arrange, or to call off, and for which booking."""

    id: int
    kind: str
    words: str
    state: str
    due_at: datetime
    reference: str
    title: str
    starts_at: datetime
    ends_at: datetime


def date(occurrence_id: int) -> DateFacts:
    """Return what decides at a date; raises NotFound."""
    row = execute(_DATE, {"occurrence": occurrence_id}).one_or_none()
    if row is None:
        raise NotFound
    values = dict(row._mapping)
    claim_id, is_slot, is_place = (values.pop(name) for name in ("claim_id", "is_slot", "is_place_step_free"))
    values["is_step_free"] = row.is_step_free and is_place is not False
    # who guides a tour cannot interpret it, too; who answers one party's questions can
    signs = is_slot and _sign(execute(_HOSTS, {"occurrence": occurrence_id}).scalars())
    pools = frozenset(execute(_POOLS, {"claim": claim_id}).scalars())
    return DateFacts(**values, signs=signs, pools=pools)


def of_team(team: Team) -> DateFacts:
    """Return what decides at a slot that nobody has taken yet, or that others come to already."""
    if team.joins is not None:
        return date(team.joins)
    row = execute(_OFFERING, {"offering": team.wanted.offering_id, "place": team.place_id}).one()
    hosts = select(Host.languages).where(Host.id.in_(team.host_ids))
    keys = select(Pool.key).join(Resource, Resource.pool_id == Pool.id)
    held = [share.resource_id for share in team.shares]
    return DateFacts(
        occurrence_id=None,
        offering_id=team.wanted.offering_id,
        starts_at=team.wanted.starts_at,
        ends_at=team.ends_at,
        medium=team.wanted.medium,
        language=team.language,
        party_max=row.party_max,
        is_step_free=row.is_step_free and row.is_place_step_free is not False,
        signs=_sign(execute(hosts).scalars()),
        pools=frozenset(execute(keys.where(Resource.id.in_(held))).scalars()),
    )


def with_steps(occurrence_ids: Collection[int]) -> set[int]:
    """Return those of the dates whose offering or place is not step-free."""
    found = execute(_WITH_STEPS, {"occurrences": list(occurrence_ids)}) if occurrence_ids else ()
    return {row.id for row in found}


def needs(booking_id: int) -> list[Need]:
    """Return what the booker of a booking needs, in the order in which it was told."""
    return [Need(**row._mapping) for row in execute(_NEEDS, {"booking": booking_id})]


def held_for_needs(booking_id: int) -> list[int]:
    """Return the resources of which the needs of a booking hold some."""
    return list(execute(_HELD, {"booking": booking_id}).scalars())


def held_on(occurrence_id: int) -> list[int]:
    """Return the resources of which the needs of those who come to a date hold some."""
    return list(execute(_HELD_ON, {"occurrence": occurrence_id}).scalars())


def claim_on(occurrence_id: int, kind: str) -> int | None:
    """Return the claim that holds what others on a date need of this kind: one interpreter signs for all."""
    found: int | None = execute(_CLAIM_ON, {"occurrence": occurrence_id, "kind": kind}).scalar()
    return found


def is_needed(claim_id: int) -> bool:
    """Return whether any need still holds by a claim."""
    return execute(_OF_CLAIM, {"claim": claim_id}).scalar() is not None


def tasks(house_id: int, *, language: str) -> list[Task]:
    """Return what the staff of a house have to arrange or to call off, by deadline."""
    asked = {"house": house_id, "language": language}
    return [Task(**row._mapping) for row in execute(_TASKS, asked)]


def over(*, now: datetime) -> list[int]:
    """Return the bookings whose needs have been kept long enough."""
    return list(execute(_OVER, {"before": now - KEPT_AFTER_VISIT}).scalars())


def _sign(spoken: Iterable[list[Any]]) -> bool:
    return any(SIGNED in languages for languages in spoken)


def _held() -> Select[int]:
    return select(Allocation.resource_id).join(AccessNeed, AccessNeed.claim_id == Allocation.claim_id)


_DATE = (
    select(
        Occurrence.id.label("occurrence_id"),
        Occurrence.offering_id,
        Occurrence.claim_id,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Occurrence.medium,
        Occurrence.language,
        Occurrence.is_slot,
        Offering.party_max,
        Offering.is_step_free,
        Place.is_step_free.label("is_place_step_free"),
    )
    .join(Offering, Offering.id == Occurrence.offering_id)
    .outerjoin(Place, Place.id == Occurrence.place_id)
    .where(Occurrence.id == bindparam("occurrence"))
)
_OFFERING = (
    select(Offering.party_max, Offering.is_step_free, Place.is_step_free.label("is_place_step_free"))
    .outerjoin(Place, Place.id == bindparam("place"))
    .where(Offering.id == bindparam("offering"))
)
_WITH_STEPS = (
    select(Occurrence.id)
    .join(Offering, Offering.id == Occurrence.offering_id)
    .outerjoin(Place, Place.id == Occurrence.place_id)
    .where(Occurrence.id.in_(bindparam("occurrences", expanding=True)))
    .where(Offering.is_step_free.is_(False) | Place.is_step_free.is_(False))
)
_HOSTS = (
    select(Host.languages)
    .join(OccurrenceHost, OccurrenceHost.host_id == Host.id)
    .where(OccurrenceHost.occurrence_id == bindparam("occurrence"))
)
_POOLS = (
    select(Pool.key)
    .join(Resource, Resource.pool_id == Pool.id)
    .join(Allocation, Allocation.resource_id == Resource.id)
    .where(Allocation.claim_id == bindparam("claim"))
)
_NEEDS = (
    select(
        AccessNeed.id,
        AccessNeed.kind,
        AccessNeed.words,
        AccessNeed.consent_at,
        AccessNeed.state,
        AccessNeed.due_at,
        AccessNeed.claim_id,
    )
    .where(AccessNeed.booking_id == bindparam("booking"))
    .order_by(AccessNeed.id)
)
_HELD = _held().where(AccessNeed.booking_id == bindparam("booking"))
_HELD_ON = (
    _held()
    .join(Booking, Booking.id == AccessNeed.booking_id)
    .where(Booking.occurrence_id == bindparam("occurrence"))
)
_CLAIM_ON = (
    select(AccessNeed.claim_id)
    .join(Booking, Booking.id == AccessNeed.booking_id)
    .where(Booking.occurrence_id == bindparam("occurrence"), AccessNeed.kind == bindparam("kind"))
    .where(AccessNeed.state == ARRANGED, AccessNeed.claim_id.is_not(None))
    .order_by(AccessNeed.id)
    .limit(1)
)
_OF_CLAIM = select(AccessNeed.id).where(AccessNeed.claim_id == bindparam("claim")).limit(1)
_TASKS = (
    with_texts(
        select(
            AccessNeed.id,
            AccessNeed.kind,
            AccessNeed.words,
            AccessNeed.state,
            AccessNeed.due_at,
            Booking.reference,
            text("title"),
            Booking.starts_at,
            Booking.ends_at,
        )
        .select_from(AccessNeed)
        .join(Booking, Booking.id == AccessNeed.booking_id)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .join(Offering, Offering.id == Occurrence.offering_id)
    )
    .where(Booking.house_id == bindparam("house"))
    .where(
        (AccessNeed.state == CANCELLED)
        | ((AccessNeed.state == OPEN) & Booking.state.in_(sorted(CANCELLABLE)))
    )
    .order_by(AccessNeed.due_at, AccessNeed.id)
)
_OVER = (
    select(Booking.id)
    .where(exists(select(AccessNeed.id).where(AccessNeed.booking_id == Booking.id)))
    .where(Booking.ends_at <= bindparam("before"))
    .order_by(Booking.id)
)
"""Statements made once: making them costs more than running them."""
