"""Questions about who comes to dates, as staff at the door see them: names and sizes, never an address."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from booking.bookings import states
from booking.bookings.access_models import CANCELLED, AccessNeed
from booking.bookings.attendance_models import Arrival, Attendance
from booking.bookings.day_scope import NAME, NOTHING, first_name
from booking.bookings.models import Booking, PartyCount
from booking.db import execute
from booking.errors import NotFound


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the person who asks may see it: ``name`` is the first name only where no more may be seen.

    ``needs``    kinds of what they need to take part
    ``version``  of the arrival, 0 while nothing is noted
    """

    id: int
    occurrence_id: int
    reference: str
    name: str
    state: str
    people: Mapping[str, int]
    came: Mapping[str, int]
    needs: tuple[str, ...]
    arrived_at: datetime | None
    version: int

    @property
    def size(self) -> int:
        """How many were booked."""
        return sum(self.people.values())

    @property
    def here(self) -> int:
        """How many came."""
        return sum(self.came.values())


def parties(sights: Mapping[int, int]) -> Mapping[int, Sequence[Party]]:
    """Return the parties of each date, by name, in four statements for any number of dates.

    ``sights``  by the id of the date what may be seen of its parties; of NOTHING nothing is read
    """
    shown = [occurrence_id for occurrence_id, sight in sights.items() if sight != NOTHING]
    rows = execute(_OF_DATES, {"occurrences": shown}).all()
    found: defaultdict[int, list[Party]] = defaultdict(list)
    for one in _whole(rows, sights):
        found[one.occurrence_id].append(one)
    return {key: sorted(some, key=lambda one: (one.name.casefold(), one.id)) for key, some in found.items()}


def date_of(booking_id: int, *, house_id: int) -> int:
    """Return the date of a booking that can be checked in, or was; raises NotFound for any other one."""
    found = execute(_DATE_OF, {"booking": booking_id, "house": house_id}).scalar()
    if found is None:
        raise NotFound
    return int(found)


def party(booking_id: int, *, sight: int, house_id: int) -> Party:
    """Return one party; raises NotFound for one that is not awaited, not of the house, or not to be seen."""
    rows = execute(_ONE, {"booking": booking_id, "house": house_id}).all()
    found = _whole(rows, {row.occurrence_id: sight for row in rows}) if sight != NOTHING else []
    if not found:
        raise NotFound
    return found[0]


def _whole(rows: Sequence[Row[Any]], sights: Mapping[int, int]) -> list[Party]:
    ids = [row.id for row in rows]
    people, came = _counts(PartyCount, ids), _counts(Attendance, ids)
    needs = _needs(ids)
    return [
        Party(
            id=row.id,
            occurrence_id=row.occurrence_id,
            reference=row.reference,
            name=row.name if sights[row.occurrence_id] == NAME else first_name(row.name),
            state=row.state,
            people=people.get(row.id, {}),
            came=came.get(row.id, {}),
            needs=tuple(needs.get(row.id, ())),
            arrived_at=row.arrived_at,
            version=row.version or 0,
        )
        for row in rows
    ]


def _counts(table: type[PartyCount | Attendance], ids: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in execute(_COUNTS[table.__tablename__], {"bookings": list(ids)}):
        found[row.booking_id][row.category] = row.people
    return found


def _needs(ids: Iterable[int]) -> Mapping[int, Sequence[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in execute(_NEEDS, {"bookings": list(ids)}):
        found[row.booking_id].append(row.kind)
    return found


def _select() -> Select[*tuple[Any, ...]]:
    columns = select(
        Booking.id,
        Booking.occurrence_id,
        Booking.reference,
        Booking.name,
        Booking.state,
        Arrival.arrived_at,
        Arrival.version,
    )
    joined = columns.select_from(Booking).outerjoin(Arrival, Arrival.booking_id == Booking.id)
    return joined.where(Booking.state.in_(sorted(states.AT_THE_DOOR)), Booking.erased_at.is_(None))


def _counted(table: type[PartyCount | Attendance]) -> Select[*tuple[Any, ...]]:
    wanted = select(table.booking_id, table.category, table.people)
    return wanted.where(table.booking_id.in_(bindparam("bookings", expanding=True)))


_OF_DATES = _select().where(Booking.occurrence_id.in_(bindparam("occurrences", expanding=True)))
_ONE = _select().where(Booking.id == bindparam("booking"), Booking.house_id == bindparam("house"))
_DATE_OF = select(Booking.occurrence_id).where(
    Booking.id == bindparam("booking"),
    Booking.house_id == bindparam("house"),
    Booking.state.in_(sorted(states.AT_THE_DOOR)),
    Booking.erased_at.is_(None),
)
_COUNTS = {table.__tablename__: _counted(table) for table in (PartyCount, Attendance)}
_NEEDS = (
    select(AccessNeed.booking_id, AccessNeed.kind)
    .where(AccessNeed.booking_id.in_(bindparam("bookings", expanding=True)), AccessNeed.state != CANCELLED)
    .order_by(AccessNeed.booking_id, AccessNeed.id)
)
"""Statements made once: making them costs more than running them."""
