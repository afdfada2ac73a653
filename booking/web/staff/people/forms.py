"""Forms of signing in, of passwords and of the people who work here."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from booking.crew.queries import Member
from booking.crew.rules import Details
from booking.people.permissions import ROLES
from booking.people.rules import LEAST
from booking.web.public.forms import email_field, line, no_web_address
from booking.web.staff.forms import StaffForm, VersionedForm
from booking.web.staff_letters import role_label

LANGUAGES = [SelectChoice("de", "Deutsch"), SelectChoice("en", "English")]
_MOST_TYPED = 1000


def _choices(things: Iterable[tuple[int, str]]) -> list[SelectChoice]:
    return [SelectChoice(str(number), name) for number, name in things]


class BoxesField(SelectMultipleField):
    """Several of the answers given, each with a box to tick."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]  # the base class names its own widgets
    option_widget = CheckboxInput()  # type: ignore[assignment]


def _password(label: Any, *, told: Any, **more: Any) -> PasswordField:
    return PasswordField(label, validators=[DataRequired(told), Length(max=_MOST_TYPED)], **more)


def _new_password() -> PasswordField:
    return _password(
        _l("New password"),
        told=_l("Choose a password."),
        description=_l(
            "At least %(least)s characters, any that you like. Several words are easy to remember.",
            least=LEAST,
        ),
    )


class SignInForm(StaffForm):
    """Address and password, where somebody wanted to go, and what was typed there before the sign-in ended."""

    email = email_field()
    password = _password(_l("Password"), told=_l("Enter your password."))
    next = HiddenField(validators=[Optional(), Length(max=2000)])
    kept = HiddenField(validators=[Optional()])


class AddressForm(StaffForm):
    """Whose password is to be chosen anew."""

    email = email_field()


class PasswordForm(StaffForm):
    """A first or a new password."""

    password = _new_password()


class ChangePasswordForm(StaffForm):
    """The present password, and a new one."""

    present_password = _password(_l("Present password"), told=_l("Enter your present password."))
    password = _new_password()


class OwnForm(VersionedForm):
    """What people change of their own account."""

    name = StringField(
        _l("Name"),
        validators=[DataRequired(_l("Enter your name.")), Length(max=100), no_web_address],
        filters=[line],
    )
    language = RadioField(_l("Language of our mails"), choices=LANGUAGES, validators=[DataRequired()])


class InviteForm(VersionedForm):
    """What an admin enters of somebody who is to be invited."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Enter the name.")),
            Length(max=100, message=_l("This name is too long.")),
            no_web_address,
        ],
        filters=[line],
    )
    email = email_field(missing=_l("Enter the email address."))
    language = RadioField(
        _l("Language of our mails"), choices=LANGUAGES, default="de", validators=[DataRequired()]
    )
    roles = BoxesField(_l("Roles"), validators=[DataRequired(_l("Choose at least one role."))])
    host_id = SelectField(
        _l("Person of the programme"),
        description=_l("For guides and experts: they see the dates and bookings of this person."),
        coerce=int,
        default=0,
        validators=[Optional()],
    )
    runs_all = BooleanField(_l("Coordination runs every programme, those to come, too"))
    programmes = BoxesField(
        _l("Programmes of the coordination"),
        description=_l("Where it does not run every programme."),
        coerce=int,
        validators=[Optional()],
    )

    version = HiddenField(default="1", validators=[AnyOf(("1",))])

    def suit(self, hosts: Iterable[tuple[int, str]], programmes: Iterable[tuple[int, str]]) -> None:
        """Offer what this house has."""
        self.roles.choices = [SelectChoice(role, role_label(role)) for role in ROLES]
        self.host_id.choices = [SelectChoice("0", _("none")), *_choices(hosts)]
        self.programmes.choices = _choices(programmes)
        if not self.programmes.choices:
            del self["programmes"]

    def show(self, member: Member) -> None:
        """Fill the form with what is stored."""
        stored = self.stored(member)
        for name in ("name", "language", "roles", "host_id", "runs_all", "programmes", "version"):
            if name in self:
                self[name].data = stored[name]

    def stored(self, member: Member) -> dict[str, Any]:
        """Return what is stored, by the names of the fields."""
        details = member.details
        return {
            "name": details.name,
            "language": details.language,
            "roles": [role for role in ROLES if role in details.roles],
            "host_id": details.host_id or 0,
            "runs_all": details.runs_all,
            "programmes": sorted(details.programme_ids),
            "version": str(member.version),
        }

    def details(self) -> Details:
        """Return what a valid form says."""
        return Details(
            name=self.name.data or "",
            language=self.language.data or "de",
            roles=frozenset(self.roles.data or ()),
            host_id=self.host_id.data or None,
            runs_all=bool(self.runs_all.data),
            programme_ids=frozenset(self["programmes"].data or ()) if "programmes" in self else frozenset(),
        )


class DetailsForm(InviteForm):
    """The same of somebody who is on the list: the address stays, since it proves who it is."""

    email = None  # type: ignore[assignment]  # WTForms leaves the field out
    version = HiddenField(validators=[Regexp(r"\d{1,9}\Z")])
