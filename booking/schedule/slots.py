"""Free slots: when an offering can be booked (epoch seconds), with whom, and how many places are left."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial, reduce
from itertools import repeat
from typing import NamedTuple

from booking.schedule.openings import Calendar, Closure, Need, Taken, blocking, closed_spans, expand
from booking.timekit import intervals
from booking.timekit.intervals import DAY, Run, Span, intersect, starts_blocked, starts_within, subtract


class HostMode(StrEnum):
    ANY = "any"  # one host
    ALL = "all"  # everyone
    FIXED_AND_ANY = "fixed_and_any"  # the fixed hosts and one other


@dataclass(frozen=True, slots=True)
class Shared:
    """An occurrence that parties share, without buffers; each of its hosts has one allocation of its claim."""

    claim_id: int
    start: int
    end: int
    seats: int
    parties: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Host:
    """A person with hours; ``busy`` are imported times."""

    id: int
    calendar: Calendar
    allocations: tuple[Taken, ...] = ()
    busy: tuple[Span, ...] = ()
    shared: tuple[Shared, ...] = ()
    languages: frozenset[str] = frozenset()
    is_skilled: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """How an offering is booked; all lengths in minutes, ``horizon`` in days.

    ``per_day``   at most so many bookings a local day; like per_week (ISO) and minutes_per_day
    ``capacity``  1: a party has the slot to itself; more: parties share it, one seat for each person
    ``fixed``     who must be there in FIXED_AND_ANY, and only there; raises ValueError for what makes no slot
    """

    duration: int
    step: int
    offset: int = 0
    before: int = 0
    after: int = 0
    notice: int = 0
    horizon: int = 180
    per_day: int | None = None
    per_week: int | None = None
    minutes_per_day: int | None = None
    capacity: int = 1
    mode: HostMode = HostMode.ANY
    fixed: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        lengths = (self.offset, self.before, self.after, self.notice, self.horizon)
        is_fixed = self.mode is HostMode.FIXED_AND_ANY
        if (
            min(self.duration, self.step, self.capacity) < 1
            or min(lengths) < 0
            or is_fixed != bool(self.fixed)
        ):
            raise ValueError(f"this makes no slot: {self}")


@dataclass(frozen=True, slots=True)
class SlotQuery:
    """Everything that decides; starts are wanted in ``[since, until)``.

    ``zone``      the house's: local dates of closures, limits and horizon are read in it
    ``opened``    dates on which the house opens although something closes it
    ``bookings``  of this offering, start and end without buffers; needed only where it has limits
    ``moving``    the claim of the booking to be moved: it blocks nothing
    ``language``  one that a host of the slot must speak
    """

    policy: Policy
    hosts: tuple[Host, ...]
    zone: str
    now: int
    since: int
    until: int
    party: int = 1
    needs: tuple[Need, ...] = ()
    closures: tuple[Closure, ...] = ()
    opened: frozenset[date] = frozenset()
    bookings: tuple[Taken, ...] = ()
    moving: int | None = None
    language: str | None = None


class Slot(NamedTuple):
    """Who could take a start, and the places left for one party; a tuple, since there are thousands."""

    start: int
    end: int
    hosts: tuple[int, ...]
    left: int


class _Frame(NamedTuple):
    base: list[Span]  # the starts that house and policy leave to every host
    served: list[Span]  # those of them with rooms and equipment
    ignored: frozenset[int | None]  # claims that block nothing


class _Side(NamedTuple):
    grid: list[Run]
    spans: list[Span]  # of starts, where they lie on the grid
    left: int  # places


_Sides = dict[int | None, _Side]  # by the claim of the occurrence to join; None: to begin one
_Teams = list[tuple[int, _Sides]]  # the host who completes a team, with what the team can do
_Found = tuple[Mapping[int, Iterable[int]], dict[int, int]]  # hosts and places left, by start


def free_slots(query: SlotQuery) -> list[Slot]:
    """Return the slots, earliest first, each start once; raises KeyError for an unknown zone."""
    frame, length = _frame(query), query.policy.duration * 60
    found, left = _found(query.policy, *_teams(query, frame)) if frame.base else ({}, {})
    starts = sorted(found)
    hosts = map(tuple, map(found.__getitem__, starts))
    ends = [start + length for start in starts]
    rows = zip(starts, ends, hosts, map(left.get, starts, repeat(1)), strict=False)
    return list(map(partial(tuple.__new__, Slot), rows))


def _found(policy: Policy, fixed: tuple[int, ...], teams: _Teams) -> _Found:
    found: defaultdict[int, list[int]] = defaultdict(partial(list, fixed))
    left: dict[int, int] = {}
    on_grid = partial(intervals.on_grid, offset=policy.offset * 60, step=policy.step * 60)
    for host_id, sides in teams:
        for side in sides.values():
            starts = on_grid(side.grid, side.spans)
            if len(teams) == policy.capacity == 1:
                return dict.fromkeys(starts, (*fixed, host_id)), left
            for hosts in map(found.__getitem__, starts):
                hosts.append(host_id)
            if policy.capacity > 1:
                left.update((start, max(side.left, left.get(start, 0))) for start in starts)
    return found, left


def _frame(query: SlotQuery) -> _Frame:
    """What forbids a start becomes a span of forbidden starts: spans are cut, and only the rest is put on a grid."""
    zone, length = query.zone, query.policy.duration * 60
    since = max(query.since, query.now + query.policy.notice * 60)
    moving: frozenset[int | None] = frozenset({query.moving} - {None})
    parties = {shared.claim_id: shared.parties for host in query.hosts for shared in host.shared}
    ignored = moving | {claim for claim, rows in parties.items() if not blocking(rows, query.now, moving)}
    horizon = (0, (intervals.local_day(query.now, zone) + query.policy.horizon + 1) * DAY)
    within = intervals.instants([horizon], zone, since=since, until=query.until)
    base = intersect([(since, query.until)], within)
    closed = closed_spans(query.closures, query.opened, zone, since=since, until=query.until + length)
    base = subtract(base, starts_blocked(closed, before=0, length=length, after=0))
    base = subtract(base, intervals.instants(_full(query, moving), zone, since=since, until=query.until))
    served = reduce(intersect, (_served(need, query, base, ignored) for need in query.needs), base)
    return _Frame(base, served, ignored)


def _full(query: SlotQuery, moving: Container[int | None]) -> list[Span]:
    """The days and weeks, as wall time, that have all the bookings they may have."""
    policy, rows = query.policy, blocking(query.bookings, query.now, moving)
    used = [(intervals.local_day(start, query.zone), end - start) for start, end, _ in rows]
    ones = [(day, 1) for day, _ in used]
    most = None if policy.minutes_per_day is None else policy.minutes_per_day * 60
    walls = intervals.full_days(ones, most=policy.per_day, wanted=1, days=1)
    walls += intervals.full_days(ones, most=policy.per_week, wanted=1, days=7)
    return walls + intervals.full_days(used, most=most, wanted=policy.duration * 60, days=1)


def _served(need: Need, query: SlotQuery, base: list[Span], ignored: Container[int | None]) -> list[Span]:
    length, found = query.policy.duration * 60, list[Span]()
    for resource in need.candidates if base else ():
        fits = _fits(resource.calendar, base, length)[0] if resource.calendar else base
        loads = blocking(resource.allocations, query.now, ignored)
        over = intervals.overloaded(loads, most=resource.capacity - need.units)
        blocked = starts_blocked(over, before=need.before * 60, length=length, after=need.after * 60)
        found += subtract(fits, blocked) if resource.capacity >= need.units else []
    return intervals.merge(found)


def _fits(calendar: Calendar, base: list[Span], length: int) -> tuple[list[Span], list[Run]]:
    spans, grid = expand(calendar, since=base[0][0], until=base[-1][1] + length)
    return intersect(base, starts_within(spans, length)), grid


def _sides(host: Host, query: SlotQuery, frame: _Frame) -> _Sides:
    policy, length = query.policy, query.policy.duration * 60
    before, after = policy.before * 60, policy.after * 60
    fits, grid = _fits(host.calendar, frame.base, length)
    rows = blocking(host.allocations, query.now, frame.ignored)
    taken = [*[(start, end) for start, end, _ in rows], *host.busy]
    free = subtract(fits, starts_blocked(taken, before=before, length=length, after=after))
    free = intersect(free, frame.served) if query.needs else free
    sides: _Sides = {None: _Side(grid, free, policy.capacity)}
    if policy.capacity > 1:
        forbidden = ((start - length - after + 1, end + before, 1) for start, end in taken if start < end)
        twice = intervals.overloaded(forbidden, most=1)  # once by its own allocation is no conflict
        sides |= _joins(host, query, frame.ignored, grid, subtract(fits, twice))
    return {claim: side for claim, side in sides.items() if query.party <= side.left or policy.capacity == 1}


def _joins(
    host: Host, query: SlotQuery, ignored: Container[int | None], grid: list[Run], fits: list[Span]
) -> Iterator[tuple[int, _Side]]:
    for shared in host.shared:
        is_alike = shared.end - shared.start == query.policy.duration * 60
        if is_alike and shared.claim_id not in ignored and intervals.contains(fits, shared.start):
            taken = sum(row[2] for row in blocking(shared.parties, query.now, ignored))
            yield shared.claim_id, _Side(grid, [(shared.start, shared.start + 1)], shared.seats - taken)


def _teams(query: SlotQuery, frame: _Frame) -> tuple[tuple[int, ...], _Teams]:
    """The hosts who always take part, and each other who completes them."""
    ids = tuple(host.id for host in query.hosts)
    common = ids[:-1] if query.policy.mode is HostMode.ALL else query.policy.fixed
    able = {host.id: host for host in query.hosts if host.is_skilled}
    if not able.keys() >= set(common):
        return (), []
    is_spoken = query.language is None or any(query.language in able[id_].languages for id_ in common)
    others = [h for h in able.values() if h.id not in common and (is_spoken or query.language in h.languages)]
    sides = [_sides(able[id_], query, frame) for id_ in common]
    return common, [(host.id, reduce(_together, [*sides, _sides(host, query, frame)])) for host in others]


def _together(ones: _Sides, others: _Sides) -> _Sides:
    return {
        claim: _Side(one.grid, intersect(one.spans, others[claim].spans), min(one.left, others[claim].left))
        for claim, one in ones.items()
        if claim in others
    }
