"""Series: previewed, and written day by day as decided."""

from dataclasses import replace
from datetime import date, time

import pytest

from booking.db import unit_of_work
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.schedule import clashes, series, series_queries, service
from booking.schedule.models import Occurrence
from booking.schedule.series_models import Series, SeriesGap
from booking.schedule.series_rules import Pattern
from booking.schedule.staff_refusals import DateNotReady, SeriesChanged
from tests.builders import a_host, a_need, a_room, an_offering, house_id
from tests.dates import STAFF, a_plan, published
from tests.deeds.reading import events, load_of, rows_of
from tests.deeds.series_ways import DAYS, a_series_wanted, decided, made, page_of, previewed
from tests.hours import the_house


def test_a_series_is_written_as_it_was_previewed(app, clock):
    room = a_room()
    series_id = made(a_series_wanted(place_id=room), clock)

    page = page_of(series_id)
    assert [(one.series_day, one.state) for one in page.members] == [(day, "published") for day in DAYS]
    assert page.gaps == {}
    assert load_of(place_id=room) == 4
    assert events().count("occurrence.published") == 4
    assert events()[-1] == "series.made"


def test_a_form_pressed_twice_makes_one_series(app, clock):
    wanted = a_series_wanted()
    chosen = decided(wanted, clock)

    assert made(wanted, clock, chosen) == made(wanted, clock, chosen)
    assert len(rows_of(Series.id)) == 1
    assert len(rows_of(Occurrence.id)) == 4


def test_holidays_closures_and_school_holidays_are_skipped_or_opened_on_purpose(app, clock):
    unit_of_work(
        lambda: service.close(
            house_id(), date(2027, 4, 6), date(2027, 4, 6), reasons={"de": "Umbau", "en": "Works"}
        )
    )
    mondays = Pattern("weekly", frozenset({0, 1}), date(2027, 3, 29), None, date(2027, 4, 6))
    wanted = a_series_wanted(pattern=mondays)

    skipped = previewed(wanted, clock)
    opened = previewed(replace(wanted, state_holidays="open"), clock)
    without = previewed(replace(wanted, school_holidays="skip"), clock)

    assert [(one.run.day, one.decision, one.why) for one in skipped] == [
        (date(2027, 3, 29), "leave_out", "holiday"),
        (date(2027, 3, 30), "publish", ""),
        (date(2027, 4, 5), "publish", ""),
        (date(2027, 4, 6), "leave_out", "closure"),
    ]
    assert [one.decision for one in opened] == ["publish", "publish", "publish", "leave_out"]
    assert [one.why for one in without] == ["holiday", "school_holiday", "", "closure"]
    series_id = made(wanted, clock)
    assert page_of(series_id).gaps == {date(2027, 3, 29): "holiday", date(2027, 4, 6): "closure"}


def test_a_day_with_a_conflict_names_its_blocker_and_becomes_a_draft_or_nothing(app, clock):
    mira = a_host()
    published(clock, day=DAYS[1], at=time(14, 30), host_ids=(mira,), place_id=a_room())
    wanted = a_series_wanted(host_ids=(mira,))

    second = previewed(wanted, clock)[1]

    assert (second.decision, second.choices) == ("draft", ("draft", "leave_out"))
    (clash,) = [one for one in second.checked.clashes if one.is_hard]
    assert (clash.kind, clash.name, clash.by) == ("host", "Mira Vogt", "Rundgang")
    with pytest.raises(SeriesChanged):
        made(wanted, clock, decided(wanted, clock) | {DAYS[1]: "publish"})
    series_id = made(wanted, clock, decided(wanted, clock) | {DAYS[2]: "leave_out"})
    page = page_of(series_id)
    assert [one.state for one in page.members] == ["published", "draft", "published"]
    assert page.gaps == {DAYS[2]: "dropped"}


def test_a_preview_that_is_not_true_any_more_is_shown_again(app, clock):
    mira = a_host()
    wanted = a_series_wanted(host_ids=(mira,))
    chosen = decided(wanted, clock)
    published(clock, day=DAYS[2], host_ids=(mira,), place_id=a_room())

    with pytest.raises(SeriesChanged):
        made(wanted, clock, chosen)
    with pytest.raises(SeriesChanged):
        made(wanted, clock, {DAYS[0]: "publish"})

    assert rows_of(Series.id) == []


def test_a_series_that_lacks_something_is_drafted_and_not_published(app, clock):
    offering_id = an_offering(needs=(a_need(kind="host"),))
    wanted = a_series_wanted(offering_id=offering_id)

    with pytest.raises(DateNotReady):
        made(wanted, clock)

    made(replace(wanted, state="draft"), clock)
    assert rows_of(Occurrence.state) == [("draft",)] * 4


def test_another_house_knows_nothing_of_a_series(app, clock):
    series_id = made(a_series_wanted(), clock)
    library = unit_of_work(lambda: houses.house(house_id("library")))

    for ask in (
        lambda: series_queries.page(series_id, house_id=library.id, language="de"),
        lambda: series_queries.further(series_id, date(2027, 5, 1), house=library),
        lambda: series.bring_back(series_id, DAYS[0], house=library, actor=STAFF, now=clock()),
        lambda: series.shorten(series_id, DAYS[0], house_id=library.id, actor=STAFF, now=clock()),
    ):
        with pytest.raises(NotFound):
            unit_of_work(ask)
    assert rows_of(SeriesGap.day) == []


def test_hosts_hours_absences_skills_and_languages_warn_and_can_be_overruled(app, clock):
    noor = a_host(languages=("en",), first_name="Noor", last_name="Aydin")
    plan = a_plan(host_ids=(noor,), place_id=a_room(people_limit=10))

    (checked,) = unit_of_work(lambda: clashes.check([plan], house=the_house(), language="de", now=clock()))

    assert {(one.kind, one.name, one.is_hard) for one in checked.clashes} == {
        ("skill", "Noor Aydin", False),
        ("language", "Noor Aydin", False),
        ("room_size", "", True),
    }
