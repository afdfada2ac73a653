"""Free times by day: each entry stands alone, filters hide and say so, and what is taken is gone."""

from datetime import timedelta

import pytest

from booking.schedule.hours import Of
from tests.builders import an_offering
from tests.hours import a_consultation, a_taken_slot, an_expert, at, away
from tests.web.slots import asked, days, notes, starts, with_class, words
from tests.web.ways import path

TEXTS = {
    "de": {"title": "Sprechstunde KI", "summary": "Fragen Sie.", "description": "Alles über KI."},
    "en": {"title": "Consultation AI", "summary": "Ask us.", "description": "All about AI."},
}
WEDNESDAY = "Wednesday, 13 January 2027"


@pytest.fixture
def offering_id(app):
    """Half-hours on Wednesdays from three to seven, in the house or by video, by Mira (de, en)."""
    return a_consultation(key="ki", media=("on_site", "video"), texts=TEXTS)


@pytest.fixture
def mira(offering_id):
    return an_expert(offering_id, "wed 15:00-19:00", key="mira", languages=("de", "en"))


def times(visitor, spoken="en", **filters):
    return visitor.get(path(visitor.app, "times", spoken, key="ki"), query_string=filters)


def test_each_time_stands_alone_in_the_list_of_its_day(visitor, mira):
    german, english = days(times(visitor, "de")), days(times(visitor, medium="video"))

    assert [day.heading for day in german] == [
        "Montag, 11. Januar, bis Dienstag, 12. Januar 2027",
        "Mittwoch, 13. Januar 2027",
        "Donnerstag, 14. Januar, bis Dienstag, 19. Januar 2027",
        "Mittwoch, 20. Januar 2027",
        "Donnerstag, 21. Januar, bis Sonntag, 24. Januar 2027",
    ]
    assert german[1].times[0].startswith("Mittwoch, 13. Januar 2027, 15:00 Uhr, Sprechstunde KI, ")
    assert german[1].times[0].endswith(", Deutsch")
    assert english[1].times[5] == f"{WEDNESDAY}, 17:30, Consultation AI, by video, English"
    assert [len(day.times) for day in german] == [0, 8, 0, 8, 0]


def test_a_time_leads_to_its_form(app, visitor, mira):
    href = days(times(visitor, medium="video", host="mira"))[1].hrefs[0]

    assert href.startswith(path(app, "book_slot", "en", key="ki") + "?")
    assert asked(href) == {
        "start": "2027-01-13T14:00Z",
        "medium": "video",
        "language": "en",
        "host": "mira",
    }


def test_the_language_of_the_page_is_preferred_where_it_is_spoken(visitor, offering_id):
    an_expert(offering_id, "wed 15:00-16:00", languages=("uk", "de"))

    assert asked(days(times(visitor, "de"))[1].hrefs[0])["language"] == "de"
    assert asked(days(times(visitor, "en"))[1].hrefs[0])["language"] == "de"
    assert asked(days(times(visitor, "en", language="uk"))[1].hrefs[0])["language"] == "uk"


def test_what_is_taken_is_gone_and_a_hold_comes_back(visitor, clock, offering_id, mira):
    until = clock() + timedelta(minutes=15)
    a_taken_slot(offering_id, (mira,), at("2027-01-13 15:00"), at("2027-01-13 15:30"))
    a_taken_slot(offering_id, (mira,), at("2027-01-13 16:00"), at("2027-01-13 16:30"), until=until)

    assert [starts(times(visitor))[number] for number in (0, 1)] == ["2027-01-13T14:30Z", "2027-01-13T15:30Z"]
    clock.forward(minutes=15)
    assert starts(times(visitor))[1] == "2027-01-13T15:00Z"


def test_shared_times_say_how_many_places_are_free(visitor, app):
    offering_id = a_consultation(key="ki", seats=4, is_shared=True, texts=TEXTS)
    mira = an_expert(offering_id, "wed 15:00-16:00")
    a_taken_slot(
        offering_id,
        (mira,),
        at("2027-01-13 15:00"),
        at("2027-01-13 15:30"),
        parties=(3,),
        seats=4,
        is_shared=True,
    )

    found = days(times(visitor))[1].times
    assert [time.rpartition(", ")[2] for time in found] == ["1 place free", "4 places free"]
    assert [starts(times(visitor, people=2))[number] for number in (0, 1)] == [
        "2027-01-13T14:30Z",
        "2027-01-20T14:00Z",
    ]


def test_filters_hide_times_and_say_what_there_is_without_them(visitor, mira):
    evening = days(times(visitor, part="evening"))
    morning = days(times(visitor, part="morning"))
    tuesday = days(times(visitor, weekday="2"))

    assert [len(day.times) for day in evening] == [0, 4, 0, 4, 0]
    assert morning[1].heading == WEDNESDAY
    assert morning[1].said.startswith("No time in the morning. Without this filter there are 8 times.")
    assert tuesday[1].said.startswith("You asked for other days of the week. Without this filter there are")


def test_the_link_that_drops_a_filter_leads_to_the_times(visitor, mira):
    page = times(visitor, part="morning", people="2")
    dropping = next(href for href in page.links() if "day-2027-01-13" in href)

    assert asked(dropping) == {"medium": "on_site", "people": "2"}
    assert len(days(visitor.get(dropping))[1].times) == 8


def test_parts_of_the_day_and_weekdays_add_up(visitor, offering_id):
    an_expert(offering_id, "mon-fri 10:00-11:00", "mon-fri 14:00-15:00", "mon-fri 18:00-19:00")

    both = times(visitor, part=["morning", "evening"], weekday=["2", "5"])

    assert starts(both)[:4] == [f"2027-01-12T{hour}Z" for hour in ("09:00", "09:30", "17:00", "17:30")]
    assert {start[:10] for start in starts(both)} == {f"2027-01-{day}" for day in ("12", "15", "19", "22")}


def test_the_evening_begins_at_five(visitor, offering_id):
    an_expert(offering_id, "wed 16:30-17:30")

    assert starts(times(visitor, part="evening"))[0] == "2027-01-13T16:00Z"
    assert starts(times(visitor, part="afternoon"))[0] == "2027-01-13T15:30Z"


def test_who_and_in_which_language(visitor, offering_id, mira):
    an_expert(offering_id, "wed 17:00-18:00", key="oksana", first_name="Oksana", languages=("uk", "de"))

    assert starts(times(visitor, host="oksana")) == starts(times(visitor, language="uk"))
    assert starts(times(visitor, host="oksana"))[:2] == ["2027-01-13T16:00Z", "2027-01-13T16:30Z"]
    assert len(starts(times(visitor, language="de"))) == 16


def test_of_an_expert_who_is_away_it_is_said_that_others_are_free(visitor, offering_id, mira):
    an_expert(offering_id, "wed 15:00-16:00", key="oksana", first_name="Oksana", languages=("uk",))
    away(at("2027-01-13 00:00").date(), of=Of(host_id=mira))

    hidden = days(times(visitor, host="mira"))[1]
    nobody = days(times(visitor, language="en"))[1]
    both = days(times(visitor, language="uk", host="mira"))[1]

    assert hidden.said.startswith("Mira is not free then. Without this filter there are 2 times.")
    assert nobody.said.startswith("Nobody is free then with whom you could speak in this language: English.")
    assert "Without this filter there are 2 times." in both.said


def test_filters_that_only_together_hide_everything_are_named_together(visitor, offering_id, mira):
    page = days(times(visitor, language="uk", part="morning"))

    assert page[1].said.startswith(
        "Nothing fits everything that you asked for. Without these filters there are 8"
    )


def test_step_free_asks_for_the_way_into_the_house_alone(visitor, app):
    offering_id = a_consultation(key="ki", media=("on_site", "phone"), is_step_free=False, texts=TEXTS)
    an_expert(offering_id, "wed 15:00-16:00")

    assert "not step-free" in days(times(visitor, step_free="1"))[1].said
    assert starts(times(visitor, step_free="1")) == []
    assert len(starts(times(visitor, step_free="1", medium="phone"))) == 4


def test_only_what_is_offered_can_be_chosen(visitor, offering_id, mira):
    page = times(visitor)
    options = {select.get("name"): [one.get("value") for one in select] for select in page.all("select")}

    assert options == {"medium": ["on_site", "video"], "language": ["", "de", "en"]}
    assert notes(times(visitor, medium="phone"))
    assert starts(times(visitor, medium="phone")) == starts(page)


def test_the_form_keeps_what_is_chosen(visitor, mira):
    page = times(visitor, part="evening", weekday="3", people="2", medium="video", zone="Asia/Tokyo")
    boxes = {one.get("id") for one in page.all("input") if one.get("checked") is not None}

    assert boxes == {"part-evening", "weekday-3"}
    assert page.fields(0)["people"] == "2"
    assert page.fields(0)["zone"] == "Asia/Tokyo"
    chips = [words(one) for one in with_class(page.tree, "chip--set")]
    assert [chip.partition(": ")[2] for chip in chips] == ["Wednesday", "Evening", "Times in Tokyo"]


def test_what_is_booked_by_date_hidden_or_unknown_has_no_times(app, visitor):
    an_offering(key="tour")
    a_consultation(key="draft", state="draft")

    for key in ("tour", "draft", "nobody"):
        assert visitor.get(path(app, "times", key=key)).status == 404
