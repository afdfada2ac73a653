"""Questions of whoever changes hours: which dates and booked slots a host, a room or the house has to come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, false, func, or_, select

from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking, PartyCount
from booking.bookings.states import STANDS
from booking.catalogue.models import Offering, Place
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.schedule.hours import Of
from booking.schedule.models import Allocation, Occurrence, OccurrenceHost, Resource

MOST = 500  # nobody looks through more


@dataclass(frozen=True, slots=True)
class Party:
    """A booking, as far as a list of dates tells: no name."""

    booking_id: int
    reference: str
    people: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A date, or a slot that somebody has booked, that is not over and not cancelled."""

    occurrence_id: int
    offering_id: int
    programme_id: int | None
    title: str
    kind: str
    state: str
    medium: str
    is_slot: bool
    starts_at: datetime
    ends_at: datetime
    place_names: dict[str, str]
    parties: tuple[Party, ...]

    @property
    def people(self) -> int:
        """How many come."""
        return sum(party.people for party in self.parties)


def planned_for(
    of: Of, *, house_id: int, since: datetime, until: datetime | None = None, language: str
) -> list[Planned]:
    """Return what a host gives or interprets, or what takes a room, and ends after ``since``, earliest first.

    ``until``  only what starts before; at most 500, in two statements
    """
    mine = _of_host(of.host_id) if of.host_id is not None else _of_place(of.place_id)
    return _planned(mine, house_id, since, until, language)


def planned_in_house(house_id: int, *, since: datetime, until: datetime, language: str) -> list[Planned]:
    """Return all that is planned in a house between two instants, likewise."""
    return _planned(Occurrence.house_id == house_id, house_id, since, until, language)


def _planned(
    mine: ColumnElement[bool], house_id: int, since: datetime, until: datetime | None, language: str
) -> list[Planned]:
    wanted = _DATES.where(mine, Occurrence.ends_at > since)
    if until is not None:
        wanted = wanted.where(Occurrence.starts_at < until)
    order = wanted.order_by(Occurrence.starts_at, Occurrence.id).limit(MOST)
    rows = execute(order, {"house": house_id, "language": language}).all()
    parties = _parties([row.occurrence_id for row in rows])
    return [
        Planned(
            **{**row._mapping, "place_names": row.place_names or {}},
            parties=tuple(parties[row.occurrence_id]),
        )
        for row in rows
    ]


def _parties(occurrence_ids: Sequence[int]) -> defaultdict[int, list[Party]]:
    found: defaultdict[int, list[Party]] = defaultdict(list)
    for row in execute(_PARTIES, {"occurrences": list(occurrence_ids)}):
        found[row.occurrence_id].append(Party(row.id, row.reference, row.people))
    return found


def _of_host(host_id: int | None) -> ColumnElement[bool]:
    gives = select(OccurrenceHost.occurrence_id).where(OccurrenceHost.host_id == host_id)
    interprets = (
        select(Booking.occurrence_id)
        .join(AccessNeed, AccessNeed.booking_id == Booking.id)
        .join(Allocation, Allocation.claim_id == AccessNeed.claim_id)
        .join(Resource, Resource.id == Allocation.resource_id)
        .where(Resource.host_id == host_id)
    )
    return or_(Occurrence.id.in_(gives), Occurrence.id.in_(interprets))


def _of_place(place_id: int | None) -> ColumnElement[bool]:
    takes = (
        select(Allocation.claim_id)
        .join(Resource, Resource.id == Allocation.resource_id)
        .where(Resource.place_id == place_id)
    )
    return or_(Occurrence.place_id == place_id, Occurrence.claim_id.in_(takes))


def _dates() -> Select[*tuple[Any, ...]]:
    columns = select(
        Occurrence.id.label("occurrence_id"),
        Occurrence.offering_id,
        Offering.programme_id,
        text("title"),
        Offering.kind,
        Occurrence.state,
        Occurrence.medium,
        Occurrence.is_slot,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Place.names.label("place_names"),
    ).select_from(Occurrence)
    joined = with_texts(columns.join(Offering, Offering.id == Occurrence.offering_id))
    has_party = exists(
        select(Booking.id)
        .where(Booking.occurrence_id == Occurrence.id, Booking.state.in_(sorted(STANDS)))
        .correlate(Occurrence)
    )
    return joined.outerjoin(Place, Place.id == Occurrence.place_id).where(
        Occurrence.house_id == bindparam("house"),
        Occurrence.state != "cancelled",
        or_(Occurrence.is_slot == false(), has_party),
    )


_DATES = _dates()
_PARTIES = (
    select(
        Booking.id,
        Booking.occurrence_id,
        Booking.reference,
        func.coalesce(func.sum(PartyCount.people), 0).label("people"),
    )
    .outerjoin(PartyCount, PartyCount.booking_id == Booking.id)
    .where(Booking.occurrence_id.in_(bindparam("occurrences", expanding=True)))
    .where(Booking.state.in_(sorted(STANDS)))
    .group_by(Booking.id, Booking.occurrence_id, Booking.reference)
    .order_by(Booking.id)
)
"""Statements made once: making them costs more than running them."""
