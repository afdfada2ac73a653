"""The form of a host: names, kind, languages, what he or she can give, active or not."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp

from booking.messages.plain import one_line
from booking.schedule.host_queries import HostPage
from booking.schedule.hosting import HostWish
from booking.web.staff.forms import VersionedForm
from booking.web.staff.hours.fields import BoxesField, ChoiceField
from booking.web.staff.hours.host_words import kind_choices, language_choices

_LONG = Length(max=100, message=_l("Enter at most 100 characters."))


def _line(text: str | None) -> str:
    return one_line(text or "")


class HostForm(VersionedForm):
    """A host as staff edit it.

    ``despite``  of how many dates to come the person knows who sets somebody inactive
    """

    first_name = StringField(
        _l("First name"), validators=[DataRequired(_l("Enter the first name.")), _LONG], filters=[_line]
    )
    last_name = StringField(_l("Last name"), validators=[_LONG], filters=[_line])
    kind = ChoiceField(_l("Kind"))
    languages = BoxesField(_l("Languages"))
    email = EmailField(
        _l("Email address"),
        description=_l("Only for people without an account here: they get their dates by mail."),
        validators=[Optional(), _LONG, Email(_l("This does not look like an email address."))],
        filters=[_line],
    )
    skills = BoxesField(_l("Can give"))
    fixed = BoxesField(_l("Takes part always"))
    topics = BoxesField(_l("Knows these topics, too"))
    is_active = BooleanField(_l("active: can be booked and planned"), default=True)
    despite = HiddenField(validators=[Optional(), Regexp(r"\d{1,6}\Z")])

    def suit(self, *, offerings: Sequence[tuple[int, str, str]], topics: Sequence[tuple[int, str]]) -> None:
        """Offer what the house has."""
        given = [(str(number), title) for number, title, _kind in offerings]
        self.kind.offer(kind_choices())
        self.languages.offer(language_choices())
        self.skills.offer(given)
        self.fixed.offer(given)
        self.topics.offer((str(number), name) for number, name in topics)

    def fill(self, found: Mapping[str, Any]) -> None:
        """Show what is stored."""
        for name, value in found.items():
            self[name].data = value

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that at least one language is spoken."""
        is_fine = super().validate(extra_validators)
        if not self.languages.data and not self.languages.errors:
            self.languages.errors = (_("Choose at least one language."),)
        return is_fine and not self.languages.errors

    def wish(self) -> HostWish:
        """Return the host that a valid form describes; whoever always takes part in something can give it."""
        fixed = {int(one) for one in self.fixed.data or ()}
        skills = {int(one) for one in self.skills.data or ()} | fixed
        return HostWish(
            kind=self.kind.data,
            first_name=self.first_name.data or "",
            last_name=self.last_name.data or "",
            languages=tuple(self.languages.data or ()),
            email=self.email.data or "",
            is_active=bool(self.is_active.data),
            skills={one: one in fixed for one in sorted(skills)},
            topics=frozenset(int(one) for one in self.topics.data or ()),
        )


def stored(found: HostPage) -> dict[str, Any]:
    """Return what a host is, as the form holds it."""
    return {
        "version": str(found.version),
        "first_name": found.first_name,
        "last_name": found.last_name,
        "kind": found.kind,
        "languages": list(found.languages),
        "email": found.email,
        "skills": [str(one) for one in sorted(found.skills)],
        "fixed": [str(one) for one, is_fixed in sorted(found.skills.items()) if is_fixed],
        "topics": [str(one) for one in sorted(found.topics)],
        "is_active": found.is_active,
    }
