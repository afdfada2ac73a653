"""Free times through the database: when the house is closed, how often is asked, and that houses stay apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from booking.db import unit_of_work
from booking.schedule import closures, hours, loading, service
from booking.schedule.hours import Of
from booking.schedule.loading import Asked
from booking.schedule.openings import Days
from booking.schedule.slots import free_slots
from booking.timekit.instants import day_bounds
from tests.builders import a_host, a_need, a_pool, a_room, house_id
from tests.conftest import MONDAY
from tests.hours import (
    a_consultation,
    a_taken_slot,
    an_expert,
    at,
    away,
    busy,
    free,
    hours_of,
    hours_of_room,
    on,
    query_of,
    take,
    the_house,
)
from tests.pure.test_slots import DAY
from tests.web.ways import statements

NOW = MONDAY
REPENTANCE_DAY = date(2027, 11, 17)  # a Wednesday, a holiday of Saxony
REASONS = {"de": "Umbau", "en": "Rebuilding"}


@pytest.fixture
def offering_id(app) -> int:
    """A consultation with an expert, every day from ten to twelve."""
    made = a_consultation(horizon_days=365)
    an_expert(made, "daily 10:00-12:00")
    return made


def closed(first, last=None):
    house = house_id()
    unit_of_work(lambda: service.close(house, first, last or first, reasons=REASONS))


def opened(day):
    house = house_id()
    unit_of_work(lambda: service.open_on_holiday(house, day))


def closed_between(begin, end):
    house = house_id()
    unit_of_work(lambda: hours.close_between(at(begin), at(end), house_id=house, reasons=REASONS, now=MONDAY))


def names(first, last=None, language="de"):
    house = the_house()
    return dict(unit_of_work(lambda: closures.closed_days(house, first, last or first, language=language)))


ALL_FOUR = "10:00 10:30 11:00 11:30"


def test_a_holiday_of_the_state_closes_the_house_and_says_its_name(offering_id):
    assert free(offering_id, REPENTANCE_DAY, now=NOW) == ""

    (closure,) = query_of(offering_id, REPENTANCE_DAY, now=NOW).closures

    assert (closure.when, closure.is_holiday) == (Days(REPENTANCE_DAY, REPENTANCE_DAY), True)
    assert closure.name == names(REPENTANCE_DAY)[REPENTANCE_DAY] == "Buß- und Bettag"
    assert names(REPENTANCE_DAY, language="en")[REPENTANCE_DAY] == "Repentance and Prayer Day"


def test_another_state_has_other_holidays(app):
    assert REPENTANCE_DAY not in unit_of_work(
        lambda: closures.closed_days(the_house("library"), REPENTANCE_DAY, REPENTANCE_DAY, language="de")
    )


@pytest.mark.parametrize("day", [REPENTANCE_DAY, DAY], ids=["a holiday", "a closure by days"])
def test_an_opening_of_the_house_lifts_whatever_closes_the_day_whole(offering_id, day):
    closed(DAY, DAY + timedelta(days=1))
    assert free(offering_id, day, now=NOW) == ""
    assert day in names(day)

    opened(day)

    assert free(offering_id, day, now=NOW) == ALL_FOUR
    assert names(day) == {}
    assert list(names(DAY, DAY + timedelta(days=1))) == sorted({DAY, DAY + timedelta(days=1)} - {day})


def test_a_closure_between_instants_stays_on_an_opened_day(offering_id):
    closed(DAY)
    closed_between(f"{DAY} 10:30", f"{DAY} 11:00")
    opened(DAY)

    assert free(offering_id, DAY, now=NOW) == "10:00 11:00 11:30"
    assert names(DAY) == {}


def test_a_closure_between_instants_that_covers_a_day_closes_it_whole(offering_id):
    tomorrow = DAY + timedelta(days=1)
    closed_between(f"{DAY} 11:00", f"{DAY + timedelta(days=2)} 00:00")
    opened(tomorrow)

    assert free(offering_id, DAY, tomorrow, now=NOW) == "01-13/10:00 01-13/10:30"
    assert names(DAY, tomorrow, language="en") == {tomorrow: "Rebuilding"}


def test_hours_of_a_host_open_no_house(offering_id):
    closed(DAY)
    host_id = an_expert(offering_id)
    on(DAY, "08:00-20:00", of=Of(host_id=host_id))

    assert free(offering_id, DAY, now=NOW) == ""


def test_a_closure_of_the_next_day_ends_what_runs_past_midnight(app):
    made = a_consultation()
    an_expert(made, "wed 23:00-01:00")
    closed(DAY + timedelta(days=1))

    assert free(made, DAY, DAY + timedelta(days=1), now=NOW) == "01-13/23:00 01-13/23:30"


def test_a_closure_of_the_next_day_is_known_to_what_lasts_as_long_as_a_day(app):
    made, house = a_consultation(minutes=1440), the_house()
    an_expert(made, "daily 00:00-24:00")
    closed(DAY + timedelta(days=1))

    def starts_before(wall):
        since, until = at(f"{DAY} 00:00"), at(f"{DAY} {wall}")
        found = unit_of_work(
            lambda: loading.slot_queries(house, [made], asked=Asked(), since=since, until=until, now=NOW)
        )
        return len(free_slots(replace(found[made], policy=replace(found[made].policy, step=60))))

    assert starts_before("12:00") == 1, "only that of midnight ends before"


def test_the_programme_and_the_free_times_know_the_same_closed_days(offering_id):
    closed(date(2027, 2, 10), date(2027, 2, 12))
    closed_between("2027-02-20 00:00", "2027-02-22 00:00")
    for day in (date(2027, 2, 11), date(2027, 2, 20), date(2027, 3, 29)):
        opened(day)
    first, last = date(2027, 2, 1), date(2027, 5, 31)

    with_slots = {one.partition("/")[0] for one in free(offering_id, first, last, now=NOW).split()}

    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert {f"{day:%m-%d}" for day in days} - with_slots == {f"{day:%m-%d}" for day in names(first, last)}


def a_world(number):
    """Write a consultation of each sort with hosts, rooms, equipment and all that can change or block them."""
    offerings = []
    for is_shared in (False, True):
        room, pool = a_room(), a_pool(9)
        needs = (a_need(kind="room", place_id=room), a_need(kind="pool", pool_id=pool), a_need(kind="host"))
        offering_id = a_consultation(is_shared=is_shared, per_day=9, needs=needs)
        hours_of_room(room, "daily 00:00-24:00")
        for _ in range(number):
            host_id = an_expert(offering_id, "mon-fri 09:00-17:00")
            of = Of(host_id=host_id)
            on(DAY, "10:00-16:00", of=of)
            away(DAY + timedelta(days=1), of=of)
            busy(host_id, (f"{DAY} 10:00", f"{DAY} 10:30"))
            begin = at(f"{DAY} 11:00")
            end = begin + timedelta(minutes=30)
            a_taken_slot(offering_id, (host_id,), begin, end, is_shared=is_shared)
        take(at(f"{DAY} 14:00"), at(f"{DAY} 15:00"), pool_id=pool)
        offerings.append(offering_id)
    return offerings


def asked_for(offerings, days, *, moving=None):
    """Return how many statements it takes to load the offerings for so many days."""
    house = the_house()
    since, until = day_bounds(DAY, house.zone)[0], day_bounds(DAY + timedelta(days=days), house.zone)[1]
    asked = Asked(moving=moving)
    with statements() as seen:
        found = unit_of_work(
            lambda: loading.slot_queries(house, offerings, asked=asked, since=since, until=until, now=NOW)
        )
    assert found.keys() == set(offerings)
    return len([one for one in seen if one.lstrip().startswith("SELECT")])


def test_as_many_statements_for_many_offerings_hosts_and_weeks_as_for_one(app):
    few = a_world(1)
    once = asked_for(few, 1)
    many = few + [offering_id for _ in range(3) for offering_id in a_world(3)]

    assert asked_for(many, 80) == once == 11
    assert asked_for(many, 80, moving=1) == 12
    print(f"{once} statements for {len(many)} offerings")


def test_an_offering_of_another_house_is_not_answered_for(app):
    library = house_id("library")
    foreign = a_consultation(house_id=library)
    host_id = a_host()
    unit_of_work(lambda: service.teach(host_id, foreign))
    hours_of(host_id, "daily 10:00-12:00")

    with pytest.raises(KeyError):
        free(foreign, DAY, now=NOW)
    assert free(foreign, DAY, now=NOW, key="library") == "", "a host of Leipzig gives nothing in the library"


def test_a_closure_of_one_house_closes_no_other(offering_id):
    library = house_id("library")
    unit_of_work(lambda: service.close(library, DAY, DAY, reasons=REASONS))
    unit_of_work(lambda: service.open_on_holiday(library, REPENTANCE_DAY))

    assert free(offering_id, DAY, now=NOW) == ALL_FOUR
    assert free(offering_id, REPENTANCE_DAY, now=NOW) == ""
