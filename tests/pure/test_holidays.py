"""State holidays: those of the library, of whose countries only the one that is asked for is loaded."""

from datetime import date

import holidays as library
import pytest

from booking.timekit.holidays import state_holidays

PLACES = [
    ("DE", "SN"),
    ("DE", "BY"),
    ("DE", ""),
    ("DEU", "BE"),
    ("AT", ""),
    ("PL", ""),
    ("CH", "ZH"),
    ("GP", ""),
]


@pytest.mark.parametrize(("country", "subdivision"), PLACES)
@pytest.mark.parametrize(("language", "theirs"), [("de", "de"), ("en", "en_US")])
def test_they_are_those_of_the_library(country, subdivision, language, theirs):
    for year in (2026, 2027, 2028):
        wanted = library.country_holidays(country, subdiv=subdivision or None, years=year, language=theirs)

        assert state_holidays(country, subdivision, year, language) == dict(wanted)


def test_saxony_repents_on_a_wednesday():
    assert state_holidays("DE", "SN", 2026, "de")[date(2026, 11, 18)] == "Buß- und Bettag"
    assert date(2026, 11, 18) not in state_holidays("DE", "BE", 2026, "de")


@pytest.mark.parametrize(("country", "subdivision"), [("XX", ""), ("", ""), ("DE", "XX")])
def test_an_unknown_place_has_none(country, subdivision):
    with pytest.raises(NotImplementedError):
        state_holidays(country, subdivision, 2027, "de")
