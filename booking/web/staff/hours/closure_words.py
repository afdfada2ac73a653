"""Closures, state holidays and school holidays in words."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from booking.messages import wording
from booking.schedule.closure_queries import Holiday, OwnClosure
from booking.schedule.hours_queries import Away
from booking.timekit.school_holidays import SchoolHolidays
from booking.web.context import language
from booking.web.staff.hours.words import say_away
from booking.web.staff.pages import staff_address


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A closure in words."""

    when: str
    reason: str
    missing: str
    href: str


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A state holiday in words."""

    day: str
    name: str
    is_opened: bool
    href: str


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """School holidays in words."""

    name: str
    when: str


def closure_row(found: OwnClosure) -> ClosureRow:
    """Return a closure in words, with the languages in which its reason is missing."""
    when = Away(found.id, found.first_day, found.last_day, found.starts_at, found.ends_at)
    missing = [
        name
        for code, name in (("en", _("English")), ("ls", _("easy language")))
        if not found.reasons.get(code)
    ]
    return ClosureRow(
        say_away(when),
        found.reasons.get(language()) or found.reasons.get("de", ""),
        ", ".join(missing),
        staff_address("closure_page", closure_id=found.id),
    )


def holiday_row(one: Holiday) -> HolidayRow:
    """Return a state holiday in words."""
    href = staff_address("closure_day", day=one.day.isoformat())
    return HolidayRow(wording.say_day(one.day, language()), one.name, one.is_opened, href)


def school_rows(known: SchoolHolidays | None, today: date) -> list[SchoolRow]:
    """Return the school holidays that are not over."""
    return [
        SchoolRow(one.name, wording.say_days(one.first, one.last, language()))
        for one in (known.periods if known else ())
        if one.last >= today
    ]
