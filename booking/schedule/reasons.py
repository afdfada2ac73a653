"""Why nothing is free: the rule that removed the last slot, what blocks, and the smallest change that opens one.

Rules are put back one by one, in the order of ``RULES``, into a world without them: the first that leaves
nothing is the reason. A change is told only if the engine finds a slot with it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice

from booking.schedule.openings import Days, Need, Resource, blocking
from booking.schedule.saying import (
    Blocker,
    Change,
    ChangeKind,
    Refusal,
    Rule,
    closing,
    names,
    nearest,
    refused,
)
from booking.schedule.slots import Host, HostMode, Slot, SlotQuery, free_slots
from booking.timekit.intervals import DAY, Span, day_number, day_of, instants, local_day, overlaps

__all__ = ["Blocker", "Change", "ChangeKind", "Refusal", "Rule", "refusal_for_day", "refusal_for_start"]

_AGES = 36_525  # days
_PLENTY = 1_000_000
_TRIES = 12  # ways that are tried before no single change is known
_LIMITS = ("per_day", "per_week", "minutes_per_day")
_Option = tuple[Change, SlotQuery]


def refusal_for_day(query: SlotQuery, day: date) -> Refusal | None:
    """Return why no slot starts on a local date, or None; other days are those of the query's range."""
    start = day_number(day) * DAY
    spans = instants([(start, start + DAY)], query.zone, since=start - DAY, until=start + 2 * DAY)
    return _refusal(query, spans[0][0], spans[-1][1]) if spans else None


def refusal_for_start(query: SlotQuery, start: int) -> Refusal | None:
    """Return why no slot starts at this instant, or None if one does."""
    return _refusal(query, start, start + 1)


def _refusal(whole: SlotQuery, since: int, until: int) -> Refusal | None:
    query = only_near(replace(whole, since=since, until=until))
    if free_slots(query):
        return None
    worlds = [query]
    for _, drop, _ in reversed(RULES):
        worlds.insert(0, drop(worlds[0]))
    guilty = next(i for i, world in enumerate(worlds) if not free_slots(world))
    options = (
        (rule, option)
        for rule, _, changes in reversed(RULES[:guilty])
        for option in changes(query)
        if free_slots(option[1])
    )
    is_somebody = query.hosts and set(query.policy.fixed) <= {host.id for host in query.hosts}
    rule = RULES[guilty - 1][0] if guilty else (Rule.NO_HOURS if is_somebody else Rule.NO_HOST)
    rule, (change, _) = next(options, (rule, (nearest(free_slots(whole), query), query)))
    return refused(rule, query, change)


def only_near(query: SlotQuery) -> SlotQuery:
    """Return the query without what is taken too far away to matter for its range."""
    reach = DAY + 60 * (query.policy.duration + query.policy.before + query.policy.after)
    span = (query.since - reach, query.until + reach)
    return _hosts(query, lambda host: _without(host, lambda taken: not overlaps(taken, span)))


def _without(host: Host, is_gone: Callable[[tuple[int, int]], bool]) -> Host:
    allocations = tuple(row for row in host.allocations if not is_gone(row[:2]))
    return replace(host, allocations=allocations, busy=tuple(b for b in host.busy if not is_gone(b)))


def _hosts(query: SlotQuery, changed: Callable[[Host], Host]) -> SlotQuery:
    return replace(query, hosts=tuple(changed(host) for host in query.hosts))


def _policy(query: SlotQuery, **changes: int | None) -> SlotQuery:
    return replace(query, policy=replace(query.policy, **changes))  # type: ignore[arg-type]


def _least(change: Change, most: int, world: Callable[[int], SlotQuery]) -> Iterator[_Option]:
    """The smallest amount from 1 to ``most`` with which a slot opens, found as if more never hurt."""
    found = bisect_left(range(1, most + 1), True, key=lambda amount: bool(free_slots(world(amount)))) + 1
    if found <= most:
        yield replace(change, amount=found), world(found)


def _opening(query: SlotQuery) -> Iterator[_Option]:
    day = day_of(local_day(query.since, query.zone))
    for closure in closing(query):
        change = Change(ChangeKind.OPEN_HOUSE, name=closure.name)
        if isinstance(closure.when, Days):
            yield replace(change, day=day), replace(query, opened=query.opened | {day})
        else:
            others = tuple(other for other in query.closures if other != closure)
            yield replace(change, spans=(closure.when,)), replace(query, closures=others)


def _present(host: Host) -> Host:
    return replace(host, calendar=replace(host.calendar, absences=()))


def _presence(query: SlotQuery) -> Iterator[_Option]:
    away = {host.id: host for host in query.hosts if host.calendar.absences}
    slots = free_slots(_hosts(query, _present)) if away else []
    wanted = tuple(id_ for id_ in slots[0].hosts if id_ in away) if slots else ()
    for ids in [*((id_,) for id_ in wanted[:_TRIES]), wanted]:
        back = [_present(host) if host.id in ids else host for host in query.hosts]
        change = Change(ChangeKind.PRESENCE, ids=ids, name=names([away[id_] for id_ in ids]))
        yield change, replace(query, hosts=tuple(back))


def _shorter(query: SlotQuery) -> Iterator[_Option]:
    minutes = query.policy.duration
    return _least(Change(ChangeKind.SHORTER), minutes - 1, lambda n: _policy(query, duration=minutes - n))


def _notice(query: SlotQuery) -> Iterator[_Option]:
    for slot in free_slots(_policy(query, notice=0))[-1:]:
        minutes, book_by = (slot.start - query.now) // 60, slot.start - query.policy.notice * 60
        yield Change(ChangeKind.NOTICE, minutes, at=book_by), _policy(query, notice=minutes)


def _horizon(query: SlotQuery) -> Iterator[_Option]:
    for slot in free_slots(_policy(query, horizon=_AGES))[:1]:
        day, today = local_day(slot.start, query.zone), local_day(query.now, query.zone)
        change = Change(ChangeKind.HORIZON, day - today, day=day_of(day - query.policy.horizon))
        yield change, _policy(query, horizon=day - today)


def _limits(query: SlotQuery) -> Iterator[_Option]:
    for name in _LIMITS:
        limit = getattr(query.policy, name)
        if limit is not None:
            change = Change(ChangeKind.LIMIT, name=name)
            yield from _least(change, 10_000, lambda n: _policy(query, **{name: limit + n}))  # noqa: B023


def _language(query: SlotQuery) -> Iterator[_Option]:
    for language in sorted({language for host in query.hosts for language in host.languages}):
        yield Change(ChangeKind.LANGUAGE, name=language), replace(query, language=language)


def _skill(query: SlotQuery) -> Iterator[_Option]:
    for pupil in (host for host in query.hosts if not host.is_skilled):
        taught = [replace(host, is_skilled=True) if host is pupil else host for host in query.hosts]
        yield Change(ChangeKind.SKILL, ids=(pupil.id,), name=pupil.name), replace(query, hosts=tuple(taught))


def _closer(query: SlotQuery, minutes: int) -> SlotQuery:
    before, after = query.policy.before - minutes, query.policy.after - minutes
    return _policy(query, before=max(0, before), after=max(0, after))


def _freeing(query: SlotQuery) -> Iterator[_Option]:
    """Shorter buffers; then the hosts from whom the fewest entries would have to go."""
    longest = max(query.policy.before, query.policy.after)
    yield from _least(Change(ChangeKind.BUFFER), longest, partial(_closer, query))
    ways = (way for slot in free_slots(_idle(query)) for way in _ways(query, slot))
    for count, span, ids, spans in islice(sorted(ways), _TRIES):
        free = [_without(h, lambda t: overlaps(t, span)) if h.id in ids else h for h in query.hosts]  # noqa: B023
        change = Change(ChangeKind.FREE_HOST, count, ids, names(h for h in free if h.id in ids), spans=spans)
        yield change, replace(query, hosts=tuple(free))


def _ways(query: SlotQuery, slot: Slot) -> Iterator[tuple[int, Span, tuple[int, ...], tuple[Span, ...]]]:
    policy, ignored = query.policy, {query.moving} - {None}
    span = (slot.start - policy.before * 60, slot.end + policy.after * 60)
    others = [(id_,) for id_ in slot.hosts[len(policy.fixed) :]]
    for ids in [slot.hosts] if policy.mode is HostMode.ALL else [policy.fixed + other for other in others]:
        hosts = [host for host in query.hosts if host.id in ids]
        taken = [load[:2] for host in hosts for load in blocking(host.allocations, query.now, ignored)]
        spans = sorted(t for t in [*taken, *(busy for h in hosts for busy in h.busy)] if overlaps(t, span))
        yield len(spans), span, ids, tuple(spans)


def _idle(query: SlotQuery) -> SlotQuery:
    length = query.policy.duration * 60
    kept = {s.claim_id for host in query.hosts for s in host.shared if s.end - s.start == length}

    def idle(host: Host) -> Host:
        return replace(host, busy=(), allocations=tuple(r for r in host.allocations if r.claim_id in kept))

    return _hosts(query, idle)


def _candidates(query: SlotQuery, need: Need, *candidates: Resource) -> SlotQuery:
    changed = replace(need, candidates=candidates)
    return replace(query, needs=tuple(changed if other is need else other for other in query.needs))


def _rooms(query: SlotQuery) -> Iterator[_Option]:
    for need in (need for need in query.needs if need.kind == "room"):
        change = Change(ChangeKind.ROOM, 1, tuple(room.id for room in need.candidates))
        yield change, _candidates(query, need, *need.candidates, Resource(0, need.units))


def _equipment(query: SlotQuery) -> Iterator[_Option]:
    for need in (need for need in query.needs if need.kind == "equipment"):
        most = need.units + sum(row.units for pool in need.candidates for row in pool.allocations)
        ids = tuple(pool.id for pool in need.candidates)
        change = Change(ChangeKind.EQUIPMENT, ids=ids, name=names(need.candidates))
        yield from _least(change, most, partial(_larger, query, need))


def _larger(query: SlotQuery, need: Need, more: int) -> SlotQuery:
    return _candidates(query, need, *(replace(p, capacity=p.capacity + more) for p in need.candidates))


def _with_places(query: SlotQuery, more: int) -> SlotQuery:
    def larger(host: Host) -> Host:
        return replace(host, shared=tuple(replace(s, seats=s.seats + more) for s in host.shared))

    capacity = query.policy.capacity
    return _policy(_hosts(query, larger), capacity=capacity + more if capacity > 1 else 1)


def _seats(query: SlotQuery) -> Iterator[_Option]:
    fewer = Change(ChangeKind.FEWER_PEOPLE)
    yield from _least(fewer, query.party - 1, lambda n: replace(query, party=query.party - n))
    yield from _least(Change(ChangeKind.MORE_PLACES), 1000, lambda n: _with_places(query, n))


_Stage = tuple[Rule, Callable[[SlotQuery], SlotQuery], Callable[[SlotQuery], Iterator[_Option]]]
RULES: tuple[_Stage, ...] = (
    (Rule.CLOSED, lambda q: replace(q, closures=()), _opening),
    (Rule.ABSENT, lambda q: _hosts(q, _present), _presence),
    (Rule.TOO_SHORT, lambda q: _idle(_policy(q, duration=1)), _shorter),
    (Rule.OFF_GRID, lambda q: _policy(q, step=1, offset=0), lambda _: iter(())),
    (Rule.PAST, lambda q: replace(q, now=min(q.now, q.since)), lambda _: iter(())),
    (Rule.NOTICE, lambda q: _policy(q, notice=0), _notice),
    (Rule.HORIZON, lambda q: _policy(q, horizon=_AGES), _horizon),
    (Rule.LIMIT, lambda q: _policy(q, **dict.fromkeys(_LIMITS)), _limits),
    (Rule.LANGUAGE, lambda q: replace(q, language=None), _language),
    (Rule.SKILL, lambda q: _hosts(q, lambda host: replace(host, is_skilled=True)), _skill),
    (Rule.BUSY, _idle, _freeing),
    (Rule.ROOM, lambda q: replace(q, needs=()), _rooms),
    (Rule.EQUIPMENT, lambda q: replace(q, needs=tuple(n for n in q.needs if n.kind == "room")), _equipment),
    (Rule.SEATS, lambda q: replace(_with_places(q, _PLENTY), party=1), _seats),
)
