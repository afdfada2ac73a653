"""What a host, a room or the house has to come, and which of it lies outside hours, absences and closures."""

from datetime import date, timedelta
from typing import Any

import pytest

from booking.bookings.planned import planned_for, planned_in_house
from booking.db import unit_of_work
from booking.schedule import previewing
from booking.schedule.hours import Of
from booking.schedule.openings import Closure, Days
from booking.schedule.outside import closed_by, outside, within
from booking.schedule.unsaved import with_rules
from booking.timekit.instants import from_epoch, to_epoch
from tests.builders import a_booking, a_host, a_need, a_room, an_occurrence, an_offering, house_id
from tests.conftest import MONDAY
from tests.holds import a_slot_booking
from tests.hours import (
    ZONE,
    a_consultation,
    a_taken_slot,
    an_expert,
    at,
    away,
    hours_of,
    rules,
    said,
    the_house,
)
from tests.needs import a_signer, booked_with

FIRST, LAST = date(2027, 1, 11), date(2027, 1, 24)
WEDNESDAY = date(2027, 1, 13)


def planned(of, **more):
    house = house_id()
    asked: dict[str, Any] = {"since": MONDAY, "language": "de"} | more
    return unit_of_work(lambda: planned_for(of, house_id=house, **asked))


def loaded(of, first=FIRST, last=LAST):
    house = the_house()
    return unit_of_work(lambda: previewing.loaded(house, of, first, last))


def test_what_is_booked_outside_is_found(app, clock):
    offering = a_consultation()
    host = an_expert(offering, "wed 15:00-17:00")
    of = Of(host_id=host)
    for time in ("15:00", "16:30"):
        a_slot_booking(offering, at(f"2027-01-13 {time}"), clock)

    found = planned(of)
    then = with_rules(loaded(of), of, rules("wed 15:00-16:00"))

    assert [said(to_epoch(one.starts_at), "%H:%M") for one in found] == ["15:00", "16:30"]
    assert outside(found, loaded(of), of) == []
    assert [said(to_epoch(one.starts_at), "%H:%M") for one in outside(found, then, of)] == ["16:30"]
    assert found[0].is_slot
    assert found[0].people == 1


def test_a_run_that_ends_after_the_hours_lies_outside(app, clock):
    host = a_host()
    of = Of(host_id=host)
    hours_of(host, "tue 10:00-10:45")
    an_occurrence(clock, host_ids=(host,))  # Tuesday, 10:00 to 11:00

    assert len(outside(planned(of), loaded(of), of)) == 1
    hours_of(host, "tue 10:45-11:00")
    assert outside(planned(of), loaded(of), of) == []


def test_dates_drafts_and_bookings_of_a_host_are_planned_but_nothing_that_is_over(app, clock):
    host, offering = a_host(), an_offering()
    occurrence = an_occurrence(clock, offering_id=offering, host_ids=(host,))
    a_booking(occurrence, clock)
    an_occurrence(clock, starts_at=clock() + timedelta(days=2))
    of = Of(host_id=host)

    (one,) = planned(of)

    assert (one.occurrence_id, one.people, len(one.parties)) == (occurrence, 3, 1)
    assert planned(of, since=one.ends_at) == planned(of, until=one.starts_at) == []
    assert not {"name", "email", "phone", "note"} & set(type(one.parties[0]).__dataclass_fields__)


def test_whoever_interprets_is_planned_too(app, clock):
    host = a_signer()
    hours_of(host, "tue 08:00-18:00")
    occurrence = an_occurrence(clock, starts_at=clock() + timedelta(days=22))
    booked_with(occurrence, clock, "dgs")

    assert [one.occurrence_id for one in planned(Of(host_id=host))] == [occurrence]


def test_a_room_is_planned_by_what_takes_it(app, clock):
    room = a_room()
    offering = an_offering(needs=(a_need(kind="room", place_id=room),))
    taken = an_occurrence(clock, offering_id=offering)
    placed = an_occurrence(clock, place_id=room, starts_at=clock() + timedelta(days=3))
    an_occurrence(clock, place_id=a_room(), starts_at=clock() + timedelta(days=4))

    assert [one.occurrence_id for one in planned(Of(place_id=room))] == [taken, placed]


def test_a_slot_that_nobody_has_any_more_is_not_planned(app):
    offering = a_consultation()
    host = an_expert(offering)
    a_taken_slot(offering, (host,), at("2027-01-13 10:00"), at("2027-01-13 10:30"))

    assert planned(Of(host_id=host)) == []


def test_two_houses_see_nothing_of_each_other(app, clock):
    host = a_host()
    an_occurrence(clock, host_ids=(host,))
    library, end = house_id("library"), MONDAY + timedelta(days=9)

    def ask():
        of = Of(host_id=host)
        return planned_for(of, house_id=library, since=MONDAY, language="de"), planned_in_house(
            library, since=MONDAY, until=end, language="de"
        )

    assert unit_of_work(ask) == ([], [])


@pytest.mark.parametrize(("opened", "count"), [((), 1), ((date(2027, 1, 12),), 0)])
def test_a_closure_breaks_what_lies_in_it_but_on_opened_days(app, clock, opened, count):
    an_occurrence(clock)
    an_occurrence(clock, starts_at=clock() + timedelta(days=2))
    leipzig, end = house_id(), MONDAY + timedelta(days=9)
    found = unit_of_work(lambda: planned_in_house(leipzig, since=MONDAY, until=end, language="de"))

    days = Days(date(2027, 1, 12), date(2027, 1, 12))

    assert len(found) == 2
    assert len(closed_by(found, Closure(days), opened, ZONE)) == count


def test_an_absence_between_instants_breaks_what_it_touches(app, clock):
    host = a_host()
    an_occurrence(clock, host_ids=(host,))  # 10:00 to 11:00
    found = planned(Of(host_id=host))
    begin = to_epoch(clock() + timedelta(days=1))

    assert within(found, [(begin - 60, begin)]) == within(found, [(begin + 3600, begin + 7200)]) == []
    assert within(found, [(begin + 3599, begin + 7200)]) == found
    assert from_epoch(begin) == found[0].starts_at


def test_a_room_that_nobody_restricts_is_open_at_every_time(app, clock):
    room = a_room()
    an_occurrence(clock, place_id=room)
    of = Of(place_id=room)
    assert outside(planned(of), loaded(of), of) == []

    away(date(2027, 1, 12), of=of)

    assert len(outside(planned(of), loaded(of), of)) == 1
