"""Questions about holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select

from booking.bookings.models import Booking, Hold
from booking.bookings.rules import Policy
from booking.bookings.states import TO_BE_CONFIRMED
from booking.catalogue.models import Offering, Place
from booking.db import execute
from booking.errors import NotFound
from booking.people.models import Host
from booking.schedule.models import Allocation, Claim, Occurrence, OccurrenceHost, Resource
from booking.timekit.instants import to_epoch

RECENT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class HoldPage:
    """A hold with the date of which it keeps places; ``host_ids`` give it, ``with_whom`` are their first names."""

    id: int
    house_id: int
    once: str
    occurrence_id: int
    claim_id: int | None
    party: Mapping[str, int]
    client: str
    medium: str
    suspicion: str
    extensions: int
    expires_at: datetime
    booking_id: int | None
    offering_id: int
    offering_key: str
    address_check: str
    starts_at: datetime
    ends_at: datetime
    language: str
    medium_of_date: str
    is_slot: bool
    place_names: Mapping[str, str]
    place_address: str
    seats_resource_id: int
    claim_ends_at: int | None
    policy: Policy

    @property
    def people(self) -> int:
        """How many people it keeps places for."""
        return sum(self.party.values())

    @property
    def was_given_back(self) -> bool:
        """Whether it ended before its time: given back, or something else was chosen instead."""
        return self.claim_ends_at is not None and self.claim_ends_at > to_epoch(self.expires_at)


@dataclass(frozen=True, slots=True)
class Activity:
    """Holds of the last ten minutes: of the house, and of one client.

    ``alive``   how many of the client's still keep places; ``people``: for how many, of one date
    """

    of_house: int
    of_client: int
    alive: int
    people: int


def hold(hold_id: int) -> HoldPage:
    """Return a hold; raises NotFound once it is forgotten."""
    row = execute(_HOLD, {"hold": hold_id}).one_or_none()
    if row is None:
        raise NotFound
    return _page(row)


def by_key(once: str, *, house_id: int) -> HoldPage | None:
    """Return the hold that a form has made already, if it has."""
    row = execute(_BY_KEY, {"once": once, "house": house_id}).one_or_none()
    return _page(row) if row else None


def of_booking(booking_id: int) -> HoldPage | None:
    """Return the hold that became a booking, while it is remembered."""
    row = execute(_EARLIER.where(Hold.booking_id == booking_id)).first()
    return _page(row) if row else None


def earlier(hold_ids: tuple[int, ...], *, offering_id: int, house_id: int, now: datetime) -> list[HoldPage]:
    """Return those of the holds that still keep places of this offering."""
    wanted = _EARLIER.where(
        Hold.id.in_(hold_ids),
        Occurrence.offering_id == offering_id,
        Hold.house_id == house_id,
        Hold.booking_id.is_(None),
        Hold.claim_id.is_not(None),
        Hold.expires_at > now,
    )
    return [_page(row) for row in execute(wanted.order_by(Hold.id))] if hold_ids else []


def policy(occurrence_id: int) -> Policy:
    """Return what decides whether a party may come to a date."""
    columns = (getattr(Offering, name) for name in _POLICY)
    wanted = select(Occurrence.state, Occurrence.starts_at, *columns).join(
        Offering, Offering.id == Occurrence.offering_id
    )
    return Policy(*execute(wanted.where(Occurrence.id == occurrence_id)).one())


def policy_of_offering(offering_id: int, *, starts_at: datetime) -> Policy:
    """Return what decides whether a party may come to a slot; raises NotFound."""
    wanted = select(*(getattr(Offering, name) for name in _POLICY)).where(Offering.id == offering_id)
    row = execute(wanted).one_or_none()
    if row is None:
        raise NotFound
    return Policy("published", starts_at, *row)


def activity(client: str, *, house_id: int, occurrence_id: int = 0, now: datetime) -> Activity:
    """Return how much is held just now, of one client and of the house; bookings to be confirmed count, too."""
    recent = Hold.created_at > now - RECENT
    unconfirmed = select(Booking.id).where(Booking.state == TO_BE_CONFIRMED)
    kept = Hold.booking_id.is_(None) & (Hold.expires_at > now)
    alive = or_(kept, Hold.booking_id.in_(unconfirmed))
    of_house = select(func.count()).select_from(Hold).where(Hold.house_id == house_id, recent)
    of_client = select(func.count()).select_from(Hold).where(Hold.client == client, recent)
    living = select(func.count()).select_from(Hold).where(Hold.client == client, alive)
    people = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .join(Hold, Hold.claim_id == Allocation.claim_id)
        .where(Hold.client == client, Hold.occurrence_id == occurrence_id, alive)
    )
    parts = (part.scalar_subquery() for part in (of_house, of_client, living, people))
    return Activity(*execute(select(*parts)).one())


def first_names(occurrence_id: int) -> list[str]:
    """Return the first names of those who give a date."""
    wanted = select(Host.first_name).join(OccurrenceHost, OccurrenceHost.host_id == Host.id)
    return list(
        execute(wanted.where(OccurrenceHost.occurrence_id == occurrence_id).order_by(Host.id)).scalars()
    )


def host_ids(occurrence_id: int) -> list[int]:
    """Return the hosts who give a date."""
    wanted = select(OccurrenceHost.host_id).where(OccurrenceHost.occurrence_id == occurrence_id)
    return list(execute(wanted.order_by(OccurrenceHost.host_id)).scalars())


_POLICY = ("notice_minutes", "horizon_days", "party_min", "party_max")
_OWN = (
    "id",
    "house_id",
    "once",
    "occurrence_id",
    "claim_id",
    "party",
    "client",
    "medium",
    "suspicion",
    "extensions",
    "expires_at",
    "booking_id",
)
_OF_DATE = ("offering_id", "starts_at", "ends_at", "language", "is_slot")


def _whole() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(getattr(Hold, name) for name in _OWN),
            *(getattr(Occurrence, name) for name in _OF_DATE),
            *(getattr(Offering, name) for name in _POLICY),
            Occurrence.state,
            Occurrence.medium.label("medium_of_date"),
            Offering.key.label("offering_key"),
            Offering.address_check,
            Place.names.label("place_names"),
            Place.address.label("place_address"),
            Resource.id.label("seats_resource_id"),
            Claim.expires_at.label("claim_ends_at"),
        )
        .select_from(Hold)
        .join(Occurrence, Occurrence.id == Hold.occurrence_id)
        .join(Offering, Offering.id == Occurrence.offering_id)
        .join(Resource, Resource.occurrence_id == Occurrence.id)
        .outerjoin(Place, Place.id == Occurrence.place_id)
        .outerjoin(Claim, Claim.id == Hold.claim_id)
    )


def _page(row: Row[Any]) -> HoldPage:
    values = dict(row._mapping)
    decides = Policy(values.pop("state"), row.starts_at, *(values.pop(name) for name in _POLICY))
    values["place_names"], values["place_address"] = row.place_names or {}, row.place_address or ""
    return HoldPage(**values, policy=decides)


_EARLIER = _whole()
_HOLD = _EARLIER.where(Hold.id == bindparam("hold"))
_BY_KEY = _EARLIER.where(Hold.once == bindparam("once"), Hold.house_id == bindparam("house"))
"""Statements made once: making them costs more than running them."""
