"""Forms of visitors: they check shape alone; the rules of the house are checked by the deeds."""

import hashlib
import re
import secrets
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, Field, HiddenField, IntegerField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, Optional, ValidationError
from wtforms.widgets import TextInput

from booking.bookings.rules import categories
from booking.errors import N_
from booking.messages.plain import has_web_address, many_lines, one_line
from booking.web.public.access_forms import NeedsFields

MOST_PEOPLE = 999
ONCE = re.compile(r"[A-Za-z0-9_-]{22}")
_PHONE = re.compile(r"[0-9+()/ .-]{5,40}")
_A_NUMBER = N_("Enter a whole number from 0 to %(most)s, in digits.")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,3}")


class CountField(IntegerField):
    """A number of people; keeps what was typed, also "zwölf"."""

    widget = TextInput()  # type: ignore[assignment]  # a number field would drop what is no number

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.raw_data = [one_line(text) for text in valuelist]
        typed = self.raw_data[0] if self.raw_data else ""
        self.data = int(typed) if _WHOLE_NUMBER.fullmatch(typed) else None
        if typed and self.data is None:
            raise ValueError(_l(_A_NUMBER, most=MOST_PEOPLE))

    def bound(self, most: int) -> None:
        """Tell how many may come, whatever else the field could hold."""
        if self.process_errors:
            self.process_errors = (_l(_A_NUMBER, most=most),)


def line(text: str | None) -> str | None:
    """Return what was typed on one line."""
    return None if text is None else one_line(text)


def _address(text: str | None) -> str | None:
    """Without regard to case, so that people find their bookings again however they type it."""
    return None if text is None else one_line(text).lower()


def lines(text: str | None) -> str | None:
    """Return what was typed with its line ends, and without control characters."""
    return None if text is None else many_lines(text).strip()


def no_web_address(_form: FlaskForm, field: Field) -> None:
    """Our mails greet people by this name: it must not become an advertisement in a stranger's mailbox."""
    if has_web_address(field.data or ""):
        raise ValidationError(_l("Enter a name, without a web address."))


def phone_number(_form: FlaskForm, field: Field) -> None:
    """Raise ValidationError for what nobody could dial."""
    digits = sum(character.isdigit() for character in field.data or "")
    if field.data and (digits < 5 or not _PHONE.fullmatch(field.data)):
        raise ValidationError(_l("Enter a phone number in digits, for example 0341 1234567."))


def _used_once(_form: FlaskForm, field: Field) -> None:
    if not field.raw_data or not ONCE.fullmatch(field.data or ""):  # else the default would stand in
        field.data = secrets.token_urlsafe(16)
        raise ValidationError(_l("The form was incomplete. Please check it and send it again."))


def _unreadable(_form: FlaskForm, field: Field) -> None:
    if "\N{REPLACEMENT CHARACTER}" in (field.data or ""):  # bytes that were no text
        raise ValidationError(_l("Enter an email address in the form name@example.org."))


def email_field(*, is_needed: bool = True, missing: Any = None, **more: Any) -> EmailField:
    """Return a field for one mail address, empty at most if not ``is_needed``; ``missing`` is told of another's."""
    return EmailField(
        _l("Email address"),
        validators=[
            DataRequired(missing or _l("Enter your email address.")) if is_needed else Optional(),
            Length(max=254, message=_l("This email address is too long.")),
            Email(_l("Enter an email address in the form name@example.org.")),
            _unreadable,
        ],
        filters=[_address],
        **more,
    )


class TokenForm(FlaskForm):
    """A form with a CSRF token; a stale one is told as a form error and loses nothing."""

    class Meta(FlaskForm.Meta):
        """Forms are read from form fields alone: JSON and files would bring values that are no text."""

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> MultiDict[str, str] | None:
            return request.form if form.is_submitted() else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field; one that came twice has no value that could be trusted."""
        is_fine = bool(super().validate(extra_validators))
        doubled = [field for field in self if len(field.raw_data or ()) > 1]
        for field in doubled:
            field.errors = [_l("This came twice. Please check it and send it again.")]
        return is_fine and not doubled

    def is_stale(self) -> bool:
        """Return whether only the CSRF token did not fit: the cookie is missing, or another."""
        return bool(self["csrf_token"].errors)

    def forgive_token(self) -> list[str]:
        """Drop the error of the token, and return what to tell instead."""
        self["csrf_token"].errors = []
        return [
            _(
                "The form was open for a long time, or your browser keeps no cookies. Please send it once more."
            )
        ]


class TrapForm(TokenForm):
    """A form with a field that people leave empty."""

    trap = StringField(_l("Leave empty"), validators=[Optional()], filters=[line])

    def is_trapped(self) -> bool:
        """Return whether something filled in the field that people do not see."""
        return bool(self.trap.data)

    def empty_trap(self) -> list[str]:
        """Empty that field, and return what to tell a person whose browser filled it in."""
        self.trap.data = ""
        return [
            _(
                "Something filled in a hidden field, perhaps your browser. It is empty again: please send once more."
            )
        ]


class KeyedForm(TrapForm):
    """A form with a key: however often it is sent, it does what it does once."""

    once = HiddenField(validators=[_used_once], default=lambda: secrets.token_urlsafe(16))

    def key(self) -> str:
        """Return what is stored of the form's key: a hash, since the key itself leads to the link of what was sent."""
        return hashlib.sha256((self.once.data or "").encode()).hexdigest()

    def renew_key(self) -> None:
        """Give the form another key, after its first one was used."""
        self.once.data = secrets.token_urlsafe(16)


class PartyForm(KeyedForm):
    """How many people of each category come."""

    adults = CountField(_l("Adults"), default=1)
    children = CountField(_l("Children and young people"), default=0)

    def suit(self, kind: str, *, age_min: int, most: int) -> None:
        """Leave out the counts that this offering does not ask for, and tell how many it takes at most."""
        for name in {"adults", "children"} - set(categories(kind, age_min=age_min)):
            delattr(self, name)
        for field in self.party_fields():
            field.bound(most)
            if age_min and field.name == "children":
                field.description = _("The offering is for people from %(age)s years of age.", age=age_min)

    def party_fields(self) -> list[CountField]:
        """Return the counts that are asked for."""
        return [field for field in self if isinstance(field, CountField)]

    def party(self) -> dict[str, int]:
        """Return the party of a valid form; categories without people are left out."""
        return {field.name: field.data for field in self.party_fields() if field.data}


class DetailsForm(NeedsFields, TrapForm):
    """Name, address, optional phone and note of somebody who books, and what is needed to take part."""

    name = StringField(
        _l("Your name"),
        description=_l("One name for the whole group is enough."),
        validators=[
            DataRequired(_l("Enter your name.")),
            Length(max=200, message=_l("Enter at most 200 characters.")),
            no_web_address,
        ],
        filters=[line],
    )
    email = email_field(description=_l("We send the confirmation and a calendar entry to it."))
    phone = TelField(
        _l("Phone number"),
        description=_l("Only used if the date changes at short notice."),
        validators=[phone_number],
        filters=[line],
    )
    note = TextAreaField(
        _l("A question or a wish"),
        description=_l("So that we can prepare for your visit. Please write nothing about your health here."),
        validators=[Length(max=1000, message=_l("Enter at most 1,000 characters."))],
        filters=[lines],
    )

    def suit(self, *, kind: str, medium: str) -> None:
        """Ask for the question to the expert, and for the number that a call needs."""
        if kind == "consultation":
            self.note.label.text = _("Your question to the expert")
            self.note.description = _(
                "A sentence or two are enough: the expert can prepare. "
                "Please write nothing about your health here."
            )
        if medium == "phone":
            self.phone.description = _("We call you at this number.")
            missing = _("Enter the phone number at which we can call you.")
            self.phone.validators = (DataRequired(missing), *self.phone.validators)
            vars(self.phone.flags)["required"] = True


class AddressForm(TrapForm):
    """A mail address, nothing else."""

    email = email_field()


class ButtonForm(TokenForm):
    """A button that changes something."""


class MoveForm(TokenForm):
    """A button that moves a booking, and the number that a call needs."""

    phone = TelField(
        _l("Phone number"),
        description=_l("We call you at this number."),
        validators=[DataRequired(_l("Enter the phone number at which we can call you.")), phone_number],
        filters=[line],
    )
