"""Reasons: each refusal is true, its smallest change opens a slot, and a day with slots has none."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from booking.schedule import saying
from booking.schedule.openings import Calendar, Closure, Days, Hours, Need, Override, Resource, Taken, Weekly
from booking.schedule.reasons import Change, ChangeKind, Refusal, Rule, refusal_for_day, refusal_for_start
from booking.schedule.slots import Host, HostMode, Policy, Shared, SlotQuery, free_slots
from booking.timekit.instants import day_bounds
from tests.pure.test_slots_twin import Draw, seeds

BERLIN = "Europe/Berlin"
WEDNESDAY = date(2027, 1, 13)
EVERY_DAY = frozenset(range(7))
HOUR = 3600


def at(day: date, hour: int, minute: int = 0) -> int:
    return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC).timestamp()) - HOUR  # winter


def works(start: int = 10, end: int = 12) -> Calendar:
    return Calendar(BERLIN, (Weekly(Hours(start * 60, end * 60), EVERY_DAY),))


def a_query(**wanted: Any) -> SlotQuery:
    """One host, each day from ten to twelve, half-hours; a Wednesday with its neighbours."""
    policy: dict[str, Any] = {"duration": 30, "step": 30} | wanted.pop("policy", {})
    defaults: dict[str, Any] = {
        "hosts": (a_host(languages=frozenset({"de"})),),
        "zone": BERLIN,
        "now": at(WEDNESDAY - timedelta(days=3), 9),
        "since": at(WEDNESDAY - timedelta(days=1), 0),
        "until": at(WEDNESDAY + timedelta(days=2), 0),
    }
    return SlotQuery(Policy(**policy), **(defaults | wanted))


def a_host(**wanted: Any) -> Host:
    defaults: dict[str, Any] = {"id": 1, "calendar": works(), "name": "Chiara"}
    return Host(**(defaults | wanted))


ALL_MORNING = Taken(at(WEDNESDAY, 10), at(WEDNESDAY, 12))
GROUP = Shared(7, at(WEDNESDAY, 10), at(WEDNESDAY, 12), 4, (Taken(0, 0, 3),))
GROUP_HOST = a_host(shared=(GROUP,), allocations=(ALL_MORNING._replace(claim_id=7),))
GIVES_ALL_MORNING = {"duration": 120, "step": 120, "capacity": 4}
DAYS_OFF = replace(works(), absences=(Days(WEDNESDAY, WEDNESDAY),))
NO_WEDNESDAYS = replace(works(), overrides=(Override(WEDNESDAY),))
BUSS = Closure(Days(WEDNESDAY, WEDNESDAY), "Feiertag", is_holiday=True)
POOL = Resource(5, 8, (Taken(at(WEDNESDAY, 0), at(WEDNESDAY, 23), 7),), name="headsets")
ROOM = Resource(6, 1, (ALL_MORNING,), name="booth")
CASES = [
    ({"hosts": ()}, Rule.NO_HOST, ChangeKind.NONE, 0),
    ({"policy": {"mode": HostMode.FIXED_AND_ANY, "fixed": (9,)}}, Rule.NO_HOST, ChangeKind.NONE, 0),
    ({"hosts": (a_host(calendar=NO_WEDNESDAYS),)}, Rule.NO_HOURS, ChangeKind.ANOTHER_DAY, 0),
    ({"closures": (BUSS,)}, Rule.HOLIDAY, ChangeKind.OPEN_HOUSE, 0),
    ({"closures": (Closure(Days(WEDNESDAY, WEDNESDAY), "works"),)}, Rule.CLOSED, ChangeKind.OPEN_HOUSE, 0),
    ({"closures": (Closure(ALL_MORNING[:2], "alarm"),)}, Rule.CLOSED, ChangeKind.OPEN_HOUSE, 0),
    ({"hosts": (a_host(calendar=DAYS_OFF),)}, Rule.ABSENT, ChangeKind.PRESENCE, 0),
    ({"hosts": (a_host(calendar=DAYS_OFF),), "closures": (BUSS,)}, Rule.HOLIDAY, ChangeKind.ANOTHER_DAY, 0),
    ({"policy": {"duration": 150}}, Rule.TOO_SHORT, ChangeKind.SHORTER, 30),
    ({"policy": {"offset": 120}}, Rule.OFF_GRID, ChangeKind.NONE, 0),
    ({"now": at(WEDNESDAY, 11, 31)}, Rule.PAST, ChangeKind.ANOTHER_DAY, 0),
    ({"policy": {"notice": 6 * 1440}}, Rule.NOTICE, ChangeKind.NOTICE, 3 * 1440 + 150),
    ({"policy": {"horizon": 2}}, Rule.HORIZON, ChangeKind.HORIZON, 3),
    ({"policy": {"per_day": 1}, "bookings": (ALL_MORNING, ALL_MORNING)}, Rule.LIMIT, ChangeKind.LIMIT, 2),
    ({"policy": {"minutes_per_day": 120}, "bookings": (ALL_MORNING,)}, Rule.LIMIT, ChangeKind.LIMIT, 30),
    ({"policy": {"per_week": 0}}, Rule.LIMIT, ChangeKind.LIMIT, 1),
    ({"language": "uk"}, Rule.LANGUAGE, ChangeKind.LANGUAGE, 0),
    ({"hosts": (a_host(is_skilled=False),)}, Rule.SKILL, ChangeKind.SKILL, 0),
    ({"hosts": (a_host(allocations=(ALL_MORNING,)),)}, Rule.BUSY, ChangeKind.FREE_HOST, 1),
    ({"hosts": (a_host(busy=((at(WEDNESDAY, 10, 25), at(WEDNESDAY, 11, 35)),)),), "policy": {"after": 15}},
     Rule.BUSY, ChangeKind.FREE_HOST, 1),
    ({"hosts": (a_host(busy=((at(WEDNESDAY, 10, 30), at(WEDNESDAY, 11, 30)),)),), "policy": {"before": 9, "after": 9}},
     Rule.BUSY, ChangeKind.BUFFER, 9),
    ({"needs": (Need("room", (ROOM,)),)}, Rule.ROOM, ChangeKind.ROOM, 1),
    ({"needs": (Need("equipment", (POOL,), 4),)}, Rule.EQUIPMENT, ChangeKind.EQUIPMENT, 3),
    ({"hosts": (GROUP_HOST,), "policy": GIVES_ALL_MORNING, "party": 4}, Rule.SEATS, ChangeKind.FEWER_PEOPLE, 3),
    ({"hosts": (replace(GROUP_HOST, shared=(replace(GROUP, seats=3),)),), "policy": GIVES_ALL_MORNING},
     Rule.SEATS, ChangeKind.MORE_PLACES, 1),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "rule", "kind", "amount"), CASES)
def test_a_day_names_its_rule_and_the_smallest_change(wanted, rule, kind, amount):
    refusal = refusal_for_day(a_query(**wanted), WEDNESDAY)

    assert refusal
    change = refusal.smallest_change
    assert (refusal.rule, change.kind, change.amount) == (rule, kind, amount)


def test_a_day_with_slots_has_no_refusal_and_a_time_off_the_grid_names_the_nearest():
    assert refusal_for_day(a_query(), WEDNESDAY) is None
    refusal = refusal_for_start(a_query(), at(WEDNESDAY, 10, 40))

    assert refusal
    assert (refusal.rule, refusal.smallest_change.kind) == (Rule.OFF_GRID, ChangeKind.ANOTHER_TIME)
    assert refusal.smallest_change.at == at(WEDNESDAY, 10, 30)


def test_who_is_missing_and_what_is_in_the_way_is_named():
    away = refusal_for_day(a_query(hosts=(a_host(calendar=DAYS_OFF),)), WEDNESDAY)
    room = refusal_for_day(a_query(needs=(Need("room", (ROOM,)),)), WEDNESDAY)
    busy = refusal_for_day(a_query(hosts=(a_host(allocations=(ALL_MORNING,)),)), WEDNESDAY)

    assert away and room and busy  # noqa: PT018 - mypy wants to know
    assert (away.blocker.ids, away.blocker.name) == ((1,), "Chiara")
    assert (room.blocker.ids, room.blocker.name) == ((6,), "booth")
    assert busy.blocker.spans == (ALL_MORNING[:2],)


@pytest.mark.parametrize(("wanted", "rule", "kind", "amount"), CASES)
def test_visitors_never_read_a_name_of_a_person(wanted, rule, kind, amount):
    refusal = refusal_for_day(a_query(**wanted), WEDNESDAY)

    assert refusal
    said = [*saying.to_visitors(refusal), *saying.to_staff(refusal)]
    assert "Chiara" not in str(said[:2])
    assert all(sentence.text % sentence.facts for sentence in said)


def test_for_visitors_an_absence_looks_like_a_day_without_hours():
    away = refusal_for_day(a_query(hosts=(a_host(calendar=DAYS_OFF),)), WEDNESDAY)
    none = refusal_for_day(a_query(hosts=(a_host(calendar=NO_WEDNESDAYS),)), WEDNESDAY)

    assert away and none  # noqa: PT018
    assert saying.to_visitors(away)[0] == saying.to_visitors(none)[0]


def of_policy(query, **changes):
    return replace(query, policy=replace(query.policy, **changes))


def of_hosts(query, change, made):
    return replace(query, hosts=tuple(made(host) if host.id in change.ids else host for host in query.hosts))


def present(host):
    return replace(host, calendar=replace(host.calendar, absences=()))


def opened(query, change):
    if change.day:
        return replace(query, opened=query.opened | {change.day})
    return replace(query, closures=tuple(c for c in query.closures if c.when not in change.spans))


def closer(query, change):
    before, after = query.policy.before - change.amount, query.policy.after - change.amount
    return of_policy(query, before=max(0, before), after=max(0, after))


def seated(query, change):
    def larger(host):
        return replace(host, shared=tuple(replace(s, seats=s.seats + change.amount) for s in host.shared))

    more = of_policy(query, capacity=query.policy.capacity + change.amount)
    return replace(more, hosts=tuple(larger(host) for host in query.hosts))


def freed(host: Host, change: Change) -> Host:
    kept = tuple(row for row in host.allocations if row[:2] not in change.spans)
    return replace(host, allocations=kept, busy=tuple(b for b in host.busy if b not in change.spans))


def helped(query, change):
    needs = [
        n for n in query.needs if n.kind == change.kind and {r.id for r in n.candidates} <= {*change.ids}
    ]
    more = [
        (*n.candidates, *(replace(r, capacity=r.capacity + change.amount) for r in n.candidates))
        for n in needs
    ]
    rooms = [(*n.candidates, Resource(99, n.units)) for n in needs]
    made = rooms if change.kind is ChangeKind.ROOM else more
    helped = {id(n): replace(n, candidates=candidates) for n, candidates in zip(needs, made, strict=True)}
    return replace(query, needs=tuple(helped.get(id(n), n) for n in query.needs))


MADE = {  # the world with a change made, written without the engine's help
    ChangeKind.OPEN_HOUSE: opened,
    ChangeKind.PRESENCE: lambda q, c: of_hosts(q, c, present),
    ChangeKind.SHORTER: lambda q, c: of_policy(q, duration=q.policy.duration - c.amount),
    ChangeKind.NOTICE: lambda q, c: of_policy(q, notice=c.amount),
    ChangeKind.HORIZON: lambda q, c: of_policy(q, horizon=c.amount),
    ChangeKind.LIMIT: lambda q, c: of_policy(q, **{c.name: getattr(q.policy, c.name) + c.amount}),
    ChangeKind.LANGUAGE: lambda q, c: replace(q, language=c.name),
    ChangeKind.SKILL: lambda q, c: of_hosts(q, c, lambda host: replace(host, is_skilled=True)),
    ChangeKind.BUFFER: closer,
    ChangeKind.FREE_HOST: lambda q, c: of_hosts(q, c, lambda host: freed(host, c)),
    **dict.fromkeys((ChangeKind.ROOM, ChangeKind.EQUIPMENT), helped),
    ChangeKind.FEWER_PEOPLE: lambda q, c: replace(q, party=q.party - c.amount),
    ChangeKind.MORE_PLACES: seated,
}


def holds_true(query: SlotQuery, refusal: Refusal, since: int, until: int) -> None:
    """The change opens a slot in the range, or leads to one that exists."""
    change = refusal.smallest_change
    if change.kind is ChangeKind.NONE:
        assert free_slots(query) == []
    elif change.kind in (ChangeKind.ANOTHER_DAY, ChangeKind.ANOTHER_TIME):
        assert change.at in {slot.start for slot in free_slots(query)}
    else:
        assert free_slots(MADE[change.kind](replace(query, since=since, until=until), change))


def a_world(seed: int) -> tuple[Draw, SlotQuery]:
    draw = Draw(seed)
    mode = draw.one(HostMode.ANY, HostMode.ANY, HostMode.ALL, HostMode.FIXED_AND_ANY)
    limits = {"per_day": draw.one(None, None, 1), "minutes_per_day": draw.one(None, None, 120)}
    fixed = (1,) if mode is HostMode.FIXED_AND_ANY else ()
    policy = draw.policy(mode=mode, fixed=fixed, capacity=draw.one(1, 1, 3), **limits)
    hosts = [draw.host(number, policy) for number in range(1, 2 + draw.up_to(2))]
    more = {"needs": draw.some(1, draw.need), "bookings": draw.some(2, draw.taken)}
    return draw, draw.query(
        policy, hosts, party=draw.one(1, 1, 2, 4), language=draw.one(None, None, "en"), **more
    )


@settings(max_examples=400, deadline=None, derandomize=True)
@given(seed=seeds)
def test_every_refusal_is_true_of_its_day(seed):
    draw, query = a_world(seed)
    day = draw.day + timedelta(days=draw.up_to(1))
    since, until = (int(instant.timestamp()) for instant in day_bounds(day, draw.zone))
    refusal = refusal_for_day(query, day)

    assert (refusal is None) == bool(free_slots(replace(query, since=since, until=until)))
    if refusal:
        holds_true(query, refusal, since, until)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(seed=seeds)
def test_every_refusal_is_true_of_its_start(seed):
    draw, query = a_world(seed)
    start = draw.start + draw.up_to(30) * HOUR
    refusal = refusal_for_start(query, start)

    assert (refusal is None) == bool(free_slots(replace(query, since=start, until=start + 1)))
    if refusal:
        holds_true(query, refusal, start, start + 1)
