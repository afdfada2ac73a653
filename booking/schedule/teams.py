"""Who takes a slot: of those who could, the hosts, the rooms and the units that one booking gets; pure."""

from dataclasses import dataclass, replace

from booking.schedule.openings import Need, Resource, blocking
from booking.schedule.slots import Host, HostMode, Shared, Slot, SlotQuery, free_slots


@dataclass(frozen=True, slots=True)
class Pick:
    """So many units of a resource, from one instant until another, buffers included; ``id`` as in the query."""

    id: int
    units: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The team of a slot; ``joins`` is the claim of the occurrence that the party comes to, or None for a new one."""

    hosts: tuple[Host, ...]
    joins: int | None
    rooms: tuple[Pick, ...]
    equipment: tuple[Pick, ...]
    start: int
    end: int
    before: int
    after: int


def choose_team(query: SlotQuery, start: int) -> Chosen | None:
    """Return the team for a start, or None if it is not free: an occurrence to join, else who has least to do.

    ``query`` reaches over the whole day, so that work is shared out by the day.
    """
    at_start = replace(query, since=start, until=start + 1)
    slots = free_slots(at_start)
    if not slots:
        return None
    joined = _joined(at_start, slots[0])
    if joined is not None:
        return _team(query, slots[0], (joined[0],), joined[1].claim_id, ())
    hosts = _hosts(at_start, slots[0])
    picks = tuple((need, _pick(at_start, need, slots[0], hosts)) for need in query.needs)
    return _team(query, slots[0], hosts, None, picks)


def _team(
    query: SlotQuery,
    slot: Slot,
    hosts: tuple[Host, ...],
    joins: int | None,
    picks: tuple[tuple[Need, Pick], ...],
) -> Chosen:
    return Chosen(
        hosts=hosts,
        joins=joins,
        rooms=tuple(pick for need, pick in picks if need.kind == "room"),
        equipment=tuple(pick for need, pick in picks if need.kind == "equipment"),
        start=slot.start,
        end=slot.end,
        before=query.policy.before * 60,
        after=query.policy.after * 60,
    )


def _joined(query: SlotQuery, slot: Slot) -> tuple[Host, Shared] | None:
    """Return the first host of the slot who gives it already, with that occurrence."""
    ignored: frozenset[int | None] = frozenset({query.moving} - {None})
    for host in query.hosts:
        for shared in host.shared if host.id in slot.hosts else ():
            if (shared.start, shared.end) == slot[:2] and blocking(shared.parties, query.now, ignored):
                return host, shared
    return None


def _hosts(query: SlotQuery, slot: Slot) -> tuple[Host, ...]:
    able = {host.id: host for host in query.hosts if host.id in slot.hosts}
    if query.policy.mode is HostMode.ALL:
        return tuple(able[id_] for id_ in slot.hosts)
    fixed = tuple(able[id_] for id_ in query.policy.fixed)
    others = [host for id_, host in able.items() if id_ not in query.policy.fixed]
    return (*fixed, min(others, key=lambda host: (_work(host, query), host.id)))


def _work(host: Host, query: SlotQuery) -> int:
    ignored: frozenset[int | None] = frozenset({query.moving} - {None})
    return sum(end - start for start, end, _ in blocking(host.allocations, query.now, ignored))


def _pick(query: SlotQuery, need: Need, slot: Slot, hosts: tuple[Host, ...]) -> Pick:
    """Return the first candidate that serves the need; one that the guard refuses is found out there."""
    found = next(one for one in need.candidates if _serves(query, need, one, hosts))
    return Pick(found.id, need.units, slot.start - need.before * 60, slot.end + need.after * 60)


def _serves(query: SlotQuery, need: Need, candidate: Resource, hosts: tuple[Host, ...]) -> bool:
    alone = replace(need, candidates=(candidate,))
    others = tuple(alone if other is need else other for other in query.needs)
    slots = free_slots(replace(query, needs=others))
    return bool(slots) and {host.id for host in hosts} <= set(slots[0].hosts)
