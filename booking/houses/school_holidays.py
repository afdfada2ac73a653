"""School holidays of a house: read from the product's data, by country and subdivision."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

from booking.houses.facts import House
from booking.timekit.school_holidays import SchoolHolidays, parse

FOLDER = Path(__file__).resolve().parents[2] / "houses" / "school-holidays"


def school_holidays(house: House) -> SchoolHolidays | None:
    """Return what is known of the state in which a house stands, or None where the product has no data.

    Raises UnfitHolidays for a file that cannot be read as such.
    """
    return _read(FOLDER / f"{house.country}-{house.subdivision}.json")


def school_holiday_name(house: House, day: date) -> str | None:
    """Return the name of the school holidays in which a local day lies, as the state says it, or None."""
    known = school_holidays(house)
    period = known.period_of(day) if known else None
    return period.name if period else None


@lru_cache(maxsize=64)
def _read(path: Path) -> SchoolHolidays | None:
    if not path.is_file():
        return None
    return parse(json.loads(path.read_text(encoding="utf-8")))
