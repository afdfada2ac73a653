"""Deed: publish an occurrence with the hosts, the room and the equipment that it takes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, insert, select

from booking.catalogue.models import Need, Offering, Place
from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal
from booking.schedule import rules, service, taking
from booking.schedule.models import Allocation, Occurrence, OccurrenceHost, Resource
from booking.schedule.refusals import Taken
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Plan:
    """A date to publish; ``seats`` are wanted, the equipment may give fewer."""

    house_id: int
    offering_id: int
    starts_at: datetime
    ends_at: datetime
    seats: int
    language: str
    host_ids: tuple[int, ...]
    place_id: int | None


@dataclass(frozen=True, slots=True)
class _Need:
    """A need with the resource that serves it; epoch seconds, buffers included."""

    resource_id: int
    capacity: int
    quantity: int
    people_per_unit: int | None
    pool_id: int | None
    is_shared: bool
    starts_at: int
    ends_at: int

    def units(self, seats: int) -> int:
        if self.is_shared:
            return seats
        return (
            rules.units_for(seats, people_per_unit=self.people_per_unit)
            if self.people_per_unit
            else self.quantity
        )


def publish(plan: Plan, *, now: datetime) -> int:
    """Write a published occurrence with all it takes, and return its id.

    Seats never exceed what the equipment gives: with seven working headsets
    a date planned for eight publishes seven.  Raises Taken when a host or
    the room is not free (the guard says so), or when no equipment is left,
    and NotFound for the offering, a host or a place of another house.
    """
    _check_house(plan)
    needs = _needs(plan)
    taking.lock(need.resource_id for need in needs)
    seats, limited_by = _seats(plan, needs)
    claim_id = taking.new_claim(house_id=plan.house_id, now=now)
    occurrence_id = _write(plan, seats=seats, limited_by=limited_by, claim_id=claim_id)
    shares = [Share(need.resource_id, need.starts_at, need.ends_at, need.units(seats)) for need in needs]
    if shares:
        taking.take_locked(shares, claim_id=claim_id, now=now)
    service.add_resource(house_id=plan.house_id, capacity=seats, occurrence_id=occurrence_id)
    journal.record(
        "occurrence.published",
        house_id=plan.house_id,
        actor="system",
        object_kind="occurrence",
        object_id=occurrence_id,
        now=now,
        seats=seats,
    )
    return occurrence_id


def _check_house(plan: Plan) -> None:
    """Raise NotFound unless the house has what the plan names, and each host can be taken."""
    offering = select(Offering.id).where(Offering.id == plan.offering_id, Offering.house_id == plan.house_id)
    hosts = select(Resource.host_id).where(
        Resource.host_id.in_(plan.host_ids), Resource.house_id == plan.house_id
    )
    place = select(Place.id).where(Place.id == plan.place_id, Place.house_id == plan.house_id)
    if execute(offering).scalar() is None or set(execute(hosts).scalars()) != set(plan.host_ids):
        raise NotFound
    if plan.place_id is not None and execute(place).scalar() is None:
        raise NotFound


def _needs(plan: Plan) -> list[_Need]:
    before, after = _host_buffers(plan.offering_id)
    hosts = select(Resource.id, Resource.capacity).where(Resource.host_id.in_(plan.host_ids))
    found = [
        _need(plan, row.id, row.capacity, before_minutes=before, after_minutes=after)
        for row in execute(hosts)
    ]
    things = [
        _need(
            plan,
            row.resource_id,
            row.capacity,
            before_minutes=row.before_minutes,
            after_minutes=row.after_minutes,
            quantity=row.quantity,
            people_per_unit=row.people_per_unit,
            pool_id=row.pool_id,
            is_shared=bool(row.is_shared),
        )
        for row in execute(_things(plan.offering_id))
    ]
    return found + things


def _need(
    plan: Plan,
    resource_id: int,
    capacity: int,
    *,
    before_minutes: int,
    after_minutes: int,
    quantity: int = 1,
    people_per_unit: int | None = None,
    pool_id: int | None = None,
    is_shared: bool = False,
) -> _Need:
    return _Need(
        resource_id=resource_id,
        capacity=capacity,
        quantity=quantity,
        people_per_unit=people_per_unit,
        pool_id=pool_id,
        is_shared=is_shared,
        starts_at=to_epoch(plan.starts_at - timedelta(minutes=before_minutes)),
        ends_at=to_epoch(plan.ends_at + timedelta(minutes=after_minutes)),
    )


def _host_buffers(offering_id: int) -> tuple[int, int]:
    wanted = select(Need.before_minutes, Need.after_minutes).where(
        Need.offering_id == offering_id, Need.kind == "host"
    )
    row = execute(wanted).first()
    return (row.before_minutes, row.after_minutes) if row else (0, 0)


def _things(offering_id: int) -> Select[*tuple[Any, ...]]:
    serves = (Resource.place_id == Need.place_id) | (Resource.pool_id == Need.pool_id)
    columns = (
        Need.quantity,
        Need.people_per_unit,
        Need.before_minutes,
        Need.after_minutes,
        Need.pool_id,
        Resource.id.label("resource_id"),
        Resource.capacity,
        Place.is_shared,
    )
    joined = (
        select(*columns).select_from(Need).join(Resource, serves).outerjoin(Place, Place.id == Need.place_id)
    )
    return joined.where(Need.offering_id == offering_id)


def _seats(plan: Plan, needs: list[_Need]) -> tuple[int, int | None]:
    """Return the seats to publish and the pool that lowered them, if one did."""
    seats, limited_by = plan.seats, None
    for need in needs:
        if need.people_per_unit is None:
            continue
        units = need.capacity - _load(need)
        possible = rules.seats_with(units, people_per_unit=need.people_per_unit, wanted=seats)
        if possible < seats:
            seats, limited_by = possible, need.pool_id
    if seats <= 0:
        raise Taken
    return seats, limited_by


def _load(need: _Need) -> int:
    taken = select(Allocation.starts_at, Allocation.ends_at, Allocation.quantity).where(
        Allocation.resource_id == need.resource_id,
        Allocation.starts_at < need.ends_at,
        Allocation.ends_at > need.starts_at,
    )
    rows = [(row.starts_at, row.ends_at, row.quantity) for row in execute(taken)]
    return rules.peak(rows, start=need.starts_at, end=need.ends_at)


def _write(plan: Plan, *, seats: int, limited_by: int | None, claim_id: int) -> int:
    row = insert(Occurrence).values(
        house_id=plan.house_id,
        offering_id=plan.offering_id,
        claim_id=claim_id,
        place_id=plan.place_id,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        language=plan.language,
        planned_seats=plan.seats,
        seats=seats,
        limited_by_pool_id=limited_by,
        state="published",
        version=1,
    )
    occurrence_id = int(execute(row.returning(Occurrence.id)).scalar_one())
    for host_id in plan.host_ids:
        execute(insert(OccurrenceHost).values(occurrence_id=occurrence_id, host_id=host_id))
    return occurrence_id
