"""Working days: weekends and state holidays do not count, nor does the day from which is counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.timekit.working_days import after, before, first_with, is_working_day

SAXONY = {"country": "DE", "subdivision": "SN"}
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 11), True),  # a Monday
        (date(2027, 1, 9), False),  # a Saturday
        (date(2027, 1, 10), False),
        (date(2026, 11, 18), False),  # Buß- und Bettag, a holiday in Saxony alone
        (date(2027, 3, 26), False),  # Good Friday
    ],
)
def test_offices_work_from_monday_to_friday_unless_the_state_has_a_holiday(day, works):
    assert is_working_day(day, **SAXONY) is works


def test_a_holiday_of_one_state_is_a_working_day_in_another():
    assert is_working_day(date(2026, 11, 18), country="DE", subdivision="BY")
    assert not is_working_day(date(2027, 1, 6), country="DE", subdivision="BY")


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (0, date(2027, 1, 12)),
        (1, date(2027, 1, 11)),
        (2, date(2027, 1, 8)),
        (7, date(2026, 12, 31)),  # New Year and the weekends are passed over
        (10, date(2026, 12, 28)),
    ],
)
def test_days_before_a_tuesday_after_new_year(number, day):
    assert before(date(2027, 1, 12), number, **SAXONY) == day


def test_days_after_a_friday_begin_with_monday():
    assert [after(date(2027, 1, 8), n, **SAXONY) for n in range(3)] == [
        date(2027, 1, 8),
        date(2027, 1, 11),
        date(2027, 1, 12),
    ]


@given(days, st.integers(0, 30))
def test_the_first_day_with_so_many_before_it_is_the_first_for_which_today_is_early_enough(today, number):
    first = first_with(number, today, **SAXONY)

    assert before(first, number, **SAXONY) >= today
    if first > today:
        assert before(first - timedelta(days=1), number, **SAXONY) < today


@given(days, st.integers(1, 30))
def test_as_many_working_days_lie_between_as_were_counted(day, number):
    start = before(day, number, **SAXONY)
    between = [start + timedelta(days=n) for n in range((day - start).days)]

    assert sum(is_working_day(one, **SAXONY) for one in between) == number
    assert is_working_day(start, **SAXONY)
