"""Working days: Monday to Friday, without the state holidays of a subdivision; counted in local dates."""

from datetime import date, timedelta

from booking.timekit.holidays import state_holidays

_SATURDAY = 5
_DAY = timedelta(days=1)


def is_working_day(day: date, *, country: str, subdivision: str) -> bool:
    """Return whether offices work on a day.

    Raises NotImplementedError for a country or subdivision whose holidays are not known.
    """
    return day.weekday() < _SATURDAY and day not in state_holidays(country, subdivision, day.year, "de")


def before(day: date, number: int, *, country: str, subdivision: str) -> date:
    """Return the ``number``-th working day before a day, which itself does not count; 0 is the day itself."""
    return _walk(day, number, -_DAY, country=country, subdivision=subdivision)


def after(day: date, number: int, *, country: str, subdivision: str) -> date:
    """Return the ``number``-th working day after a day, which itself does not count; 0 is the day itself."""
    return _walk(day, number, _DAY, country=country, subdivision=subdivision)


def first_with(number: int, today: date, *, country: str, subdivision: str) -> date:
    """Return the first day that has ``number`` working days before it, of which today may be the first."""
    yesterday = today - _DAY
    return after(yesterday, number, country=country, subdivision=subdivision) + _DAY if number else today


def _walk(day: date, number: int, step: timedelta, *, country: str, subdivision: str) -> date:
    while number > 0:
        day += step
        number -= is_working_day(day, country=country, subdivision=subdivision)
    return day
