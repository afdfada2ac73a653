"""Opening hours in a house's file: what a text means on each day, and what is no such text."""

from datetime import date

import pytest

from booking.houses.opening import opening, opening_faults

TUESDAY, FRIDAY, SUNDAY = date(2027, 1, 12), date(2027, 1, 15), date(2027, 1, 17)
FIRST_SATURDAY, SECOND_SATURDAY, LAST_SATURDAY = date(2027, 1, 2), date(2027, 1, 9), date(2027, 1, 30)


def hours(*texts):
    return opening({"opening": {"hours": list(texts)}})


def test_a_range_of_weekdays_opens_each_of_them():
    lab = hours("tue-thu 10:00-18:00", "fri 10:00-14:00")

    assert lab.windows(TUESDAY) == [(600, 1080)]
    assert lab.windows(FRIDAY) == [(600, 840)]
    assert lab.windows(SUNDAY) == []


def test_the_first_or_last_of_a_month_opens_that_day_alone():
    first, last = hours("1st sat 11:00-16:00"), hours("last sat 11:00-16:00")

    assert [bool(first.windows(day)) for day in (FIRST_SATURDAY, SECOND_SATURDAY, LAST_SATURDAY)] == [
        True,
        False,
        False,
    ]
    assert [bool(last.windows(day)) for day in (FIRST_SATURDAY, SECOND_SATURDAY, LAST_SATURDAY)] == [
        False,
        False,
        True,
    ]


def test_hours_that_touch_or_overlap_are_one_and_others_stay_apart():
    lab = hours("tue 14:00-18:00", "tue-wed 09:00-12:00", "tue 12:00-13:00", "2nd tue 17:00-20:00")

    assert lab.windows(TUESDAY) == [(540, 780), (840, 1200)]


def test_a_house_may_be_open_until_midnight():
    assert hours("tue 22:00-24:00").windows(TUESDAY) == [(1320, 1440)]


def test_a_house_without_the_section_tells_no_hours():
    assert opening({}).rules == ()
    assert list(opening_faults({})) == []


@pytest.mark.parametrize(
    "text",
    [
        *("", "tue", "tue 10-18", "tue 10:00", "tue 18:00-10:00", "tue 10:00-10:00", "tue 10:00-24:30"),
        *("tue 10:60-11:00", "thu-tue 10:00-18:00", "5th sat 10:00-12:00", "die 10:00-18:00"),
        *("TUE 10:00-18:00", " tue 10:00-18:00", "tue  10:00-18:00", "tue 10:00-18:00\n", 7),
    ],
)
def test_what_is_no_such_text_is_told(text):
    (fault,) = opening_faults({"opening": {"hours": [text]}})

    assert repr(text) in fault


def test_other_faults_of_the_section_are_told():
    assert list(opening_faults({"opening": {"hour": []}})) == ["opening.hour is not known"]
    assert "list of texts" in next(opening_faults({"opening": {"hours": "tue 10:00-18:00"}}))
    assert "each language" in next(opening_faults({"opening": {"notes": "Am Abend"}}))
