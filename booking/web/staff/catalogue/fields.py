"""Fields of the catalogue's forms: whole numbers, lengths of time as people say them, choices, addresses of pages."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from booking.messages.plain import one_line
from booking.web.public.forms import line, lines
from booking.web.staff.forms import SometimesNeeded

_WHOLE = re.compile(r"[0-9]{1,9}")
UNITS = {"days": 1440, "hours": 60, "minutes": 1}
UNIT_LABELS = (("minutes", _l("minutes")), ("hours", _l("hours")), ("days", _l("days")))
LANGUAGES = ("de", "en", "ls")


class WholeField(IntegerField):
    """A whole number between bounds, both included; keeps what was typed, and may stay empty unless it is needed."""

    widget = TextInput()  # type: ignore[assignment]  # a number field would drop what is no number

    def __init__(self, label: Any, *, least: int, most: int, is_needed: bool = True, **more: Any) -> None:
        super().__init__(label, **more)
        self.least, self.most, self.is_needed = least, most, is_needed
        self.flags.required = is_needed  # type: ignore[attr-defined]

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.raw_data = [one_line(text) for text in valuelist]
        typed = self.raw_data[0] if self.raw_data else ""
        self.data = int(typed) if _WHOLE.fullmatch(typed) else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no number within the bounds."""
        typed = self.raw_data[0] if self.raw_data else ""
        if not typed and not self.is_needed:
            return
        if self.data is None or not self.least <= self.data <= self.most:
            message = _l("Enter a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)
            raise ValidationError(message)


class ChoiceField(SelectField):
    """One of several answers; an unknown one is told in a sentence."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, **more)
        self.flags.required = True  # type: ignore[attr-defined]

    def __call__(self, **more: Any) -> Any:
        """Draw it without the attribute: there is an answer always, and it may be an empty one."""
        return super().__call__(**{"required": False} | more)

    def pre_validate(self, form: Any) -> None:
        """Refuse what the list does not have."""
        if str(self.data) not in {str(value) for value, *_more in self.iter_choices()}:
            raise ValidationError(_l("Please choose from the list."))


class BoxesField(SelectMultipleField):
    """Boxes to tick, any number of them."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]  # boxes, no list to pull down
    option_widget = CheckboxInput()  # type: ignore[assignment]

    def pre_validate(self, form: Any) -> None:
        """Refuse what the list does not have: it was taken away, or never was there."""
        known = {str(value) for value, *_more in self.iter_choices()}
        if any(str(one) not in known for one in self.data or ()):
            raise ValidationError(_l("One of these is not in the list any more. Please choose again."))


def text_field(label: Any, *, most: int, is_needed: bool = False, **more: Any) -> StringField:
    """Return a field for one line."""
    return StringField(label, validators=_checks(most, is_needed=is_needed), filters=[line], **more)


def title_field(label: Any, *, most: int, is_needed: bool = False, **more: Any) -> TextAreaField:
    """Return a field for a title: one line in what is stored, though it may need two on a narrow screen."""
    return TextAreaField(label, validators=_checks(most, is_needed=is_needed), filters=[line], **more)


def area_field(label: Any, *, most: int, is_needed: bool = False, **more: Any) -> TextAreaField:
    """Return a field for several lines."""
    return TextAreaField(label, validators=_checks(most, is_needed=is_needed), filters=[lines], **more)


def sometimes_needed(field: Any) -> Any:
    """Return a field that is needed before something is public: its label does not call it optional."""
    field.kwargs["validators"] = [SometimesNeeded(), *field.kwargs["validators"]]
    return field


def _checks(most: int, *, is_needed: bool) -> list[Any]:
    checks: list[Any] = [Length(max=most, message=_l("At most %(most)s characters.", most=most))]
    return [DataRequired(_l("Please fill this in.")), *checks] if is_needed else checks


def https(_form: Any, field: Field) -> None:
    """Refuse what is no https address of a page."""
    if field.data and not is_https(field.data):
        raise ValidationError(_l("Enter a whole address that begins with https://"))


def is_https(text: str) -> bool:
    """Return whether a text is the https address of a page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and " " not in text


def span_of(minutes: int) -> tuple[int, str]:
    """Return a length of time as people say it: the number and the largest unit that fits, from ``UNITS``."""
    unit = next((name for name, size in UNITS.items() if minutes and minutes % size == 0), "hours")
    return minutes // UNITS[unit], unit


def minutes_of(number: int | None, unit: str) -> int:
    """Return the minutes of a number of units."""
    return (number or 0) * UNITS[unit]


class NamesFields(Form):
    """Mixin of forms: the name of a thing in three languages."""

    name_de = text_field(_l("Name in German"), most=120, is_needed=True)
    name_en = text_field(_l("Name in English"), most=120)
    name_ls = text_field(_l("Name in easy language"), most=120)

    def names(self) -> dict[str, str]:
        """Return the names that are there, by language."""
        typed = {language: self[f"name_{language}"].data or "" for language in LANGUAGES}
        return {language: name for language, name in typed.items() if name}


def names_data(names: Any) -> dict[str, str]:
    """Return names as the form holds them."""
    return {f"name_{language}": names.get(language, "") for language in LANGUAGES}


def numbers(values: Sequence[str] | None) -> tuple[int, ...]:
    """Return the ids that were ticked."""
    return tuple(int(one) for one in values or () if one.isascii() and one.isdigit())
