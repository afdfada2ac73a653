"""Forms of staff: fields that may come several times, and the version of what is edited."""

from typing import Any

from wtforms import FileField, HiddenField, SelectMultipleField
from wtforms.validators import Regexp

from booking.web.public.forms import TokenForm

_SEVERAL = (SelectMultipleField, FileField)


class StaffForm(TokenForm):
    """A form of staff; a list of boxes may send several values, every other field only one."""

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


class VersionedForm(StaffForm):
    """A form over something that others may edit at the same time."""

    version = HiddenField(validators=[Regexp(r"\d{1,9}\Z")])

    def seen_version(self) -> int:
        """Return the version that the person saw; 0, which nothing has, for a missing or broken one."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
