"""Deeds at the door: check a party in, a whole date at once, undo it, close the list of a date and open it again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from booking.bookings import attendance_queries, attendance_rules, staff_refusals, states
from booking.bookings.attendance_models import Arrival, Attendance
from booking.bookings.locking import lock_booking
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.db import db, execute
from booking.errors import NotFound, Stale
from booking.journal import service as journal
from booking.schedule import taking
from booking.schedule.models import Occurrence, Resource

_AWAITED = sorted(states.CANCELLABLE)


def check_in(
    booking_id: int,
    came: Mapping[str, int] | None = None,
    *,
    zone: str,
    version: int | None = None,
    actor: str,
    now: datetime,
) -> None:
    """Note how many of a party have come; None: all of them.  The same numbers a second time change nothing.

    ``came``     people by category, in all: who comes late is added to those who were there
    ``zone``     of the house: a party is checked in on the local day of its date, or later
    ``version``  of the arrival that the form showed, 0 where there was none; None does not ask

    Raises NotExpected for a booking that does not stand, Stale when another
    desk has noted other numbers since, and what ``attendance_rules`` refuse.
    """
    page = lock_booking(booking_id)
    attendance_rules.check_expected(page.state)
    attendance_rules.check_day(page.starts_at, zone=zone, now=now)
    counted = attendance_rules.check_came(page.party, page.party if came is None else came)
    before = attendance_queries.came(booking_id)
    if page.state == states.ATTENDED and counted == before:
        return
    _check_version(booking_id, version)
    _write_came(booking_id, counted, now=now)
    _become(page.id, states.ATTENDED, now=now)
    _record("booking.checked_in", page, actor=actor, before=before, after=counted, now=now)


def undo(booking_id: int, *, version: int | None = None, actor: str, now: datetime) -> None:
    """Take a check-in back, or that nobody came: the party is awaited again.

    Raises NotExpected for a booking that does not stand, Stale as ``check_in`` does,
    and NotToBeUndone when the date was cancelled or moved since.
    """
    page = lock_booking(booking_id)
    attendance_rules.check_expected(page.state)
    if page.state in states.CANCELLABLE:
        return
    _check_version(booking_id, version)
    if page.policy.state != "published" or page.policy.starts_at != page.starts_at:
        raise staff_refusals.NotToBeUndone
    before = attendance_queries.came(booking_id)
    _write_came(booking_id, {}, now=None)
    _become(page.id, states.CONFIRMED, now=now)
    _record("booking.check_in_undone", page, actor=actor, before=before, after={}, now=now)


def check_in_date(occurrence_id: int, *, house_id: int, zone: str, actor: str, now: datetime) -> int:
    """Check in, complete, every party of a date that is awaited still, and return how many parties that were.

    Raises NotFound, and TooEarlyToCheckIn before its day.
    """
    date = _lock_date(occurrence_id, house_id=house_id)
    attendance_rules.check_day(date.starts_at, zone=zone, now=now)
    found = _of_date(occurrence_id, _AWAITED)
    parties = attendance_queries.parties([row.id for row in found])
    for row in found:
        _write_came(row.id, parties[row.id], now=now)
        _become(row.id, states.ATTENDED, now=now)
        _record_of(row, "booking.checked_in", house_id, actor=actor, came=parties[row.id], now=now)
    return len(found)


def close_list(occurrence_id: int, *, house_id: int, actor: str, now: datetime) -> int:
    """Note of every party of a date that was never checked in that it did not come, and return how many those are.

    Raises NotFound, and NotOverYet before the end of the date.
    """
    date = _lock_date(occurrence_id, house_id=house_id)
    attendance_rules.check_over(date.ends_at, now=now)
    missed = _of_date(occurrence_id, _AWAITED)
    for row in missed:
        _touch(row.id, arrived_at=None)
        _become(row.id, states.NO_SHOW, now=now)
        _record_of(row, "booking.no_show", house_id, actor=actor, came={}, now=now)
    return len(missed)


def open_list(occurrence_id: int, *, house_id: int, actor: str, now: datetime) -> int:
    """Undo ``close_list``: who did not come is awaited again; return how many parties that are.

    Raises NotFound, and NotToBeUndone for a date that was cancelled since.
    """
    date = _lock_date(occurrence_id, house_id=house_id)
    if date.state != "published":
        raise staff_refusals.NotToBeUndone
    missed = _of_date(occurrence_id, [states.NO_SHOW])
    for row in missed:
        _touch(row.id, arrived_at=None)
        _become(row.id, states.CONFIRMED, now=now)
        _record_of(row, "booking.check_in_undone", house_id, actor=actor, came={}, now=now)
    return len(missed)


def forget(booking_id: int) -> None:
    """Forget when a party arrived; how many came stays, as a count."""
    execute(update(Arrival).where(Arrival.booking_id == booking_id).values(arrived_at=None))


def _check_version(booking_id: int, version: int | None) -> None:
    if version is not None and version != attendance_queries.version(booking_id):
        raise Stale


def _write_came(booking_id: int, came: Mapping[str, int], *, now: datetime | None) -> None:
    """Write who came in place of what was written, and keep the instant at which the first of them arrived."""
    execute(delete(Attendance).where(Attendance.booking_id == booking_id))
    rows = [{"booking_id": booking_id, "category": name, "people": people} for name, people in came.items()]
    if rows:
        execute(insert(Attendance), rows)
    _touch(booking_id, arrived_at=now)


def _touch(booking_id: int, *, arrived_at: datetime | None) -> None:
    """Raise the version of an arrival; the first instant stays until the check-in is undone."""
    own_insert: Any = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    first = own_insert(Arrival).values(booking_id=booking_id, arrived_at=arrived_at, version=1)
    kept = select(Arrival.arrived_at).where(Arrival.booking_id == booking_id).scalar_subquery()
    values: dict[str, Any] = {"version": Arrival.version + 1, "arrived_at": arrived_at}
    if arrived_at is not None and execute(select(kept)).scalar() is not None:
        del values["arrived_at"]
    execute(first.on_conflict_do_update(index_elements=["booking_id"], set_=values))


def _become(booking_id: int, state: str, *, now: datetime) -> None:
    may = sorted(one for one in states.AT_THE_DOOR if one == state or states.may_become(one, state))
    changed = update(Booking).where(Booking.id == booking_id, Booking.state.in_(may))
    execute(changed.values(state=state, changed_at=now))


def _lock_date(occurrence_id: int, *, house_id: int) -> Row[Any]:
    """Return a date of the house after locking its seats, as every deed does that changes who comes to it."""
    wanted = (
        select(Occurrence.state, Occurrence.starts_at, Occurrence.ends_at, Resource.id.label("resource_id"))
        .join(Resource, Resource.occurrence_id == Occurrence.id)
        .where(Occurrence.id == occurrence_id, Occurrence.house_id == house_id)
    )
    seats = execute(wanted).one_or_none()
    if seats is None:
        raise NotFound
    taking.lock([seats.resource_id])
    return execute(wanted).one()


def _of_date(occurrence_id: int, wanted: Iterable[str]) -> Sequence[Row[Any]]:
    """Return the bookings of a date in such a state, locked."""
    mine = select(Booking.id, Booking.state).where(
        Booking.occurrence_id == occurrence_id, Booking.state.in_(sorted(wanted))
    )
    return execute(mine.order_by(Booking.id).with_for_update()).all()


def _record(
    deed: str,
    page: BookingPage,
    *,
    actor: str,
    before: Mapping[str, int],
    after: Mapping[str, int],
    now: datetime,
) -> None:
    people = [sum(before.values()), sum(after.values())]
    journal.record(
        deed,
        house_id=page.house_id,
        actor=actor,
        object_kind="booking",
        object_id=page.id,
        now=now,
        changes={"came": people},
        people=people[1] or people[0],
    )


def _record_of(
    row: Row[Any], deed: str, house_id: int, *, actor: str, came: Mapping[str, int], now: datetime
) -> None:
    people = sum(came.values())
    journal.record(
        deed,
        house_id=house_id,
        actor=actor,
        object_kind="booking",
        object_id=row.id,
        now=now,
        changes={"came": [0, people]} if people else {},
        people=people,
    )
