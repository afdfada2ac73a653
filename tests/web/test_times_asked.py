"""What people ask of free times: a time they miss, their own time zone, and what nobody can mean."""

import pytest

from booking.schedule.hours import Of
from tests.hours import a_consultation, a_taken_slot, an_expert, at, away
from tests.web.slots import answer, asked, days, notes, starts
from tests.web.ways import path

TEXTS = {
    "de": {"title": "Sprechstunde KI", "summary": "Fragen Sie.", "description": "Alles über KI."},
    "en": {"title": "Consultation AI", "summary": "Ask us.", "description": "All about AI."},
}
NEW_YORK, AUCKLAND = "America/New_York", "Pacific/Auckland"


@pytest.fixture
def offering_id(app):
    return a_consultation(key="ki", media=("on_site", "video"), texts=TEXTS, notice_minutes=1440)


@pytest.fixture
def mira(offering_id):
    return an_expert(offering_id, "wed 15:00-19:00", key="mira", languages=("de", "en"))


def times(visitor, **filters):
    return visitor.get(path(visitor.app, "times", "en", key="ki"), query_string=filters)


def wanted(visitor, day, time, **filters):
    return answer(times(visitor, day=day, at=time, **filters))


def test_a_wanted_time_that_is_free_leads_to_its_form(visitor, mira):
    page = times(visitor, day="2027-01-13", at="17:30", medium="video")

    assert "This time is free: Wednesday, 13 January 2027, 17:30, Consultation AI, by video" in answer(page)
    assert asked(first_book(page))["start"] == "2027-01-13T16:30Z"


def first_book(page):
    return next(href for href in page.links() if "/book?" in href)


def test_a_wanted_time_that_is_not_free_is_explained_with_the_nearest(visitor, offering_id, mira):
    a_taken_slot(offering_id, (mira,), at("2027-01-13 17:30"), at("2027-01-13 18:00"))

    taken = wanted(visitor, "2027-01-13", "17:30")
    assert taken.startswith(
        "The time that you asked for Wednesday, 13 January 2027, 17:30: Everything is taken then."
    )
    assert "The nearest free time is: Wednesday, 13 January 2027, 17:00" in taken
    assert "Visits do not begin at this time." in wanted(visitor, "2027-01-13", "17:40")
    assert "No times are offered then." in wanted(visitor, "2027-01-14", "10:00")


def test_what_is_too_soon_or_over_is_said(visitor, clock, mira):
    clock.forward(days=2, hours=-1)  # Wednesday, nine o'clock

    soon = wanted(visitor, "2027-01-13", "17:30")
    assert "It is too late to book this online. It could be booked online until Tuesday, 12 January" in soon
    clock.forward(hours=9)
    assert "This time is over." in wanted(visitor, "2027-01-13", "17:30")


def test_a_wanted_day_elsewhere_brings_its_days_with_it(visitor, mira):
    page = times(visitor, day="2027-03-03", at="15:00")

    assert "This time is free" in answer(page)
    assert starts(page)[0] == "2027-03-03T14:00Z"
    assert days(page)[0].heading.startswith("Sunday, 28 February")


def test_a_wanted_time_follows_the_filters_and_says_what_there_is_without_them(visitor, offering_id, mira):
    an_expert(offering_id, "wed 15:00-16:00", key="oksana", first_name="Oksana", languages=("uk",))

    hidden = times(visitor, day="2027-01-13", at="17:30", language="uk")
    assert "The nearest free time is: Wednesday, 13 January 2027, 15:30" in answer(hidden)
    nobody = times(visitor, day="2027-01-13", at="17:30", language="dgs")
    assert "Nobody who speaks the language you chose is free then." in answer(nobody)
    assert "Another language would be possible: German." in answer(nobody)
    assert "Without your filters the nearest free time is:" in answer(nobody)
    assert {asked(href).get("language") for href in nobody.links() if "/book?" in href} == {"en"}


def test_a_filter_of_the_list_does_not_refuse_a_wanted_time(visitor, mira):
    assert "This time is free" in wanted(visitor, "2027-01-13", "17:30", part="morning", weekday="1")


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("2027-01-13", "", "Enter both a day and a time"),
        ("", "17:30", "Enter both a day and a time"),
        ("2027-02-30", "17:30", "Enter a day ahead of us"),
        ("2020-01-01", "17:30", "Enter a day ahead of us"),
        ("9999-12-31", "17:30", "Enter a day ahead of us"),
        ("gestern", "17:30", "Enter a day ahead of us"),
        ("2027-01-13", "25:00", "Enter a time of day"),
        ("2027-01-13", "17:30+05:00", "Enter a time of day"),
        ("2027-01-13", "\N{ARABIC-INDIC DIGIT ONE}7:30", "Enter a time of day"),
        ("2027-03-28", "02:30", "This time does not exist on that day"),
    ],
)
def test_a_day_or_time_that_cannot_be_is_told(visitor, mira, day, time, said):
    page = times(visitor, day=day, at=time)

    assert said in notes(page)
    assert answer(page) == ""
    assert {page.fields(1)["day"], page.fields(1)["at"]} == {day, time}


def test_the_doubled_hour_is_answered_twice(visitor, clock, offering_id):
    an_expert(offering_id, "sun 01:00-04:00")

    told = wanted(visitor, "2027-10-31", "02:30")

    assert told.count("The house is closed: Reformation Day.") == 2


NO_FILTERS = [
    {"medium": "pigeon"},
    {"language": "tlh"},
    {"language": "de\x00"},
    {"host": "nobody"},
    {"host": "../../etc"},
    {"part": "night"},
    {"weekday": "8"},
    {"weekday": "٣"},
    *({"people": typed} for typed in ("0", "-1", "1000000000", "zwölf", "1e9", "2.5", "9" * 5000, "²")),
    {"step_free": "maybe"},
    *({"from": typed} for typed in ("9999-12-31", "0001-01-01", "2027-02-30", "morgen", "2026-12-24", "-1")),
    {"medium": "video", "zone": "Mars/Olympus"},
    *({"medium": "video", "zone": typed} for typed in ("Europe", "../../etc/passwd", "x" * 4000, "a/\x00b")),
]


@pytest.mark.parametrize("filters", NO_FILTERS, ids=lambda one: str(one)[:40])
def test_what_nobody_can_mean_is_passed_over_with_a_note(visitor, mira, filters):
    page = times(visitor, **filters)

    possible = {"medium": "video"} if filters.get("medium") == "video" else {}
    assert notes(page).startswith("We have left something out")
    assert starts(page) == starts(times(visitor, **possible))
    assert len(starts(page)) == 16


def test_parameters_that_come_twice_or_that_nobody_knows_do_no_harm(visitor, mira):
    page = times(visitor, medium=["video", "on_site"], people=["2", "x"], utm_source="news", at="")

    assert notes(page) == ""
    assert asked(first_book(page))["medium"] == "video"


def test_what_people_type_never_becomes_a_part_of_the_page(visitor, mira):
    typed = "<script>alert(1)</script>"
    names = ("medium", "language", "host", "part", "weekday", "people", "zone", "from", "day", "at")
    page = times(visitor, **dict.fromkeys(names, typed))

    assert typed not in page.response.text
    assert page.status == 200


def test_the_visitors_zone_changes_how_times_are_shown_not_which(visitor, mira):
    ours = times(visitor, medium="video")
    for zone in (NEW_YORK, AUCKLAND, "Asia/Kolkata", "UTC"):
        assert starts(times(visitor, medium="video", zone=zone)) == starts(ours), zone

    theirs = days(times(visitor, medium="video", zone=NEW_YORK))
    assert theirs[1].times[5] == (
        "Wednesday, 13 January 2027, 11:30 (17:30 in Leipzig), Consultation AI, by video, English"
    )
    assert theirs[0].heading == "Monday, 11 January to Tuesday, 12 January 2027 (in Leipzig)"


def test_times_are_grouped_by_the_visitors_day(visitor, mira):
    theirs = [day for day in days(times(visitor, medium="video", zone=AUCKLAND)) if day.times]

    assert [day.heading for day in theirs] == ["Thursday, 14 January 2027", "Thursday, 21 January 2027"]
    assert (
        theirs[0]
        .times[0]
        .startswith("Thursday, 14 January 2027, 03:00 (Wednesday, 13 January 2027, 15:00 in Leipzig), ")
    )


def test_filters_follow_the_clock_of_the_house_in_every_zone(visitor, mira):
    evening = {"medium": "video", "part": "evening", "weekday": "3"}

    assert starts(times(visitor, zone=AUCKLAND, **evening)) == starts(times(visitor, **evening))


def test_a_zone_is_asked_for_online_times_alone(visitor, mira):
    ids = {one.get("id") for one in times(visitor).all("input")}

    assert "zone" not in ids
    assert "Leipzig)" not in times(visitor, zone=NEW_YORK).text
    assert "zone" in {one.get("id") for one in times(visitor, medium="video").all("input")}


def test_the_nearest_day_is_linked_on_the_page_or_on_its_own(visitor, mira):
    away(at("2027-01-20 00:00").date(), of=Of(host_id=mira))
    page = times(visitor)

    assert "#day-2027-01-13" in page.links()
    ids = {one.get("id") for one in page.all("h2")}
    assert "day-2027-01-13" in ids


def test_days_beyond_the_horizon_say_from_when_they_can_be_booked(visitor, app):
    offering_id = a_consultation(key="ki", horizon_days=5, texts=TEXTS)
    an_expert(offering_id, "daily 10:00-11:00")

    last = days(times(visitor))[-1]

    assert last.heading == "Sunday, 17 January to Sunday, 24 January 2027"
    assert last.said == "This cannot be booked yet. Each of these days can be booked 5 days ahead."


def test_too_many_people_for_a_shared_time_are_told_how_many_would_do(visitor, app):
    offering_id = a_consultation(key="ki", seats=4, party_max=4, is_shared=True, texts=TEXTS)
    mira = an_expert(offering_id, "wed 15:00-15:30")
    a_taken_slot(
        offering_id,
        (mira,),
        at("2027-01-13 15:00"),
        at("2027-01-13 15:30"),
        parties=(3,),
        seats=4,
        is_shared=True,
    )

    page = times(visitor, people="3")

    told = days(page)[1]
    assert told.said.startswith("There are not enough places left for all of you.")
    assert "It would be possible with fewer people (2 fewer)." in told.said
    fewer = next(href for href in page.links() if "/times?" in href and asked(href).get("people") is None)
    assert starts(visitor.get(fewer))[0] == "2027-01-13T14:00Z"


def test_an_instant_that_sets_the_clock_of_a_developer_is_no_wanted_time(visitor, mira):
    assert notes(times(visitor, at="2027-01-12T14:00")) == ""
