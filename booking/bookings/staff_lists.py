"""Questions of staff: the list of bookings with its filters, one search for all, and what an export tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from booking.bookings import sight_queries, staff_search
from booking.bookings.access_models import CANCELLED, AccessNeed
from booking.bookings.models import ONLINE, Booking, PartyCount
from booking.bookings.sight import Sight, Whose, sight
from booking.bookings.states import CANCELLABLE
from booking.catalogue.models import Offering
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.people.permissions import Acting
from booking.schedule.models import Occurrence

PAGE = 50
MOST_EXPORTED = 10_000
SORTS = ("date", "date_desc", "booked", "name")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shall hold; empty parts leave everything in.

    ``first``, ``until``  the visit starts in ``[first, until)``
    ``unreachable``       mail came back, and nobody has phoned yet
    """

    term: str = ""
    states: tuple[str, ...] = ()
    offering_id: int | None = None
    first: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    medium: str = ""
    unreachable: bool = False
    with_needs: bool = False
    by_staff: bool = False
    sort: str = "date"


@dataclass(frozen=True, slots=True)
class Listed:
    """A booking in a list; what its ``sight`` does not show is empty."""

    id: int
    reference: str
    state: str
    name: str
    email: str
    phone: str
    note: str
    language: str
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    title: str
    kind: str
    medium: str
    people: int
    has_needs: bool
    is_unreachable: bool
    channel: str
    sight: Sight


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and how many it has in all."""

    rows: list[Listed] = field(default_factory=list)
    total: int = 0


def page(
    acting: Acting,
    wanted: Wanted,
    *,
    zone: str,
    language: str,
    number: int = 1,
    most: int = PAGE,
    now: datetime,
) -> Page:
    """Return one page of the bookings that somebody may see, in two statements for any number of them."""
    which = _which(acting, wanted, zone=zone, now=now)
    counted = select(func.count(Booking.id)).select_from(Booking)
    total = execute(_joined(counted).where(which)).scalar_one()
    asked = _columns(acting).where(which).order_by(*_order(wanted.sort))
    rows = execute(asked.limit(most).offset((number - 1) * most), {"language": language})
    exact = staff_search.exact(wanted.term) is not None
    return Page([_listed(row, acting, exact=exact, zone=zone, now=now) for row in rows], int(total))


def exported(acting: Acting, wanted: Wanted, *, zone: str, language: str, now: datetime) -> list[Listed]:
    """Return the bookings of a list that somebody may take along: those of the own programmes, 10,000 at most."""
    which = and_(_which(acting, wanted, zone=zone, now=now), sight_queries.runs(acting))
    asked = _columns(acting).where(which).order_by(*_order(wanted.sort)).limit(MOST_EXPORTED)
    rows = execute(asked, {"language": language})
    return [_listed(row, acting, exact=False, zone=zone, now=now) for row in rows]


def offerings(acting: Acting, *, language: str) -> list[tuple[int, str]]:
    """Return id and title of the offerings of the house that have dates, for the filter."""
    wanted = with_texts(select(Offering.id, text("title")).select_from(Offering))
    own = Offering.house_id == acting.house_id
    has_dates = exists(select(Occurrence.id).where(Occurrence.offering_id == Offering.id))
    rows = execute(wanted.where(own, has_dates).order_by(Offering.key), {"language": language})
    return [(row.id, row.title) for row in rows]


def unreachable(acting: Acting, *, zone: str, now: datetime) -> int:
    """Return to how many bookers ahead somebody should phone, because mail came back."""
    which = _which(acting, Wanted(unreachable=True), zone=zone, now=now)
    counted = _joined(select(func.count(Booking.id)).select_from(Booking))
    return int(execute(counted.where(which, Booking.ends_at > now)).scalar_one())


def _which(acting: Acting, wanted: Wanted, *, zone: str, now: datetime) -> ColumnElement[bool]:
    exact = staff_search.exact(wanted.term)
    whole = sight_queries.with_contact(acting, exact=exact, zone=zone, now=now)
    part = sight_queries.without_contact(acting)
    seen = or_(
        and_(whole, staff_search.found(wanted.term)),
        and_(part, staff_search.found_without_names(wanted.term)),
    )
    conditions = [seen, Booking.erased_at.is_(None), *_filters(wanted)]
    if wanted.with_needs:
        conditions.append(sight_queries.with_needs(acting, zone=zone, now=now) & _NEEDS)
    return and_(*conditions)


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the condition of each filter that is set."""
    stands = Booking.state.in_(sorted(CANCELLABLE))
    conditions: tuple[tuple[object, Callable[[], ColumnElement[bool]]], ...] = (
        (wanted.states, lambda: Booking.state.in_(wanted.states)),
        (wanted.offering_id, lambda: Occurrence.offering_id == wanted.offering_id),
        (wanted.first, lambda: Booking.starts_at >= wanted.first),
        (wanted.until, lambda: Booking.starts_at < wanted.until),
        (wanted.kind, lambda: Offering.kind == wanted.kind),
        (wanted.medium, lambda: Occurrence.medium == wanted.medium),
        (wanted.unreachable, lambda: and_(Booking.unreachable_at.is_not(None), stands)),
        (wanted.by_staff, lambda: Booking.channel != ONLINE),
    )
    return [condition() for asked, condition in conditions if asked]


_NEEDS = exists(
    select(AccessNeed.id).where(AccessNeed.booking_id == Booking.id, AccessNeed.state != CANCELLED)
)
_PEOPLE = (
    select(func.coalesce(func.sum(PartyCount.people), 0))
    .where(PartyCount.booking_id == Booking.id)
    .correlate(Booking)
    .scalar_subquery()
)
_OWN = ("id", "reference", "state", "name", "email", "phone", "note", "language", "starts_at", "ends_at")
_ORDERS: Mapping[str, tuple[Any, ...]] = {
    "date": (Booking.starts_at, Booking.id),
    "date_desc": (Booking.starts_at.desc(), Booking.id.desc()),
    "booked": (Booking.created_at.desc(), Booking.id.desc()),
    "name": (func.lower(Booking.name), Booking.starts_at, Booking.id),
}


def _order(sort: str) -> tuple[Any, ...]:
    return _ORDERS.get(sort, _ORDERS["date"])


def _joined(columns: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    dates = columns.join(Occurrence, Occurrence.id == Booking.occurrence_id)
    return dates.join(Offering, Offering.id == Occurrence.offering_id)


def _columns(acting: Acting) -> Select[*tuple[Any, ...]]:
    columns = select(
        *(getattr(Booking, name) for name in _OWN),
        Booking.house_id,
        Booking.created_at,
        Booking.channel,
        Booking.unreachable_at,
        Offering.kind,
        Offering.programme_id,
        Occurrence.medium,
        text("title"),
        _PEOPLE.label("people"),
        _NEEDS.label("has_needs"),
        sight_queries.assigned(acting).label("is_assigned"),
    ).select_from(Booking)
    return with_texts(_joined(columns))


def _listed(row: Row[Any], acting: Acting, *, exact: bool, zone: str, now: datetime) -> Listed:
    of = Whose(row.house_id, row.programme_id, row.kind, row.starts_at, bool(row.is_assigned))
    seen = sight(acting, of, exact=exact, zone=zone, now=now)
    return Listed(
        id=row.id,
        reference=row.reference,
        state=row.state,
        name=name_in(seen, row.name),
        email=row.email if seen.sees("contact") else "",
        phone=row.phone if seen.sees("contact") else "",
        note=row.note if seen.sees("question") else "",
        language=row.language,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        created_at=row.created_at,
        title=row.title,
        kind=row.kind,
        medium=row.medium,
        people=int(row.people),
        has_needs=bool(row.has_needs) and seen.sees("needs"),
        is_unreachable=row.unreachable_at is not None and seen.sees("mails"),
        channel=row.channel,
        sight=seen,
    )


def name_in(seen: Sight, name: str) -> str:
    """Return as much of a name as somebody sees: all, the first one, or nothing."""
    if seen.sees("name"):
        return name
    return name.partition(" ")[0] if seen.sees("first_name") else ""
