"""Around clock changes and leap days: a table, and the slow twin of the engine on small random worlds."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.schedule.openings import Calendar, Closure, Days, Hours, Need, Override, Resource, Taken, Weekly
from booking.schedule.slots import Host, HostMode, Policy, Shared, SlotQuery, free_slots
from tests.pure.slow_slots import slow_slots
from tests.pure.test_slots import a_host, asked, times

MINUTE, HOUR = 60, 3600
PLACES = [  # a zone and a day after which something odd happens to its clock or calendar
    ("Europe/Berlin", date(2026, 10, 24)),
    ("Europe/Berlin", date(2027, 3, 27)),
    ("Europe/Berlin", date(2027, 10, 30)),
    ("Europe/Berlin", date(2028, 2, 28)),
    ("Europe/Berlin", date(2026, 12, 31)),
    ("America/New_York", date(2026, 10, 31)),
    ("America/New_York", date(2027, 3, 13)),
    ("Australia/Lord_Howe", date(2027, 4, 3)),  # half an hour
    ("Asia/Beirut", date(2027, 3, 27)),  # at midnight
    ("America/Havana", date(2026, 10, 31)),  # back to midnight
]
QUICK = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(
    0, 2**32
)  # a world drawn from a seed is as wild as we want; hypothesis alone likes empty ones


def epoch(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


class Draw:
    """Values of one small world of two days around the odd one."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.zone, self.day = self.one(*PLACES)
        self.start = epoch(self.day)
        self.now = self.start + self.random.randint(-12 * 60, 6 * 60) * MINUTE
        self.claims = 0

    def one(self, *choices):
        return self.random.choice(choices)

    def up_to(self, most):
        return self.random.randint(0, most)

    def some(self, most, make):
        return tuple(make() for _ in range(self.up_to(most)))

    def hours(self):
        start = self.up_to(95) * 15
        return self.one(Hours(0, 1440), Hours(start, self.up_to(96) * 15), Hours(start, (start + 240) % 1440))

    def date(self):
        return self.day + timedelta(days=self.random.randint(-1, 3))

    def days(self):
        first = self.date()
        return Days(first, first + timedelta(days=self.up_to(1)))

    def span(self):
        begin = self.start + self.random.randint(-8, 3 * 96) * 15 * MINUTE
        return begin, begin + self.up_to(12) * 15 * MINUTE

    def when(self):
        return self.one(self.days, self.span, self.span)()

    def weekly(self):
        return Weekly(
            self.hours(),
            self.one(frozenset(range(7)), frozenset(range(7)), frozenset({0, 2, 4, 6})),
            valid_from=self.day + timedelta(days=self.one(-1, -1, -1, 0, 1)),
            valid_until=self.one(None, None, self.day + timedelta(days=1)),
            parity=self.one(None, None, None, 0, 1),
            ordinals=self.one(frozenset(), frozenset(), frozenset(), frozenset({-1}), frozenset({1, 4})),
        )

    def calendar(self, zone=None):
        overrides = self.some(2, lambda: Override(self.date(), self.some(2, self.hours)))
        rules = (self.weekly(), *self.some(2, self.weekly))
        return Calendar(zone or self.zone, rules, overrides, self.some(1, self.when))

    def taken(self, units=1):
        begin, end = self.span()
        expires_at = self.one(None, None, None, self.now, self.now + 1)
        return Taken(begin, end + 15 * MINUTE, units, self.up_to(2), expires_at)

    def shared(self, policy):
        self.claims += 1
        begin = self.start + self.up_to(2 * 24) * HOUR
        end = begin + self.one(policy.duration, policy.duration, policy.duration, 15) * MINUTE
        parties = (self.taken()._replace(claim_id=self.up_to(3)), *self.some(2, self.taken))
        return Shared(100 + self.claims, begin, end, self.random.randint(1, policy.capacity + 1), parties)

    def host(self, number, policy, *, zone=None):
        shared = self.some(5, lambda: self.shared(policy)) if policy.capacity > 1 else ()
        own = [Taken(s.start - policy.before * MINUTE, s.end + 600, 1, s.claim_id) for s in shared]
        return Host(
            number,
            self.calendar(zone),
            (*own, *self.some(3, self.taken)),
            self.some(2, self.span),
            shared,
            frozenset(self.some(2, lambda: self.one("de", "en"))),
            is_skilled=self.up_to(9) > 0,
        )

    def resource(self):
        calendar = self.one(None, None, self.calendar())
        return Resource(1, self.one(1, 2, 3), self.some(4, lambda: self.taken(self.one(1, 2))), calendar)

    def need(self):
        resources = (self.resource(), *self.some(1, self.resource))
        return Need(
            self.one("room", "equipment"),
            resources,
            self.one(1, 1, 2),
            self.one(0, 5, 30),
            self.one(0, 5, 30),
        )

    def policy(self, **fixed):
        wanted = {
            "duration": self.one(15, 30, 50, 60, 90, 120),
            "step": self.one(15, 25, 30, 45, 60),
            "offset": self.one(0, 0, 5, 40),
            "before": self.one(0, 0, 5, 15, 60),
            "after": self.one(0, 0, 5, 15, 60),
            "notice": self.one(0, 0, 60, 1440),
            "horizon": self.one(0, 1, 2, 9),
        }
        return Policy(**(wanted | fixed))

    def query(self, policy, hosts, **more):
        since = self.start + self.random.randint(-6, 12) * HOUR
        until = self.start + self.random.randint(30, 52) * HOUR
        closures = self.some(1, lambda: Closure(self.when()))
        opened = frozenset(self.some(1, self.date)) if closures else frozenset()
        moving = self.one(None, 0, 1, 2)
        more = {"closures": closures, "opened": opened, "moving": moving} | more
        return SlotQuery(policy, tuple(hosts), self.zone, self.now, since, until, **more)


def agree(draw: Draw, query: SlotQuery) -> None:
    assert free_slots(query) == slow_slots(query, first=draw.start - 2 * 24 * HOUR)


@settings(QUICK, max_examples=120)
@given(seed=seeds)
def test_one_host_with_hours_overrides_absences_and_closures(seed):
    draw = Draw(seed)
    policy = draw.policy()
    agree(draw, draw.query(policy, [draw.host(1, policy)]))


@settings(QUICK, max_examples=60)
@given(seed=seeds, mode=st.sampled_from(HostMode))
def test_several_hosts_in_different_zones_who_speak_and_can_different_things(seed, mode):
    draw = Draw(seed)
    fixed = draw.one((2,), (2, 1), (9,), (1,)) if mode is HostMode.FIXED_AND_ANY else ()
    policy = draw.policy(mode=mode, fixed=fixed, horizon=9, duration=30)
    zones = (None, "Asia/Tokyo", None)
    hosts = [draw.host(number, policy, zone=zones[number % 3]) for number in range(1, 2 + draw.up_to(2))]
    agree(draw, draw.query(policy, hosts, language=draw.one(None, None, "en")))


@settings(QUICK, max_examples=60)
@given(seed=seeds, mode=st.sampled_from(HostMode))
def test_parties_that_share_an_occurrence(seed, mode):
    draw = Draw(seed)
    fixed = (1,) if mode is HostMode.FIXED_AND_ANY else ()
    policy = draw.policy(
        mode=mode, fixed=fixed, capacity=3, notice=0, horizon=9, step=60, offset=0, duration=60
    )
    first, second = draw.host(1, policy), draw.host(2, policy)
    if draw.one(True, False):  # always there, so that more of them can be joined
        all_day = (Weekly(Hours(0, 1440), frozenset(range(7)), valid_from=draw.day - timedelta(days=1)),)
        first = replace(first, calendar=Calendar(draw.zone, all_day), is_skilled=True)
    if draw.one(True, False):  # the same occurrence is given by both
        second = Host(2, second.calendar, first.allocations, (), first.shared)
    needs = draw.some(1, draw.need)
    agree(draw, draw.query(policy, [first, second], party=draw.one(1, 1, 2, 3, 4), needs=needs))


@QUICK
@given(seed=seeds)
def test_rooms_and_equipment(seed):
    draw = Draw(seed)
    policy = draw.policy(horizon=9)
    agree(draw, draw.query(policy, [draw.host(1, policy)], needs=(draw.need(), *draw.some(1, draw.need))))


@QUICK
@given(seed=seeds)
def test_limits_by_day_week_and_minutes(seed):
    draw = Draw(seed)
    minutes = draw.one(None, 30, 120, 300)
    policy = draw.policy(
        per_day=draw.one(None, 1, 2), per_week=draw.one(None, 1, 3), minutes_per_day=minutes, horizon=9
    )
    agree(draw, draw.query(policy, [draw.host(1, policy)], bookings=draw.some(4, draw.taken)))


CLOCKS = [  # day, window, policy, starts
    ("2026-10-25", "01:00-04:00", {"step": 60}, "01:00 02:00 02:00* 03:00"),
    ("2026-10-25", "02:00-03:00", {}, "02:00 02:30 02:00* 02:30*"),
    ("2026-10-25", "02:30-03:00", {}, "02:30 02:30*"),
    ("2026-10-25", "02:30-04:00", {"step": 45}, "02:30 03:00"),  # one anchor, elapsed minutes
    ("2026-10-25", "01:30-03:30", {"step": 45, "duration": 90}, "01:30 02:15 02:00*"),
    ("2026-10-25", "10:00-11:00", {}, "10:00 10:30"),
    ("2027-03-28", "01:00-04:00", {"step": 60}, "01:00 03:00"), ("2027-03-28", "02:00-03:00", {}, ""),
    ("2027-03-28", "01:30-03:30", {"duration": 60}, "01:30"),
    ("2027-03-28", "01:30-03:30", {"duration": 61}, ""), ("2027-03-28", "02:30-04:00", {}, "03:00 03:30"),
    ("2027-03-28", "00:00-05:00", {"step": 90}, "00:00 01:30 04:00"),
    ("2027-10-31", "02:00-03:00", {"duration": 120}, "02:00"),
    ("2027-10-31", "01:45-02:15", {"step": 15, "duration": 15}, "01:45 02:00 02:00*"),
    ("2028-02-29", "10:00-11:00", {}, "10:00 10:30"),
    ("2028-02-29", "23:00-01:00", {"step": 60, "duration": 60}, "00:00 23:00"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "window", "policy", "found"), CLOCKS)
def test_a_slot_is_as_long_as_it_says_when_the_clocks_change(day, window, policy, found):
    query = asked(a_host(1, window), day=date.fromisoformat(day), **policy)

    assert times(query) == found
    assert all(slot.end - slot.start == query.policy.duration * MINUTE for slot in free_slots(query))
