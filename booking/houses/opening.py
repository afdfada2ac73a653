"""When a house is open: weekly rules of its file; pure.

The section ``[opening]`` has ``hours``, a list of texts such as "tue-thu 10:00-18:00", "1st sat 11:00-16:00" or
"last fri 18:00-24:00" (wall time of the house), and may have ``[opening.notes]``, a sentence by language.  On
state holidays and closures the house is closed unless it opens on purpose; this module knows neither.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDINALS: Mapping[str, int] = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1}
SHAPE = 'a text such as "tue-thu 10:00-18:00" or "1st sat 11:00-16:00"'
_DAY = "|".join(WEEKDAYS)
_RULE = re.compile(
    rf"(?:(?P<ordinal>{'|'.join(ORDINALS)}) )?(?P<first>{_DAY})(?:-(?P<last>{_DAY}))? "
    r"(?P<from>\d\d:\d\d)-(?P<to>\d\d:\d\d)"
)
Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """Hours on weekdays (1 is Monday) that follow one another; minutes after midnight, 1440 is 24:00.

    ``ordinal``  which of these weekdays in its month, -1 for the last; None for each
    """

    first: int
    last: int
    start: int
    end: int
    ordinal: int | None = None

    def is_of(self, day: date) -> bool:
        """Return whether the rule opens the house on a day."""
        if not self.first <= day.isoweekday() <= self.last:
            return False
        if self.ordinal == -1:
            return (day + timedelta(days=7)).month != day.month
        return self.ordinal in (None, (day.day - 1) // 7 + 1)


@dataclass(frozen=True, slots=True)
class Opening:
    """The hours of a house; without rules nothing is said of them."""

    rules: tuple[Rule, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def windows(self, day: date) -> Sequence[Window]:
        """Return the hours of a day in order, in minutes after midnight; those that touch are one."""
        found: list[Window] = []
        for start, end in sorted((rule.start, rule.end) for rule in self.rules if rule.is_of(day)):
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found


def opening(data: Mapping[str, Any]) -> Opening:
    """Return the hours that a fit file tells."""
    section = data.get("opening", {})
    return Opening(tuple(_rule(text) for text in section.get("hours", [])), section.get("notes", {}))


def opening_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the section of a file, in words for whoever writes it."""
    section = data.get("opening", {})
    if not isinstance(section, dict):
        return  # told as a misshapen section
    yield from (f"opening.{name} is not known" for name in section if name not in ("hours", "notes"))
    hours = section.get("hours", [])
    if not isinstance(hours, list):
        yield f"opening.hours must be a list of texts, not {hours!r}"
    else:
        yield from (f"opening.hours: {text!r} is not {SHAPE}" for text in hours if not _is_rule(text))
    notes = section.get("notes", {})
    if not isinstance(notes, dict) or not all(isinstance(text, str) for text in notes.values()):
        yield "opening.notes must be a section with a text for each language"


def _is_rule(text: object) -> bool:
    try:
        rule = _rule(str(text))
    except ValueError:
        return False
    return rule.first <= rule.last and rule.start < rule.end <= 1440


def _rule(text: str) -> Rule:
    """Return what a text says; raises ValueError for one that is no rule."""
    said = _RULE.fullmatch(text)
    if said is None:
        raise ValueError(text)
    first = WEEKDAYS.index(said["first"]) + 1
    return Rule(
        first=first,
        last=WEEKDAYS.index(said["last"]) + 1 if said["last"] else first,
        start=_minute(said["from"]),
        end=_minute(said["to"]),
        ordinal=ORDINALS[said["ordinal"]] if said["ordinal"] else None,
    )


def _minute(text: str) -> int:
    hour, minute = (int(part) for part in text.split(":"))
    if minute > 59:
        raise ValueError(text)
    return hour * 60 + minute
