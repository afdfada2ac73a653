"""Keys made from titles, meters of texts, lengths of time as people say them."""

import pytest

from booking.catalogue.completeness import COMPLETE, NOTHING, PARTLY, meters
from booking.catalogue.keys import LONGEST, free_key, is_key, key_of
from booking.web.staff.catalogue.fields import is_https, minutes_of, span_of

WORDS = ("title", "summary", "description", "bring")


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Rundgang: Das Lab in 60 Minuten", "rundgang-das-lab-in-60-minuten"),
        ("Löten für Größere", "loeten-fuer-groessere"),
        ("Löten", "loeten"),  # an o with a mark of its own
        ("Café & Crème", "cafe-creme"),
        ("  --  ", "new"),
        ("Київ", "new"),
        ("x" * 200, "x" * LONGEST),
        ("wort " * 40, "-".join(["wort"] * 12)),
    ],
)
def test_a_key_is_made_of_letters_that_every_address_can_carry(title, key):
    assert key_of(title) == key
    assert is_key(key)


def test_a_key_that_is_taken_gets_a_number():
    assert free_key("Löten", taken={"loeten", "loeten-2"}) == "loeten-3"


@pytest.mark.parametrize("text", ["", "A", "a b", "-a", "a-", "a--b", "ä", "a/b", "a" * 71, "a\n"])
def test_what_no_address_can_carry_is_no_key(text):
    assert not is_key(text)


def test_a_language_needs_the_words_of_every_page_and_those_that_german_has():
    texts = {
        "de": {"title": "T", "summary": "S", "description": "D", "bring": "B"},
        "en": {"title": "T", "bring": ""},
    }

    german, english, easy = meters(texts, words=WORDS)

    assert (german.state, german.done, german.wanted) == (COMPLETE, 4, 4)
    assert (english.state, english.missing) == (PARTLY, ("summary", "description", "bring"))
    assert (easy.state, easy.done) == (NOTHING, 0)


def test_words_that_german_does_not_have_are_missed_nowhere():
    (german, *_others) = meters({"de": {"title": "T"}}, words=WORDS)

    assert german.missing == ("summary", "description")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, (0, "hours")),
        (45, (45, "minutes")),
        (90, (90, "minutes")),
        (120, (2, "hours")),
        (2880, (2, "days")),
    ],
)
def test_a_length_of_time_is_said_in_the_largest_unit_that_fits(minutes, said):
    assert span_of(minutes) == said
    assert minutes_of(*said) == minutes


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("https://example.org/a?b", True),
        ("http://example.org", False),
        ("javascript:alert(1)", False),
        ("https://localhost", False),
        ("https://exa mple.org", False),
        ("https://[", False),
        ("//example.org", False),
    ],
)
def test_a_link_leads_to_a_page_by_https_alone(text, fits):
    assert is_https(text) is fits
