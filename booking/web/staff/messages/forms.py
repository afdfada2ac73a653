"""Forms of mail texts: one field for each passage of a kind of mail, checked as the mail would use it."""

from collections.abc import Mapping

from flask_babel import gettext as _
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import ValidationError

from booking.messages import passages
from booking.messages.staff_refusals import UnfitText
from booking.web.errors import say
from booking.web.public.forms import line, lines
from booking.web.staff.forms import StaffForm, VersionedForm
from booking.web.staff.messages.names import passage_label


class TextsForm(VersionedForm):
    """The own words for one kind of mail in one language; an empty field keeps the standard text."""

    subject = StringField(filters=[line])
    opening = TextAreaField(filters=[lines])
    extra = TextAreaField(filters=[lines])
    bring = TextAreaField(filters=[lines])
    closing = TextAreaField(filters=[lines])
    signature = TextAreaField(filters=[lines])

    def suit(self, kind: str) -> None:
        """Ask for the passages that this kind of mail has, and check what is typed as that mail would use it."""
        for name in passages.LENGTHS:
            if name in passages.PASSAGES[kind]:
                self[name].label.text = passage_label(name)
                self[name].validators = (_fits(kind),)
            else:
                del self[name]

    def fill(self, texts: Mapping[str, str], *, version: int) -> None:
        """Show what is stored."""
        self.version.data = str(version)
        for field in self.passages():
            field.data = texts[field.name]

    def passages(self) -> list[Field]:
        """Return the fields of passages, in the order of a mail."""
        return [self[name] for name in passages.LENGTHS if name in self]

    def texts(self) -> dict[str, str]:
        """Return what was typed, by passage."""
        return {str(field.name): str(field.data or "") for field in self.passages()}


def _fits(kind: str):  # type: ignore[no-untyped-def]  # what WTForms calls a validator
    def check(_form: Form, field: Field) -> None:
        try:
            passages.check(field.data or "", passage=field.name, kind=kind)
        except UnfitText as refusal:
            raise ValidationError(say(refusal)) from refusal

    return check


class TestMailForm(StaffForm):
    """A button that sends the mail that is shown to whoever presses it."""

    __test__ = False  # pytest would take it for a test


def nothing_changed() -> str:
    """Return what to tell somebody who saved what stood there already."""
    return _("Nothing was changed: these words were stored already.")
