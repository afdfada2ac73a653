"""Days with other hours and absences: entered knowingly, taken back, never those of another house or host."""

from datetime import date, timedelta
from functools import partial

import pytest

from booking.db import unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from booking.schedule import day_hours, hours, hours_queries, unentering
from booking.schedule.availability_models import Absence, AvailabilityOverride, OverrideWindow
from booking.schedule.hours import Of
from tests.builders import a_host, a_room, house_id
from tests.conftest import MONDAY
from tests.deeds.reading import events, rows_of
from tests.hours import away, away_between, on

DAY = date(2027, 1, 13)
NOTHING = day_hours.version_of(None)


def change(of, *windows, version=NOTHING, key="leipzig", day=DAY):
    deed = partial(day_hours.change_day, day, windows, of=of, house_id=house_id(key), version=version)
    unit_of_work(partial(deed, now=MONDAY, actor="staff:7"))


def has(of, key="leipzig"):
    house = house_id(key)
    return unit_of_work(lambda: day_hours.changed_day(of, DAY, house_id=house))


def remove(deed, number, of, key="leipzig"):
    house = house_id(key)
    unit_of_work(lambda: deed(number, of=of, house_id=house, now=MONDAY, actor="staff:7"))


def test_a_day_is_changed_and_told_with_its_windows(app):
    of = Of(host_id=a_host())

    change(of, (600, 720), (900, 60))

    assert has(of).windows == ((600, 720), (900, 60))
    ((deed, changes),) = rows_of(Event.deed, Event.changes)
    assert deed == "hours.changed_for_a_day"
    assert changes == {"day": [None, "2027-01-13"], "windows": [None, [[600, 720], [900, 60]]]}


def test_of_two_who_change_a_day_the_second_is_told(app):
    of = Of(place_id=a_room())
    change(of, (600, 720))

    with pytest.raises(Stale):
        change(of)

    assert has(of).windows == ((600, 720),)
    change(of, version=day_hours.version_of(has(of)))
    assert has(of).windows == ()


def test_a_day_of_another_house_is_not_found(app):
    for of in (Of(host_id=a_host()), Of(place_id=a_room())):
        with pytest.raises(NotFound):
            change(of, (600, 720), key="library")

    assert rows_of(AvailabilityOverride.id) == []


def test_another_day_is_not_the_changed_one(app):
    of = Of(host_id=a_host())
    on(DAY + timedelta(days=1), "10:00-12:00", of=of)

    assert has(of) is None


def test_taken_back_the_weekly_hours_count_again(app):
    of = Of(host_id=a_host())
    override, absence = on(DAY, "10:00-12:00", of=of), away(DAY, of=of)

    remove(unentering.remove_override, override, of)
    remove(unentering.remove_absence, absence, of)

    assert (
        rows_of(AvailabilityOverride.id) == rows_of(OverrideWindow.override_id) == rows_of(Absence.id) == []
    )
    assert events()[-2:] == ["hours.day_restored", "absence.removed"]


def test_only_the_own_ones_can_be_taken_back(app):
    mine, other, room = Of(host_id=a_host()), Of(host_id=a_host()), Of(place_id=a_room())
    override, absence = on(DAY, "10:00-12:00", of=mine), away(DAY, of=mine)

    for deed, number in ((unentering.remove_override, override), (unentering.remove_absence, absence)):
        for of, key in ((other, "leipzig"), (room, "leipzig"), (mine, "library")):
            with pytest.raises(NotFound):
                remove(deed, number, of, key)
        with pytest.raises(NotFound):
            remove(deed, 999_999, mine)

    assert len(rows_of(AvailabilityOverride.id)) == len(rows_of(Absence.id)) == 1


def test_an_absence_that_is_sent_twice_is_one(app):
    of, other = Of(host_id=a_host()), Of(host_id=a_host())

    assert away(DAY, of=of) == away(DAY, of=of)
    away(DAY, of=other)
    away_between("2027-01-13 10:00", "2027-01-13 11:00", of=of)
    away_between("2027-01-13 10:00", "2027-01-13 11:00", of=of)

    assert len(rows_of(Absence.id)) == 3
    assert len(events()) == 3


def test_what_is_over_is_not_listed(app):
    of, leipzig = Of(host_id=a_host()), house_id()
    today = MONDAY.date()
    for day in (today - timedelta(days=1), today, today + timedelta(days=400)):
        on(day, of=of)
        away(day, of=of)
    away_between("2027-01-11 08:00", "2027-01-11 09:30", of=of)
    away_between("2027-01-11 08:00", "2027-01-11 12:30", of=of)

    def ask(house):
        return (
            hours_queries.changed_days(of, house_id=house, since=today),
            hours_queries.absences(of, house_id=house, since=today, now=MONDAY),
        )

    days, absences = unit_of_work(lambda: ask(leipzig))
    assert [one.day for one in days] == [today, today + timedelta(days=400)]
    assert len(absences) == 3
    library = house_id("library")
    assert unit_of_work(lambda: ask(library)) == ([], [])


def test_a_reason_is_kept_nowhere():
    assert {one.name for one in Absence.__table__.columns} == {
        *("id", "house_id", "host_id", "place_id"),
        *("first_day", "last_day", "starts_at", "ends_at"),
    }
    assert not {"reason", "note"} & set(hours.add_absence.__kwdefaults__ or {})
