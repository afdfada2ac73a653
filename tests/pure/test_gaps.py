"""Gaps: days without a time are told with the rule that one day alone is told with, alike days together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from booking.schedule import saying
from booking.schedule.gaps import by_day, gaps
from booking.schedule.openings import Closure, Days, Hours, Weekly
from booking.schedule.reasons import RULES, ChangeKind, Rule
from booking.schedule.slots import SlotQuery, free_slots
from booking.timekit.instants import day_bounds
from tests.pure.test_reasons import CASES, MADE, WEDNESDAY, a_host, a_query, a_world, at, works
from tests.pure.test_slots_twin import seeds

DAY = timedelta(days=1)
WEDNESDAYS = replace(works(), weekly=(Weekly(Hours(600, 720), frozenset({2})),))


def of_day(query: SlotQuery, day: date) -> SlotQuery:
    since, until = (int(instant.timestamp()) for instant in day_bounds(day, query.zone))
    return replace(query, since=since, until=until)


def slow_rule(query: SlotQuery, day: date) -> Rule:
    """Put back one rule after the other for one day, without any shortcut."""
    worlds = [of_day(query, day)]
    for _, drop, _ in reversed(RULES):
        worlds.insert(0, drop(worlds[0]))
    guilty = next(number for number, world in enumerate(worlds) if not free_slots(world))
    if guilty:
        return RULES[guilty - 1][0]
    is_somebody = query.hosts and set(query.policy.fixed) <= {host.id for host in query.hosts}
    return Rule.NO_HOURS if is_somebody else Rule.NO_HOST


def days_of(gap):
    return [gap.first + DAY * number for number in range((gap.last - gap.first).days + 1)]


def told(query, *days):
    slots = free_slots(query)
    return gaps(query, [day for day in days if day not in by_day(slots, query.zone)], slots)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(seed=seeds)
def test_every_day_is_told_with_the_rule_that_emptied_it(seed):
    draw, query = a_world(seed)
    days = [draw.day + DAY * number for number in range(-1, 4)]
    query = replace(query, since=of_day(query, days[0]).since, until=of_day(query, days[-1]).until)
    empty = [day for day in days if not free_slots(of_day(query, day))]

    found = gaps(query, empty, free_slots(query))

    assert [day for gap in found for day in days_of(gap)] == empty
    for gap in found:
        for day in days_of(gap):
            rule = Rule.CLOSED if gap.refusal.rule is Rule.HOLIDAY else gap.refusal.rule
            apart = (rule, slow_rule(query, day))
            alike = [saying.to_visitors(replace(gap.refusal, rule=one))[0].text for one in apart]
            assert alike[0] == alike[1], (day, apart)
        change = gap.refusal.smallest_change
        if change.kind in MADE:
            assert free_slots(MADE[change.kind](of_day(query, gap.first), change))


@pytest.mark.parametrize(("wanted", "rule", "kind", "amount"), CASES)
def test_one_day_is_told_as_it_is_alone(wanted, rule, kind, amount):
    query = a_query(**wanted)

    (gap,) = told(query, WEDNESDAY)

    alone = saying.Refusal(rule, gap.refusal.blocker, gap.refusal.smallest_change)
    assert saying.to_visitors(gap.refusal)[0].text == saying.to_visitors(alone)[0].text
    if kind in (ChangeKind.NOTICE, ChangeKind.HORIZON, ChangeKind.LANGUAGE, ChangeKind.FEWER_PEOPLE):
        assert (gap.refusal.smallest_change.kind, gap.refusal.smallest_change.amount) == (kind, amount)


def test_days_that_are_told_the_same_are_told_together_with_the_nearest_free_day():
    query = a_query(hosts=(a_host(calendar=WEDNESDAYS),), until=at(WEDNESDAY + 8 * DAY, 0))
    days = [WEDNESDAY + DAY * number for number in range(-1, 8)]

    before, between = told(query, *days)

    assert (before.first, before.last) == (WEDNESDAY - DAY, WEDNESDAY - DAY)
    assert (between.first, between.last) == (WEDNESDAY + DAY, WEDNESDAY + 6 * DAY)
    assert [gap.refusal.smallest_change.day for gap in (before, between)] == [WEDNESDAY, WEDNESDAY + 7 * DAY]


def test_a_closed_day_stands_alone_and_names_what_closes_it():
    closed = Closure(Days(WEDNESDAY, WEDNESDAY), "Buß- und Bettag", is_holiday=True)
    query = a_query(hosts=(a_host(calendar=WEDNESDAYS),), closures=(closed,))

    tuesday, wednesday, thursday = told(query, WEDNESDAY - DAY, WEDNESDAY, WEDNESDAY + DAY)

    assert [gap.refusal.rule for gap in (tuesday, wednesday, thursday)] == [
        Rule.NO_HOURS,
        Rule.HOLIDAY,
        Rule.NO_HOURS,
    ]
    assert wednesday.refusal.blocker.name == "Buß- und Bettag"
    assert wednesday.refusal.smallest_change.kind is ChangeKind.NONE


def test_days_beyond_the_horizon_are_told_together_and_say_from_when_the_first_opens():
    query = a_query(policy={"horizon": 2})

    (gap,) = told(query, WEDNESDAY, WEDNESDAY + DAY)

    assert (gap.first, gap.last) == (WEDNESDAY, WEDNESDAY + DAY)
    assert gap.refusal.smallest_change.day == WEDNESDAY - 2 * DAY


def test_of_a_free_day_nothing_is_told():
    assert gaps(a_query(), [], free_slots(a_query())) == []
