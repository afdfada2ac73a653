"""Entering hours: what is no time is refused, what belongs to another house is not found, all is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from booking.db import execute, unit_of_work
from booking.errors import NotFound
from booking.schedule import hours
from booking.schedule.availability_models import (
    Absence,
    AvailabilityOverride,
    AvailabilityRule,
    BusyTime,
    OverrideWindow,
)
from booking.schedule.hours import Of, Rule
from booking.schedule.models import Closure, Skill
from booking.schedule.refusals import HoursTwice, NoSuchTime, UnfitHours
from tests.builders import a_host, a_room, house_id
from tests.conftest import MONDAY
from tests.deeds.reading import events, rows_of
from tests.hours import a_consultation, an_expert

DAY = date(2027, 1, 13)
NINE_TO_FIVE: dict[str, Any] = {"weekday": 0, "start_minute": 540, "end_minute": 1020}


@pytest.fixture
def entering(app):
    """Do a deed for a host of Leipzig; other owners and houses by keyword."""

    def enter(deed, *words, of=None, house="leipzig", **more):
        own, house_number = of or Of(host_id=a_host()), house_id(house)
        return unit_of_work(lambda: deed(*words, of=own, house_id=house_number, now=MONDAY, **more))

    return enter


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": 7},
        {"weekday": -1},
        {"start_minute": 1440},
        {"start_minute": -1},
        {"end_minute": 1441},
        {"parity": 2},
        {"ordinal": 0},
        {"ordinal": 6},
    ],
)
def test_hours_at_no_time_are_refused(entering, wrong):
    with pytest.raises(NoSuchTime) as refusal:
        entering(hours.add_rule, Rule(**(NINE_TO_FIVE | wrong)))

    assert refusal.value.status == 422
    assert rows_of(AvailabilityRule.id) == []
    assert events() == []


def test_hours_that_end_before_they_are_valid_are_refused(entering):
    with pytest.raises(UnfitHours):
        entering(hours.add_rule, Rule(**NINE_TO_FIVE, valid_from=DAY, valid_until=DAY - timedelta(days=1)))


@pytest.mark.parametrize(
    ("deed", "words", "refusal"),
    [
        (hours.set_override, (DAY, [(600, 1500)]), NoSuchTime),
        (hours.set_override, (DAY, [(600, 660), (-5, 660)]), NoSuchTime),
        (hours.add_absence, (DAY, DAY - timedelta(days=1)), UnfitHours),
        (hours.add_absence_between, (MONDAY, MONDAY), UnfitHours),
        (hours.add_absence_between, (MONDAY, MONDAY - timedelta(hours=1)), UnfitHours),
    ],
)
def test_changes_that_make_no_sense_are_refused(entering, deed, words, refusal):
    with pytest.raises(refusal):
        entering(deed, *words)

    assert rows_of(AvailabilityOverride.id) == rows_of(Absence.id) == []


def test_the_house_closes_from_one_instant_until_a_later_one(app):
    leipzig, reasons = house_id(), {"de": "Umbau"}

    def close(ends_at):
        return unit_of_work(
            lambda: hours.close_between(MONDAY, ends_at, house_id=leipzig, reasons=reasons, now=MONDAY)
        )

    with pytest.raises(UnfitHours):
        close(MONDAY)
    close(MONDAY + timedelta(hours=2))

    assert rows_of(Closure.first_day, Closure.starts_at, Closure.ends_at) == [
        (None, MONDAY, MONDAY + timedelta(hours=2))
    ]
    assert events() == ["house.closed"]


DEEDS = [
    (hours.add_rule, (Rule(**NINE_TO_FIVE),)),
    (hours.set_override, (DAY, [(600, 660)])),
    (hours.add_absence, (DAY, DAY)),
    (hours.add_absence_between, (MONDAY, MONDAY + timedelta(hours=1))),
]


@pytest.mark.parametrize(("deed", "words"), DEEDS, ids=lambda one: getattr(one, "__name__", ""))
def test_hosts_and_rooms_of_another_house_are_not_found(entering, deed, words):
    for of in (Of(host_id=a_host()), Of(place_id=a_room()), Of(host_id=999_999)):
        with pytest.raises(NotFound):
            entering(deed, *words, of=of, house="library")

    assert events() == []


def test_hours_for_an_offering_of_another_house_are_not_found(entering):
    foreign = a_consultation(house_id=house_id("library"))

    with pytest.raises(NotFound):
        entering(hours.add_rule, Rule(**NINE_TO_FIVE, offering_id=foreign))


def test_busy_times_of_another_house_or_backwards_are_refused(app):
    host_id, now = a_host(), MONDAY

    def enter(end, house):
        number = house_id(house)
        unit_of_work(lambda: hours.add_busy([(now, end)], host_id=host_id, house_id=number, now=now))

    with pytest.raises(NotFound):
        enter(now + timedelta(hours=1), "library")
    with pytest.raises(UnfitHours):
        enter(now - timedelta(seconds=1), "leipzig")
    assert rows_of(BusyTime.id) == []


def test_a_busy_time_longer_than_31_days_is_stored_in_pieces_that_touch(app):
    host_id, leipzig = a_host(), house_id()
    spans = [(MONDAY, MONDAY + timedelta(days=75)), (MONDAY, MONDAY)]

    unit_of_work(lambda: hours.add_busy(spans, host_id=host_id, house_id=leipzig, now=MONDAY))

    pieces = rows_of(BusyTime.starts_at, BusyTime.ends_at)
    assert [(end - start) // 86_400 for start, end in pieces] == [31, 31, 13, 0]
    assert pieces[0][1] == pieces[1][0]
    assert pieces[1][1] == pieces[2][0]


def test_each_deed_is_told_in_the_journal_of_the_host_or_room(entering):
    for deed, words in DEEDS:
        entering(deed, *words)
        entering(deed, *words, of=Of(place_id=a_room()), actor="staff:7")

    assert events() == [
        name
        for name in ("hours.entered", "hours.changed_for_a_day", "absence.entered", "absence.entered")
        for _ in range(2)
    ]


def test_a_day_that_is_changed_again_keeps_the_last_word(entering):
    of = Of(host_id=a_host())
    entering(hours.set_override, DAY, [(600, 660), (600, 720), (900, 960)], of=of)
    assert rows_of(OverrideWindow.start_minute, OverrideWindow.end_minute) == [(600, 720), (900, 960)]

    entering(hours.set_override, DAY, [], of=of)

    assert rows_of(AvailabilityOverride.day) == [(DAY,)]
    assert rows_of(OverrideWindow.start_minute) == []


def test_of_two_who_change_a_day_at_once_the_second_is_told(app):
    row = insert(AvailabilityOverride).values(house_id=house_id(), host_id=a_host(), day=DAY)
    unit_of_work(lambda: execute(row))

    with pytest.raises(HoursTwice):
        unit_of_work(lambda: execute(row))


def test_hours_are_those_of_a_host_or_of_a_room():
    with pytest.raises(ValueError, match="host or of a place"):
        Of()
    with pytest.raises(ValueError, match="host or of a place"):
        Of(host_id=1, place_id=1)


def test_a_fixed_host_is_taught_so(app):
    offering_id = a_consultation()
    one, two = an_expert(offering_id, is_fixed=True), an_expert(offering_id)

    assert sorted(rows_of(Skill.host_id, Skill.is_fixed)) == [(one, True), (two, False)]
