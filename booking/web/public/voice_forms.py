"""Forms in which people tell us something: an idea, or a barrier that they met."""

import re
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from booking.voices.rules import MOST_WORDS, WHO
from booking.web.labels import who_label
from booking.web.public.forms import KeyedForm, email_field, line, lines, no_web_address
from booking.web.security import hide_tokens, plain_path

_ORIGIN = re.compile(r"(?:[a-z][a-z0-9+.-]*://[^/]*|[^/\s]+\.[^/\s]+(?=/))", re.IGNORECASE)
_JOINERS = re.compile("[\u200c\u200d]")
_MOST_PAGE = 300
_MOST_TYPED = 4000


def page_told(text: str | None) -> str:
    """Return the path of a page that somebody names, by its path or its whole address, without query and secrets.

    It is decoded before anything is looked for in it: what is hidden by
    percent-encoding counts as if it stood there.  What is no address stays as
    it is, for the person to mend; it is not stored.
    """
    typed = _JOINERS.sub("", line(plain_path((text or "")[:_MOST_TYPED])) or "")
    address = re.split("[?#]", typed, maxsplit=1)[0].replace("\\", "/").strip()
    path = re.sub("/{2,}", "/", _ORIGIN.sub("", address, count=1) if _ORIGIN.match(address) else address)
    return hide_tokens(path)[:_MOST_PAGE].rstrip() or ("/" if "://" in address else "")


def _name_told(text: str | None) -> str | None:
    return None if text is None else hide_tokens(line(text) or "")


def _told(text: str | None) -> str | None:
    """Somebody may paste the link of a booking: whoever reads this must not be able to open it."""
    return None if text is None else hide_tokens(lines(text) or "")


def _is_path(_form: FlaskForm, field: Field) -> None:
    if field.data and not field.data.startswith("/"):
        raise ValidationError(_l("Enter the address of the page as your browser shows it, or nothing."))


def _is_offered(_form: FlaskForm, field: SelectField) -> None:
    field.data = field.data or ""  # where the house has no topics, nothing is asked
    if field.data not in {value for value, *_rest in field.iter_choices()}:
        field.data = ""
        raise ValidationError(_l("Choose a topic from the list, or none."))


_WHO_IS_MISSING = _l("Choose what fits best.")


def _name() -> StringField:
    return StringField(
        _l("Your name"),
        description=_l("So that we can address you."),
        validators=[Length(max=200, message=_l("Enter at most 200 characters.")), no_web_address],
        filters=[_name_told],
    )


def _email() -> EmailField:
    told = _l("We need it to answer you. Without it, the page after this one shows our answer.")
    return email_field(is_needed=False, description=told)


class VoiceForm(KeyedForm):
    """What somebody tells us, and whom we may answer; the fields stand in the order of the page."""

    name: StringField
    email: EmailField
    words = TextAreaField(
        _l("What do you want to tell us?"),
        validators=[
            DataRequired(_l("Write a few words.")),
            Length(max=MOST_WORDS, message=_l("Enter at most 3,000 characters.")),
        ],
        filters=[_told],
    )


class IdeaForm(VoiceForm):
    """An idea, as whom, and for which topic."""

    who = RadioField(
        _l("Who you are"),
        validators=[InputRequired(_WHO_IS_MISSING), AnyOf(WHO, message=_WHO_IS_MISSING)],
        validate_choice=False,
    )
    topic = SelectField(_l("Topic"), validators=[_is_offered], validate_choice=False)
    name = _name()
    email = _email()

    def suit(self, topics: Sequence[tuple[str, str]], *, asked: str) -> None:
        """Offer the topics of the house, with the one in the address of the page as the first choice."""
        self.words.label.text = _("Your idea")
        self.words.description = _(
            "What would be good for the city, for whom, and why? A few sentences are enough."
        )
        self.who.choices = [(who, who_label(who)) for who in WHO]
        self.topic.choices = [("", _("No topic, or I do not know")), *topics]
        if not self.is_submitted():
            self.topic.data = asked if asked in dict(topics) else ""


class BarrierForm(VoiceForm):
    """A barrier, and the page on which it was met."""

    page = StringField(
        _l("Page"),
        description=_l(
            "The address of the page on which you met the barrier. Leave it empty if it was in the house."
        ),
        validators=[_is_path],
        filters=[page_told],
    )
    name = _name()
    email = _email()

    def suit(self, *, asked: str) -> None:
        """Fill in the page from which somebody comes."""
        self.words.label.text = _("What did not work?")
        self.words.description = _(
            "For example: what you wanted to do, and with which device or aid. "
            "Please write nothing about your health that we need not know."
        )
        if not self.is_submitted():
            path = page_told(asked)
            self.page.data = path if path.startswith("/") else ""
