"""Questions about the closures of a house, as those who enter them see them: which there are, what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from booking.db import execute
from booking.errors import NotFound
from booking.houses.facts import House
from booking.schedule.models import Closure, HolidayOpening
from booking.timekit.holidays import state_holidays


@dataclass(frozen=True, slots=True)
class OwnClosure:
    """A closure of the house's own, of local days or between two instants."""

    id: int
    first_day: date | None
    last_day: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A state holiday; ``is_opened``: the house opens on it on purpose."""

    day: date
    name: str
    is_opened: bool


def closures(house_id: int, *, since: date, now: datetime) -> list[OwnClosure]:
    """Return the closures that are not over, by their beginning, in one statement."""
    wanted = _CLOSURES.where(
        Closure.house_id == house_id, or_(Closure.last_day >= since, Closure.ends_at > now)
    )
    found = [OwnClosure(*row) for row in execute(wanted.order_by(Closure.id))]
    return sorted(found, key=lambda one: one.first_day or _day(one.starts_at))


def closure(closure_id: int, *, house_id: int) -> OwnClosure:
    """Return one closure of the house; raises NotFound."""
    row = execute(_CLOSURES.where(Closure.id == closure_id, Closure.house_id == house_id)).one_or_none()
    if row is None:
        raise NotFound
    return OwnClosure(*row)


def holidays(house: House, *, first: date, last: date, language: str) -> list[Holiday]:
    """Return the state holidays from first to last, in one statement."""
    opened = opened_days(house.id, first=first, last=last)
    named = [
        (day, name)
        for year in range(first.year, last.year + 1)
        for day, name in state_holidays(house.country, house.subdivision, year, language).items()
    ]
    return [Holiday(day, name, day in opened) for day, name in named if first <= day <= last]


def opened_days(house_id: int, *, first: date, last: date) -> frozenset[date]:
    """Return the dates from first to last on which the house opens on purpose."""
    wanted = select(HolidayOpening.day).where(
        HolidayOpening.house_id == house_id, HolidayOpening.day.between(first, last)
    )
    return frozenset(execute(wanted).scalars())


def _day(instant: datetime | None) -> date:
    assert instant is not None
    return instant.date()


_CLOSURES = select(
    Closure.id, Closure.first_day, Closure.last_day, Closure.starts_at, Closure.ends_at, Closure.reasons
)
