"""School holidays: the data that the product ships, and validities cut in and between them."""

import json
from copy import deepcopy
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.timekit.school_holidays import Period, UnfitHolidays, outside, parse, within
from config import ROOT

DATA = MappingProxyType(
    json.loads((ROOT / "houses" / "school-holidays" / "DE-SN.json").read_text(encoding="utf-8"))
)
SAXONY = parse(DATA)
DAYS = [date(2026, 12, 20) + timedelta(days=n) for n in range(90)]
days = st.none() | st.sampled_from(DAYS)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 22), None),
        (date(2026, 12, 23), "Weihnachtsferien"),
        (date(2027, 1, 2), "Weihnachtsferien"),
        (date(2027, 1, 3), None),
        (date(2027, 2, 8), "Winterferien"),
        (date(2027, 2, 19), "Winterferien"),
        (date(2027, 2, 20), None),
        (date(2027, 5, 7), "unterrichtsfreier Tag"),
        (date(2030, 1, 1), None),
    ],
)
def test_a_day_lies_in_the_holidays_that_the_state_has_set(day, name):
    period = SAXONY.period_of(day)

    assert (period.name if period else None) == name


def test_it_is_known_until_when_the_data_will_do():
    assert SAXONY.valid_until == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"valid_until": "soon"}, "soon"),
        ({"valid_until": None}, "TypeError"),
        ({"periods": [{"name": "Ferien", "first": "2027-01-02"}]}, "last"),
        ({"periods": [{"name": "Ferien", "first": "2027-01-02", "last": "2027-01-01"}]}, "ends before"),
        ({"periods": "none"}, "TypeError"),
    ],
)
def test_what_is_no_data_of_school_holidays_is_refused_with_the_fault(change, told):
    with pytest.raises(UnfitHolidays, match=told):
        parse(DATA | change)


def test_holidays_that_overlap_are_refused():
    twice = deepcopy(DATA["periods"][:1]) * 2

    with pytest.raises(UnfitHolidays, match="overlap on 2026-02-09"):
        parse(DATA | {"periods": twice})


@given(first=days, last=days)
def test_each_day_of_a_validity_lies_in_the_holidays_or_outside_and_in_one_part_alone(first, last):
    inside = list(within(SAXONY.periods, first, last))
    between = list(outside(SAXONY.periods, first, last))

    for day in DAYS:
        is_valid = (first is None or first <= day) and (last is None or day <= last)
        is_free = SAXONY.period_of(day) is not None
        assert _count(inside, day) == int(is_valid and is_free)
        assert _count(between, day) == int(is_valid and not is_free)


def test_without_any_data_nothing_lies_in_the_holidays():
    assert list(within((), date(2027, 1, 1), None)) == []
    assert list(outside((), date(2027, 1, 1), None)) == [(date(2027, 1, 1), None)]
    assert list(outside((), None, None)) == [(None, None)]


def test_holidays_that_touch_leave_nothing_between_them():
    one = Period("Ferien", date(2027, 1, 1), date(2027, 1, 5))
    other = Period("Ferien", date(2027, 1, 6), date(2027, 1, 9))

    assert list(outside((one, other), date(2027, 1, 1), date(2027, 1, 9))) == []
    assert list(outside((one, other), date(2027, 1, 1), date(2027, 1, 10))) == [
        (date(2027, 1, 10), date(2027, 1, 10))
    ]


def _count(parts, day):
    return sum((first or date.min) <= day <= (last or date.max) for first, last in parts)
