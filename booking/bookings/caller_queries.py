"""Questions of whoever books for callers or lets people in: offerings, their dates with what is held back of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from booking.bookings.sight import may_book
from booking.bookings.staff_models import HeldBack
from booking.catalogue.models import Offering
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.people.permissions import DESK, Acting
from booking.schedule.models import Claim, Occurrence
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Bookable:
    """A published offering that somebody books for callers; ``by_slot``: at free times, else on dates."""

    id: int
    key: str
    title: str
    kind: str
    by_slot: bool
    is_walk_in: bool
    age_min: int


def offerings(acting: Acting, *, language: str) -> list[Bookable]:
    """Return the published offerings for which somebody books, by kind and title."""
    wanted = _OFFERINGS.where(Offering.house_id == acting.house_id)
    if DESK not in acting.roles and acting.programme_ids is not None:
        wanted = wanted.where(Offering.programme_id.in_(sorted(acting.programme_ids)))
    rows = [_bookable(row) for row in execute(wanted, {"language": language})]
    return sorted(rows, key=lambda one: (one.kind, one.title.casefold()))


def offering(key: str, acting: Acting, *, language: str) -> Bookable:
    """Return an offering for which somebody books; raises NotFound for any other."""
    mine = _OFFERINGS.where(Offering.house_id == acting.house_id, Offering.key == key)
    row = execute(mine, {"language": language}).one_or_none()
    if row is None or not may_book(acting, row.programme_id):
        raise NotFound
    return _bookable(row)


def offering_of_date(occurrence_id: int, acting: Acting, *, language: str) -> Bookable:
    """Return the offering of a date of the programme; raises NotFound as ``offering`` does."""
    mine = (Occurrence.id == occurrence_id) & (Occurrence.house_id == acting.house_id)
    wanted = select(Offering.key).join(Occurrence, Occurrence.offering_id == Offering.id)
    key = execute(wanted.where(mine, Occurrence.is_slot.is_(False))).scalar()
    if key is None:
        raise NotFound
    return offering(key, acting, language=language)


def held_back(occurrence_ids: Collection[int], *, now: datetime) -> Mapping[int, int]:
    """Return how many places are held back of each of the dates now, in one statement."""
    lasts = or_(Claim.expires_at.is_(None), Claim.expires_at > to_epoch(now))
    wanted = select(HeldBack.occurrence_id, HeldBack.places).join(Claim, Claim.id == HeldBack.claim_id)
    rows = execute(wanted.where(HeldBack.occurrence_id.in_(list(occurrence_ids)), lasts))
    return {row.occurrence_id: row.places for row in rows}


def of_programmes(acting: Acting, offering_ids: Collection[int]) -> set[int]:
    """Return those of the offerings for which somebody books."""
    mine = (Offering.house_id == acting.house_id) & Offering.id.in_(list(offering_ids))
    wanted = select(Offering.id, Offering.programme_id).where(mine)
    return {row.id for row in execute(wanted) if may_book(acting, row.programme_id)}


_OFFERINGS = with_texts(
    select(
        Offering.id,
        Offering.key,
        Offering.kind,
        Offering.booked_by,
        Offering.is_walk_in,
        Offering.age_min,
        Offering.programme_id,
        text("title"),
    ).select_from(Offering)
).where(Offering.state == "published")


def _bookable(row: object) -> Bookable:
    values = row._mapping  # type: ignore[attr-defined]
    return Bookable(
        id=values["id"],
        key=values["key"],
        title=values["title"],
        kind=values["kind"],
        by_slot=values["booked_by"] == "slot",
        is_walk_in=values["is_walk_in"],
        age_min=values["age_min"],
    )
