"""Days without a free time: the rule that emptied each and what a visitor can change; alike days together.

``reasons.refusal_for_day`` looks at one day. A page shows two weeks of them, so here each rule is put back
for all of them at once, the last one first: most days are explained after few runs of the engine.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from booking.schedule.reasons import RULES, only_near
from booking.schedule.saying import Change, ChangeKind, Refusal, Rule, refused, to_visitors
from booking.schedule.slots import Slot, SlotQuery, free_slots
from booking.timekit.intervals import DAY, Span, day_number, day_of, instants, local_day

__all__ = ["Gap", "by_day", "gaps", "nearest_day"]

_COARSE = 60  # minutes
_IN_VISITORS_POWER = (ChangeKind.NOTICE, ChangeKind.HORIZON, ChangeKind.LANGUAGE, ChangeKind.FEWER_PEOPLE)
_CHANGEABLE = {
    rule: changes
    for rule, _, changes in RULES
    if rule in (Rule.NOTICE, Rule.HORIZON, Rule.LANGUAGE, Rule.SEATS)
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Consecutive local days, first to last, on which nothing is free for the same reason."""

    first: date
    last: date
    refusal: Refusal


def by_day(slots: Sequence[Slot], zone: str) -> dict[date, list[Slot]]:
    """Return slots by their local date in a zone, in the order in which they come."""
    found: dict[int, list[Slot]] = {}
    for slot in slots:
        found.setdefault(local_day(slot.start, zone), []).append(slot)
    return {day_of(number): ones for number, ones in found.items()}


def gaps(query: SlotQuery, days: Collection[date], free: Sequence[Slot]) -> list[Gap]:
    """Return why nothing starts on days without slots, consecutive ones with the same answer as one.

    ``free``  slots of other days: where a visitor can change nothing, the nearest day of them is named
    Days that do not exist in the zone of the query are left out.
    """
    numbers = sorted(day_number(day) for day in days)
    rules = _rules(query, numbers)
    told: list[tuple[int, int, Refusal]] = []
    for number in (number for number in numbers if number in rules):
        refusal = _refusal(rules[number], query, number)
        if told and told[-1][1] == number - 1 and _is_alike(told[-1][2], refusal):
            told[-1] = (told[-1][0], number, told[-1][2])
        else:
            told.append((number, number, refusal))
    return [
        Gap(day_of(first), day_of(last), _with_nearest(refusal, first, last, free, query.zone))
        for first, last, refusal in told
    ]


def nearest_day(first: int, last: int, free: Sequence[Slot], zone: str) -> Change:
    """Return the way to the free day nearest to a stretch of days (numbers), rather after than before it."""
    days = [(local_day(slot.start, zone), slot.start) for slot in free]
    after = min((one for one in days if one[0] > last), default=None)
    before = min((one for one in days if one[0] < first), default=None, key=lambda one: (-one[0], one[1]))
    if after and before and first - before[0] < after[0] - last:
        after = None
    day, at = after or before or (None, None)
    if day is None:
        return Change(ChangeKind.NONE)
    return Change(ChangeKind.ANOTHER_DAY, at=at, day=day_of(day))


def _rules(query: SlotQuery, days: Sequence[int]) -> dict[int, Rule]:
    """The first rule that leaves nothing of a day, as ``reasons`` finds it for one day."""
    worlds = [query]
    for _, drop, _ in reversed(RULES):
        worlds.append(drop(worlds[-1]))
    is_somebody = bool(query.hosts) and set(query.policy.fixed) <= {host.id for host in query.hosts}
    with_hours = _with_hours(worlds[-1], days) if is_somebody else set()
    existing = [day for day in days if _span(query, day, day)]
    found = {day: Rule.NO_HOURS if is_somebody else Rule.NO_HOST for day in existing if day not in with_hours}
    left = set(with_hours)
    for (rule, _, _), world, without in zip(reversed(RULES), worlds, worlds[1:], strict=False):
        opened = _open(without, left) if left and world != without else set()
        found |= dict.fromkeys(opened, rule)
        left -= opened
    return found


def _with_hours(bare: SlotQuery, days: Sequence[int]) -> set[int]:
    """The days on which anybody has a minute; most are found by looking once an hour."""
    found = _open(replace(bare, policy=replace(bare.policy, step=_COARSE)), days)
    return found | _open(bare, set(days) - found)


def _open(world: SlotQuery, days: Collection[int]) -> set[int]:
    """The days on which a slot starts in this world."""
    found: set[int] = set()
    for first, last in _stretches(days):
        span = _span(world, first, last)
        slots = free_slots(replace(world, since=span[0], until=span[1])) if span else []
        found.update(local_day(slot.start, world.zone) for slot in slots)
    return found


def _stretches(days: Collection[int]) -> Iterator[tuple[int, int]]:
    """Consecutive days, first and last."""
    ordered = sorted(days)
    breaks = [at for at in range(1, len(ordered)) if ordered[at] > ordered[at - 1] + 1]
    for begin, end in zip([0, *breaks], [*breaks, len(ordered)], strict=True):
        if begin < end:
            yield ordered[begin], ordered[end - 1]


def _span(query: SlotQuery, first: int, last: int) -> Span | None:
    walls = [(first * DAY, (last + 1) * DAY)]
    spans = instants(walls, query.zone, since=(first - 1) * DAY, until=(last + 2) * DAY)
    return (spans[0][0], spans[-1][1]) if spans else None


def _refusal(rule: Rule, query: SlotQuery, day: int) -> Refusal:
    """The rule with what a visitor can change, or with no change yet."""
    span = _span(query, day, day)
    assert span
    asked = replace(query, since=span[0], until=span[1])
    if rule not in _CHANGEABLE:
        return refused(rule, asked, Change(ChangeKind.NONE))
    asked = only_near(asked)
    options = (change for change, world in _CHANGEABLE[rule](asked) if free_slots(world))
    changes = (change for change in options if change.kind in _IN_VISITORS_POWER)
    return refused(rule, asked, next(changes, Change(ChangeKind.NONE)))


def _is_alike(one: Refusal, other: Refusal) -> bool:
    """Whether visitors are told the same; days beyond the horizon are, though each opens a day later."""
    kinds = {one.smallest_change.kind, other.smallest_change.kind}
    is_change_alike = one.smallest_change == other.smallest_change or kinds == {ChangeKind.HORIZON}
    return to_visitors(one)[0] == to_visitors(other)[0] and is_change_alike


def _with_nearest(refusal: Refusal, first: int, last: int, free: Sequence[Slot], zone: str) -> Refusal:
    if refusal.smallest_change.kind is not ChangeKind.NONE:
        return refusal
    return replace(refusal, smallest_change=nearest_day(first, last, free, zone))
