"""Series that exist: extended, ended, and days brought back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from booking.bookings import calling_off, ending_series
from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.journal.models import Event
from booking.schedule import planning, series, series_queries
from booking.schedule.models import Occurrence
from booking.schedule.series_rules import Pattern
from booking.schedule.staff_refusals import DayNotInSeries
from tests.builders import a_booking, a_host, house_id
from tests.dates import STAFF, a_change, changed
from tests.deeds.reading import mails, rows_of
from tests.deeds.series_ways import DAYS, a_series_wanted, decided, made, page_of
from tests.hours import the_house


def test_dropped_left_out_and_cancelled_days_come_back_as_drafts_like_their_neighbours(app, clock):
    mira = a_host()
    wanted = replace(a_series_wanted(host_ids=(mira,)), state="draft")
    series_id = made(wanted, clock)
    first, second = page_of(series_id).members[:2]
    changed(clock, a_change(first.id, later=timedelta(hours=1), seats=7))
    unit_of_work(lambda: planning.drop_draft(second.id, house_id=house_id(), actor=STAFF, now=clock()))
    assert page_of(series_id).gaps == {DAYS[1]: "dropped"}

    def bring_back(day):
        return unit_of_work(
            lambda: series.bring_back(series_id, day, house=the_house(), actor=STAFF, now=clock())
        )

    plan, row = unit_of_work(lambda: planning.plan_of(bring_back(DAYS[1]), house_id=house_id()))

    assert (plan.seats, plan.host_ids, row.state, row.series_day) == (7, (mira,), "draft", DAYS[1])
    assert plan.starts_at == planning_start(first.id) + timedelta(days=7)
    assert page_of(series_id).gaps == {}
    with pytest.raises(DayNotInSeries):
        bring_back(DAYS[1])


def planning_start(occurrence_id):
    return unit_of_work(lambda: planning.plan_of(occurrence_id, house_id=house_id())[0].starts_at)


def test_a_series_goes_on_in_its_own_weeks_and_like_its_last_date(app, clock):
    pattern = Pattern("second_week", frozenset({1}), DAYS[0], times=2)
    series_id = made(a_series_wanted(pattern=pattern), clock)
    last = page_of(series_id).members[-1]
    changed(clock, a_change(last.id, seats=7))

    plan, further = unit_of_work(
        lambda: series_queries.further(series_id, date(2027, 3, 1), house=the_house())
    )
    wanted = a_series_wanted(plan=plan, pattern=further)
    chosen = decided(wanted, clock)
    assert list(chosen) == [date(2027, 2, 9), date(2027, 2, 23)]

    def extend():
        series.extend(series_id, wanted, chosen, house=the_house(), actor=STAFF, now=clock())

    unit_of_work(extend)
    unit_of_work(extend)

    page = page_of(series_id)
    assert [one.series_day for one in page.members] == [DAYS[0], DAYS[2], date(2027, 2, 9), date(2027, 2, 23)]
    assert rows_of(Occurrence.seats) == [(15,), (7,), (7,), (7,)]
    assert page.pattern.last_day == date(2027, 2, 23)


def test_a_series_ends_from_a_day_on_and_those_who_booked_are_told(app, clock):
    series_id = made(a_series_wanted(), clock)
    members = page_of(series_id).members
    for member in members[1:]:
        a_booking(member.id, clock)

    ended = unit_of_work(
        lambda: ending_series.end_series(
            series_id,
            DAYS[2],
            house_id=house_id(),
            reasons={"de": "Umbau"},
            actor=STAFF,
            tells=True,
            now=clock(),
        )
    )

    assert ended == 2
    assert [one.state for one in page_of(series_id).members] == ["published"] * 2 + ["cancelled"] * 2
    assert rows_of(Booking.state) == [("confirmed",), ("cancelled_by_house",), ("cancelled_by_house",)]
    assert [mail[0] for mail in mails()][3:] == ["cancelled_by_house"] * 2
    assert page_of(series_id).pattern.last_day == DAYS[2] - timedelta(days=1)


def test_what_is_done_to_dates_of_a_series_stands_in_its_history(app, clock):
    series_id = made(a_series_wanted(), clock)
    dates = [one.id for one in page_of(series_id).members]
    changed(clock, *(a_change(one, seats=9) for one in dates[:2]))
    why = {"de": "Wasser", "en": "Water"}
    unit_of_work(lambda: calling_off.cancel_occurrence(dates[0], reasons=why, actor=STAFF, now=clock()))
    unit_of_work(lambda: series.bring_back(series_id, DAYS[0], house=the_house(), actor=STAFF, now=clock()))

    told = rows_of(Event.deed, Event.counts, Event.changes, where=Event.object_kind == "series")

    assert told[1:] == [
        ("series.changed", {"dates": 2}, {}),
        ("series.day_brought_back", {}, {"day": [None, DAYS[0].isoformat()]}),
    ]
