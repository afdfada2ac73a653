"""Fields for days and times of the clock; what was typed stays as it was typed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput, TimeInput

from booking.timekit.instants import local_date
from booking.web.context import house
from booking.web.roof import roof

_DAYS = ("%Y-%m-%d", "%d.%m.%Y")
YEARS = 5
ANY_YEAR = range(1970, 2200)  # beyond, clocks and zones have no instants to count with


class _TypedField(Field):
    """A field whose control knows one form alone: what does not fit it is shown as text, so that it is not lost."""

    def __call__(self, **attributes: Any) -> Markup:
        """Draw the control, or one for text."""
        if not self.fits_control():
            attributes["type"] = "text"
        return super().__call__(**attributes)  # type: ignore[no-any-return]

    def fits_control(self) -> bool:
        """Return whether the control of browsers can show what the field holds."""
        return self.data is not None or not "".join(self.raw_data or ())


class DayField(_TypedField):
    """A local day, or None for nothing."""

    widget = DateInput()
    data: date | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read a day as browsers send it, or as people write it."""
        text = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not text:
            return
        found = _any_day(text)
        if found is None:
            raise ValueError(_("Enter a day such as 24.12.2026."))
        if found.year not in ANY_YEAR:
            raise ValueError(_said(local_date(roof().clock(), house().zone), past=0))
        self.data = found

    def _value(self) -> str:
        if self.data is not None:
            return self.data.isoformat()
        return str(self.raw_data[0]) if self.raw_data else ""


class MinuteField(_TypedField):
    """A time of the clock in minutes after midnight, or None for nothing; 24:00 is 1440."""

    widget = TimeInput()
    data: int | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read ``9:30``, ``09:30``, ``9.30`` and ``9``."""
        text = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if text and (found := read_minute(text)) is None:
            raise ValueError(_("Enter a time such as 15:30."))
        if text:
            self.data = found

    def fits_control(self) -> bool:
        """Return whether a clock can show it: 24:00 as it was typed it cannot."""
        return super().fits_control() and not (self.data == 1440 and bool(self.raw_data))

    def _value(self) -> str:
        if self.data == 1440 and not self.raw_data:
            return "00:00"  # the controls of browsers know no 24:00
        if self.data is not None:
            return clock(self.data)
        return str(self.raw_data[0]) if self.raw_data else ""


class ChoiceField(SelectField):
    """A list to pull down; a value that it does not have is told in our words."""

    def __init__(self, label: object, options: Iterable[tuple[str, object]] = (), **more: Any) -> None:
        super().__init__(label, choices=_choices(options), validate_choice=False, **more)

    def offer(self, options: Iterable[tuple[str, object]]) -> None:
        """Let these be the options: what is sent, and what is read."""
        self.choices = _choices(options)

    def pre_validate(self, form: object) -> None:
        """Refuse what is not in the list."""
        if self.data not in {one.value for one in self.choices or ()}:
            raise ValidationError(_("Choose one of these."))


class BoxesField(SelectMultipleField):
    """Several boxes to tick; what there is not any more is told, and left out."""

    def __init__(self, label: object, **more: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **more)

    def offer(self, options: Iterable[tuple[str, object]]) -> None:
        """Let these be the boxes: what is sent, and what is read."""
        self.choices = _choices(options)

    def pre_validate(self, form: object) -> None:
        """Refuse what is not among the boxes."""
        known = {one.value for one in self.choices or ()}
        if not set(self.data or ()) <= known:
            self.data = [one for one in self.data or () if one in known]
            raise ValidationError(
                _("One of these does not exist any more. Please look at your choice again.")
            )


class Near:
    """A day not further from today than anybody plans: ``past`` and five years."""

    def __init__(self, *, past: int) -> None:
        self.past = past

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None:
            return
        today = getattr(form, "today", None) or local_date(roof().clock(), house().zone)
        first, last = today.year - self.past, today.year + YEARS
        if not first <= field.data.year <= last:
            raise ValidationError(_said(today, past=self.past))


def _said(today: date, *, past: int) -> str:
    first, last = today.year - past, today.year + YEARS
    return _("Enter a day in the years %(first)s to %(last)s.", first=str(first), last=str(last))


def clock(minute: int) -> str:
    """Return minutes after midnight as ``09:30``; 1440 as ``24:00``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def read_day(text: str) -> date | None:
    """Return the day of `2026-12-24` or `24.12.2026`, or None; also for a year that no calendar here reaches."""
    found = _any_day(text)
    return found if found is not None and found.year in ANY_YEAR else None


def _any_day(text: str) -> date | None:
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a local day has no zone
        except ValueError:
            continue
    return None


def read_minute(text: str) -> int | None:
    """Return the minutes after midnight of `9:30`, `9.30` or `9`, or None; 24:00 is 1440."""
    hour, _colon, minute = text.replace(".", ":").partition(":")
    minute = minute.partition(":")[0] or "0"
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        return None
    found = int(hour) * 60 + int(minute) if len(hour) < 3 and len(minute) < 3 else -1
    return found if 0 <= found <= 1440 and int(minute) < 60 else None


def _choices(options: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in options]  # type: ignore[arg-type]  # a lazy text, too
