"""What somebody wants to see of the days, read from the address; what is not known there is passed over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import request

from booking.bookings.day_queries import Wanted
from booking.bookings.day_scope import DayScope, scope_of
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import house
from booking.web.roof import roof
from booking.web.staff.doors import acting

SPANS = ("day", "week")
GROUPS = ("time", "person", "room")
PER_PAGE = 200
FURTHEST = timedelta(days=3650)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Asked:
    """Days, how they are laid out, and of whom; 0 stands for anybody and anything.

    ``day``  the first of the days: of a week its Monday
    """

    day: date
    today: date
    span: str = "day"
    group: str = "time"
    person: int = 0
    room: int = 0
    offering: int = 0
    page: int = 1

    @property
    def last(self) -> date:
        """The last of the days."""
        return self.day + timedelta(days=6 if self.span == "week" else 0)

    def values(self, **changed: Any) -> dict[str, Any]:
        """Return the parameters of an address that asks for this, with some changed; what is usual is left out."""
        one = replace(self, **({"page": 1} | changed))
        return {
            "day": one.day.isoformat() if one.day != one.today else None,
            "span": one.span if one.span != "day" else None,
            "group": one.group if one.group != "time" else None,
            "person": one.person or None,
            "room": one.room or None,
            "offering": one.offering or None,
            "page": one.page if one.page > 1 else None,
        }

    def moved(self, steps: int) -> date:
        """Return the first day so many days or weeks later."""
        return self.day + steps * timedelta(days=7 if self.span == "week" else 1)

    def bounds(self) -> tuple[datetime, datetime]:
        """Return the instants between which the days lie."""
        return day_bounds(self.day, house().zone)[0], day_bounds(self.last, house().zone)[1]

    def wanted(self, *, most: int = PER_PAGE) -> Wanted:
        """Return the dates to ask the database for."""
        since, until = self.bounds()
        return Wanted(
            since=since,
            until=until,
            host_id=self.person,
            place_id=self.room,
            offering_id=self.offering,
            skip=(self.page - 1) * most,
            most=most,
        )


def today() -> date:
    """Return the local day of the house."""
    return local_date(roof().clock(), house().zone)


def scope() -> DayScope:
    """Return what whoever is signed in may see."""
    return scope_of(acting(), today=today(), zone=house().zone)


def asked(values: Mapping[str, str] | None = None) -> Asked:
    """Return what the address of the request asks for."""
    given = request.args if values is None else values
    now = today()
    span = _one_of(SPANS, given.get("span", ""))
    day = _day(given.get("day", ""), now)
    return Asked(
        day=day - timedelta(days=day.weekday()) if span == "week" else day,
        today=now,
        span=span,
        group=_one_of(GROUPS, given.get("group", "")),
        person=_number(given.get("person", "")),
        room=_number(given.get("room", "")),
        offering=_number(given.get("offering", "")),
        page=min(max(_number(given.get("page", "")), 1), 10_000),
    )


def _one_of(known: tuple[str, ...], wanted: str) -> str:
    return wanted if wanted in known else known[0]


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and _ID.fullmatch(typed) else 0


def _day(typed: str, now: date) -> date:
    """Return the day, or today for what is none or lies further than ten years away."""
    try:
        found = date.fromisoformat(typed) if typed.isascii() and _DAY.fullmatch(typed) else now
    except ValueError:
        return now
    return found if abs(found - now) <= FURTHEST else now
