"""Dates, times and parties as people say them, in German, English and easy language."""

from datetime import UTC, date, datetime

import pytest

from booking.bookings.models import CATEGORIES
from booking.messages import wording
from booking.schedule.models import LANGUAGES

ZONE = "Europe/Berlin"


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Dienstag, 12. Januar 2027, 14:00–15:00\N{NO-BREAK SPACE}Uhr"),
        ("ls", "Dienstag, 12. Januar 2027, von 14\N{NO-BREAK SPACE}Uhr bis 15\N{NO-BREAK SPACE}Uhr"),
        ("en", "Tuesday, 12 January 2027, 14:00–15:00"),
    ],
)
def test_a_date_is_said_with_its_weekday_and_times_of_the_house(language, said):
    assert wording.say_when(utc(2027, 1, 12, 13), utc(2027, 1, 12, 14), ZONE, language) == said


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "said"),
    [
        # the night in which 2:00 becomes 3:00
        (
            utc(2027, 3, 28, 0, 30),
            utc(2027, 3, 28, 1, 30),
            "Sonntag, 28. März 2027, 01:30–03:30\N{NO-BREAK SPACE}Uhr",
        ),
        (
            utc(2027, 3, 27, 13),
            utc(2027, 3, 27, 14),
            "Samstag, 27. März 2027, 14:00–15:00\N{NO-BREAK SPACE}Uhr",
        ),
        (
            utc(2027, 3, 28, 12),
            utc(2027, 3, 28, 13),
            "Sonntag, 28. März 2027, 14:00–15:00\N{NO-BREAK SPACE}Uhr",
        ),
        # the night in which 3:00 becomes 2:00
        (
            utc(2027, 10, 31, 0, 30),
            utc(2027, 10, 31, 2, 30),
            "Sonntag, 31. Oktober 2027, 02:30–03:30\N{NO-BREAK SPACE}Uhr",
        ),
        (
            utc(2027, 10, 30, 12),
            utc(2027, 10, 30, 13),
            "Samstag, 30. Oktober 2027, 14:00–15:00\N{NO-BREAK SPACE}Uhr",
        ),
        (
            utc(2027, 10, 31, 13),
            utc(2027, 10, 31, 14),
            "Sonntag, 31. Oktober 2027, 14:00–15:00\N{NO-BREAK SPACE}Uhr",
        ),
    ],
)
def test_the_same_hour_is_said_on_both_sides_of_a_clock_change(starts_at, ends_at, said):
    assert wording.say_when(starts_at, ends_at, ZONE, "de") == said


def test_the_day_is_that_of_the_house_and_not_that_of_utc():
    late = utc(2027, 1, 11, 23, 30)

    assert wording.say_instant(late, ZONE, "de") == "Dienstag, 12. Januar 2027, 00:30\N{NO-BREAK SPACE}Uhr"
    assert wording.say_instant(late, ZONE, "en") == "Tuesday, 12 January 2027, 00:30"
    assert wording.say_instant(late, "UTC", "en") == "Monday, 11 January 2027, 23:30"


def test_days_and_spans_of_days():
    first, last = date(2026, 11, 23), date(2026, 12, 6)

    assert wording.say_day(first, "de") == "Montag, 23. November 2026"
    assert wording.say_day(first, "en") == "Monday, 23 November 2026"
    assert wording.say_span(first, last, "de") == "23. November 2026 – 6. Dezember 2026"
    assert wording.say_span(first, last, "en") == "23 November 2026 – 6 December 2026"
    assert wording.say_span(first, last, "ls") == "vom 23. November 2026 bis 6. Dezember 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (13, 0, "14\N{NO-BREAK SPACE}Uhr"),
        (13, 5, "14:05\N{NO-BREAK SPACE}Uhr"),
        (23, 30, "0:30\N{NO-BREAK SPACE}Uhr"),
    ],
)
def test_easy_language_says_times_without_noughts_that_nobody_says(hour, minute, said):
    instant = utc(2027, 1, 11, hour, minute)

    assert wording.say_time(instant, ZONE, "ls") == said
    assert wording.say_instant(instant, ZONE, "ls").endswith(f"Januar 2027, {said}")


@pytest.mark.parametrize(
    ("party", "german", "english"),
    [
        ({"adults": 1}, "1 erwachsene Person", "1 adult"),
        ({"children": 1, "adults": 2}, "2 Erwachsene, 1 Kind", "2 adults, 1 child"),
        ({"adults": 0, "children": 3}, "3 Kinder", "3 children"),
        (
            {"companions": 2, "pupils": 24},
            "24 Schülerinnen und Schüler, 2 Begleitpersonen",
            "24 pupils, 2 accompanying adults",
        ),
        ({"pupils": 1, "companions": 1}, "1 Schüler:in, 1 Begleitperson", "1 pupil, 1 accompanying adult"),
        ({}, "", ""),
    ],
)
def test_a_party_is_counted_in_words(party, german, english):
    assert wording.say_party(party, "de") == german
    assert wording.say_party(party, "en") == english


def test_a_party_is_counted_in_easy_words():
    assert wording.say_party({"adults": 2, "children": 1}, "ls") == "2 Erwachsene und 1 Kind"
    assert wording.say_party({"adults": 1}, "ls") == "1 erwachsene Person"
    assert (
        wording.say_party({"pupils": 1, "companions": 2}, "ls")
        == "1 Schüler oder Schülerin und 2 Begleit-Personen"
    )


def test_every_language_that_an_occurrence_can_have_has_a_name():
    german = [wording.say_language(spoken, "de") for spoken in LANGUAGES]
    english = [wording.say_language(spoken, "en") for spoken in LANGUAGES]

    assert german == ["Deutsch", "Englisch", "Ukrainisch", "Deutsche Gebärdensprache", "Leichte Sprache"]
    assert wording.say_language("dgs", "ls") == "Deutsche Gebärden-Sprache"
    assert english == ["German", "English", "Ukrainian", "German Sign Language", "Easy German"]


def test_every_category_of_people_has_a_word():
    for language, mark in (("de", ","), ("en", ","), ("ls", " und 2")):
        assert wording.say_party(dict.fromkeys(CATEGORIES, 2), language).count(mark) == len(CATEGORIES) - 1


def test_where_lines_are_not_broken_by_us_a_plain_space_stands():
    """In mails in plain text, and on a terminal."""
    assert wording.plain("von 14\N{NO-BREAK SPACE}Uhr bis 15\N{NO-BREAK SPACE}Uhr") == "von 14 Uhr bis 15 Uhr"
