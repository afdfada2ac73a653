"""Clock changes of a zone, said as yearly rules, and the two odd hours of the year."""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1970, 2037  # what many clients can count, and how far tzdata itself tabulates
_STEP = timedelta(days=3)  # no zone has changed its clocks there and back within three days
_HOUR = timedelta(hours=1)

_NAME = r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)"
_OFFSET = r"[+-]?\d{1,3}(?::\d\d){0,2}"
_FOOTER = re.compile(
    rf"(?P<std>{_NAME})(?P<std_offset>{_OFFSET})"
    rf"(?:(?P<dst>{_NAME})(?P<dst_offset>{_OFFSET})?,(?P<start>[^,]+),(?P<end>[^,]+))?"
)
_RULE = re.compile(rf"M(?P<month>\d\d?)\.(?P<week>[1-5])\.(?P<day>[0-6])(?:/(?P<at>{_OFFSET}))?")


class NoYearlyRule(ValueError):
    """The zone is unknown, or its clock changes cannot be said as yearly rules: send UTC."""


@dataclass(frozen=True, slots=True)
class Observance:
    """One half of a zone's year, as in RFC 5545, 3.6.5.

    ``starts``   the first onset, in the wall time that ends with it
    ``weekday``  0 is Monday, as in datetime; None, like month and ordinal, without a yearly change
    ``ordinal``  which of these weekdays in the month: 1 to 4, or -1 for the last
    """

    kind: Literal["STANDARD", "DAYLIGHT"]
    name: str
    starts: datetime
    offset_from: timedelta
    offset_to: timedelta
    month: int | None = None
    weekday: int | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    offset_from: timedelta
    offset_to: timedelta
    month: int
    weekday: int
    ordinal: int
    at: timedelta

    def onset(self, year: int) -> datetime:
        """The naive wall time of the change in ``year``, on the clock that ends with it."""
        first = date(year, self.month, 1)
        days = [first + timedelta(days=n) for n in range((self.weekday - first.weekday()) % 7, 31, 7)]
        fitting = [day for day in days if day.month == self.month]
        day = fitting[-1 if self.ordinal == -1 else self.ordinal - 1]
        return datetime.combine(day, time()) + self.at

    def change(self, year: int) -> "_Change":
        instant = (self.onset(year) - self.offset_from).replace(tzinfo=UTC)
        return _Change(instant, self.offset_from, self.offset_to)


@dataclass(frozen=True, slots=True)
class _Change:
    instant: datetime
    before: timedelta
    after: timedelta


@lru_cache(maxsize=64)
def yearly_observances(zone: str) -> tuple[Observance, ...]:
    """Return the observances of an IANA zone, earliest first onset first.

    They hold from the latest of the first onsets on, through LAST_YEAR at least; a zone whose
    clocks stand still has one. Raises NoYearlyRule for an unknown zone, and for one whose rule
    is not "the n-th weekday of a month, before midnight of that day" (RFC 8536, 3.3).
    """
    tz = _zone(zone)
    footer = _FOOTER.fullmatch(_footer(zone))
    if footer is None:
        raise NoYearlyRule(f"{zone} has no rule for the years to come")
    changes = _changes(tz)
    if footer["dst"] is None:
        return (_still(zone, _plain(footer["std"]), -_duration(footer["std_offset"]), changes),)
    rules = _rules(zone, footer)
    first_years = [_first_year(zone, rule, changes) for rule in rules]
    begins = max(rule.change(year).instant for rule, year in zip(rules, first_years, strict=True))
    if any(change.instant > begins and not _by_rule(change, rules) for change in changes):
        raise NoYearlyRule(f"{zone} breaks its own rule after {begins}")
    found = [_observance(rule, year) for rule, year in zip(rules, first_years, strict=True)]
    return tuple(sorted(found, key=lambda observance: observance.starts))


def is_ambiguous(instant: datetime, zone: str) -> bool:
    """Whether the wall clock shows this time twice, as in the doubled hour of autumn.

    Raises NoYearlyRule for an unknown zone and ValueError for a naive datetime.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} is naive: an instant needs a zone")
    before, after = _both_offsets(instant.astimezone(_zone(zone)).replace(tzinfo=None), zone)
    return before > after


def exists(wall: datetime, zone: str) -> bool:
    """Whether the wall clock ever shows this naive time: it skips an hour of spring.

    Raises NoYearlyRule for an unknown zone and ValueError for an aware datetime.
    """
    if wall.tzinfo is not None:
        raise ValueError(f"{wall!r} is aware: a wall time has no zone of its own")
    before, after = _both_offsets(wall, zone)
    return before >= after


def _both_offsets(wall: datetime, zone: str) -> tuple[timedelta, timedelta]:
    tz = _zone(zone)
    return _offset(wall.replace(tzinfo=tz, fold=0)), _offset(wall.replace(tzinfo=tz, fold=1))


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None
    return offset


def _zone(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as fault:
        raise NoYearlyRule(f"unknown zone {zone!r}") from fault


def _footer(zone: str) -> str:
    """The last line of the zone's file, a POSIX TZ string; empty in a file of version 1."""
    content = _file(zone)
    if content[:4] != b"TZif" or content[4:5] < b"2":
        return ""
    return content.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace")


def _file(zone: str) -> bytes:
    for folder in zoneinfo.TZPATH:  # in the order in which zoneinfo itself looks
        path = Path(folder, zone)
        if path.is_file():
            return path.read_bytes()
    try:
        return resources.files("tzdata").joinpath("zoneinfo", zone).read_bytes()
    except (ModuleNotFoundError, OSError) as fault:
        raise NoYearlyRule(f"no file for zone {zone!r}") from fault


def _rules(zone: str, footer: re.Match[str]) -> tuple[_Rule, _Rule]:
    standard = -_duration(footer["std_offset"])  # POSIX counts westwards
    summer = -_duration(footer["dst_offset"]) if footer["dst_offset"] else standard + _HOUR
    return (
        _rule(zone, footer["start"], footer["dst"], standard, summer),
        _rule(zone, footer["end"], footer["std"], summer, standard),
    )


def _rule(zone: str, text: str, name: str, offset_from: timedelta, offset_to: timedelta) -> _Rule:
    found = _RULE.fullmatch(text)
    at = _duration(found["at"] or "2") if found else -_HOUR
    if found is None or not timedelta(0) <= at < 24 * _HOUR:
        raise NoYearlyRule(f"{zone} changes its clocks by {text}, which no RRULE says plainly")
    week = int(found["week"])
    weekday = (int(found["day"]) - 1) % 7  # POSIX begins its week on Sunday
    ordinal = -1 if week == 5 else week
    return _Rule(_plain(name), offset_from, offset_to, int(found["month"]), weekday, ordinal, at)


def _changes(tz: ZoneInfo) -> tuple[_Change, ...]:
    """Every change of the zone's offset from FIRST_YEAR to LAST_YEAR."""
    found = []
    begin, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    before = _offset(begin.astimezone(tz))
    while begin < end:
        after = _offset((begin + _STEP).astimezone(tz))
        if before != after:
            found.append(_Change(_first_with_another(before, begin, tz), before, after))
        begin, before = begin + _STEP, after
    return tuple(found)


def _first_with_another(before: timedelta, begin: datetime, tz: ZoneInfo) -> datetime:
    low, high = 0, int(_STEP.total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        same = _offset((begin + timedelta(seconds=middle)).astimezone(tz)) == before
        low, high = (middle, high) if same else (low, middle)
    return begin + timedelta(seconds=high)


def _first_year(zone: str, rule: _Rule, changes: tuple[_Change, ...]) -> int:
    first = LAST_YEAR + 1
    while first > FIRST_YEAR and rule.change(first - 1) in changes:
        first -= 1
    if first > LAST_YEAR:
        raise NoYearlyRule(f"{zone} does not keep its own rule in {LAST_YEAR}")
    return first


def _by_rule(change: _Change, rules: tuple[_Rule, _Rule]) -> bool:
    return any(rule.change(change.instant.year) == change for rule in rules)


def _observance(rule: _Rule, first_year: int) -> Observance:
    summer = rule.offset_to > rule.offset_from  # Dublin calls its winter time the saving one
    return Observance(
        kind="DAYLIGHT" if summer else "STANDARD",
        name=rule.name,
        starts=rule.onset(first_year),
        offset_from=rule.offset_from,
        offset_to=rule.offset_to,
        month=rule.month,
        weekday=rule.weekday,
        ordinal=rule.ordinal,
    )


def _still(zone: str, name: str, offset: timedelta, changes: tuple[_Change, ...]) -> Observance:
    if not changes:
        return Observance("STANDARD", name, datetime(FIRST_YEAR, 1, 1), offset, offset)
    last = changes[-1]
    if last.instant.year == LAST_YEAR or last.after != offset:
        raise NoYearlyRule(f"{zone} still changes its clocks in {LAST_YEAR}, without a yearly rule")
    starts = last.instant.replace(tzinfo=None) + last.before
    return Observance("STANDARD", name, starts, last.before, offset)


def _plain(name: str) -> str:
    return name.strip("<>")


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = [int(part) for part in f"{text.lstrip('+-')}:0:0".split(":")][:3]
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if text.startswith("-") else length
