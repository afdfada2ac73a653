"""Openings: weekly hours, changed dates, absences and closures become instants, over both clock changes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from booking.schedule.openings import (
    Calendar,
    Closure,
    Days,
    Hours,
    Override,
    Taken,
    Weekly,
    blocking,
    closed_spans,
    expand,
)
from booking.timekit.intervals import intersect

BERLIN = "Europe/Berlin"
WEEKDAYS = {name: number for number, name in enumerate("Mo Tu We Th Fr Sa Su".split())}
EVERY_DAY = frozenset(range(7))


def hours(text: str) -> Hours:
    begin, end = text.split("-")
    return Hours(*(int(part[:2]) * 60 + int(part[3:]) for part in (begin, end)))


def weekly(text: str, **more) -> Weekly:
    """`We 15:00-19:00`; a star for every day."""
    days, window = text.split()
    return Weekly(
        hours(window), EVERY_DAY if days == "*" else frozenset(WEEKDAYS[d] for d in days.split(",")), **more
    )


def epoch(text: str, zone: str = "UTC") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def opened(calendar: Calendar, first: str, last: str) -> list[str]:
    """What is open from one date until another, in UTC: `25 00:30-02:00`."""
    since, until = epoch(first), epoch(last)
    spans, _ = expand(calendar, since=since, until=until)
    cut = intersect(spans, [(since, until)])
    shown = [
        (datetime.fromtimestamp(s, ZoneInfo("UTC")), datetime.fromtimestamp(e, ZoneInfo("UTC")))
        for s, e in cut
    ]
    return [f"{start:%d %H:%M}-{end:%H:%M}" for start, end in shown]


def on(day: date, calendar: Calendar) -> bool:
    """Whether anything is open on a local date."""
    noon = epoch(f"{day} 12:00", BERLIN)
    return bool(intersect(expand(calendar, since=noon, until=noon + 60)[0], [(noon, noon + 60)]))


CLOCK_CHANGES = [
    # autumn 2026: 01:00 UTC on the 25th, 03:00 becomes 02:00
    ("Su 01:00-04:00", "2026-10-25", ["24 23:00-03:00"]),
    ("Su 02:00-03:00", "2026-10-25", ["25 00:00-02:00"]),
    ("Su 02:30-03:00", "2026-10-25", ["25 00:30-01:00", "25 01:30-02:00"]),
    ("Su 02:00-02:30", "2026-10-25", ["25 00:00-00:30", "25 01:00-01:30"]),
    ("Su 02:30-04:00", "2026-10-25", ["25 00:30-01:00", "25 01:30-03:00"]),
    ("Su 01:00-02:30", "2026-10-25", ["24 23:00-00:30", "25 01:00-01:30"]),
    ("Su 03:00-05:00", "2026-10-25", ["25 02:00-04:00"]),
    ("Su 00:00-24:00", "2026-10-25", ["24 22:00-23:00"]),  # 25 hours
    ("Sa 23:00-02:30", "2026-10-25", ["24 21:00-00:30", "25 01:00-01:30"]),
    # spring 2027: 01:00 UTC on the 28th, 02:00 becomes 03:00
    ("Su 02:00-03:00", "2027-03-28", []),
    ("Su 02:15-02:45", "2027-03-28", []),
    ("Su 01:00-04:00", "2027-03-28", ["28 00:00-02:00"]),
    ("Su 02:30-04:00", "2027-03-28", ["28 01:00-02:00"]),
    ("Su 01:30-02:30", "2027-03-28", ["28 00:30-01:00"]),
    ("Su 00:00-24:00", "2027-03-28", ["27 23:00-22:00"]),
    ("Sa 22:00-02:00", "2027-03-28", ["27 21:00-01:00"]),
    ("Sa 22:00-03:00", "2027-03-28", ["27 21:00-01:00"]),
    # autumn 2027, Reformation Day
    ("Su 02:30-03:30", "2027-10-31", ["31 00:30-01:00", "31 01:30-02:30"]),
    ("Su 10:00-12:00", "2027-10-31", ["31 09:00-11:00"]),
    ("Tu 10:00-24:00", "2028-02-29", ["29 09:00-23:00"]),
    ("Tu 22:00-02:00", "2028-02-29", ["29 21:00-01:00"]),
]


@pytest.mark.parametrize(("rule", "day", "found"), CLOCK_CHANGES)
def test_a_wall_time_that_is_skipped_is_never_open_and_a_doubled_one_twice(rule, day, found):
    only = date.fromisoformat(day) - timedelta(days=1)
    calendar = Calendar(BERLIN, (weekly(rule, valid_from=only, valid_until=only + timedelta(days=1)),))
    shown = opened(calendar, str(only), str(only + timedelta(days=3)))

    assert shown == found


RULES = [
    (weekly("We 10:00-14:00"), "2027-01-13", True),
    (weekly("We 10:00-14:00"), "2027-01-14", False),
    (weekly("We 10:00-14:00", valid_from=date(2027, 1, 13)), "2027-01-13", True),
    (weekly("We 10:00-14:00", valid_from=date(2027, 1, 14)), "2027-01-13", False),
    (weekly("We 10:00-14:00", valid_until=date(2027, 1, 13)), "2027-01-13", True),
    (weekly("We 10:00-14:00", valid_until=date(2027, 1, 12)), "2027-01-13", False),
    (weekly("We 10:00-14:00", parity=0), "2027-01-13", True),  # week 2
    (weekly("We 10:00-14:00", parity=1), "2027-01-13", False),
    (weekly("We 10:00-14:00", parity=1), "2026-12-30", True),  # week 53, and then week 1
    (weekly("We 10:00-14:00", parity=1), "2027-01-06", True),
    (weekly("Th 10:00-14:00", ordinals=frozenset({-1})), "2027-01-28", True),
    (weekly("Th 10:00-14:00", ordinals=frozenset({-1})), "2027-01-21", False),
    (weekly("Th 10:00-14:00", ordinals=frozenset({4})), "2027-01-28", True),
    (weekly("Fr 10:00-14:00", ordinals=frozenset({5})), "2027-01-29", True),
    (weekly("Fr 10:00-14:00", ordinals=frozenset({5})), "2027-02-26", False),
    (weekly("Fr 10:00-14:00", ordinals=frozenset({-1})), "2027-01-29", True),
    (weekly("Sa 11:00-16:00", ordinals=frozenset({1})), "2027-02-06", True),
    (weekly("Sa 11:00-16:00", ordinals=frozenset({1})), "2027-02-13", False),
    (weekly("Tu 10:00-14:00", ordinals=frozenset({-1})), "2028-02-29", True),
    (weekly("Tu 10:00-14:00", ordinals=frozenset({5})), "2028-02-29", True),
    (weekly("Tu 10:00-14:00", parity=1), "2028-02-29", True),  # week 9
]


@pytest.mark.parametrize(("rule", "day", "is_open"), RULES)
def test_a_rule_holds_on_its_weekdays_weeks_ordinals_and_dates(rule, day, is_open):
    assert on(date.fromisoformat(day), Calendar(BERLIN, (rule,))) == is_open


NIGHTS = weekly("* 22:00-02:00")
OVERRIDES = [  # of the 13th; shown from the 12th 12:00 to the 15th 12:00 UTC
    ({}, ["12 21:00-01:00", "13 21:00-01:00", "14 21:00-01:00"]),
    # the whole date is replaced, also what spills into it; the minutes after its midnight are the next date's
    ({13: []}, ["12 21:00-23:00", "13 23:00-01:00", "14 21:00-01:00"]),
    ({13: ["10:00-11:00"]}, ["12 21:00-23:00", "13 09:00-10:00", "13 23:00-01:00", "14 21:00-01:00"]),
    ({13: ["20:00-01:00"]}, ["12 21:00-23:00", "13 19:00-01:00", "14 21:00-01:00"]),
    ({13: ["20:00-01:00"], 14: []}, ["12 21:00-23:00", "13 19:00-23:00", "14 23:00-01:00"]),
    ({13: [], 14: ["00:30-01:00"]}, ["12 21:00-23:00", "13 23:30-00:00", "14 23:00-01:00"]),
    ({13: ["09:00-10:00", "10:00-11:00"], 14: []}, ["12 21:00-23:00", "13 08:00-10:00", "14 23:00-01:00"]),
    ({13: ["00:00-24:00"], 14: []}, ["12 21:00-23:00", "14 23:00-01:00"]),  # until the 13th, 23:00
]


@pytest.mark.parametrize(("changed", "found"), OVERRIDES)
def test_an_override_replaces_all_minutes_of_its_date(changed, found):
    days = tuple(Override(date(2027, 1, day), tuple(map(hours, windows))) for day, windows in changed.items())
    shown = opened(Calendar(BERLIN, (NIGHTS,), days), "2027-01-12 12:00", "2027-01-15 12:00")

    assert shown == found


def test_two_overrides_of_one_date_are_read_together():
    twice = (
        Override(date(2027, 1, 13), (hours("09:00-10:00"),)),
        Override(date(2027, 1, 13), (hours("12:00-13:00"),)),
    )

    shown = opened(Calendar(BERLIN, (), twice), "2027-01-12", "2027-01-15")

    assert shown == ["13 08:00-09:00", "13 11:00-12:00"]


@pytest.mark.parametrize(
    ("away", "found"),
    [
        (Days(date(2027, 1, 13), date(2027, 1, 13)), ["12 09:00-11:00", "14 09:00-11:00"]),
        (Days(date(2027, 1, 12), date(2027, 1, 13)), ["14 09:00-11:00"]),
        ((epoch("2027-01-13 09:30"), epoch("2027-01-13 10:00")),
         ["12 09:00-11:00", "13 09:00-09:30", "13 10:00-11:00", "14 09:00-11:00"]),
        ((epoch("2027-01-13 10:00"), epoch("2027-01-13 10:00")),
         ["12 09:00-11:00", "13 09:00-11:00", "14 09:00-11:00"]),
    ],
)  # fmt: skip
def test_an_absence_closes_minutes_and_leaves_the_grid(away, found):
    calendar = Calendar(BERLIN, (weekly("* 10:00-12:00"),))
    absent = replace(calendar, absences=(away,))
    span = {"since": epoch("2027-01-12"), "until": epoch("2027-01-15")}

    assert opened(absent, "2027-01-12", "2027-01-15") == found
    assert expand(absent, **span)[1] == expand(calendar, **span)[1]


def test_an_absence_is_read_in_the_zone_of_its_calendar():
    tokyo = Calendar(
        "Asia/Tokyo", (weekly("* 08:00-10:00"),), absences=(Days(date(2027, 1, 13), date(2027, 1, 13)),)
    )

    assert opened(tokyo, "2027-01-11 12:00", "2027-01-14 12:00") == ["11 23:00-01:00", "13 23:00-01:00"]


@pytest.mark.parametrize(
    ("is_opened", "by_instants", "hours_closed"),
    [(False, False, 24), (True, False, 0), (False, True, 24), (True, True, 2)],
)
def test_an_opening_of_the_house_removes_whole_closures_of_its_date(is_opened, by_instants, hours_closed):
    noon = epoch("2026-11-18 12:00", BERLIN)  # Buß- und Bettag
    closures = [Closure(Days(date(2026, 11, 18), date(2026, 11, 18)), is_holiday=True)]
    closures += [Closure((noon, noon + 7200))] if by_instants else []
    dates = [date(2026, 11, 18)] if is_opened else []
    found = closed_spans(closures, dates, BERLIN, since=noon - 90_000, until=noon + 90_000)

    assert sum(end - start for start, end in found) == hours_closed * 3600


def test_the_grid_of_a_chain_begins_however_long_ago_it_began():
    chain = Calendar(BERLIN, (weekly("* 00:00-24:00", valid_from=date(2027, 1, 1)), weekly("* 23:00-01:00")))
    begin = epoch("2026-12-31 23:00", BERLIN)
    for days in (1, 5, 40, 90):
        _, grid = expand(chain, since=begin + days * 86_400, until=begin + (days + 1) * 86_400)
        long_ago = expand(chain, since=begin - 5 * 86_400, until=begin + 95 * 86_400)[1]
        assert {run[1] for run in grid if run[2] > begin + days * 86_400} <= {run[1] for run in long_ago}


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (1440, 60), (0, 1441), (60, -1)])
def test_minutes_of_no_day_are_refused(start, end):
    with pytest.raises(ValueError, match="no minutes"):
        Hours(start, end)


@pytest.mark.parametrize("more", [{"weekdays": frozenset({7})}, {"parity": 2}, {"ordinals": frozenset({0})}])
def test_days_of_no_week_are_refused(more):
    with pytest.raises(ValueError, match="no such days"):
        replace(weekly("Mo 10:00-11:00"), **more)


@pytest.mark.parametrize(
    ("row", "blocks"),
    [(Taken(0, 9), True), (Taken(0, 9, 1, 5), False), (Taken(0, 9, 1, 6), True), (Taken(0, 9, expires_at=100), False),
     (Taken(0, 9, expires_at=101), True), (Taken(0, 9, 1, 5, 101), False)],
)  # fmt: skip
def test_expired_holds_and_ignored_claims_do_not_block(row, blocks):
    assert bool(blocking([row], 100, {5})) == blocks
