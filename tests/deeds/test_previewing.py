"""Previews: what hours that nobody has saved would bring and take, and what would lie outside them."""

from datetime import date, timedelta
from functools import partial

from booking.db import unit_of_work
from booking.schedule import previewing
from booking.schedule.hours import Of
from booking.schedule.openings import Days
from booking.schedule.unsaved import with_absence, with_override, with_rules
from tests.builders import a_need, a_room
from tests.conftest import MONDAY
from tests.deeds.reading import events
from tests.hours import (
    a_consultation,
    an_expert,
    on,
    rules,
    said,
    the_house,
)

FIRST, LAST = date(2027, 1, 11), date(2027, 1, 24)
WEDNESDAY = date(2027, 1, 13)


def compare(of, unsaved, first=FIRST, last=LAST):
    house = the_house()
    deed = partial(previewing.compare, house, of, unsaved, first=first, last=last, now=MONDAY, language="de")
    return unit_of_work(deed)


def wanted(of, *texts, **more):
    found = [rule for text in texts for rule in rules(text, **more)]
    return lambda known: with_rules(known, of, found)


def starts(some):
    return " ".join(said(start, "%H:%M") for start in some)


def test_other_weekly_hours_tell_what_is_new_and_what_is_gone(app):
    host = an_expert(a_consultation(), "wed 15:00-16:00")

    days = compare(Of(host_id=host), wanted(Of(host_id=host), "wed 15:30-16:30"))

    assert [day.day for day in days] == [WEDNESDAY, WEDNESDAY + timedelta(days=7)]
    assert all(day.is_changed for day in days)
    (times,) = days[0].times
    assert (starts(times.before), starts(times.after)) == ("15:00 15:30", "15:30 16:00")
    assert (starts(times.new), starts(times.gone)) == ("16:00", "15:00")
    ((begin, end),) = days[0].after
    assert (said(begin, "%H:%M"), said(end, "%H:%M")) == ("15:30", "16:30")


def test_nothing_is_written_by_looking(app):
    host = an_expert(a_consultation(), "wed 15:00-16:00")
    before = events()

    compare(Of(host_id=host), wanted(Of(host_id=host)))

    assert events() == before
    assert [day.is_changed for day in compare(Of(host_id=host), lambda known: known)] == [False, False]


def test_hours_for_another_offering_bring_no_times(app):
    offering, other = a_consultation(), a_consultation()
    host = an_expert(offering, "wed 15:00-16:00")

    days = compare(Of(host_id=host), wanted(Of(host_id=host), "wed 15:00-16:00", offering_id=other))

    assert [starts(one.gone) for one in days[0].times] == ["15:00 15:30"]
    assert days[0].before == days[0].after


def test_a_day_with_hours_of_its_own_keeps_them(app):
    host = an_expert(a_consultation(), "wed 15:00-16:00")
    on(WEDNESDAY, "10:00-11:00", of=Of(host_id=host))

    changed, later = compare(Of(host_id=host), wanted(Of(host_id=host), "wed 12:00-13:00"))

    assert not changed.is_changed
    assert starts(changed.times[0].after) == "10:00 10:30"
    assert later.is_changed


def test_a_holiday_is_named_and_closed(app):
    host = an_expert(a_consultation(), "wed 15:00-16:00")
    day = date(2027, 11, 17)  # Buß- und Bettag

    (found,) = compare(Of(host_id=host), wanted(Of(host_id=host), "wed 10:00-11:00"), day, day)

    assert found.closed_by == "Buß- und Bettag"
    assert found.before == found.after == ()


def test_hours_of_a_room_bound_what_needs_it(app):
    room = a_room()
    offering = a_consultation(needs=(a_need(kind="host"), a_need(kind="room", place_id=room)))
    an_expert(offering, "wed 15:00-17:00")

    day, _ = [
        day for day in compare(Of(place_id=room), wanted(Of(place_id=room), "wed 16:00-18:00")) if day.times
    ]

    assert starts(day.times[0].gone) == "15:00 15:30"
    assert starts(day.times[0].after) == "16:00 16:30"


def test_other_hosts_change_nothing(app):
    offering = a_consultation()
    one, _other = an_expert(offering, "wed 15:00-16:00"), an_expert(offering, "wed 15:00-16:00")

    day, *_ = compare(Of(host_id=one), wanted(Of(host_id=one)))

    assert starts(day.times[0].gone) == "15:00 15:30"
    assert day.times[0].after == ()


def test_an_absence_and_a_changed_day_are_looked_at_alike(app):
    host = an_expert(a_consultation(), "wed 15:00-16:00")
    of = Of(host_id=host)

    gone, kept = compare(of, lambda known: with_absence(known, of, Days(WEDNESDAY, WEDNESDAY)))
    other, _ = compare(of, lambda known: with_override(known, of, WEDNESDAY, [(600, 660)]))

    assert (gone.after, kept.is_changed) == ((), False)
    assert starts(other.times[0].new) == "10:00 10:30"
