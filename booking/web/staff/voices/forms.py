"""The form with which staff answer what somebody told the house."""

import hashlib

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Length, ValidationError

from booking.voices import rules, states
from booking.web.labels import voice_state_label
from booking.web.public.forms import lines
from booking.web.staff.forms import SometimesNeeded, StaffForm, VersionedForm
from booking.web.staff.telling import TellingFields


class ReadForm(StaffForm):
    """A button: somebody of the house has read it."""


def _needs_words(form: Form, field: Field) -> None:
    if form["state"].data != states.CLOSED and not (field.data or "").strip():
        raise ValidationError(_l("Write what to tell the person, or close it without words."))


class AnswerForm(TellingFields, VersionedForm):
    """What became of it, and the words for the person.

    ``looked``  says which answer was shown as a mail before: another one is shown first
    """

    state = RadioField(_l("What becomes of it?"), validate_choice=False)
    words = TextAreaField(
        _l("Answer to the person"),
        description=_l(
            "Whole sentences, signed by the house. The person reads them in a mail and on a page."
        ),
        validators=[
            SometimesNeeded(),
            _needs_words,
            Length(max=rules.MOST_ANSWER, message=_l("Enter at most 5,000 characters.")),
        ],
        filters=[lines],
    )
    looked = HiddenField()

    def suit(self, kind: str, state: str) -> None:
        """Offer what something of this kind and in this state can become."""
        wanted = [one for one in (*states.ANSWERS, states.CLOSED) if states.may_become(state, one, kind=kind)]
        self.state.choices = [SelectChoice(one, voice_state_label(kind, one)) for one in wanted]
        self.state.validators = (AnyOf(wanted, message=_l("Choose what becomes of it.")),)

    def has_looked(self) -> bool:
        """Return whether just this answer was shown as it will leave."""
        return bool(self.looked.data == self._mark())

    def note_look(self) -> None:
        """Remember that this answer is shown now."""
        self.looked.data = self._mark()

    def _mark(self) -> str:
        told = f"{self.state.data}\n{self.words.data or ''}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]
