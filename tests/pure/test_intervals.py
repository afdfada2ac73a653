"""Intervals: every operation agrees with sets of whole numbers, and wall time with zoneinfo."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.timekit import intervals
from booking.timekit.intervals import DAY, FOREVER

points = st.integers(0, 40)
spans = st.lists(st.tuples(points, points), max_size=8)
lengths = st.integers(0, 6)
HOUR = 3600


def instants_of(found) -> set[int]:
    return {instant for start, end in found for instant in range(start, end)}


def is_merged(found) -> bool:
    flat = [bound for span in found for bound in span]
    return flat == sorted(set(flat))


@pytest.mark.parametrize(
    ("given_spans", "merged"),
    [
        ([], []),
        ([(1, 1)], []),
        ([(2, 1)], []),
        ([(1, 3), (3, 5)], [(1, 5)]),
        ([(4, 6), (1, 3)], [(1, 3), (4, 6)]),
        ([(1, 9), (2, 3), (8, 11)], [(1, 11)]),
        ([(0, 2), (2, 2), (2, 3)], [(0, 3)]),
        ([(-9, -3), (-4, 1)], [(-9, 1)]),
    ],
)
def test_merged_spans_are_sorted_and_do_not_touch(given_spans, merged):
    assert intervals.merge(given_spans) == merged


@given(spans)
def test_merging_keeps_every_instant(some):
    merged = intervals.merge(some)

    assert is_merged(merged)
    assert instants_of(merged) == instants_of(some)


@given(spans, spans)
def test_subtract_and_intersect_are_those_of_sets(some, others):
    ones, twos = intervals.merge(some), intervals.merge(others)

    assert instants_of(intervals.subtract(ones, twos)) == instants_of(ones) - instants_of(twos)
    assert instants_of(intervals.intersect(ones, twos)) == instants_of(ones) & instants_of(twos)
    assert is_merged(intervals.subtract(ones, twos))
    assert is_merged(intervals.intersect(ones, twos))


@given(st.tuples(points, points), st.tuples(points, points), points)
def test_overlapping_and_containing_are_those_of_sets(one, other, instant):
    assert intervals.overlaps(one, other) == bool(instants_of([one]) & instants_of([other]))
    assert intervals.contains(intervals.merge([one, other]), instant) == (
        instant in instants_of([one, other])
    )


@given(spans, st.integers(1, 6))
def test_a_start_within_leaves_room_for_the_whole_length(some, length):
    merged = intervals.merge(some)
    inside = instants_of(merged)
    slow = {start for start in range(-9, 60) if inside.issuperset(range(start, start + length))}

    assert instants_of(intervals.starts_within(merged, length)) == slow


@given(spans, lengths, st.integers(1, 6), lengths)
def test_a_blocked_start_is_one_whose_surroundings_overlap(some, before, length, after):
    taken = instants_of(some)
    slow = {s for s in range(-30, 90) if taken & set(range(s - before, s + length + after))}
    blocked = intervals.starts_blocked(some, before=before, length=length, after=after)

    assert instants_of(blocked) == slow
    assert is_merged(blocked)


@given(st.lists(st.tuples(points, points, st.integers(1, 3)), max_size=8), st.integers(0, 4))
def test_an_overloaded_instant_has_more_than_the_most(loads, most):
    slow = {at for at in range(50) if sum(units for start, end, units in loads if start <= at < end) > most}

    assert instants_of(intervals.overloaded(loads, most=most)) == slow


@pytest.mark.parametrize(
    ("runs", "joined"),
    [
        ([(0, 0, 5), (5, 5, 9)], [(0, 0, 5), (5, 5, 9)]),  # touching: begins anew
        ([(0, 0, 5), (4, 4, 9)], [(0, 0, 9)]),  # inside: no anchor of its own
        ([(0, 0, 5), (0, -3, 4)], [(0, -3, 5)]),  # together: the earliest anchor
        ([(0, 0, 9), (2, 2, 4), (9, 9, 10)], [(0, 0, 9), (9, 9, 10)]),
        ([(0, 0, 5), (4, 4, 9), (8, 8, 12), (12, 12, 13)], [(0, 0, 12), (12, 12, 13)]),
    ],
)
def test_a_run_that_begins_inside_another_goes_on_with_its_anchor(runs, joined):
    assert intervals.join_runs(reversed(runs)) == joined


@given(st.lists(st.tuples(points, points), max_size=5), spans, lengths, st.integers(1, 7))
def test_what_lies_on_the_grid_is_counted_from_the_anchor_of_its_run(some, others, offset, step):
    runs = intervals.join_runs((start, start, end) for start, end in some if start < end)
    cut = intervals.merge(others)
    slow = [
        at
        for start, anchor, end in runs
        for at in range(start, end)
        if at in instants_of(cut) and at >= anchor + offset and (at - anchor - offset) % step == 0
    ]

    assert intervals.on_grid(runs, cut, offset=offset, step=step) == slow


@pytest.mark.parametrize(
    ("used", "most", "wanted", "days", "full"),
    [
        ([], None, 1, 1, []),
        ([], 0, 1, 1, [(0, FOREVER)]),
        ([(10, 1)], 2, 1, 1, []),
        ([(10, 1), (10, 1)], 2, 1, 1, [(10 * DAY, 11 * DAY)]),
        ([(4, 1)], 1, 1, 7, [(4 * DAY, 11 * DAY)]),  # 5 January 1970 was a Monday
        ([(10, 1)], 1, 1, 7, [(4 * DAY, 11 * DAY)]),
        ([(11, 1)], 1, 1, 7, [(11 * DAY, 18 * DAY)]),
        ([(10, 50)], 60, 11, 1, [(10 * DAY, 11 * DAY)]),
        ([(10, 50)], 60, 10, 1, []),
    ],
)
def test_full_days_and_weeks(used, most, wanted, days, full):
    assert intervals.full_days(used, most=most, wanted=wanted, days=days) == full


def wall(instant: int, zone: str) -> int:
    return int(datetime.fromtimestamp(instant, ZoneInfo(zone)).replace(tzinfo=UTC).timestamp())


def epoch(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[misc, arg-type]


ODD_DAYS = [
    ("Europe/Berlin", epoch(2026, 10, 24)),
    ("Europe/Berlin", epoch(2027, 3, 27)),
    ("Europe/Berlin", epoch(2027, 10, 30)),
    ("America/New_York", epoch(2026, 10, 31)),
    ("Australia/Lord_Howe", epoch(2027, 4, 3)),
    ("Asia/Beirut", epoch(2027, 3, 27)),
    ("America/Havana", epoch(2026, 10, 31)),
    ("Pacific/Apia", epoch(2011, 12, 29)),  # a whole day is skipped
    ("Europe/Berlin", epoch(2026, 12, 31)),
    ("Asia/Kathmandu", epoch(2028, 2, 28)),
]


@pytest.mark.parametrize(("zone", "day"), ODD_DAYS)
@settings(max_examples=25)
@given(start=st.integers(0, 3 * 96), quarters=st.integers(1, 40))
def test_the_instants_of_wall_time_are_those_at_which_the_clock_shows_it(zone, day, start, quarters):
    begin, end = day + start * 900, day + (start + quarters) * 900
    found = intervals.instants([(begin, end)], zone, since=day - DAY, until=day + 5 * DAY)
    shown = [at for at in range(day - 2 * DAY, day + 6 * DAY, 900) if begin <= wall(at, zone) < end]

    assert [at for start, end in found for at in range(start, end, 900)] == shown


@pytest.mark.parametrize(("zone", "day"), ODD_DAYS)
def test_the_local_day_is_that_of_zoneinfo(zone, day):
    for instant in range(day - DAY, day + 3 * DAY, HOUR // 2):
        local = datetime.fromtimestamp(instant, ZoneInfo(zone)).date()
        assert intervals.day_of(intervals.local_day(instant, zone)) == local


@pytest.mark.parametrize(("zone", "day"), ODD_DAYS)
@settings(max_examples=15)
@given(start=st.integers(0, 95), quarters=st.integers(1, 96))
def test_a_daily_window_is_the_window_of_each_day(zone, day, start, quarters):
    clock = intervals.stretches(zone, since=day, until=day + 3 * DAY)
    days = range(day // DAY, day // DAY + 3)
    window = (start * 900, (start + quarters) * 900)
    found = intervals.daily(list(days), window, clock)
    each = [intervals.shifted((d * DAY + window[0], d * DAY + window[1]), clock) for d in days]

    assert sorted(found) == sorted((s, parts[0][0], e) for parts in each for s, e in parts)


def test_an_unknown_zone_is_refused():
    with pytest.raises(KeyError):
        intervals.instants([(0, 1)], "Europe/Atlantis", since=0, until=1)
