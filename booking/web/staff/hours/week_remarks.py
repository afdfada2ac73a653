"""What the preview says of each row: its next dates, rows that overlap, rows that never come."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from booking.schedule import previewing, rule_dates
from booking.web.context import house
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
    said = ["; ".join(dated(day) for day in dates) for dates in found]
    return Remarks(told, dict(zip([row.number for row in rows.filled()], said, strict=True)))
