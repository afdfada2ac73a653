"""When the house is closed: closures and state holidays, unless it opens on purpose."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from booking.db import execute
from booking.houses.facts import House
from booking.schedule.models import Closure, HolidayOpening
from booking.timekit.holidays import holiday_name


def closed_days(house: House, first: date, last: date, *, language: str) -> Mapping[date, str]:
    """Return the closed local days from ``first`` to ``last`` with what closes them, in two statements."""
    opened = set(
        execute(
            select(HolidayOpening.day).where(
                HolidayOpening.house_id == house.id, HolidayOpening.day.between(first, last)
            )
        ).scalars()
    )
    closures = execute(
        select(Closure.first_day, Closure.last_day, Closure.reasons).where(
            Closure.house_id == house.id, Closure.first_day <= last, Closure.last_day >= first
        )
    ).all()
    found: dict[date, str] = {}
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        holiday = None if day in opened else _holiday(house, day, language=language)
        named = [row.reasons for row in closures if row.first_day <= day <= row.last_day]
        if holiday or named:
            found[day] = holiday or named[0].get(language) or named[0].get("de", "")
    return found


def _holiday(house: House, day: date, *, language: str) -> str | None:
    language = "de" if language == "ls" else language
    return holiday_name(day, country=house.country, subdivision=house.subdivision, language=language)
