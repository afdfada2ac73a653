"""The house closes on days, opens again, and opens on holidays on purpose: told, and each house for itself."""

from datetime import date, timedelta
from functools import partial

import pytest

from booking.db import unit_of_work
from booking.errors import NotFound
from booking.journal.models import Event
from booking.schedule import closure_queries, hours, house_closing
from booking.schedule.closures import closed_days
from booking.schedule.models import Closure, HolidayOpening
from booking.schedule.refusals import UnfitHours
from tests.builders import house_id
from tests.conftest import MONDAY
from tests.deeds.reading import events, rows_of
from tests.hours import the_house

DAY = date(2027, 1, 13)
HOLIDAY = date(2027, 3, 26)  # Good Friday
WHY = {"de": "Umbau"}


def do(deed, *words, key="leipzig", **more):
    house = house_id(key)
    return unit_of_work(partial(deed, *words, house_id=house, now=MONDAY, actor="staff:7", **more))


def closed(day):
    house = the_house()
    return unit_of_work(lambda: closed_days(house, day, day, language="de"))


def test_a_closure_closes_its_days_until_it_is_taken_back(app):
    closure = do(house_closing.close_days, DAY, DAY + timedelta(days=1), reasons=WHY)
    assert closed(DAY) == {DAY: "Umbau"}

    do(house_closing.remove_closure, closure)

    assert closed(DAY) == {}
    assert events() == ["house.closed", "house.opened_again"]
    ((changes,), _) = rows_of(Event.changes)
    assert changes == {"first_day": [None, "2027-01-13"], "last_day": [None, "2027-01-14"]}


def test_a_closure_that_is_sent_twice_is_one(app):
    one, two = (do(house_closing.close_days, DAY, DAY, reasons=WHY) for _ in range(2))
    do(house_closing.close_days, DAY, DAY, reasons={"de": "Probe"})

    assert one == two
    assert len(rows_of(Closure.id)) == 2
    assert events() == ["house.closed"] * 2


def test_days_in_the_wrong_order_are_refused(app):
    with pytest.raises(UnfitHours):
        do(house_closing.close_days, DAY, DAY - timedelta(days=1), reasons=WHY)

    assert rows_of(Closure.id) == []


def test_the_house_opens_on_a_holiday_on_purpose_and_closes_again(app):
    assert closed(HOLIDAY) == {HOLIDAY: "Karfreitag"}

    do(house_closing.open_on, HOLIDAY)
    do(house_closing.open_on, HOLIDAY)

    assert closed(HOLIDAY) == {}
    assert len(rows_of(HolidayOpening.id)) == 1

    do(house_closing.close_again_on, HOLIDAY)

    assert closed(HOLIDAY) == {HOLIDAY: "Karfreitag"}
    assert events() == ["holiday.opened", "holiday.closed_again"]


def test_what_another_house_has_is_not_found(app):
    closure = do(house_closing.close_days, DAY, DAY, reasons=WHY)
    do(house_closing.open_on, HOLIDAY)

    for deed, what in ((house_closing.remove_closure, closure), (house_closing.close_again_on, HOLIDAY)):
        with pytest.raises(NotFound):
            do(deed, what, key="library")
    library = house_id("library")
    with pytest.raises(NotFound):
        unit_of_work(lambda: closure_queries.closure(closure, house_id=library))
    assert unit_of_work(lambda: closure_queries.closures(library, since=DAY, now=MONDAY)) == []
    assert unit_of_work(lambda: closure_queries.opened_days(library, first=DAY, last=HOLIDAY)) == frozenset()
    assert len(rows_of(Closure.id)) == len(rows_of(HolidayOpening.id)) == 1


def test_closures_that_are_not_over_are_listed_by_their_beginning(app):
    do(house_closing.close_days, DAY, DAY, reasons=WHY)
    do(house_closing.close_days, date(2027, 1, 8), date(2027, 1, 11), reasons=WHY)
    do(house_closing.close_days, date(2027, 1, 8), date(2027, 1, 10), reasons=WHY)
    do(hours.close_between, MONDAY, MONDAY + timedelta(hours=1), reasons=WHY)
    do(hours.close_between, MONDAY - timedelta(hours=1), MONDAY, reasons=WHY)

    leipzig = house_id()
    found = unit_of_work(lambda: closure_queries.closures(leipzig, since=date(2027, 1, 11), now=MONDAY))

    assert [one.first_day or one.starts_at for one in found] == [date(2027, 1, 8), MONDAY, DAY]


def test_the_holidays_of_two_years_are_listed_with_those_that_are_opened(app):
    do(house_closing.open_on, HOLIDAY)
    house = the_house()

    found = unit_of_work(
        lambda: closure_queries.holidays(
            house, first=date(2027, 1, 2), last=date(2028, 12, 31), language="de"
        )
    )

    assert [one.day for one in found if one.is_opened] == [HOLIDAY]
    assert date(2027, 11, 17) in {one.day for one in found}  # Buß- und Bettag
    assert date(2027, 1, 1) not in {one.day for one in found}
    assert {one.day.year for one in found} == {2027, 2028}
