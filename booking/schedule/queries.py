"""Questions about dates: what visitors see of occurrences, with the places left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
)

from booking.catalogue.models import Offering, Place, Pool
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.schedule import rules
from booking.schedule.models import Allocation, Claim, Occurrence, Resource
from booking.timekit.instants import to_epoch

_NOW = bindparam("now", type_=BigInteger)


@dataclass(frozen=True, slots=True)
class Date:
    """A dated run as visitors see it; ``state`` as in ``rules.visible_state``."""

    id: int
    offering_id: int
    offering_key: str
    kind: str
    title: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    language: str
    seats: int
    planned_seats: int
    left: int
    state: str
    last_call: datetime
    is_step_free: bool
    age_min: int
    place_names: Mapping[str, str]
    place_address: str
    latitude: float | None
    longitude: float | None
    limited_by: Mapping[str, str]
    cancel_reason: Mapping[str, str]


def dates(
    house_id: int,
    *,
    language: str,
    now: datetime,
    first: datetime,
    last: datetime,
    kind: str | None = None,
    offering_id: int | None = None,
) -> list[Date]:
    """Return the dates of a house that start in ``[first, last)``, earliest first, in one statement."""
    asked = _asked(house_id, language=language, now=now, offering_id=offering_id)
    rows = execute(_DATES, asked | {"first": first, "last": last, "kind": kind or ""})
    return [date_of(row, now) for row in rows]


def next_bookable(
    house_id: int,
    *,
    language: str,
    now: datetime,
    offering_id: int | None = None,
    most: int = 5,
    people: int = 1,
) -> list[Date]:
    """Return the next dates that have places for so many people, at most ``most``."""
    asked = _asked(house_id, language=language, now=now, offering_id=offering_id)
    return [date_of(row, now) for row in execute(_NEXT, asked | {"people": people, "most": most})]


def date(occurrence_id: int, *, house_id: int, language: str, own: int = 0, now: datetime) -> Date:
    """Return one date of the house; raises NotFound for a hidden, foreign or unknown one.

    ``own``  so many of the places taken are free for whoever asks
    """
    asked = _asked(house_id, language=language, now=now, offering_id=None)
    row = execute(_ONE, asked | {"occurrence": occurrence_id}).one_or_none()
    if row is None:
        raise NotFound
    return date_of(row, now, own=own)


def last_starts(house_id: int, *, now: datetime) -> dict[str, datetime]:
    """Return in which languages a house has published dates that are not over, and when the last of each starts."""
    return {
        row.language: row.last for row in execute(_LAST_STARTS, {"house": house_id, "now": to_epoch(now)})
    }


def seats(occurrence_id: int) -> int:
    """Return the seats that an occurrence publishes."""
    return int(execute(select(Occurrence.seats).where(Occurrence.id == occurrence_id)).scalar_one())


def _asked(house_id: int, *, language: str, now: datetime, offering_id: int | None) -> dict[str, Any]:
    return {"house": house_id, "language": language, "now": to_epoch(now), "offering": offering_id or 0}


def taken() -> ColumnElement[int]:
    """Return the places taken of an occurrence; expired holds do not count."""
    counts = or_(Claim.expires_at.is_(None), Claim.expires_at > _NOW)
    taken = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .join(Resource, Resource.id == Allocation.resource_id)
        .join(Claim, Claim.id == Allocation.claim_id)
        .where(Resource.occurrence_id == Occurrence.id, counts)
    )
    return taken.correlate(Occurrence).scalar_subquery()


def visible() -> Select[*tuple[Any, ...]]:
    """Return the statement for the dates of the bound ``house`` that its visitors may see, with their places taken."""
    columns = select(
        Occurrence.id,
        Occurrence.offering_id,
        Offering.key.label("offering_key"),
        Offering.kind,
        Offering.notice_minutes,
        Offering.is_step_free,
        Offering.age_min,
        Place.is_step_free.label("is_place_step_free"),
        text("title"),
        text("summary"),
        Occurrence.starts_at,
        Occurrence.ends_at,
        Occurrence.language,
        Occurrence.seats,
        Occurrence.planned_seats,
        Occurrence.state,
        Occurrence.cancel_reason,
        Place.names.label("place_names"),
        Place.address.label("place_address"),
        Place.latitude,
        Place.longitude,
        Pool.names.label("limited_by"),
        taken().label("taken"),
    )
    joined = with_texts(columns.select_from(Occurrence).join(Offering, Offering.id == Occurrence.offering_id))
    joined = joined.outerjoin(Place, Place.id == Occurrence.place_id).outerjoin(
        Pool, Pool.id == Occurrence.limited_by_pool_id
    )
    return joined.where(
        Occurrence.house_id == bindparam("house"),
        Occurrence.is_slot.is_(False),
        Occurrence.state.in_(("published", "cancelled")),
        Offering.state == "published",
    )


def in_order(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return dates earliest first."""
    return wanted.order_by(Occurrence.starts_at, Occurrence.id)


def date_of(row: Row[Any], now: datetime, *, own: int = 0) -> Date:
    """Return the date of a row of ``visible``."""
    last_call = row.starts_at - timedelta(minutes=row.notice_minutes)
    left = max(0, row.seats - row.taken + own)
    return Date(
        id=row.id,
        offering_id=row.offering_id,
        offering_key=row.offering_key,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        language=row.language,
        seats=row.seats,
        planned_seats=row.planned_seats,
        left=left,
        state=rules.visible_state(
            row.state, starts_at=row.starts_at, last_call=last_call, left=left, now=now
        ),
        last_call=last_call,
        is_step_free=row.is_step_free and row.is_place_step_free is not False,
        age_min=row.age_min,
        place_names=row.place_names or {},
        place_address=row.place_address or "",
        latitude=row.latitude,
        longitude=row.longitude,
        limited_by=row.limited_by or {},
        cancel_reason=row.cancel_reason or {},
    )


CAN_BE_BOOKED = (
    Occurrence.state == "published",
    type_coerce(Occurrence.starts_at, BigInteger) > _NOW,
    type_coerce(Occurrence.starts_at, BigInteger) >= _NOW + Offering.notice_minutes * 60,
    Occurrence.seats - taken() >= bindparam("people"),
)
"""What holds of the dates that ``people`` can book online at ``now``."""
_OF_OFFERING = or_(bindparam("offering", type_=Integer) == 0, Occurrence.offering_id == bindparam("offering"))
_OF_KIND = or_(bindparam("kind", type_=String) == "", Offering.kind == bindparam("kind"))
_DATES = in_order(
    visible().where(
        Occurrence.starts_at >= bindparam("first"),
        Occurrence.starts_at < bindparam("last"),
        _OF_KIND,
        _OF_OFFERING,
    )
)
_NEXT = in_order(visible().where(*CAN_BE_BOOKED, _OF_OFFERING)).limit(bindparam("most"))
_ONE = visible().where(Occurrence.id == bindparam("occurrence"))
_LAST_STARTS = (
    select(Occurrence.language, func.max(Occurrence.starts_at).label("last"))
    .where(
        Occurrence.house_id == bindparam("house"),
        Occurrence.state == "published",
        Occurrence.is_slot.is_(False),
        type_coerce(Occurrence.starts_at, BigInteger) > _NOW,
    )
    .group_by(Occurrence.language)
)
"""Statements made once: making them costs more than running them."""
