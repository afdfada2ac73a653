"""Questions of feeds and of the map of the site: the dates of a programme, and when each last changed.

A date changes when it is published, edited or cancelled; the first of these instants is that of its claim.
Dates that began as a free time of somebody's consultation are never told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, or_, select, type_coerce

from booking.catalogue.models import Offering, Place
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.schedule.models import Claim, Occurrence
from booking.timekit.instants import to_epoch

CANCELLED_DAYS = 30  # long enough for every calendar that still shows it to hear of it
MOST = 2000  # entries of one feed: years ahead of any programme, and what clients still take


@dataclass(frozen=True, slots=True)
class FeedDate:
    """A date as the world is told of it; nothing in here changes because somebody books.

    ``changes``  how often it was changed since it was published
    """

    id: int
    offering_id: int
    offering_key: str
    kind: str
    title: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    language: str
    is_step_free: bool
    is_cancelled: bool
    place_names: Mapping[str, str]
    place_address: str
    latitude: float | None
    longitude: float | None
    cancel_reason: Mapping[str, str]
    published_at: datetime
    changed_at: datetime
    changes: int


def feed_dates(
    house_id: int, *, language: str, now: datetime, first: datetime, last: datetime
) -> list[FeedDate]:
    """Return the dates that start in ``[first, last)``, earliest first, at most MOST, in one statement.

    Those that were cancelled more than CANCELLED_DAYS before ``now`` are left out.
    """
    asked = {"house": house_id, "language": language, "first": to_epoch(first), "last": to_epoch(last)}
    since = to_epoch(now - timedelta(days=CANCELLED_DAYS))
    return [_date(row) for row in execute(_DATES, asked | {"cancelled": since})]


def _date(row: Row[Any]) -> FeedDate:
    return FeedDate(
        id=row.id,
        offering_id=row.offering_id,
        offering_key=row.offering_key,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        language=row.language,
        is_step_free=row.is_step_free,
        is_cancelled=row.state == "cancelled",
        place_names=row.place_names or {},
        place_address=row.place_address or "",
        latitude=row.latitude,
        longitude=row.longitude,
        cancel_reason=row.cancel_reason or {},
        published_at=row.created_at,
        changed_at=max(row.created_at, row.changed_at),
        changes=row.version - 1,
    )


_starts, _cancelled = (
    type_coerce(one, BigInteger) for one in (Occurrence.starts_at, Occurrence.cancelled_at)
)
_DATES = (
    with_texts(
        select(
            Occurrence.id,
            Occurrence.offering_id,
            Offering.key.label("offering_key"),
            Offering.kind,
            Offering.is_step_free,
            text("title"),
            text("summary"),
            Occurrence.starts_at,
            Occurrence.ends_at,
            Occurrence.language,
            Occurrence.state,
            Occurrence.changed_at,
            Occurrence.cancel_reason,
            Occurrence.version,
            Claim.created_at,
            Place.names.label("place_names"),
            Place.address.label("place_address"),
            Place.latitude,
            Place.longitude,
        )
        .select_from(Occurrence)
        .join(Offering, Offering.id == Occurrence.offering_id)
        .join(Claim, Claim.id == Occurrence.claim_id)
    )
    .outerjoin(Place, Place.id == Occurrence.place_id)
    .where(
        Occurrence.house_id == bindparam("house"),
        Occurrence.is_slot.is_(False),
        Offering.state == "published",
        or_(
            Occurrence.state == "published",
            (Occurrence.state == "cancelled") & (_cancelled >= bindparam("cancelled")),
        ),
        _starts >= bindparam("first"),
        _starts < bindparam("last"),
    )
    .order_by(Occurrence.starts_at, Occurrence.id)
    .limit(MOST)
)
"""A statement made once: making it costs more than running it."""
