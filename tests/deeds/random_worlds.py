"""Small random worlds that are written into a house of their own, and kept as values beside it."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, product
from typing import Any, TypeVar

from sqlalchemy import insert

from booking.db import DatabaseFault, db, unit_of_work
from booking.errors import DomainError
from booking.houses import queries, service
from booking.houses.facts import House
from booking.schedule import hours
from booking.schedule import service as schedule
from booking.schedule.hours import Of, Rule
from booking.schedule.models import Allocation, Claim, Occurrence
from booking.schedule.openings import Calendar, Closure, Days, Hours, Need, Override, Resource, Taken, Weekly
from booking.schedule.slots import Host, HostMode, Policy, Shared, SlotQuery
from booking.timekit.holidays import state_holidays
from booking.timekit.instants import from_epoch
from booking.timekit.intervals import Span
from config import ROOT
from tests.builders import a_host, a_need, a_pool, a_room
from tests.conftest import MONDAY
from tests.hours import a_consultation, resource_of
from tests.pure.test_slots_twin import MINUTE, Draw

T = TypeVar("T")
_numbers = count(1)
_FILE = tomllib.loads((ROOT / "houses" / "leipzig.toml").read_text(encoding="utf-8"))


def tried(deed: Callable[[], T]) -> T | None:
    """Return what a deed returns, or None where a guard refuses it."""
    try:
        return unit_of_work(deed)
    except (DomainError, DatabaseFault):
        return None


def allocate(resource_id: int, one: Taken) -> None:
    """Take so much of a resource, as the guard lets it; nothing that has expired is freed before."""
    row = {"claim_id": one.claim_id, "resource_id": resource_id, "quantity": one.units}
    db.session.execute(insert(Allocation).values(row | {"starts_at": one.start, "ends_at": one.end}))


def rules_of(weekly: Weekly) -> Iterator[Rule]:
    """Yield the rows of one rule of the engine: one for each weekday and each ordinal."""
    ordinals: list[int | None] = [*sorted(weekly.ordinals)] or [None]
    for weekday, ordinal in product(sorted(weekly.weekdays), ordinals):
        yield Rule(
            weekday,
            weekly.hours.start,
            weekly.hours.end,
            weekly.valid_from,
            weekly.valid_until,
            weekly.parity,
            ordinal,
        )


def be_away(when: Days | Span, **write: Any) -> None:
    """Write an absence."""
    if isinstance(when, Days):
        hours.add_absence(when.first, when.last, **write)
    else:
        hours.add_absence_between(from_epoch(when[0]), from_epoch(when[1]), **write)


class World(Draw):
    """Facts that stand in the database as well; what its guards refuse is no fact."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        facts = _FILE | {"key": f"world-{next(_numbers)}", "hostnames": [], "zone": self.zone}
        house_id = unit_of_work(lambda: service.load(facts))
        self.house: House = unit_of_work(lambda: queries.house(house_id))
        self.claim_ids: list[int] = []

    def consultation(
        self, policy: Policy, needs: tuple[Any, ...] = (), *, mode: HostMode = HostMode.ANY
    ) -> int:
        own = a_need(kind="host", before_minutes=policy.before, after_minutes=policy.after)
        names = {"minutes": policy.duration, "step_minutes": policy.step, "offset_minutes": policy.offset}
        names |= {"notice_minutes": policy.notice, "horizon_days": policy.horizon}
        limits = ("per_day", "per_week", "minutes_per_day")
        return a_consultation(
            house_id=self.house.id,
            host_mode=mode.value,
            needs=(own, *needs),
            is_shared=policy.capacity > 1,
            seats=max(3, policy.capacity),
            **names,
            **{name: getattr(policy, name) for name in limits},
        )

    def hours_of(self, of: Of) -> Calendar:
        """Write a random calendar; two changes of one day are one, and of two windows the longer counts."""
        drawn: Calendar = self.calendar()
        windows: dict[date, dict[int, Hours]] = {}
        for override in drawn.overrides:
            of_day = windows.setdefault(override.day, {})
            for one in override.windows:
                of_day[one.start] = max(of_day.get(one.start, one), one, key=lambda window: window.minutes)
        overrides = tuple(Override(day, tuple(found.values())) for day, found in windows.items())
        write: dict[str, Any] = {"of": of, "house_id": self.house.id, "now": MONDAY}
        for rule in (rule for weekly in drawn.weekly for rule in rules_of(weekly)):
            unit_of_work(lambda: hours.add_rule(rule, **write))  # noqa: B023
        for change in overrides:
            spans = [(one.start, one.end) for one in change.windows]
            unit_of_work(lambda: hours.set_override(change.day, spans, **write))  # noqa: B023
        absences = tuple(when for when in drawn.absences if isinstance(when, Days) or when[0] < when[1])
        for when in absences:
            unit_of_work(lambda: be_away(when, **write))  # noqa: B023
        return replace(drawn, overrides=overrides, absences=absences)

    def claim(self, expires_at: int | None) -> int:
        row = {"house_id": self.house.id, "created_at": MONDAY, "expires_at": expires_at}
        return int(db.session.execute(insert(Claim).values(row).returning(Claim.id)).scalar_one())

    def take(self, resource_id: int, one: Taken) -> tuple[Taken, ...]:
        """Write what is taken of a resource with a claim of its own; nothing if the guard refuses it."""

        def deed() -> Taken:
            found = one._replace(claim_id=self.claim(one.expires_at))
            allocate(resource_id, found)
            return found

        found = tried(deed)
        self.claim_ids += [found.claim_id] if found else []
        return (found,) if found else ()

    def taken_of(self, resource_id: int, most: int, units: int = 1) -> tuple[Taken, ...]:
        rows = (self.take(resource_id, self.taken(self.random.randint(1, units))) for _ in range(most))
        return tuple(row for found in rows for row in found)

    def expert(self, offering_id: int, *, is_fixed: bool = False) -> Host:
        languages = tuple(self.some(2, lambda: self.one("de", "en")))
        host_id = a_host(house_id=self.house.id, languages=languages)
        unit_of_work(lambda: schedule.teach(host_id, offering_id, is_fixed=is_fixed))
        of, spans = Of(host_id=host_id), self.some(2, self.span)
        write: dict[str, Any] = {"host_id": host_id, "house_id": self.house.id, "now": MONDAY}
        unit_of_work(lambda: hours.add_busy([(from_epoch(a), from_epoch(b)) for a, b in spans], **write))
        rows = self.taken_of(resource_of(host_id=host_id), 3)
        return Host(host_id, self.hours_of(of), rows, spans, (), frozenset(languages))

    def thing(self, *, is_room: bool) -> tuple[Resource, dict[str, int]]:
        """Write a room or a pool, and return it with the column of a need that names it."""
        if not is_room:
            capacity = self.one(1, 2, 3)
            pool_id = a_pool(capacity, house_id=self.house.id)
            resource_id = resource_of(pool_id=pool_id)
            rows = self.taken_of(resource_id, 4, units=capacity)
            return Resource(resource_id, capacity, rows), {"pool_id": pool_id}
        place_id = a_room(house_id=self.house.id)
        resource_id = resource_of(place_id=place_id)
        calendar = self.hours_of(Of(place_id=place_id)) if self.one(True, False) else None
        return Resource(resource_id, 1, self.taken_of(resource_id, 3), calendar), {"place_id": place_id}

    def need_of(self, choice: int) -> tuple[Need, list[Any]]:
        """Write one or two things of which one suffices, and return the need with its rows."""
        is_room = self.one(True, False)
        units = 1 if is_room else self.one(1, 1, 2)
        things = [self.thing(is_room=is_room) for _ in range(1 + self.up_to(1))]
        before, after = self.one(0, 5, 30), self.one(0, 5, 30)
        more = {"quantity": units, "before_minutes": before, "after_minutes": after, "choice": choice}
        rows = [a_need(kind="room" if is_room else "pool", **named, **more) for _, named in things]
        resources = tuple(resource for resource, _ in things)
        return Need("room" if is_room else "equipment", resources, units, before, after), rows

    def slot_of(self, offering_id: int, host: Host, policy: Policy) -> tuple[Shared, Taken] | None:
        """Write a slot that somebody took, with its parties and the allocation of its host."""
        begin = self.start + self.up_to(2 * 24) * 3600
        end = begin + self.one(policy.duration, policy.duration, 15) * MINUTE
        seats = max(1, policy.capacity - self.up_to(1))
        parties = [self.taken()._replace(start=begin, end=end) for _ in range(self.up_to(3))]
        is_shared, resource_id = policy.capacity > 1, resource_of(host_id=host.id)

        def deed() -> tuple[Shared, Taken]:
            own = Taken(begin - policy.before * MINUTE, end + 600, 1, self.claim(None))
            row: dict[str, Any] = {"house_id": self.house.id, "offering_id": offering_id}
            row |= {"claim_id": own.claim_id}
            row |= {"starts_at": from_epoch(begin), "ends_at": from_epoch(end), "language": "de"}
            row |= {"planned_seats": seats, "seats": seats, "state": "published", "is_slot": True}
            row |= {"version": 1, "medium": "on_site", "video_room": ""}
            row |= {"shared_host_id": host.id if is_shared else None}
            slot_id = db.session.execute(insert(Occurrence).values(row).returning(Occurrence.id)).scalar_one()
            places = schedule.add_resource(house_id=self.house.id, capacity=seats, occurrence_id=slot_id)
            allocate(resource_id, own)
            rows = tuple(one._replace(claim_id=self.claim(one.expires_at)) for one in parties)
            for one in rows:
                allocate(places, one)
            return Shared(own.claim_id, begin, end, seats, rows), own

        found = tried(deed)
        if found:
            self.claim_ids += [row.claim_id for row in found[0].parties] if is_shared else [found[1].claim_id]
        return found

    def query_of(self, policy: Policy, hosts: list[Host], **more: Any) -> SlotQuery:
        """Write closures and openings, and return the question with everything as values."""
        drawn: SlotQuery = self.query(policy, hosts, **more)
        kept = tuple(one for one in drawn.closures if isinstance(one.when, Days) or one.when[0] < one.when[1])
        for closure in kept:
            unit_of_work(lambda: self._close(closure))  # noqa: B023
        for day in drawn.opened:
            unit_of_work(lambda: schedule.open_on_holiday(self.house.id, day))  # noqa: B023
        days = [self.day + timedelta(days=n) for n in range(-4, 8)]
        holidays = tuple(
            Closure(Days(day, day), is_holiday=True)
            for day in days
            if day in state_holidays("DE", "SN", day.year, "de")
        )
        moving = self.one(None, *self.claim_ids)
        return replace(drawn, closures=(*kept, *holidays), moving=moving)

    def _close(self, closure: Closure) -> None:
        if isinstance(closure.when, Days):
            schedule.close(self.house.id, closure.when.first, closure.when.last, reasons={})
        else:
            begin, end = (from_epoch(at) for at in closure.when)
            hours.close_between(begin, end, house_id=self.house.id, reasons={}, now=MONDAY)
