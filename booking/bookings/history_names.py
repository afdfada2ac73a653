"""What the objects of the journal are called today: names for ids, a statement for each kind that is asked for."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from booking.bookings.models import Booking, Hold
from booking.bookings.walk_in_models import Desk, Ticket
from booking.catalogue.models import Offering, Place, Pool, Programme, Topic
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.people.models import Host, Staff
from booking.schedule.models import Closure, HolidayOpening, Occurrence
from booking.schedule.series_models import Series

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that still exists; what it has of a title, names by language, a reference, an instant.

    ``programme_id``  that of its offering, where ``is_of_a_programme``
    """

    title: str = ""
    names: Names = field(default_factory=dict)
    reference: str = ""
    starts_at: datetime | None = None
    number: int | None = None
    day: date | None = None
    is_of_a_programme: bool = False
    programme_id: int | None = None


Things = Mapping[tuple[str, int], Thing]


def things(wanted: Mapping[str, Collection[int]], *, house_id: int, language: str) -> Things:
    """Return what is known of the objects of a house, by kind and id; what is deleted or foreign is left out."""
    found: dict[tuple[str, int], Thing] = {}
    for kind, ids in wanted.items():
        if kind in _STATEMENTS and ids:
            asked = {"house": house_id, "ids": sorted(ids)}
            if kind in _WITH_WORDS:
                asked["language"] = language
            for row in execute(_STATEMENTS[kind], asked):
                found[kind, row.id] = _READ.get(kind, _read_names)(row)
    return found


def staff_names(house_id: int) -> list[tuple[int, str]]:
    """Return everybody who works for a house, by name; those who have left and are erased have none."""
    return [(row.id, row.name) for row in execute(_STAFF_NAMES, {"house": house_id})]


def _read_names(row: Any) -> Thing:
    return Thing(names=row.names or {})


def _read_person(row: Any) -> Thing:
    return Thing(title=" ".join(part for part in (row.first_name, row.last_name) if part))


def _read_staff(row: Any) -> Thing:
    return Thing(title=row.name)


def _read_offering(row: Any) -> Thing:
    return Thing(title=row.title, is_of_a_programme=True, programme_id=row.programme_id)


def _read_date(row: Any) -> Thing:
    return Thing(
        title=row.title,
        starts_at=row.starts_at,
        reference=getattr(row, "reference", ""),
        is_of_a_programme=True,
        programme_id=row.programme_id,
    )


def _read_ticket(row: Any) -> Thing:
    return Thing(number=row.number, title=row.title, is_of_a_programme=True, programme_id=row.programme_id)


def _read_desk(row: Any) -> Thing:
    return Thing(title=row.label or row.title, is_of_a_programme=True, programme_id=row.programme_id)


def _read_closure(row: Any) -> Thing:
    return Thing(names=row.reasons or {}, starts_at=row.starts_at)


def _mine(model: Any) -> Any:
    return model.house_id == bindparam("house"), model.id.in_(bindparam("ids", expanding=True))


def _named(model: Any) -> Select[*tuple[Any, ...]]:
    return select(model.id, model.names).where(*_mine(model))


def _titled(owner: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    return select(owner.id, *columns, text("title"), Offering.programme_id).select_from(owner)


def _of_a_date(owner: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    joined = _titled(owner, *columns, Occurrence.starts_at).join(
        Occurrence, Occurrence.id == owner.occurrence_id
    )
    return with_texts(joined.join(Offering, Offering.id == Occurrence.offering_id)).where(*_mine(owner))


def _of_an_offering(owner: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    joined = _titled(owner, *columns).join(Offering, Offering.id == owner.offering_id)
    return with_texts(joined).where(*_mine(owner))


_STATEMENTS: Mapping[str, Select[*tuple[Any, ...]]] = {
    "staff": select(Staff.id, Staff.name).where(*_mine(Staff)),
    "host": select(Host.id, Host.first_name, Host.last_name).where(*_mine(Host)),
    "place": _named(Place),
    "pool": _named(Pool),
    "topic": _named(Topic),
    "programme": _named(Programme),
    "holiday": select(HolidayOpening.id, HolidayOpening.day).where(*_mine(HolidayOpening)),
    "closure": select(Closure.id, Closure.reasons, Closure.starts_at).where(*_mine(Closure)),
    "offering": with_texts(
        select(Offering.id, text("title"), Offering.programme_id).select_from(Offering)
    ).where(*_mine(Offering)),
    "occurrence": _of_an_offering(Occurrence, Occurrence.starts_at),
    "booking": _of_a_date(Booking, Booking.reference),
    "hold": _of_a_date(Hold),
    "series": _of_an_offering(Series),
    "ticket": _of_an_offering(Ticket, Ticket.number),
    "desk": _of_an_offering(Desk, Desk.label),
}
"""Statements made once: making them costs more than running them."""
_STAFF_NAMES = (
    select(Staff.id, Staff.name)
    .where(Staff.house_id == bindparam("house"), Staff.erased_at.is_(None))
    .order_by(Staff.name, Staff.id)
)
_WITH_WORDS = frozenset({"offering", "series", "occurrence", "booking", "hold", "ticket", "desk"})
_READ: Mapping[str, Callable[[Any], Thing]] = {
    "staff": _read_staff,
    "host": _read_person,
    "closure": _read_closure,
    "holiday": lambda row: Thing(day=row.day),
    "offering": _read_offering,
    "occurrence": _read_date,
    "booking": _read_date,
    "hold": _read_date,
    "series": _read_offering,
    "ticket": _read_ticket,
    "desk": _read_desk,
}
