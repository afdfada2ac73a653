"""The form of weekly hours: as many rows as somebody wants, each with its own fields and errors."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField
from wtforms.validators import Optional

from booking.messages import wording
from booking.schedule.hours import Rule
from booking.schedule.weekly import MOST_RULES
from booking.web.context import language
from booking.web.labels import medium_label
from booking.web.staff.forms import VersionedForm, sent
from booking.web.staff.hours.fields import ChoiceField, DayField, MinuteField, Near
from booking.web.staff.hours.span_forms import check_window
from booking.web.staff.hours.words import ORDINALS, SCHOOL

MOST_READ = 300  # rows that are read at all
_ROW = re.compile(r"r(\d{1,4})-weekday")


class WeekForm(VersionedForm):
    """Version and preview of the weekly hours; the rows are forms of their own.

    ``seen``  the version of the hours that the person has seen a preview of
    """

    seen = HiddenField(validators=[Optional()])


class RuleRow(Form):
    """One row of weekly hours."""

    weekday = ChoiceField(_l("Weekday"))
    start = MinuteField(_l("From"))
    end = MinuteField(_l("Until"))
    overnight = BooleanField(_l("goes past midnight, until the next day"))
    weeks = ChoiceField(
        _l("Weeks"),
        [("", _l("every week")), ("0", _l("even calendar weeks")), ("1", _l("odd calendar weeks"))],
    )
    ordinal = ChoiceField(_l("Which of the month"))
    valid_from = DayField(_l("Valid from"), validators=[Near(past=20)])
    valid_until = DayField(_l("Valid until"), validators=[Near(past=20)])
    school = ChoiceField(_l("School holidays"), default="any")
    offering = ChoiceField(_l("For which offering"))
    medium = ChoiceField(_l("How people take part"))

    def __init__(self, number: int, today: date, choices: "Choices", **more: Any) -> None:
        super().__init__(prefix=f"r{number}", **more)
        self.number, self.today = number, today
        spoken = language()
        self.weekday.offer((str(day), wording.say_weekday(day + 1, spoken)) for day in range(7))
        self.ordinal.offer([("", _("each")), *((str(key), _(name)) for key, name in ORDINALS.items())])
        self.school.offer((key, _(name)) for key, name in SCHOOL.items())
        self.offering.offer(choices.offerings)
        self.medium.offer(choices.media)

    def is_empty(self) -> bool:
        """Return whether somebody has left the row as it came: without any time."""
        return not any(
            one.data is not None or "".join(one.raw_data or ()).strip() for one in (self.start, self.end)
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and the times and dates against each other."""
        is_fine = super().validate(extra_validators)
        for one in self:
            if len(one.raw_data or ()) > 1:
                one.errors = (_("This came twice. Please check it and send it again."),)
        check_window(self.start, self.end, is_overnight=bool(self.overnight.data))
        self._check_validity()
        return is_fine and not any(one.errors for one in self)

    def rule(self) -> Rule:
        """Return the rule that a valid row describes."""
        assert self.start.data is not None
        assert self.end.data is not None
        return Rule(
            weekday=int(self.weekday.data),
            start_minute=self.start.data,
            end_minute=self.end.data or (0 if self.overnight.data else 1440),
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
            parity=int(self.weeks.data) if self.weeks.data else None,
            ordinal=int(self.ordinal.data) if self.ordinal.data else None,
            offering_id=int(self.offering.data) if self.offering.data else None,
            medium=self.medium.data or None,
            school_holidays=self.school.data,
        )

    def _check_validity(self) -> None:
        first, last = self.valid_from, self.valid_until
        if not first.errors and not last.errors and first.data and last.data and last.data < first.data:
            last.errors = (_("This day lies before the first one."),)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the rows can name: offerings and media, the first for all of them."""

    offerings: list[tuple[str, str]]
    media: list[tuple[str, str]]


def choices(offerings: Sequence[tuple[int, str]]) -> Choices:
    """Return what the rows can name."""
    return Choices(
        [("", _("for all offerings")), *((str(number), title) for number, title in offerings)],
        [("", _("in every way")), *((one, medium_label(one)) for one in ("on_site", "video", "phone"))],
    )


@dataclass(slots=True)
class Rows:
    """The rows of a form."""

    today: date
    choices: Choices
    rows: list[RuleRow] = field(default_factory=list)
    fault: str = ""

    def read(self) -> None:
        """Read the rows that were sent, in the order of their numbers."""
        given = sent()
        found = sorted({int(match[1]) for name in given if (match := _ROW.fullmatch(name))})
        self.rows = [RuleRow(one, self.today, self.choices, formdata=given) for one in found[:MOST_READ]]

    def show(self, rules: Sequence[Rule]) -> None:
        """Fill rows with rules."""
        self.rows = [
            RuleRow(number, self.today, self.choices, data=_data(rule))
            for number, rule in enumerate(rules, 1)
        ]

    def add(self) -> RuleRow:
        """Add an empty row, for the weekday after that of the last one."""
        number = max((row.number for row in self.rows), default=0) + 1
        weekday = int(self.rows[-1].weekday.data or 0) + 1 if self.rows and _is_day(self.rows[-1]) else 0
        row = RuleRow(number, self.today, self.choices, data={"weekday": str(weekday % 7), "school": "any"})
        self.rows.append(row)
        return row

    def remove(self, number: int) -> None:
        """Leave out a row."""
        self.rows = [row for row in self.rows if row.number != number]

    def filled(self) -> list[RuleRow]:
        """Return the rows that somebody has written something into."""
        return [row for row in self.rows if not row.is_empty()]

    def validate(self) -> bool:
        """Check every row that is filled, and that there are not too many."""
        filled = self.filled()
        if len(filled) > MOST_RULES:
            self.fault = _(
                "These are more than %(most)s rows. Please leave some out, nothing has been saved.",
                most=MOST_RULES,
            )
        wrong = [row for row in filled if not row.validate()]
        return not wrong and not self.fault

    def rules(self) -> list[Rule]:
        """Return the rules of valid rows."""
        return [row.rule() for row in self.filled()]

    def wrong(self) -> Iterator[tuple[int, Any]]:
        """Yield the place of each row with the fields that have errors."""
        for place, row in enumerate(self.rows, 1):
            for one in row:
                if one.errors:
                    yield place, one


def _is_day(row: RuleRow) -> bool:
    return row.weekday.data in {str(day) for day in range(7)}


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "weekday": str(rule.weekday),
        "start": rule.start_minute,
        "end": rule.end_minute,
        "overnight": rule.end_minute <= rule.start_minute,
        "weeks": "" if rule.parity is None else str(rule.parity),
        "ordinal": "" if rule.ordinal is None else str(rule.ordinal),
        "valid_from": rule.valid_from,
        "valid_until": rule.valid_until,
        "school": rule.school_holidays,
        "offering": "" if rule.offering_id is None else str(rule.offering_id),
        "medium": rule.medium or "",
    }
