"""Commands for staff: what is free, why something is not, and which data runs out."""

from datetime import date, timedelta

import pytest

from booking.db import unit_of_work
from booking.houses import school_holidays
from booking.schedule import service
from booking.schedule.hours import Of
from tests.builders import a_host, a_need, a_room, house_id
from tests.hours import a_consultation, a_taken_slot, an_expert, at, away, hours_of, take

WEDNESDAY = date(2027, 1, 13)


@pytest.fixture
def talk(app) -> int:
    """A consultation about AI with Mira, on Wednesday from three to five."""
    offering_id = a_consultation(key="ki", notice_minutes=60, media=("on_site", "video"))
    an_expert(offering_id, "wed 15:00-17:00", languages=("de", "en"))
    return offering_id


def say(app, *words, expects=0):
    answer = app.test_cli_runner().invoke(args=["slots", *words])
    assert answer.exit_code == expects, answer.output
    return answer.output.splitlines()


def why(app, *words):
    return say(app, "why", "leipzig", "ki", *words)


def test_free_starts_are_listed_with_who_could_take_them(app, talk):
    an_expert(talk, "wed 16:30-17:00", first_name="Ruben", last_name="Tannhof")

    lines = say(app, "list", "leipzig", "ki", "--days", "7")

    assert lines == [
        "Mittwoch, 13. Januar 2027, 15:00–15:30 Uhr  Mira Vogt",
        "Mittwoch, 13. Januar 2027, 15:30–16:00 Uhr  Mira Vogt",
        "Mittwoch, 13. Januar 2027, 16:00–16:30 Uhr  Mira Vogt",
        "Mittwoch, 13. Januar 2027, 16:30–17:00 Uhr  Mira Vogt, Ruben Tannhof",
    ]


def test_the_list_is_as_long_as_wanted_and_says_when_it_is_empty(app, talk):
    in_english = ("list", "leipzig", "ki", "--language-of-answer", "en")

    assert say(app, *in_english, "--days", "2") == ["Nothing is free on these days."]
    (first, *_) = say(app, *in_english, "--days", "3")
    assert first == "Wednesday, 13 January 2027, 15:00–15:30  Mira Vogt"
    later = say(app, *in_english, "--days", "3", "--now", "2027-01-13T15:00+01:00")
    assert [line.split(", ")[2][:5] for line in later] == ["16:00", "16:30"]


def test_places_left_are_told_where_parties_share_a_slot(app):
    offering_id = a_consultation(key="ki", is_shared=True, seats=4, party_max=4)
    host_id = an_expert(offering_id, "wed 15:00-15:30")
    begin = at(f"{WEDNESDAY} 15:00")
    end = begin + timedelta(minutes=30)
    a_taken_slot(offering_id, (host_id,), begin, end, parties=(3,), seats=4, is_shared=True)

    this_week = ("list", "leipzig", "ki", "--days", "7")
    (line,) = say(app, *this_week)

    assert line.endswith("Mira Vogt  (1 Platz frei)")
    assert line not in say(app, *this_week, "--party", "2")


def test_what_is_free_is_said_to_be_free(app, talk):
    assert why(app, "2027-01-13", "--language-of-answer", "en") == [
        "Free on Wednesday, 13 January 2027: 15:00, 15:30, 16:00, 16:30"
    ]


THEN = "Wednesday, 20 January 2027"
WHYS = [  # what is asked, why, and what would help; all of the world of `everything`
    ("2027-01-13", (), "Absent: Mira Vogt.", "It would be possible if these were there: Mira Vogt."),
    ("2027-01-14", (), "Nobody has hours then.", f"The nearest free day is {THEN}."),
    (
        "2027-01-20T15:00",
        (),
        "Taken: Mira Vogt.",
        "It would be possible if these were free of 1 entries: Mira Vogt.",
    ),
    ("2027-01-20T15:30", (), "No room is free: Foyer.", "It would be possible with 1 more rooms."),
    (
        "2027-01-20T16:00",
        ("--language", "uk"),
        "Those who have hours cannot give this offering: Iryna Sadowenko.",
        "It would be possible if this host could give it: Iryna Sadowenko.",
    ),
    (
        "2027-01-20T16:00",
        ("--language", "dgs"),
        "Nobody who speaks the language you chose is free then.",
        "Another language would be possible: German.",
    ),
    (
        "2027-02-10",
        (),
        "The house is closed: Umbau.",
        "It would be possible if the house opened: Umbau.",
    ),
    (
        "2027-01-20 16:10",
        (),
        "Visits do not begin at this time.",
        f"The nearest free time is at {THEN}, 16:00.",
    ),
]


@pytest.fixture
def everything(app) -> None:
    """Mira is away, then busy; the room is taken; Iryna has hours and cannot do it; the house is rebuilt."""
    room, leipzig = a_room(), house_id()
    offering_id = a_consultation(
        key="ki", needs=(a_need(kind="room", place_id=room),), notice_minutes=60, horizon_days=365
    )
    host_id = an_expert(offering_id, "wed 15:00-17:00", languages=("de", "en"))
    other = a_host(first_name="Iryna", last_name="Sadowenko", languages=("de", "uk"))
    hours_of(other, "wed 15:00-17:00", valid_from=date(2027, 1, 20), valid_until=date(2027, 1, 20))
    away(WEDNESDAY, of=Of(host_id=host_id))
    take(at("2027-01-20 15:00"), at("2027-01-20 15:30"), host_id=host_id)
    take(at("2027-01-20 15:30"), at("2027-01-20 16:00"), place_id=room)
    unit_of_work(lambda: service.close(leipzig, date(2027, 2, 8), date(2027, 2, 12), reasons={"de": "Umbau"}))


@pytest.mark.parametrize(("when", "options", "reason", "help_"), WHYS)
def test_staff_are_told_the_rule_and_the_smallest_change(app, everything, when, options, reason, help_):
    lines = why(app, when, *options, "--language-of-answer", "en")

    assert lines[:2] == [reason, help_]


def test_staff_are_told_in_german_unless_they_want_another_language(app, everything):
    assert why(app, "2027-01-13")[0] == "Abwesend: Mira Vogt."


def test_what_is_in_the_way_is_told_with_its_times_and_so_are_school_holidays(app, everything):
    assert why(app, "2027-01-20T15:00")[2:] == ["  Mittwoch, 20. Januar 2027, 15:00–15:30 Uhr"]
    assert why(app, "2027-02-10", "--language-of-answer", "en") == [
        "The house is closed: Umbau.",
        "It would be possible if the house opened: Umbau.",
        "School holidays: Winterferien.",
    ]


def test_a_time_is_one_of_the_house_unless_it_names_its_zone(app, everything):
    assert why(app, "2027-01-20T15:30") == why(app, "2027-01-20T14:30Z")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("why", "nowhere", "ki", "2027-01-13"), "There is no house 'nowhere'."),
        (("why", "leipzig", "unknown", "2027-01-13"), "no published 'unknown'"),
        (("why", "library", "ki", "2027-01-13"), "no published 'ki'"),
        (("list", "leipzig", "ki", "--medium", "phone"), "had as 'phone'"),
        (("why", "leipzig", "ki", "tomorrow"), "neither a day nor a time"),
        (("why", "leipzig", "ki", "2027-01-13T25:00"), "neither a day nor a time"),
    ],
)
def test_what_cannot_be_answered_is_said(app, talk, words, told):
    assert told in " ".join(say(app, *words, expects=2 if "neither" in told else 1))


def check(app, *words):
    answer = app.test_cli_runner().invoke(args=["check", *words])
    assert answer.exit_code == 0, answer.output
    return answer.output.splitlines()


def test_school_holidays_that_are_missing_or_run_out_are_told_in_time(app, clock):
    missing = "Warning: library: there are no school holidays of DE-BY in houses/school-holidays."
    assert check(app, "data") == [missing]
    assert check(app) == [missing, "All invariants hold."]

    clock.forward(days=(date(2028, 1, 1) - date(2027, 1, 11)).days - 180)
    assert check(app, "data") == [missing]
    clock.forward(days=1)
    assert check(app, "data") == [
        "Warning: leipzig: the school holidays of DE-SN are known until 2028-01-01 only.",
        missing,
    ]


def test_a_day_is_said_to_lie_in_the_school_holidays_of_its_state(app):
    from tests.hours import the_house

    leipzig, library = the_house(), the_house("library")

    assert school_holidays.school_holiday_name(leipzig, date(2027, 2, 10)) == "Winterferien"
    assert school_holidays.school_holiday_name(leipzig, date(2027, 3, 10)) is None
    assert school_holidays.school_holiday_name(library, date(2027, 2, 10)) is None
