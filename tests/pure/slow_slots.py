"""The slow twin of the slot engine: minute by minute on the wall clock, as the rules are written.

It shares the values with the engine and nothing else. Everything lies on whole minutes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from booking.schedule.openings import Calendar, Days, Hours, Need, Taken, Weekly
from booking.schedule.slots import Host, HostMode, Shared, Slot, SlotQuery

MINUTE = 60
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Hours as they stand on a date: the written rule, wherever it comes from."""

    day: date
    hours: Hours
    is_override: bool


@cache
def wall(instant: int, zone: str) -> datetime:
    return datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def fits(rule: Weekly, day: date) -> bool:
    week_after, nth = day + 7 * ONE_DAY, (day.day - 1) // 7 + 1
    return (
        day.weekday() in rule.weekdays
        and (rule.valid_from is None or rule.valid_from <= day)
        and (rule.valid_until is None or day <= rule.valid_until)
        and (rule.parity is None or day.isocalendar().week % 2 == rule.parity)
        and (
            not rule.ordinals
            or nth in rule.ordinals
            or (-1 in rule.ordinals and week_after.month != day.month)
        )
    )


def shows(hours: Hours, day: date, now: datetime) -> bool:
    """Whether the wall time lies in hours that begin on ``day``."""
    minute = now.hour * 60 + now.minute
    if hours.end > hours.start:
        return now.date() == day and hours.start <= minute < hours.end
    return (now.date() == day and minute >= hours.start) or (
        now.date() == day + ONE_DAY and minute < hours.end
    )


def windows_at(calendar: Calendar, instant: int) -> set[Window]:
    """The windows of rules and overrides that are open in this minute (rules 2 and 3)."""
    now = wall(instant, calendar.zone)
    today, yesterday = now.date(), now.date() - ONE_DAY
    changed = {override.day for override in calendar.overrides}
    days = [today] if today in changed else [today, yesterday]
    found = set()
    for day in days:
        for override in calendar.overrides:
            if override.day == day:
                found |= {Window(day, h, True) for h in override.windows if shows(h, day, now)}
        for rule in calendar.weekly if today not in changed else ():
            if fits(rule, day) and shows(rule.hours, day, now):
                found.add(Window(day, rule.hours, False))
    return found


@cache
def first_minute(window: Window, zone: str) -> int:
    """The first instant at which the wall clock shows the window as it is written."""
    begin = int(datetime(*window.day.timetuple()[:3], tzinfo=UTC).timestamp()) - 86_400
    return next(
        at
        for at in range(begin, begin + 4 * 86_400, MINUTE)
        if shows(window.hours, window.day, wall(at, zone))
    )


def open_minutes(calendar: Calendar, first: int, last: int) -> dict[int, int]:
    """Every minute open by rule, with the anchor of the grid that it lies on (rule 6)."""
    found: dict[int, int] = {}
    before: set[Window] = set()
    for at in range(first, last, MINUTE):
        now = windows_at(calendar, at)
        if now and before & now:
            found[at] = found[at - MINUTE]
        elif now:
            found[at] = min(first_minute(window, calendar.zone) for window in now)
        before = now
    return found


def is_away(calendar: Calendar, at: int) -> bool:
    return any(covers(when, at, calendar.zone) for when in calendar.absences)


def covers(when: Days | tuple[int, int], at: int, zone: str) -> bool:
    if isinstance(when, Days):
        return when.first <= wall(at, zone).date() <= when.last
    return when[0] <= at < when[1]


def is_closed(query: SlotQuery, at: int) -> bool:
    today = wall(at, query.zone).date()
    for closure in query.closures:
        opens = isinstance(closure.when, Days) and today in query.opened
        if covers(closure.when, at, query.zone) and not opens:
            return True
    return False


class World:
    """One question with what is worked out only once."""

    def __init__(self, query: SlotQuery, *, first: int) -> None:
        self.query, self.policy, self.first = query, query.policy, first
        self.length = query.policy.duration * MINUTE
        self.hours: dict[Calendar, dict[int, int]] = {}
        self.usable: dict[Calendar, set[int]] = {}

    def blocks(self, row: Taken) -> bool:
        is_moved = self.query.moving is not None and row.claim_id == self.query.moving
        return not is_moved and (row.expires_at is None or self.query.now < row.expires_at)

    def people(self, shared: Shared) -> int:
        return sum(row.units for row in shared.parties if self.blocks(row))

    def exists(self, claim_id: int) -> bool:
        """An occurrence in which nobody is left has no allocations either."""
        runs = [s for host in self.query.hosts for s in host.shared if s.claim_id == claim_id]
        return not runs or any(self.people(shared) for shared in runs)

    def rows(self, rows: Iterable[Taken]) -> Iterator[Taken]:
        return (row for row in rows if self.blocks(row) and self.exists(row.claim_id))

    def is_open(self, calendar: Calendar, start: int) -> bool:
        if calendar not in self.usable:
            known = self.known(calendar)
            self.usable[calendar] = {
                m for m in known if not is_away(calendar, m) and not is_closed(self.query, m)
            }
        return all(at in self.usable[calendar] for at in range(start, start + self.length, MINUTE))

    def known(self, calendar: Calendar) -> dict[int, int]:
        if calendar not in self.hours:
            self.hours[calendar] = open_minutes(calendar, self.first, self.query.until + self.length)
        return self.hours[calendar]

    def on_grid(self, calendar: Calendar, start: int) -> bool:
        anchor = self.known(calendar).get(start)
        if anchor is None:
            return False
        begin = anchor + self.policy.offset * MINUTE
        return start >= begin and (start - begin) % (self.policy.step * MINUTE) == 0

    def in_time(self, start: int) -> bool:
        query, horizon = self.query, timedelta(days=self.policy.horizon)
        last = wall(query.now, query.zone).date() + horizon
        return start >= query.now + self.policy.notice * MINUTE and wall(start, query.zone).date() <= last

    def within_limits(self, start: int) -> bool:
        day, policy = wall(start, self.query.zone).date(), self.policy
        rows = [
            (wall(r.start, self.query.zone).date(), r.end - r.start) for r in self.rows(self.query.bookings)
        ]
        today = [length for on, length in rows if on == day]
        week = [on for on, _ in rows if on.isocalendar()[:2] == day.isocalendar()[:2]]
        return (
            (policy.per_day is None or len(today) < policy.per_day)
            and (policy.per_week is None or len(week) < policy.per_week)
            and (
                policy.minutes_per_day is None or sum(today) + self.length <= policy.minutes_per_day * MINUTE
            )
        )

    def is_free(self, host: Host, start: int, *, but: int | None = None) -> bool:
        begin = start - self.policy.before * MINUTE
        end = start + self.length + self.policy.after * MINUTE
        taken = [row[:2] for row in self.rows(host.allocations) if but is None or row.claim_id != but]
        return not any(s < end and begin < e and s < e for s, e in [*taken, *host.busy])

    def is_served(self, need: Need, start: int) -> bool:
        begin, end = start - need.before * MINUTE, start + self.length + need.after * MINUTE
        for resource in need.candidates:
            rows = list(self.rows(resource.allocations))
            load = max(
                sum(r.units for r in rows if r.start <= at < r.end) for at in range(begin, end, MINUTE)
            )
            in_hours = resource.calendar is None or self.is_open(resource.calendar, start)
            if in_hours and load + need.units <= resource.capacity:
                return True
        return False

    def ways(self, host: Host, start: int) -> dict[int | None, int]:
        """How a host could take a start: None for a slot of its own, or the claim to join, with places left."""
        found: dict[int | None, int] = {}
        if not host.is_skilled or not self.is_open(host.calendar, start):
            return found
        if self.is_free(host, start) and all(self.is_served(need, start) for need in self.query.needs):
            found[None] = self.policy.capacity
        for shared in host.shared if self.policy.capacity > 1 else ():
            is_alike = (shared.start, shared.end) == (start, start + self.length)
            if is_alike and self.people(shared) and self.is_free(host, start, but=shared.claim_id):
                found[shared.claim_id] = shared.seats - self.people(shared)
        fits_in = {claim: left for claim, left in found.items() if self.query.party <= left}
        return found if self.policy.capacity == 1 else fits_in

    def teams(self) -> list[list[Host]]:
        hosts, fixed = list(self.query.hosts), self.policy.fixed
        if self.policy.mode is HostMode.ALL:
            return [hosts]
        by_id = {host.id: host for host in hosts}
        if not set(fixed) <= by_id.keys():
            return []
        return [[*(by_id[i] for i in fixed), host] for host in hosts if host.id not in fixed]

    def speaks(self, team: list[Host]) -> bool:
        return self.query.language is None or any(self.query.language in host.languages for host in team)

    def takers(self, start: int) -> tuple[list[int], int]:
        ids: list[int] = []
        most = 0
        for team in self.teams():
            if not team or not self.speaks(team) or not self.on_grid(team[0].calendar, start):
                continue
            ways = [self.ways(host, start) for host in team]
            shared = set.intersection(*(set(way) for way in ways))
            if shared:
                ids += [host.id for host in team if host.id not in ids]
                most = max(most, *(min(way[claim] for way in ways) for claim in shared))
        return ids, most


def slow_slots(query: SlotQuery, *, first: int) -> list[Slot]:
    """Return the slots by trying every minute; ``first`` is an instant before which nothing is open."""
    world = World(query, first=first)
    found = []
    for start in range(query.since + -query.since % MINUTE, query.until, MINUTE):
        if world.in_time(start) and world.within_limits(start):
            ids, most = world.takers(start)
            if ids:
                found.append(Slot(start, start + world.length, tuple(ids), most))
    return found
