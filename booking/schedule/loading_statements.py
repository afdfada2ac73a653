"""Statements that ask which offerings are booked by slot, who gives them, and what they need."""

from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, false, func, or_, select, true

from booking.catalogue.models import Need, Offering, OfferingMedium, Place, Pool
from booking.people.models import Host
from booking.schedule.availability_models import AvailabilityRule
from booking.schedule.models import Resource, Skill

_ASKED = Offering.id.in_(bindparam("offerings", expanding=True))

OFFERINGS = (
    select(
        Offering.id,
        Offering.minutes,
        Offering.seats,
        Offering.notice_minutes,
        Offering.horizon_days,
        Offering.host_mode,
        Offering.step_minutes,
        Offering.offset_minutes,
        Offering.is_shared,
        Offering.per_day,
        Offering.per_week,
        Offering.minutes_per_day,
    )
    .join(OfferingMedium, OfferingMedium.offering_id == Offering.id)
    .where(
        _ASKED,
        Offering.house_id == bindparam("house"),
        Offering.booked_by == "slot",
        Offering.state == "published",
        OfferingMedium.medium == bindparam("medium"),
    )
    .order_by(Offering.id)
)
"""The offerings that can be had in a medium."""

NEEDS = (
    select(
        Need.offering_id,
        Need.kind,
        Need.place_id,
        Need.quantity,
        Need.people_per_unit,
        Need.before_minutes,
        Need.after_minutes,
        Need.choice,
        Resource.id.label("resource_id"),
        Resource.capacity,
        Place.is_shared,
        func.coalesce(Place.names, Pool.names).label("names"),
    )
    .select_from(Need)
    .outerjoin(Place, Place.id == Need.place_id)
    .outerjoin(Pool, Pool.id == Need.pool_id)
    .outerjoin(Resource, or_(Resource.place_id == Need.place_id, Resource.pool_id == Need.pool_id))
    .where(
        Need.offering_id.in_(bindparam("offerings", expanding=True)),
        or_(Need.medium.is_(None), Need.medium == bindparam("medium")),
    )
    .order_by(Need.id)
)
"""What they need in the medium, with the resource that serves it; a meeting point has none."""


def _hosts(*, is_skilled: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Offering.id.label("offering_id"),
            Host.id.label("host_id"),
            Host.first_name,
            Host.last_name,
            Host.languages,
            Host.is_active,
            Resource.id.label("resource_id"),
            func.coalesce(Skill.is_fixed, false()).label("is_fixed"),
            is_skilled.label("is_skilled"),
        )
        .select_from(Offering)
        .join(Host, Host.house_id == Offering.house_id)
        .join(Resource, Resource.host_id == Host.id)
        .where(_ASKED)
        .order_by(Host.id)
    )


_MINE = and_(Skill.host_id == Host.id, Skill.offering_id == Offering.id)
_HAS_HOURS = exists(
    select(AvailabilityRule.id).where(
        AvailabilityRule.host_id == Host.id,
        or_(AvailabilityRule.offering_id.is_(None), AvailabilityRule.offering_id == Offering.id),
    )
)

SKILLED = _hosts(is_skilled=true()).join(Skill, _MINE)
"""Who can give them, active or not."""

EVERYBODY = (
    _hosts(is_skilled=Skill.host_id.is_not(None))
    .outerjoin(Skill, _MINE)
    .where(or_(Skill.host_id.is_not(None), Host.is_active & _HAS_HOURS))
)
"""Who can give them, and who has hours in which they could be given."""
