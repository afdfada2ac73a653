"""Forms of staff over a booking: they check shape alone; the rules are checked by the deeds."""

import hashlib
import secrets
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Regexp

from booking.bookings.cancelling import BY_HOUSE, BY_VISITOR
from booking.bookings.rules import categories
from booking.bookings.staff_models import LONGEST_NOTE
from booking.web.public.forms import (
    ONCE,
    CountField,
    email_field,
    line,
    lines,
    no_web_address,
    phone_number,
)
from booking.web.staff.forms import SometimesNeeded, StaffForm, VersionedForm
from booking.web.staff.telling import TellingFields

F = TypeVar("F", bound=StaffForm)
_COUNTS = ("adults", "children", "pupils", "companions")
_UNWATCHED = ("csrf_token", "version", "shown", "tell", "once")


def options(*pairs: tuple[str, object]) -> list[SelectChoice]:
    """Return given answers: what is sent, and what people read."""
    return [SelectChoice(value, label) for value, label in pairs]  # type: ignore[arg-type]  # a lazy text, too


def numbered(form: F, number: object) -> F:
    """Return a form whose fields have ids of their own, for a page with several of its kind."""
    for field in form:
        field.id = f"{field.id}-{number}"
    return form


class PreviewedForm(TellingFields, VersionedForm):
    """A form whose mail is shown before it is sent: what is sent is what was shown."""

    shown = HiddenField(validators=[Length(max=64)])

    def was_shown(self) -> bool:
        """Return whether the page has shown the mail for exactly this."""
        return bool(self.shown.data == self._fingerprint())

    def show(self) -> None:
        """Note that the page shows the mail for this."""
        self.shown.data = self._fingerprint()

    def _fingerprint(self) -> str:
        typed = [(field.name, str(field.data)) for field in self if field.name not in _UNWATCHED]
        return hashlib.sha256(repr(sorted(typed)).encode()).hexdigest()


class CountsFields(Form):
    """Mixin: how many people of each category come; staff may go beyond the bounds of a booking, knowingly."""

    adults = CountField(_l("Adults"), default=0)
    children = CountField(_l("Children and young people"), default=0)
    pupils = CountField(_l("Pupils"), default=0)
    companions = CountField(_l("Adults with the class"), default=0)
    overrules = BooleanField(
        _l("I know the bounds and the lead time of this offering, and book all the same.")
    )

    def suit(self, kind: str, *, age_min: int) -> None:
        """Leave out the counts that this offering does not ask for."""
        for name in set(_COUNTS) - set(categories(kind, age_min=age_min)):
            delattr(self, name)

    def count_fields(self) -> list[CountField]:
        """Return the counts that are asked for."""
        return [field for field in self if isinstance(field, CountField) and field.name in _COUNTS]

    def party(self) -> dict[str, int]:
        """Return the party; categories without people are left out."""
        return {field.name: field.data for field in self.count_fields() if field.data}


class CountsForm(CountsFields, PreviewedForm):
    """Another number of people for a booking."""


class CancelForm(PreviewedForm):
    """Why a booking is cancelled; for whom it is done makes another mail and another count."""

    kind = RadioField(
        _l("Why is it cancelled?"),
        choices=options(
            (BY_VISITOR, _l("The visitor called: they cannot come")),
            (BY_HOUSE, _l("The house cannot: something is wrong on our side")),
        ),
        validators=[
            AnyOf((BY_VISITOR, BY_HOUSE), message=_l("Choose who cancels: the mail and the figures differ."))
        ],
        validate_choice=False,
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l(
            "Needed when the house cancels: it stands in the mail. Nothing about anybody’s health."
        ),
        validators=[SometimesNeeded(), Length(max=300, message=_l("Enter at most 300 characters."))],
        filters=[lines],
    )


class OwnCancelForm(PreviewedForm):
    """Why an expert cannot give an own consultation."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("It stands in the mail to the visitor. Nothing about anybody’s health."),
        validators=[
            DataRequired(_l("Enter the reason. It stands in the mail to the visitor.")),
            Length(max=300, message=_l("Enter at most 300 characters.")),
        ],
        filters=[lines],
    )


class MoveForm(PreviewedForm):
    """A button that moves a booking; a number where a call needs one, a reason where an expert moves."""

    phone = TelField(
        _l("Phone number"),
        description=_l("The number at which we call the person."),
        validators=[DataRequired(_l("Enter the number at which we can call the person.")), phone_number],
        filters=[line],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("For the other members of staff. It stands among the notes of the booking."),
        validators=[
            DataRequired(_l("Enter the reason.")),
            Length(max=300, message=_l("Enter at most 300 characters.")),
        ],
        filters=[lines],
    )


class ContactForm(PreviewedForm):
    """How somebody who booked is called and reached."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Enter the name.")),
            Length(max=200, message=_l("Enter at most 200 characters.")),
            no_web_address,
        ],
        filters=[line],
    )
    email = email_field(
        is_needed=False, description=_l("Left empty: the person gets no mails and is phoned.")
    )
    phone = TelField(_l("Phone number"), validators=[phone_number], filters=[line])


class NoteForm(StaffForm):
    """A note beside a booking."""

    words = TextAreaField(
        _l("New note"),
        description=_l(
            "For staff alone; it is in no mail, and deleted with the booking. Nothing about health."
        ),
        validators=[
            DataRequired(_l("Enter the note.")),
            Length(max=LONGEST_NOTE, message=_l("Enter at most 1,000 characters.")),
        ],
        filters=[lines],
    )


class HoldBackForm(VersionedForm):
    """How many places of a date are held back, and until when."""

    places = CountField(
        _l("Places for phone and desk"),
        description=_l("The public does not see them as free. 0 releases all of them now."),
        validators=[InputRequired(_l("Enter a number, in digits."))],
    )
    minutes = SelectField(
        _l("When is the rest free for everybody?"),
        choices=options(
            ("", _l("never by itself")),
            ("0", _l("at the start")),
            ("60", _l("1 hour before the start")),
            ("120", _l("2 hours before the start")),
            ("240", _l("4 hours before the start")),
            ("1440", _l("1 day before the start")),
            ("2880", _l("2 days before the start")),
            ("10080", _l("1 week before the start")),
        ),
        default="120",
    )

    def minutes_before(self) -> int | None:
        """Return how long before the start the rest is free, in minutes, or None: never."""
        return int(self.minutes.data) if self.minutes.data else None


class LetInForm(StaffForm):
    """People who stand there: the date and how many they are, in one button or typed."""

    once = HiddenField(
        validators=[Regexp(ONCE, message=_l("The form was incomplete. Please check it and send it again."))],
        default=lambda: secrets.token_urlsafe(16),
    )
    press = HiddenField(validators=[Regexp(r"\d{0,3}\Z")])
    people = CountField(_l("How many"))

    def key(self) -> str:
        """Return what is stored of the form's key."""
        return hashlib.sha256((self.once.data or "").encode()).hexdigest()

    def number(self) -> int:
        """Return how many people stand there: the button that was pressed, else what was typed."""
        return int(self.press.data) if self.press.data else (self.people.data or 0)


def suits_mail_language(spoken: str) -> str:
    """Return a language of mails as staff call it."""
    return {"de": _("German"), "en": _("English"), "ls": _("German, easy language")}[spoken]
