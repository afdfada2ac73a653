"""When lists close by themselves: a number of minutes, or never."""

from datetime import timedelta

import pytest

from booking.houses.arrivals import arrival_faults, close_after


def test_without_the_section_no_list_closes_by_itself():
    assert close_after({}) is None
    assert list(arrival_faults({})) == []


@pytest.mark.parametrize("minutes", [10, 60, 10080])
def test_so_many_minutes_after_the_end(minutes):
    data = {"arrivals": {"close_after_minutes": minutes}}

    assert list(arrival_faults(data)) == []
    assert close_after(data) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "section",
    [{"close_after_minutes": one} for one in (9, 10081, -1, "60", 60.0, True, None)] + [{"close": 60}],
)
def test_anything_else_is_told(section):
    assert len(list(arrival_faults({"arrivals": section}))) == 1
