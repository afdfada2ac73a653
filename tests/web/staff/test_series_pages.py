"""Pages of series: the days before they are saved, more of them, fewer, and days that come back."""

import pytest

from booking.bookings.models import Booking
from booking.schedule.models import Occurrence
from booking.schedule.series_models import Series, SeriesGap
from tests.builders import a_booking, a_host, a_room, house_id
from tests.dates import an_offering_in, published, taught
from tests.deeds.reading import rows_of
from tests.deeds.series_ways import DAYS, a_series_wanted, made
from tests.staff import a_programme
from tests.web.staff.date_forms import SERIES, filled, sent

TYPED = {
    "day": "2027-01-12",
    "at": "14:00",
    "weekdays": ["1"],
    "ends": "times",
    "times": "4",
    "state": "publish",
}


def new_series(visitor, offering_id):
    return visitor.get(f"{SERIES}/neu?offering={offering_id}")


def test_a_series_is_looked_at_and_saved(staff, clock):
    room = a_room()
    offering_id = an_offering_in(room)
    mira = taught(a_host(), offering_id)
    published(
        clock, offering_id=offering_id, day=DAYS[1], host_ids=(taught(a_host(), offering_id),), place_id=room
    )
    visitor = staff("coordinator")

    days = sent(visitor, new_series(visitor, offering_id), do="preview", hosts=[str(mira)], **TYPED)

    assert days.status == 200
    found = {name: value for name, value in filled(days).items() if name.startswith("day-")}
    assert found == {f"day-{day}": "draft" if day == DAYS[1] else "publish" for day in DAYS}
    assert rows_of(Series.id) == []
    saved = sent(visitor, days, **{f"day-{DAYS[3]}": "leave_out"})
    assert saved.status == 200
    states = rows_of(Occurrence.state, where=Occurrence.series_id.is_not(None))
    assert states == [("published",), ("draft",), ("published",)]
    assert rows_of(SeriesGap.day, SeriesGap.why) == [(DAYS[3], "dropped")]
    again = sent(visitor, days, **{f"day-{DAYS[3]}": "leave_out"})
    assert again.status == 200
    assert len(rows_of(Series.id)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"times": "10000"},
        {"times": "0"},
        {"times": ""},
        {"ends": "until", "last_day": ""},
        {"ends": "until", "last_day": "2027-01-01"},
        {"ends": "until", "last_day": "2031-12-31"},
        {"weekdays": []},
        {"weekdays": ["9"]},
        {"rhythm": "daily"},
        {"rhythm": "monthly", "ordinal": "7"},
        {"rhythm": "monthly", "ordinal": "5", "ends": "until", "last_day": "2027-01-20"},
    ],
)
def test_a_pattern_that_makes_no_sense_is_told_at_its_field(staff, clock, typed):
    visitor = staff("coordinator")

    page = sent(visitor, new_series(visitor, an_offering_in(a_room())), do="preview", **(TYPED | typed))

    assert page.status == 422
    assert filled(page)["day"] == "2027-01-12"
    assert not [name for name in filled(page) if name.startswith("day-")]


def test_a_preview_that_is_not_true_any_more_is_shown_again(staff, clock):
    room = a_room()
    offering_id = an_offering_in(room)
    mira = taught(a_host(), offering_id)
    visitor = staff("coordinator")
    days = sent(visitor, new_series(visitor, offering_id), do="preview", hosts=[str(mira)], **TYPED)
    published(clock, day=DAYS[2], host_ids=(mira,))

    page = sent(visitor, days)

    assert page.status == 409
    assert filled(page)[f"day-{DAYS[2]}"] == "draft"
    assert rows_of(Series.id) == []


def test_a_series_goes_on_ends_and_brings_a_day_back(staff, clock):
    series_id = made(a_series_wanted(), clock)
    last = rows_of(Occurrence.id)[-1][0]
    a_booking(last, clock)
    visitor = staff("coordinator")

    days = sent(
        visitor, visitor.get(f"{SERIES}/{series_id}/verlaengern"), do="preview", last_day="2027-02-16"
    )
    assert days.status == 200
    assert sent(visitor, days).status == 200
    assert len(rows_of(Occurrence.id)) == 6

    end = visitor.get(f"{SERIES}/{series_id}/beenden?from={DAYS[3]}")
    assert sent(visitor, end, reason_de="").status == 422
    page = sent(visitor, end, reason_de="Umbau")
    assert page.status == 200
    assert [state for (state,) in rows_of(Occurrence.state)] == ["published"] * 3 + ["cancelled"] * 3
    assert rows_of(Booking.state) == [("cancelled_by_house",)]

    data = filled(visitor.get(f"{SERIES}/{series_id}"))
    back = visitor.post(f"{SERIES}/{series_id}/zurueckholen", data | {"day": str(DAYS[3])})
    assert back.status == 200
    assert rows_of(Occurrence.state)[-1] == ("draft",)
    once_more = visitor.post(f"{SERIES}/{series_id}/zurueckholen", data | {"day": str(DAYS[3])})
    assert once_more.status == 409


def test_a_series_of_another_programme_or_house_does_not_exist(staff, clock):
    series_id = made(a_series_wanted(), clock)
    strangers = [
        staff("coordinator", programmes=[a_programme()]),
        staff("guide", host_id=a_host()),
    ]

    for visitor in strangers:
        for path in ("", "/verlaengern", f"/beenden?from={DAYS[0]}", "/zurueckholen"):
            assert visitor.get(f"{SERIES}/{series_id}{path}").status == 404
    assert staff("auditor").get(f"{SERIES}/{series_id}").status == 200
    assert staff("auditor").get(f"{SERIES}/{series_id}/verlaengern").status == 404
    assert house_id("library")
