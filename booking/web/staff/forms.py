"""Forms of staff: fields that may come several times, and the version of what is edited."""

import re
from typing import Any, ClassVar

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FileField, HiddenField, SelectMultipleField
from wtforms.validators import ValidationError

from booking.web.public.forms import TokenForm

_SEVERAL = (SelectMultipleField, FileField)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # what no page may carry


def sent() -> MultiDict[str, str]:
    """Return what was sent without signs that are no text: whatever is shown again is a page still."""
    return MultiDict((name, _NO_TEXT.sub("", value)) for name, value in request.form.items(multi=True))


class StaffForm(TokenForm):
    """A form of staff; a list of boxes may send several values, every other field only one."""

    class Meta(TokenForm.Meta):
        """Forms of staff are read as text alone."""

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> MultiDict[str, str] | None:
            return sent() if form.is_submitted() else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field; one that came twice without being a list has no value that could be trusted."""
        several = [field for field in self if isinstance(field, _SEVERAL)]
        kept = {field.name: field.raw_data for field in several}
        for field in several:
            field.raw_data = (field.raw_data or [])[:1]
        is_fine = super().validate(extra_validators)
        for field in several:
            field.raw_data = kept[field.name]
        return is_fine


class SometimesNeeded:
    """Marks a field that is needed in some cases, so that its label does not call it optional; checks nothing."""

    field_flags: ClassVar[dict[str, bool]] = {"sometimes_needed": True}

    def __call__(self, _form: object, _field: object) -> None:
        """Let everything pass: the form, or a deed, knows when it is needed."""


class VersionedForm(StaffForm):
    """A form over something that others may edit at the same time."""

    version = HiddenField()

    def validate_version(self, field: HiddenField) -> None:
        """What was sent counts, never what the page would show now: a form without its version has seen none."""
        if self.seen_version() < 0:
            raise ValidationError(_l("The form was incomplete. Please check it and send it again."))

    def seen_version(self) -> int:
        """Return the version that the person saw; -1, which nothing has, for a missing or broken one."""
        typed = str(*(self.version.raw_data or ("",))[:1])
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
