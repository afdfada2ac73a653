"""Series the slow way: look at each day of two years and ask whether it fits."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.schedule.series_rules import Pattern


def slow_days(pattern: Pattern, at: time, zone: str, *, most: int) -> list[date]:
    """Return the days of a pattern on which the time exists, at most ``most``."""
    found: list[date] = []
    day, last = pattern.first_day, pattern.last_day or pattern.first_day + timedelta(days=730)
    while day <= last and len(found) < (pattern.times or most):
        if fits(pattern, day) and is_shown(day, at, zone):
            found.append(day)
        day += timedelta(days=1)
    return found


def fits(pattern: Pattern, day: date) -> bool:
    """Return whether a day belongs to a pattern, whatever comes before and after."""
    if day.weekday() not in pattern.weekdays:
        return False
    if pattern.rhythm == "second_week":
        weeks = (monday(day) - monday(pattern.anchor or pattern.first_day)).days // 7
        return weeks % 2 == 0
    if pattern.rhythm == "monthly":
        if pattern.ordinal == -1:
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == pattern.ordinal
    return True


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def is_shown(day: date, at: time, zone: str) -> bool:
    """Return whether a clock on the wall shows this time on this day."""
    wall = datetime.combine(day, at, ZoneInfo(zone))
    return wall.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(
        tzinfo=None
    ) == datetime.combine(day, at)
