"""State holidays of a subdivision, by the holidays library, in German and English."""

from datetime import date
from functools import lru_cache

import holidays as library


@lru_cache(maxsize=64)
def state_holidays(country: str, subdivision: str, year: int, language: str) -> dict[date, str]:
    """Return the public holidays of one year with their names in ``language`` ('de' or 'en').

    Raises NotImplementedError for a country or subdivision that the library does not know.
    """
    wanted = "en_US" if language == "en" else language
    names = library.country_holidays(country, subdiv=subdivision or None, years=year, language=wanted)
    return dict(sorted(names.items()))


def holiday_name(day: date, *, country: str, subdivision: str, language: str) -> str | None:
    """Return the name of the public holiday on ``day``, or None."""
    return state_holidays(country, subdivision, day.year, language).get(day)
