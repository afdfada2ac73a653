"""Hours in a programme's file: the demo's consultations can be booked, and what is written wrongly is refused."""

import tomllib
from datetime import date, datetime, timedelta

import pytest

from booking.bookings.models import Booking
from booking.cli import demo_slots
from booking.cli.hours import UnfitProgramme, minutes, rules
from booking.schedule.hours import Rule
from config import ROOT
from tests.deeds.reading import mails, rows_of
from tests.hours import at, the_house
from tests.web.test_slot_commands import say

FOLDER = ROOT / "houses" / "programmes"
LIBRARY = (FOLDER / "library.toml").read_text(encoding="utf-8")
CONSULTATIONS = {
    "leipzig": (
        "leipzig-app-hilfe",
        "sprechstunde-ki",
        "sprechstunde-offene-daten",
        "sprechstunde-beteiligung",
    ),
    "library": ("digitalsprechstunde",),
}


def load(app, key, path):
    return app.test_cli_runner().invoke(args=["houses", "programme", key, str(path), "--days", "60"])


@pytest.fixture
def programmes(app) -> None:
    """Both houses with their programmes, dated to a Monday in January."""
    for key in CONSULTATIONS:
        answer = load(app, key, FOLDER / f"{key}.toml")
        assert answer.exit_code == 0, answer.output


def days_of(lines):
    """Return the weekdays of a list of free starts."""
    return {line.split(",")[0] for line in lines}


def test_every_consultation_of_the_demo_has_free_times_in_the_next_two_weeks(app, programmes):
    free = {key: say(app, "list", house, key) for house, keys in CONSULTATIONS.items() for key in keys}

    assert [key for key, lines in free.items() if len(lines) < 8] == []
    assert days_of(free["leipzig-app-hilfe"]) == {"Dienstag", "Mittwoch", "Donnerstag", "Freitag"}
    assert days_of(free["sprechstunde-ki"]) >= {"Dienstag", "Mittwoch"}
    assert all("4 Plätze frei" in line for line in free["leipzig-app-hilfe"])


def test_a_citizen_can_talk_about_ai_by_video_on_tuesdays_after_work(app, programmes):
    in_english = ("--medium", "video", "--language-of-answer", "en")
    for tuesday in (date(2027, 1, 12) + timedelta(weeks=number) for number in range(8)):
        now = (at(f"{tuesday} 12:00") - timedelta(days=2)).isoformat()

        (line, *_) = say(
            app, "why", "leipzig", "sprechstunde-ki", f"{tuesday}T17:30", *in_english, "--now", now
        )

        assert line.startswith("Free on Tuesday"), line
        assert "17:30" in line


def test_some_consultations_of_the_demo_are_booked_and_every_one_can_still_be(app, programmes, clock):
    for key in CONSULTATIONS:
        house = the_house(key)
        demo_slots.fill(house, now=clock())

    states = {state for (state,) in rows_of(Booking.state)}
    assert (len(rows_of(Booking.id)) > 20, states) == (True, {"confirmed"})
    assert "owed" not in {state for _, _, state, _ in mails()}
    free = [say(app, "list", house, key) for house, keys in CONSULTATIONS.items() for key in keys]
    assert min(len(lines) for lines in free) > 4
    assert {"(2 Plätze frei)", "(3 Plätze frei)", "(4 Plätze frei)"} <= {line[-15:] for line in free[0]}
    assert app.test_cli_runner().invoke(args=["check", "invariants"]).exit_code == 0


def test_no_free_time_lies_on_a_day_on_which_the_house_is_closed(app, programmes):
    ascension = date(2027, 5, 6)
    now = datetime(2027, 5, 2, 12).isoformat()

    lines = say(app, "list", "leipzig", "leipzig-app-hilfe", "--now", now, "--days", "7")

    assert lines
    assert f"{ascension.day}. Mai" not in " ".join(lines)


def test_schools_are_still_not_to_be_booked(app, programmes):
    programme = tomllib.loads((FOLDER / "leipzig.toml").read_text(encoding="utf-8"))
    schools = [one for one in programme["offerings"] if one["kind"] == "school"]

    assert {one["state"] for one in schools} == {"draft"}
    say(app, "list", "leipzig", schools[0]["key"], expects=1)


def test_a_line_of_hours_stands_for_each_of_its_weekdays():
    row = {"weekday": [2, 4], "window": "22:00-02:00", "weeks": "odd", "ordinal": -1, "offering": "ki"}
    row |= {"valid_from": date(2027, 1, 1), "medium": "video", "school_holidays": "never"}

    first, second = rules(row, {"ki": 7})

    assert first == Rule(1, 1320, 120, date(2027, 1, 1), None, 1, -1, 7, "video", "never")
    assert (second.weekday, second.parity) == (3, 1)
    assert list(rules({"weekday": 1, "window": "09:00-24:00"}, {})) == [Rule(0, 540, 1440)]


@pytest.mark.parametrize("window", ["9-17", "15:00", "15:00–19:00", "25:00-26:00", "10:60-11:00", ""])
def test_a_window_is_written_as_two_times(window):
    with pytest.raises(UnfitProgramme, match="window such as"):
        minutes(window)


WRONG = [
    ('weekday = 4, window = "14:00-17:00"', 'weekday = 8, window = "14:00-17:00"', "no such time"),
    ('weekday = 4, window = "14:00-17:00"', 'weekday = 4, window = "two to five"', "no window such as"),
    ('weekday = 4, window = "14:00-17:00"', 'day = 4, window = "14:00-17:00"', "hours know no day"),
    ('weeks = "even"', 'weeks = "some"', "some"),
    ('weeks = "even"', 'offering = "unknown"', "unknown"),
    ('weeks = "even"', 'medium = "letter"', "medium_is_known"),
    ('weeks = "even"', "ordinal = 7", "no such time"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG)
def test_hours_that_are_written_wrongly_are_refused_and_nothing_is_entered(app, tmp_path, old, new, told):
    path = tmp_path / "library.toml"
    assert old in LIBRARY
    path.write_text(LIBRARY.replace(old, new), encoding="utf-8")

    answer = load(app, "library", path)

    assert (answer.exit_code, told in answer.output) == (1, True), answer.output
    assert load(app, "library", FOLDER / "library.toml").exit_code == 0


def test_absences_and_changed_days_count_from_today_or_name_their_dates(app, tmp_path):
    more = (
        'changed_days = [{ first = 2027-01-14, windows = [] }, { in_days = 10, windows = ["15:00-15:30"] }]'
    )
    more += "\nabsences = [{ in_days = 17, days = 2 }, { first = 2027-02-04, last = 2027-02-05 }]"
    old = 'hours = [{ weekday = 4, window = "14:00-17:00" }]'
    path = tmp_path / "library.toml"
    path.write_text(LIBRARY.replace(old, f"{old}\n{more}"), encoding="utf-8")
    assert load(app, "library", path).exit_code == 0

    lines = say(app, "list", "library", "digitalsprechstunde", "--days", "35")

    thursdays = [line.partition(" 2027")[0] for line in lines if line.startswith("Donnerstag")]
    assert thursdays.count("Donnerstag, 21. Januar") == 1
    assert set(thursdays) == {"Donnerstag, 21. Januar", "Donnerstag, 11. Februar"}
