"""What a house must show by law: read from its file, its faults told, its gaps named."""

import tomllib
from datetime import date

import pytest

from booking.houses.facts import UnfitHouse, parse
from booking.houses.legal import legal, legal_faults, legal_gaps
from config import ROOT
from tests.web.sample_letters import HOUSE


def file(key):
    return tomllib.loads((ROOT / "houses" / f"{key}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", ["leipzig", "library"])
def test_the_houses_that_we_ship_lack_nothing(key):
    data = file(key)

    assert legal_gaps(data) == []
    assert list(legal_faults(data)) == []
    assert not legal(data).is_reviewed, "a sample is to be checked"


def test_a_text_is_one_for_all_languages_or_one_for_each():
    found = legal({"publisher": {"name": "Stadt", "address": {"de": "Markt", "en": "Market"}}})

    assert (found.publisher.name, found.publisher.address["en"]) == ({"de": "Stadt"}, "Market")


def test_a_house_without_these_sections_can_be_shown_and_its_gaps_are_known():
    house = parse(HOUSE)

    assert house.legal.statement_date is None
    assert "publisher.name" in legal_gaps(HOUSE)
    assert "accessibility.statement_date" in legal_gaps(HOUSE)


def test_the_day_of_the_statement_is_a_day():
    assert legal({"accessibility": {"statement_date": "2026-11-23"}}).statement_date == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("section", "told", "fault"),
    [
        ("publisher", {"motto": "x"}, "publisher.motto is not known"),
        ("publisher", {"name": 3}, "publisher.name must be a text"),
        ("publisher", {"name": {"en": "City"}}, "publisher.name must be a text"),
        ("publisher", {"phone": ["1"]}, "publisher.phone must be a text"),
        (
            "supervisory_authority",
            {"website": "http://x.example"},
            "supervisory_authority.website must be an https",
        ),
        (
            "accessibility",
            {"method": "guess"},
            "accessibility.method must be one of self-assessment, external",
        ),
        ("accessibility", {"statement_date": "23.11.2026"}, "accessibility.statement_date must be a day"),
        ("accessibility", {"statement_date": "2026-02-30"}, "accessibility.statement_date must be a day"),
        (
            "accessibility",
            {"statement_date": date(2026, 11, 23)},
            "accessibility.statement_date must be a day",
        ),
        ("accessibility", {"known_faults": "x"}, "accessibility.known_faults must be a list"),
        ("legal", {"reviewed": "no"}, "legal.reviewed must be true or false"),
        ("legal", [], "legal must be a section"),
    ],
)
def test_a_fault_is_told_in_words(section, told, fault):
    with pytest.raises(UnfitHouse, match=fault):
        parse(HOUSE | {section: told})


def test_what_became_of_ideas_are_short_lines_in_german_at_least():
    line = {"de": "Aus einer Frage wurde eine Karte.", "en": "A question became a map."}
    assert parse(HOUSE | {"ideas": {"outcomes": [line]}}).outcomes == (line,)

    for outcomes in ("x", [{"en": "x"}], [{"de": "x" * 301}], [3]):
        with pytest.raises(UnfitHouse, match=r"ideas\.outcomes"):
            parse(HOUSE | {"ideas": {"outcomes": outcomes}})
