"""Forms of what lasts: absences and closures, of whole days or between two times; and the windows of one day."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField, StringField
from wtforms.validators import DataRequired, Length, Optional

from booking.messages.plain import one_line
from booking.schedule.openings import Days
from booking.timekit.instants import at_wall, to_epoch
from booking.timekit.intervals import Span
from booking.web.context import house
from booking.web.staff.forms import StaffForm, VersionedForm, sent
from booking.web.staff.hours.fields import DayField, MinuteField, Near

MOST_DAYS = 366
MOST_WINDOWS = 8
_WINDOW = re.compile(r"w(\d)-start")


class SpanForm(StaffForm):
    """From a day until a day, both included; with times it is between two instants."""

    first_day = DayField(_l("First day"), validators=[Near(past=0)])
    first_time = MinuteField(_l("From what time (empty: the whole day)"))
    last_day = DayField(_l("Last day (empty: this one day)"), validators=[Near(past=0)])
    last_time = MinuteField(_l("Until what time (empty: the whole day)"))
    seen = HiddenField(validators=[Optional()])

    def __init__(self, today: date) -> None:
        self.today = today
        super().__init__()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and the two ends against each other."""
        is_fine = super().validate(extra_validators)
        if not any(one.errors for one in (self.first_day, self.first_time, self.last_day, self.last_time)):
            self._check()
        return is_fine and not any(one.errors for one in self)

    def when(self) -> Days | Span:
        """Return the days, or the instants in epoch seconds, of a valid form."""
        first, last = self._days()
        if self.first_time.data is None or self.last_time.data is None:
            return Days(first, last)
        return to_epoch(self._at(first, self.first_time.data)), to_epoch(self._at(last, self._end()))

    def mark(self) -> str:
        """Return what tells one span from another, for the preview that was seen."""
        return repr(self.when())

    def _days(self) -> tuple[date, date]:
        assert self.first_day.data is not None
        return self.first_day.data, self.last_day.data or self.first_day.data

    def _end(self) -> int:
        """Return the minute of the last day at which it ends; 00:00 of the one day is its midnight."""
        first, last = self._days()
        return self.last_time.data or (1440 if first == last else 0)

    @staticmethod
    def _at(day: date, minute: int) -> datetime:
        wall = time(minute // 60 % 24, minute % 60)
        return at_wall(day + timedelta(days=minute // 1440), wall, house().zone)

    def _check(self) -> None:
        if self.first_day.data is None:
            self.first_day.errors = (_("Enter the first day."),)
            return
        first, last = self._days()
        has_times = (self.first_time.data is not None, self.last_time.data is not None)
        if last < first:
            self.last_day.errors = (_("This day lies before the first one."),)
        elif (last - first).days > MOST_DAYS:
            self.last_day.errors = (_("This is longer than a year. Enter it in several parts."),)
        elif last < self.today:
            self.last_day.errors = (_("This is over already."),)
        elif any(has_times) and not all(has_times):
            missing = self.last_time if has_times[0] else self.first_time
            missing.errors = (_("Enter both times, or none for whole days."),)
        elif all(has_times) and self._at(last, self._end()) <= self._at(first, self.first_time.data or 0):
            self.last_time.errors = (
                _("The end comes before the start. If it lies on another day, enter that day."),
            )


def _line(text: str | None) -> str:
    return one_line(text or "")


class ClosureForm(SpanForm):
    """When the house is closed, and why, as visitors read it."""

    reason_de = StringField(
        _l("Reason in German"),
        validators=[
            DataRequired(_l("Enter the reason in German: visitors read it.")),
            Length(max=200, message=_l("Enter at most 200 characters.")),
        ],
        filters=[_line],
    )
    reason_en = StringField(
        _l("Reason in English"),
        validators=[Length(max=200, message=_l("Enter at most 200 characters."))],
        filters=[_line],
    )
    reason_ls = StringField(
        _l("Reason in easy language"),
        validators=[Length(max=200, message=_l("Enter at most 200 characters."))],
        filters=[_line],
    )

    def reasons(self) -> dict[str, str]:
        """Return the reasons by language, those that are told."""
        told = {"de": self.reason_de.data, "en": self.reason_en.data, "ls": self.reason_ls.data}
        return {name: words for name, words in told.items() if words}


class DayForm(VersionedForm):
    """A date with other hours than the weekly ones; the windows are forms of their own."""

    day = DayField(_l("Day"), validators=[Near(past=0)])
    is_closed = BooleanField(_l("no hours on this day"))
    seen = HiddenField(validators=[Optional()])

    def __init__(self, today: date) -> None:
        self.today = today
        super().__init__()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that there is a day, and that it is not over."""
        is_fine = super().validate(extra_validators)
        if self.day.data is None and not self.day.errors:
            self.day.errors = (_("Enter the day."),)
        elif self.day.data is not None and self.day.data < self.today and not self.day.errors:
            self.day.errors = (_("This day is over already."),)
        return is_fine and not self.day.errors


class WindowRow(Form):
    """From when until when on the day."""

    start = MinuteField(_l("From"))
    end = MinuteField(_l("Until"))
    overnight = BooleanField(_l("goes past midnight, until the next day"))

    def is_empty(self) -> bool:
        """Return whether nothing was typed."""
        return not any(
            one.data is not None or "".join(one.raw_data or ()).strip() for one in (self.start, self.end)
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the two times, against each other too."""
        super().validate(extra_validators)
        check_window(self.start, self.end, is_overnight=bool(self.overnight.data))
        return not self.start.errors and not self.end.errors

    def window(self) -> tuple[int, int]:
        """Return start and end in minutes after midnight."""
        assert self.start.data is not None
        return self.start.data, self.end.data or (0 if self.overnight.data else 1440)


def check_window(start: MinuteField, end: MinuteField, *, is_overnight: bool) -> None:
    """Tell at the fields what is missing, and an end before its start unless the night is meant."""
    if start.data is None and not start.errors:
        start.errors = (_("Enter from when."),)
    if end.data is None and not end.errors:
        end.errors = (_("Enter until when."),)
    if start.errors or end.errors or start.data is None or end.data is None:
        return
    if start.data == 1440:
        start.errors = (_("A day ends at 24:00. Begin at 00:00 of the next day."),)
    elif (end.data or 1440) <= start.data and not is_overnight:
        told = _("The end comes before the start. If it lies on the next day, tick “goes past midnight”.")
        end.errors = (told,)
    elif is_overnight and end.data > start.data:
        end.errors = (_("These hours end on the same day. Take the tick at “goes past midnight” away."),)


@dataclass(slots=True)
class Windows:
    """The windows of a form."""

    rows: list[WindowRow] = field(default_factory=list)

    def read(self) -> None:
        """Read the windows that were sent, and offer one more."""
        given = sent()
        found = sorted({int(match[1]) for name in given if (match := _WINDOW.fullmatch(name))})
        self.rows = [WindowRow(prefix=f"w{one}", formdata=given) for one in found[:MOST_WINDOWS]]

    def show(self, windows: tuple[tuple[int, int], ...]) -> None:
        """Fill windows, and offer empty ones up to four."""
        shown = [
            {"start": start, "end": end, "overnight": end <= start} for start, end in windows[:MOST_WINDOWS]
        ]
        empty: list[dict[str, Any]] = [
            {} for _n in range(max(0, min(MOST_WINDOWS, max(4, len(shown) + 1)) - len(shown)))
        ]
        self.rows = [WindowRow(prefix=f"w{number}", data=one) for number, one in enumerate([*shown, *empty])]

    def validate(self) -> bool:
        """Check every window into which something was typed."""
        wrong = [row for row in self.rows if not row.is_empty() and not row.validate()]
        return not wrong

    def windows(self) -> list[tuple[int, int]]:
        """Return the windows of valid rows."""
        return [row.window() for row in self.rows if not row.is_empty()]
