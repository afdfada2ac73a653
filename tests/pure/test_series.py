"""Series: the days of a pattern, always at the same time on the wall, and where they must end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule  # type: ignore[import-untyped]  # icalendar brings it along, without types
from hypothesis import given
from hypothesis import strategies as st

from booking.schedule.series_rules import MOST_DATES, Pattern, runs
from booking.schedule.staff_refusals import SeriesTooFar, SeriesTooLong, SeriesWithoutDates
from tests.pure.slow_series import slow_days

BERLIN = "Europe/Berlin"
FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)
TWO = time(14)

days = st.dates(date(2026, 9, 1), date(2028, 3, 31))
walls = st.one_of(st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.just(time(2, 30)))
weekdays = st.frozensets(st.integers(0, 6), min_size=1, max_size=3)


@st.composite
def patterns(draw):
    rhythm = draw(st.sampled_from(["weekly", "second_week", "monthly"]))
    ordinal = draw(st.sampled_from([-1, 1, 2, 3, 4, 5])) if rhythm == "monthly" else None
    first = draw(days)
    times = draw(st.none() | st.integers(1, 30))
    last = None if times else first + timedelta(days=draw(st.integers(0, 400)))
    anchor = draw(st.none() | st.just(first - timedelta(days=draw(st.integers(0, 20)))))
    return Pattern(rhythm, draw(weekdays), first, ordinal, last, times, anchor)


def days_of(pattern, at=TWO, minutes=60):
    return [run.day for run in runs(pattern, at, minutes=minutes, zone=BERLIN)]


@given(pattern=patterns(), at=walls)
def test_a_pattern_makes_what_looking_at_each_day_makes(pattern, at):
    slow = slow_days(pattern, at, BERLIN, most=MOST_DATES + 1)
    try:
        found = days_of(pattern, at)
    except SeriesWithoutDates:
        assert slow == []
    except SeriesTooLong:
        assert len(slow) > MOST_DATES
    except SeriesTooFar:
        assert pattern.times is not None
        assert len(slow) < pattern.times
    else:
        assert found == slow


@given(pattern=patterns())
def test_a_pattern_makes_what_the_recurrence_rule_of_calendars_makes(pattern):
    """RFC 5545, 3.3.10, by a library that others wrote; at a time that exists every day."""
    if pattern.anchor is not None and pattern.anchor != pattern.first_day:
        return
    of = [rrule.weekday(day, *([pattern.ordinal] if pattern.ordinal else [])) for day in pattern.weekdays]
    rule = rrule.rrule(
        rrule.MONTHLY if pattern.rhythm == "monthly" else rrule.WEEKLY,
        interval=2 if pattern.rhythm == "second_week" else 1,
        byweekday=of,
        dtstart=datetime.combine(pattern.first_day, TWO),
        until=datetime.combine(pattern.last_day, TWO) if pattern.last_day else None,
        count=pattern.times,
        wkst=rrule.MO,
    )
    wanted = [one.date() for one in rule.xafter(datetime(2020, 1, 1), count=300)]
    try:
        assert days_of(pattern) == wanted
    except SeriesWithoutDates:
        assert wanted == []
    except SeriesTooLong:
        assert len(wanted) > MOST_DATES
    except SeriesTooFar:
        assert max(wanted, default=date.max) > pattern.first_day + timedelta(days=730)


@given(pattern=patterns(), at=walls, minutes=st.integers(15, 600))
def test_every_date_begins_at_the_same_time_on_the_wall_and_is_equally_long(pattern, at, minutes):
    try:
        found = runs(pattern, at, minutes=minutes, zone=BERLIN)
    except (SeriesWithoutDates, SeriesTooLong, SeriesTooFar):
        return
    for run in found:
        local = run.starts_at.astimezone(ZoneInfo(BERLIN))
        assert (local.date(), local.time()) == (run.day, at)
        assert run.ends_at - run.starts_at == timedelta(minutes=minutes)


def test_the_clocks_change_and_the_dates_stay_at_ten():
    pattern = Pattern("weekly", frozenset({6}), date(2027, 3, 21), times=3)
    found = runs(pattern, time(10), minutes=60, zone=BERLIN)
    assert [run.starts_at for run in found] == [
        datetime(2027, 3, 21, 9, tzinfo=UTC),
        datetime(2027, 3, 28, 8, tzinfo=UTC),
        datetime(2027, 4, 4, 8, tzinfo=UTC),
    ]


def test_an_hour_that_the_clocks_skip_has_no_date_and_does_not_count():
    pattern = Pattern("weekly", frozenset({6}), date(2027, 3, 21), times=3)
    assert days_of(pattern, time(2, 30)) == [date(2027, 3, 21), date(2027, 4, 4), date(2027, 4, 11)]


def test_an_hour_that_the_clocks_show_twice_is_the_first():
    pattern = Pattern("weekly", frozenset({6}), BACK, times=1)
    (run,) = runs(pattern, time(2, 30), minutes=60, zone=BERLIN)
    assert run.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_the_last_thursday_and_the_first_saturday():
    thursday = Pattern("monthly", frozenset({3}), date(2027, 1, 1), -1, date(2027, 3, 31))
    assert days_of(thursday) == [date(2027, 1, 28), date(2027, 2, 25), date(2027, 3, 25)]
    saturday = Pattern("monthly", frozenset({5}), date(2027, 1, 3), 1, times=2)
    assert days_of(saturday) == [date(2027, 2, 6), date(2027, 3, 6)]


def test_every_second_week_counts_from_the_week_of_the_first_day():
    pattern = Pattern("second_week", frozenset({1, 3}), date(2027, 1, 14), times=3)
    assert days_of(pattern) == [date(2027, 1, 14), date(2027, 1, 26), date(2027, 1, 28)]


@pytest.mark.parametrize(
    ("pattern", "refusal"),
    [
        (Pattern("weekly", frozenset({1}), date(2027, 1, 1), times=10_000), SeriesTooLong),
        (Pattern("weekly", frozenset(range(7)), date(2027, 1, 1), None, date(2028, 6, 1)), SeriesTooLong),
        (Pattern("weekly", frozenset({1}), date(2027, 1, 1), None, date(2099, 1, 1)), SeriesTooFar),
        (Pattern("weekly", frozenset({1}), date(2027, 1, 1), times=150), SeriesTooFar),
        (Pattern("monthly", frozenset({1}), date(2027, 2, 1), 5, date(2027, 2, 28)), SeriesWithoutDates),
        (Pattern("weekly", frozenset({1}), date(2027, 1, 6), None, date(2027, 1, 6)), SeriesWithoutDates),
    ],
)
def test_a_series_ends_somewhere_and_has_a_date(pattern, refusal):
    with pytest.raises(refusal):
        days_of(pattern)
