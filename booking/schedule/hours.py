"""Deeds: weekly hours, changed days, absences and busy times of hosts and rooms; the house closes for hours."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select

from booking.catalogue.models import Offering, Place
from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal
from booking.people.models import Host
from booking.schedule.availability_models import (
    Absence,
    AvailabilityOverride,
    AvailabilityRule,
    BusyTime,
    OverrideWindow,
)
from booking.schedule.models import LONGEST_SECONDS, Closure
from booking.schedule.openings import MIDNIGHT, Hours
from booking.schedule.refusals import NoSuchTime, UnfitHours
from booking.timekit.instants import to_epoch

_ORDINALS = (None, 1, 2, 3, 4, 5, -1)
_PARITIES = (None, 0, 1)
_WEEKDAYS = range(7)


@dataclass(frozen=True, slots=True)
class Of:
    """Whose hours they are: of a host, or of a room.  Raises ValueError for both and for neither."""

    host_id: int | None = None
    place_id: int | None = None

    def __post_init__(self) -> None:
        if (self.host_id is None) == (self.place_id is None):
            raise ValueError("hours are those of a host or of a place")


@dataclass(frozen=True, slots=True)
class Rule:
    """Weekly hours, in minutes after midnight; an end at or before the start lies on the next day.

    ``weekday``      0 is Monday
    ``valid_from``   with ``valid_until`` the first and the last date, both included
    ``parity``       of the ISO week: 0 even, 1 odd
    ``ordinal``      which of these weekdays in its month: 1 to 5, -1 the last
    ``offering_id``  for this offering alone; ``medium`` likewise
    ``school_holidays``  'any' whether there are some or not, 'never' in them, 'only' in them
    """

    weekday: int
    start_minute: int
    end_minute: int
    valid_from: date | None = None
    valid_until: date | None = None
    parity: int | None = None
    ordinal: int | None = None
    offering_id: int | None = None
    medium: str | None = None
    school_holidays: str = "any"


def add_rule(rule: Rule, *, of: Of, house_id: int, now: datetime, actor: str = "system") -> int:
    """Write weekly hours and return the id of the rule.

    Raises NoSuchTime and UnfitHours for what is no time, NotFound for a host, place or offering of another
    house.  What is taken already stays as it is.
    """
    check_rule(rule)
    check_owner(of, house_id=house_id)
    if rule.offering_id is not None:
        check_offerings([rule.offering_id], house_id=house_id)
    row = insert(AvailabilityRule).values(house_id=house_id, **asdict(of), **asdict(rule))
    rule_id = int(execute(row.returning(AvailabilityRule.id)).scalar_one())
    _record("hours.entered", of, house_id=house_id, actor=actor, now=now)
    return rule_id


def check_rule(rule: Rule) -> None:
    """Raise NoSuchTime and UnfitHours for what is no time."""
    _check_minutes((rule.start_minute, rule.end_minute))
    is_known = rule.weekday in _WEEKDAYS and rule.parity in _PARITIES and rule.ordinal in _ORDINALS
    if not is_known:
        raise NoSuchTime
    if rule.valid_from and rule.valid_until and rule.valid_until < rule.valid_from:
        raise UnfitHours


def check_offerings(offering_ids: Collection[int], *, house_id: int) -> None:
    """Raise NotFound unless all of these are offerings of the house."""
    wanted = select(Offering.id).where(Offering.id.in_(offering_ids), Offering.house_id == house_id)
    if set(execute(wanted).scalars()) != set(offering_ids):
        raise NotFound


def set_override(
    day: date,
    windows: Iterable[tuple[int, int]],
    *,
    of: Of,
    house_id: int,
    now: datetime,
    actor: str = "system",
) -> int:
    """Give one local date windows of its own, whatever it had before, and return the id; none: closed.

    ``windows``  start and end in minutes after midnight; an end at or before the start lies on the next day
    Raises NoSuchTime for other minutes and NotFound for a host or place of another house.
    """
    longest: dict[int, int] = {}
    for start, end in windows:
        _check_minutes((start, end))
        former = longest.get(start, end)
        longest[start] = max(former, end, key=lambda one: Hours(start, one).minutes)
    check_owner(of, house_id=house_id)
    execute(delete(AvailabilityOverride).where(AvailabilityOverride.day == day, _mine(of)))
    row = insert(AvailabilityOverride).values(house_id=house_id, day=day, **asdict(of))
    override_id = int(execute(row.returning(AvailabilityOverride.id)).scalar_one())
    for start, end in longest.items():
        window = {"override_id": override_id, "start_minute": start, "end_minute": end}
        execute(insert(OverrideWindow).values(window))
    changes = {"day": [None, day.isoformat()], "windows": [None, [list(one) for one in longest.items()]]}
    _record("hours.changed_for_a_day", of, house_id=house_id, actor=actor, now=now, changes=changes)
    return override_id


def add_absence(
    first_day: date, last_day: date, *, of: Of, house_id: int, now: datetime, actor: str = "system"
) -> int:
    """Note that a host is away, or a room out of use, on local days, both included; return the id.

    Raises UnfitHours for days in the wrong order and NotFound for a host or place of another house.
    """
    if last_day < first_day:
        raise UnfitHours
    return _absence({"first_day": first_day, "last_day": last_day}, of, house_id, actor, now=now)


def add_absence_between(
    starts_at: datetime, ends_at: datetime, *, of: Of, house_id: int, now: datetime, actor: str = "system"
) -> int:
    """Note that a host is away, or a room out of use, between two instants; raises as ``add_absence``."""
    if ends_at <= starts_at:
        raise UnfitHours
    return _absence({"starts_at": starts_at, "ends_at": ends_at}, of, house_id, actor, now=now)


def add_busy(
    spans: Iterable[tuple[datetime, datetime]],
    *,
    host_id: int,
    house_id: int,
    now: datetime,
    actor: str = "system",
) -> None:
    """Write busy times of a host's own calendar; one longer than 31 days is stored in pieces.

    Raises UnfitHours for an end before its start, and NotFound for a host of another house.
    """
    of, wanted = Of(host_id=host_id), [(to_epoch(start), to_epoch(end)) for start, end in spans]
    if any(end < start for start, end in wanted):
        raise UnfitHours
    check_owner(of, house_id=house_id)
    rows = [
        {"host_id": host_id, "starts_at": at, "ends_at": min(end, at + LONGEST_SECONDS)}
        for start, end in wanted
        for at in range(start, max(end, start + 1), LONGEST_SECONDS)
    ]
    if rows:
        execute(insert(BusyTime), rows)
    _record("busy_times.entered", of, house_id=house_id, actor=actor, now=now, times=len(wanted))


def close_between(
    starts_at: datetime,
    ends_at: datetime,
    *,
    house_id: int,
    reasons: Mapping[str, str],
    now: datetime,
    actor: str = "system",
) -> int:
    """Close the house between two instants and return the id; opening a day does not lift it.

    ``reasons``  by language; visitors read them.  Raises UnfitHours unless the end comes after the start.
    """
    if ends_at <= starts_at:
        raise UnfitHours
    row = insert(Closure).values(
        house_id=house_id, starts_at=starts_at, ends_at=ends_at, reasons=dict(reasons)
    )
    closure_id = int(execute(row.returning(Closure.id)).scalar_one())
    journal.record(
        "house.closed",
        house_id=house_id,
        actor=actor,
        object_kind="closure",
        object_id=closure_id,
        now=now,
    )
    return closure_id


def _absence(when: Mapping[str, date | datetime], of: Of, house_id: int, actor: str, *, now: datetime) -> int:
    check_owner(of, house_id=house_id)
    mine = Absence.host_id == of.host_id if of.host_id is not None else Absence.place_id == of.place_id
    same = [getattr(Absence, name) == value for name, value in when.items()]
    known = execute(select(Absence.id).where(mine, *same)).scalar()
    if known is not None:  # a button that was pressed twice
        return int(known)
    row = insert(Absence).values(house_id=house_id, **asdict(of), **when).returning(Absence.id)
    absence_id = int(execute(row).scalar_one())
    _record("absence.entered", of, house_id=house_id, actor=actor, now=now)
    return absence_id


def _check_minutes(window: tuple[int, int]) -> None:
    start, end = window
    if not (0 <= start < MIDNIGHT and 0 <= end <= MIDNIGHT):
        raise NoSuchTime


def check_owner(of: Of, *, house_id: int) -> None:
    """Raise NotFound unless the host or place is one of the house."""
    host = select(Host.id).where(Host.id == of.host_id, Host.house_id == house_id)
    place = select(Place.id).where(Place.id == of.place_id, Place.house_id == house_id)
    if execute(host if of.host_id is not None else place).scalar() is None:
        raise NotFound


def _mine(of: Of) -> ColumnElement[bool]:
    if of.host_id is not None:
        return AvailabilityOverride.host_id == of.host_id
    return AvailabilityOverride.place_id == of.place_id


def _record(deed: str, of: Of, *, house_id: int, actor: str, now: datetime, **counts: Any) -> None:
    kind, number = ("host", of.host_id) if of.host_id is not None else ("place", of.place_id)
    journal.record(
        deed, house_id=house_id, actor=actor, object_kind=kind, object_id=number or 0, now=now, **counts
    )
