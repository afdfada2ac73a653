"""Deed: publish an occurrence with the hosts, the room and the equipment that it takes."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from booking.catalogue.models import Place
from booking.db import execute
from booking.journal import service as journal
from booking.schedule import kit_loading, service, taking
from booking.schedule.kits import Fit, Wanted
from booking.schedule.models import Occurrence, OccurrenceHost
from booking.schedule.refusals import Taken
from booking.schedule.staff_refusals import PlaceLeft

VIDEO_ROOM_BYTES = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """A date to publish; ``seats`` are wanted, the equipment may give fewer.

    ``once``  the key of the form that asks for it; ``series`` its series, and its day in it
    """

    house_id: int
    offering_id: int
    starts_at: datetime
    ends_at: datetime
    seats: int
    language: str
    host_ids: tuple[int, ...]
    place_id: int | None
    medium: str = "on_site"
    once: str | None = None
    series: tuple[int, date] | None = None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """When it is."""
        return self.starts_at, self.ends_at

    def wanted(self) -> Wanted:
        """Return what it takes, whenever it is."""
        return Wanted(self.house_id, self.offering_id, self.medium, self.host_ids, self.place_id)


def publish(plan: Plan, *, actor: str = "system", now: datetime) -> int:
    """Write a published occurrence with all it takes, and return its id.

    Seats never exceed what the equipment gives: with seven working headsets
    a date planned for eight publishes seven.  Raises Taken when a host or
    the room is not free (the guard says so), or when no equipment is left,
    and NotFound for the offering, a host or a place of another house.
    """
    needed = kit_loading.kit(plan.wanted())
    taking.lock(needed.resource_ids())
    fit = needed.fit(plan.span, plan.seats, needed.takings(*plan.span, now=now), now=now)
    if fit.seats <= 0:
        raise Taken
    claim_id = taking.new_claim(house_id=plan.house_id, now=now)
    occurrence_id = write(plan, fit, state="published", claim_id=claim_id, now=now)
    if shares := fit.whole():
        taking.take_locked(shares, claim_id=claim_id, now=now)
    record(
        "occurrence.published", occurrence_id, house_id=plan.house_id, actor=actor, seats=fit.seats, now=now
    )
    return occurrence_id


def write(plan: Plan, fit: Fit | None, *, state: str, claim_id: int, now: datetime) -> int:
    """Write a date with its hosts and its seats, and return its id; ``fit`` None: it takes nothing yet.

    Raises PlaceLeft.
    """
    check_place(plan.place_id)
    seats = fit.seats if fit else plan.seats
    series_id, series_day = plan.series or (None, None)
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
        limited_by_pool_id=fit.limited_by.owner_id if fit and fit.limited_by else None,
        state=state,
        medium=plan.medium,
        video_room=video_room(plan.medium),
        version=1,
        changed_at=now,
        once=plan.once,
        series_id=series_id,
        series_day=series_day,
    )
    occurrence_id = int(execute(row.returning(Occurrence.id)).scalar_one())
    write_hosts(occurrence_id, plan.host_ids)
    service.add_resource(house_id=plan.house_id, capacity=seats, occurrence_id=occurrence_id)
    return occurrence_id


def check_place(place_id: int | None) -> None:
    """Raise PlaceLeft for a room or meeting point that the house does not use any more; locked, it stays as it is."""
    wanted = select(Place.id).where(Place.id == place_id, Place.is_active.is_(False))
    if place_id is not None and execute(wanted).scalar() is not None:
        raise PlaceLeft


def video_room(medium: str) -> str:
    """Return the secret part of the address of a video call, or "" where nobody meets in one."""
    return secrets.token_urlsafe(VIDEO_ROOM_BYTES) if medium == "video" else ""


def write_hosts(occurrence_id: int, host_ids: Iterable[int]) -> None:
    """Let these hosts give a date, and no others."""
    execute(delete(OccurrenceHost).where(OccurrenceHost.occurrence_id == occurrence_id))
    for host_id in host_ids:
        execute(insert(OccurrenceHost).values(occurrence_id=occurrence_id, host_id=host_id))


def record(
    deed: str,
    occurrence_id: int,
    *,
    house_id: int,
    actor: str,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
    **counts: int,
) -> None:
    """Note in the journal what became of a date."""
    journal.record(
        deed,
        house_id=house_id,
        actor=actor,
        object_kind="occurrence",
        object_id=occurrence_id,
        now=now,
        changes=changes,
        **counts,
    )
