"""A refusal, and how it is said: to visitors, who never learn who is away or why, and to staff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from booking.errors import N_
from booking.schedule.openings import Closure, Resource, closed_spans
from booking.schedule.slots import Host, Slot, SlotQuery
from booking.timekit.instants import from_epoch
from booking.timekit.intervals import Span, day_of, local_day, overlaps

Fact = str | int | date | datetime


class Rule(StrEnum):
    """What removed the last slot, in the order in which the rules are looked at."""

    NO_HOST = "no_host"
    NO_HOURS = "no_hours"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    ABSENT = "absent"
    TOO_SHORT = "too_short"
    OFF_GRID = "off_grid"
    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    LIMIT = "limit"
    LANGUAGE = "language"
    SKILL = "skill"
    BUSY = "busy"
    ROOM = "room"
    EQUIPMENT = "equipment"
    SEATS = "seats"


class ChangeKind(StrEnum):
    """What would open a slot, with the facts of ``Change`` that say how much or when."""

    OPEN_HOUSE = "open_house"  # day, or spans: the closure by instants; name of what closes
    PRESENCE = "presence"  # ids of hosts
    SHORTER = "shorter"  # amount of minutes
    ANOTHER_TIME = "another_time"  # at, day
    NOTICE = "notice"  # amount of minutes that would do; at: until when it could be booked
    HORIZON = "horizon"  # amount of days that would do; day: from when it can be booked
    LIMIT = "limit"  # name of the limit; amount more
    LANGUAGE = "language"  # name of one that somebody speaks
    SKILL = "skill"  # ids of the host
    BUFFER = "buffer"  # amount of minutes less, before and after
    FREE_HOST = "free_host"  # ids of hosts; spans that would have to go
    ROOM = "room"  # amount more
    EQUIPMENT = "equipment"  # ids of the pool; amount of units more
    FEWER_PEOPLE = "fewer_people"  # amount
    MORE_PLACES = "more_places"  # amount
    ANOTHER_DAY = "another_day"  # at, day
    NONE = "none"  # nothing known would do alone


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way: ids and names of hosts or things, instants, or how many there are."""

    kind: str
    ids: tuple[int, ...] = ()
    name: str = ""
    spans: tuple[Span, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change of its kind; instants in epoch seconds, days local to the house."""

    kind: ChangeKind
    amount: int = 0
    ids: tuple[int, ...] = ()
    name: str = ""
    at: int | None = None
    day: date | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One "no": the rule, who or what blocks, and what would open a slot."""

    rule: Rule
    blocker: Blocker
    smallest_change: Change


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English text to translate, with what fills its places; dates are laid out where they are shown."""

    text: str
    facts: Mapping[str, Fact]


def closing(query: SlotQuery) -> list[Closure]:
    """Return the closures in the way, a holiday first."""
    until = query.until + query.policy.duration * 60
    found = [
        closure
        for closure in query.closures
        for span in closed_spans([closure], query.opened, query.zone, since=query.since, until=until)
        if overlaps(span, (query.since, until))
    ]
    return sorted(found, key=lambda closure: not closure.is_holiday)


def refused(rule: Rule, query: SlotQuery, change: Change) -> Refusal:
    """Return the refusal with who or what stands in the way; a house closed by a holiday says so."""
    blocks = blocker(rule, query, change)
    is_holiday = rule is Rule.CLOSED and closing(query)[0].is_holiday
    return Refusal(Rule.HOLIDAY if is_holiday else rule, blocks, change)


def blocker(rule: Rule, query: SlotQuery, change: Change) -> Blocker:
    """Return who or what stands in the way: those whom the change names, or all who could."""
    if rule is Rule.CLOSED:
        return Blocker("house", name=change.name or closing(query)[0].name)
    if rule in (Rule.ABSENT, Rule.SKILL, Rule.BUSY):
        hosts = [host for host in query.hosts if not change.ids or host.id in change.ids]
        return Blocker("host", tuple(h.id for h in hosts), names(hosts), change.spans, len(change.spans))
    if rule in (Rule.ROOM, Rule.EQUIPMENT):
        found = [r for n in query.needs if n.kind == rule.value for r in n.candidates]
        found = [r for r in found if not change.ids or r.id in change.ids]
        return Blocker(rule.value, tuple(r.id for r in found), names(found), count=change.amount)
    counts = {Rule.NOTICE: query.policy.notice, Rule.HORIZON: query.policy.horizon, Rule.SEATS: query.party}
    name = (query.language or "") if rule is Rule.LANGUAGE else change.name
    return Blocker("offering", name=name, count=counts.get(rule, 0))


def names(them: Iterable[Host | Resource]) -> str:
    """Return their names, each once."""
    return ", ".join(dict.fromkeys(one.name for one in them))


def nearest(slots: Sequence[Slot], query: SlotQuery) -> Change:
    """Return the way to the slot that starts nearest, or no change where there is none."""
    if not slots:
        return Change(ChangeKind.NONE)
    at = min(slots, key=lambda slot: (abs(slot.start - query.since), slot.start)).start
    day = local_day(at, query.zone)
    is_today = day == local_day(query.since, query.zone)
    return Change(ChangeKind.ANOTHER_TIME if is_today else ChangeKind.ANOTHER_DAY, at=at, day=day_of(day))


_NOTHING = N_("No times are offered then.")
_TAKEN = N_("Everything is taken then.")
_ASK = N_("Please choose another day, or call us: perhaps we find a way.")

_VISITORS = {
    Rule.HOLIDAY: N_("The house is closed: %(name)s."),
    Rule.CLOSED: N_("The house is closed: %(name)s."),
    Rule.OFF_GRID: N_("Visits do not begin at this time."),
    Rule.PAST: N_("This time is over."),
    Rule.NOTICE: N_("It is too late to book this online."),
    Rule.HORIZON: N_("This cannot be booked yet."),
    Rule.LIMIT: _TAKEN,
    Rule.LANGUAGE: N_("Nobody who speaks the language you chose is free then."),
    Rule.BUSY: _TAKEN,
    Rule.ROOM: N_("No room is free then."),
    Rule.EQUIPMENT: N_("Not enough equipment is free then."),
    Rule.SEATS: N_("There are not enough places left for all of you."),
}
_STAFF = _VISITORS | {
    Rule.NO_HOST: N_("Nobody is entered who gives this offering."),
    Rule.NO_HOURS: N_("Nobody has hours then."),
    Rule.ABSENT: N_("Absent: %(name)s."),
    Rule.TOO_SHORT: N_("The hours are too short for this offering."),
    Rule.NOTICE: N_("The notice of %(count)s minutes has begun."),
    Rule.HORIZON: N_("This is more than %(count)s days ahead."),
    Rule.LIMIT: N_("A limit of this offering is reached."),
    Rule.SKILL: N_("Those who have hours cannot give this offering: %(name)s."),
    Rule.BUSY: N_("Taken: %(name)s."),
    Rule.ROOM: N_("No room is free: %(name)s."),
    Rule.EQUIPMENT: N_("Not enough is free: %(name)s."),
}
_CHANGES_FOR_VISITORS = {
    ChangeKind.ANOTHER_TIME: N_("The nearest free time is at %(at)s."),
    ChangeKind.ANOTHER_DAY: N_("The nearest free day is %(day)s."),
    ChangeKind.NOTICE: N_("It could be booked online until %(at)s. Please call us."),
    ChangeKind.HORIZON: N_("It can be booked from %(day)s."),
    ChangeKind.LANGUAGE: N_("Another language would be possible: %(name)s."),
    ChangeKind.FEWER_PEOPLE: N_("It would be possible with fewer people (%(amount)s fewer)."),
}
_CHANGES_FOR_STAFF = _CHANGES_FOR_VISITORS | {
    ChangeKind.OPEN_HOUSE: N_("It would be possible if the house opened: %(name)s."),
    ChangeKind.PRESENCE: N_("It would be possible if these were there: %(name)s."),
    ChangeKind.SHORTER: N_("It would be possible if it were %(amount)s minutes shorter."),
    ChangeKind.NOTICE: N_("It would be possible with a notice of %(amount)s minutes."),
    ChangeKind.LIMIT: N_("It would be possible if the limit were raised by %(amount)s."),
    ChangeKind.SKILL: N_("It would be possible if this host could give it: %(name)s."),
    ChangeKind.BUFFER: N_("It would be possible with buffers shorter by %(amount)s minutes."),
    ChangeKind.FREE_HOST: N_("It would be possible if these were free of %(amount)s entries: %(name)s."),
    ChangeKind.ROOM: N_("It would be possible with %(amount)s more rooms."),
    ChangeKind.EQUIPMENT: N_("It would be possible with %(amount)s more: %(name)s."),
    ChangeKind.MORE_PLACES: N_("It would be possible with %(amount)s more places."),
    ChangeKind.NONE: N_("No single change would make it possible."),
}


def to_visitors(refusal: Refusal) -> tuple[Sentence, Sentence]:
    """Return why, and what to do next; no names of people, and nothing that only the house can change."""
    change = refusal.smallest_change
    why = Sentence(_VISITORS.get(refusal.rule, _NOTHING), _of_house(refusal))
    if change.kind not in _CHANGES_FOR_VISITORS:
        return why, Sentence(_ASK, {})
    return why, Sentence(_CHANGES_FOR_VISITORS[change.kind], _facts(change))


def to_staff(refusal: Refusal) -> tuple[Sentence, Sentence]:
    """Return why, with names and numbers, and the smallest change that would open a slot."""
    blocker, change = refusal.blocker, refusal.smallest_change
    why = Sentence(_STAFF[refusal.rule], {"name": blocker.name, "count": blocker.count})
    return why, Sentence(_CHANGES_FOR_STAFF[change.kind], _facts(change))


def _of_house(refusal: Refusal) -> dict[str, Fact]:
    return {"name": refusal.blocker.name} if refusal.rule in (Rule.HOLIDAY, Rule.CLOSED) else {}


def _facts(change: Change) -> dict[str, Fact]:
    facts: dict[str, Fact | None] = {
        "amount": change.amount or None,
        "name": change.name or None,
        "at": from_epoch(change.at) if change.at is not None else None,
        "day": change.day,
    }
    return {key: fact for key, fact in facts.items() if fact is not None}
