"""What the preview says of each row: its next dates, rows that overlap, rows that never come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from booking.schedule import previewing, rule_dates
from booking.schedule.closures import closed_days
from booking.web.context import house, language
from booking.web.staff.hours import subjects
from booking.web.staff.hours.subjects import Subject
from booking.web.staff.hours.week_forms import Rows
from booking.web.staff.hours.words import dated

_MOST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class Remarks:
    """Warnings for the whole, and the next dates of each row by its number."""

    warnings: list[str] = field(default_factory=list)
    dates: Mapping[int, str] = field(default_factory=dict)


def say_dates(found: Sequence[Sequence[date]]) -> list[str]:
    """Return dates in words, for each of several rows; those on which the house is closed say so."""
    days = [day for dates in found for day in dates]
    if not days:
        return ["" for _dates in found]
    closed = closed_days(house(), min(days), max(days), language=language())
    return ["; ".join(_said(day, closed.get(day, "")) for day in dates) for dates in found]


def _said(day: date, why: str) -> str:
    return _("%(day)s (closed: %(name)s)", day=dated(day), name=why) if why else dated(day)


def remarks(subject: Subject, rows: Rows) -> Remarks:
    """Return what somebody may not have meant, and when each row comes next."""
    today, rules = subjects.today(), rows.rules()
    places = [place for place, row in enumerate(rows.rows, 1) if not row.is_empty()]
    known = previewing.loaded(house(), subject.of, today, today)
    pairs = rule_dates.overlapping(rules, known, subject.of, today=today)
    told = [
        _(
            "Rows %(one)s and %(other)s overlap: where they do, the hours count once.",
            one=places[one],
            other=places[other],
        )
        for one, other in pairs[:_MOST_PAIRS]
    ]
    found = [rule_dates.next_dates(rule, known, subject.of, today=today) for rule in rules]
    told += [
        _("Row %(row)s never comes within the next 400 days.", row=place)
        for place, dates in zip(places, found, strict=True)
        if not dates
    ]
    said = say_dates(found)
    return Remarks(told, dict(zip([row.number for row in rows.filled()], said, strict=True)))
