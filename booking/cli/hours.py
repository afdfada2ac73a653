"""Hours of hosts and rooms from a programme's file: weekly ones, changed days, absences."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from booking.cli.programme import Ids
from booking.houses.facts import House
from booking.schedule import hours
from booking.schedule.hours import Of, Rule
from booking.timekit.instants import local_date

_PARITIES = {"even": 0, "odd": 1}
_SAME = ("valid_from", "valid_until", "ordinal", "medium", "school_holidays")
_KNOWN = {"weekday", "window", "weeks", "offering", *_SAME}


class UnfitProgramme(ValueError):
    """The hours of a file are not written as ``docs/operating.md`` says; the message names what is wrong."""


def enter(found: Mapping[str, Any], ids: Ids, *, house: House, now: datetime) -> None:
    """Write the hours, changed days and absences that stand with the hosts and places of a programme.

    Raises UnfitProgramme, KeyError for an offering that the file does not have, and what the deeds raise.
    """
    hosts = [(Of(host_id=ids.hosts[one["key"]]), one) for one in found["hosts"]]
    places = [(Of(place_id=ids.places[one["key"]]), one) for one in found["places"]]
    today = local_date(now, house.zone)
    for of, one in (*hosts, *places):
        for rule in (rule for row in one.get("hours", []) for rule in rules(row, ids.offerings)):
            hours.add_rule(rule, of=of, house_id=house.id, now=now)
        for change in one.get("changed_days", []):
            day, _ = _days(change, today)
            windows = [minutes(window) for window in change["windows"]]
            hours.set_override(day, windows, of=of, house_id=house.id, now=now)
        for absence in one.get("absences", []):
            first, last = _days(absence, today)
            hours.add_absence(first, last, of=of, house_id=house.id, now=now)


def rules(row: Mapping[str, Any], offerings: Mapping[str, int]) -> Iterator[Rule]:
    """Yield the rules of one line: one for each of its weekdays, 1 for Monday."""
    if unknown := set(row) - _KNOWN:
        raise UnfitProgramme(f"hours know no {', '.join(sorted(unknown))}")
    start, end = minutes(row["window"])
    weekdays = row["weekday"] if isinstance(row["weekday"], list) else [row["weekday"]]
    for weekday in weekdays:
        yield Rule(
            weekday=weekday - 1,
            start_minute=start,
            end_minute=end,
            parity=_PARITIES[row["weeks"]] if "weeks" in row else None,
            offering_id=offerings[row["offering"]] if "offering" in row else None,
            **{name: row[name] for name in _SAME if name in row},
        )


def minutes(window: str) -> tuple[int, int]:
    """Return start and end of `15:00-19:00` in minutes after midnight; 24:00 is 1440."""
    try:
        start, end = (_minute(text) for text in window.split("-"))
    except ValueError as fault:
        raise UnfitProgramme(f"{window!r} is no window such as 15:00-19:00") from fault
    return start, end


def _minute(text: str) -> int:
    hour, minute = (int(part) for part in text.split(":"))
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        raise ValueError(text)
    return hour * 60 + minute


def _days(row: Mapping[str, Any], today: date) -> tuple[date, date]:
    """Return first and last day of `{ in_days = 3, days = 2 }` from today, or of `{ first = …, last = … }`."""
    if "in_days" in row:
        first = today + timedelta(days=row["in_days"])
        return first, first + timedelta(days=row.get("days", 1) - 1)
    return row["first"], row.get("last", row["first"])
