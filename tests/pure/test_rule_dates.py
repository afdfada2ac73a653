"""Dates of weekly hours: parity, ordinals and validity as they are told while somebody types; overlaps."""

from datetime import date

import pytest

from booking.schedule.calendars import Calendars
from booking.schedule.hours import Of, Rule
from booking.schedule.rule_dates import next_dates, overlapping
from booking.timekit.school_holidays import Period

TODAY = date(2026, 11, 23)  # Monday of calendar week 48
OF = Of(host_id=1)
WINTER = Period("Weihnachtsferien", date(2026, 12, 23), date(2027, 1, 2))
KNOWN = Calendars("Europe/Berlin", (WINTER,), {}, {}, {})


def dates(rule: Rule, most: int = 3) -> list[str]:
    return [day.strftime("%m-%d") for day in next_dates(rule, KNOWN, OF, today=TODAY, most=most)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["11-26", "12-03", "12-10"]),
        ({"parity": 0}, ["11-26", "12-10", "12-24"]),
        ({"parity": 1}, ["12-03", "12-17", "12-31"]),
        ({"ordinal": -1}, ["11-26", "12-31", "01-28"]),
        ({"ordinal": 1}, ["12-03", "01-07", "02-04"]),
        ({"ordinal": 5}, ["12-31", "04-29", "07-29"]),
        ({"ordinal": 1, "parity": 0}, ["05-06", "06-03", "07-01"]),
        ({"valid_from": date(2027, 2, 1)}, ["02-04", "02-11", "02-18"]),
        ({"valid_until": date(2026, 12, 3)}, ["11-26", "12-03"]),
        ({"valid_until": date(2026, 11, 20)}, []),
        ({"school_holidays": "only"}, ["12-24", "12-31"]),
        ({"school_holidays": "never", "parity": 0}, ["11-26", "12-10", "01-14"]),
    ],
)
def test_the_next_dates_of_a_thursday(more, expected):
    assert dates(Rule(3, 900, 1140, **more)) == expected


def test_hours_past_midnight_are_those_of_the_day_they_begin_on():
    assert dates(Rule(6, 22 * 60, 120), 2) == ["11-29", "12-06"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Rule(3, 900, 1140), Rule(3, 1080, 1200), [(0, 1)]),
        (Rule(3, 900, 1140), Rule(3, 1140, 1200), []),
        (Rule(3, 900, 1140), Rule(4, 900, 1140), []),
        (Rule(3, 900, 1140, parity=0), Rule(3, 900, 1140, parity=1), []),
        (Rule(3, 900, 1140, parity=0), Rule(3, 900, 1140, ordinal=-1), [(0, 1)]),
        (Rule(3, 900, 1140, offering_id=1), Rule(3, 900, 1140, offering_id=2), []),
        (Rule(3, 900, 1140, medium="video"), Rule(3, 900, 1140), []),
        (Rule(3, 1320, 120), Rule(4, 60, 180), [(0, 1)]),
        (
            Rule(3, 900, 1140, valid_until=date(2026, 12, 31)),
            Rule(3, 900, 1140, valid_from=date(2027, 1, 1)),
            [],
        ),
    ],
)
def test_rows_that_overlap_are_told(one, other, expected):
    assert overlapping([one, other], KNOWN, OF, today=TODAY) == expected
