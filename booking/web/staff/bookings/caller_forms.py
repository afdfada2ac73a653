"""The form with which staff book for somebody who calls or stands at the desk."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TelField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, Regexp

from booking.bookings.access_queries import Need
from booking.bookings.access_refusals import CompanionNotCounted, NeedRefused
from booking.bookings.access_rules import NOTHING_ASKED, Asked, DateFacts
from booking.bookings.confirming import Contact
from booking.web.public.access_forms import NeedsFields
from booking.web.public.forms import ONCE, email_field, line, lines, no_web_address, phone_number
from booking.web.staff.bookings.forms import CountsFields, options
from booking.web.staff.forms import StaffForm
from booking.web.staff.telling import TellingFields


class CallerForm(NeedsFields, CountsFields, TellingFields, StaffForm):
    """Who calls, how many come, and what they need; sent twice it books once."""

    overrules_lead = True
    asks_for_consent = _l(
        "Ask the person whether we may store this, and tick the box if so. Without it, nothing can be arranged."
    )
    once = HiddenField(
        validators=[Regexp(ONCE, message=_l("The form was incomplete. Please check it and send it again."))],
        default=lambda: secrets.token_urlsafe(16),
    )
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
        is_needed=False, description=_l("Without one nothing is mailed: print the slip instead.")
    )
    phone = TelField(
        _l("Phone number"),
        description=_l("So that we can call if something changes."),
        validators=[phone_number],
        filters=[line],
    )
    mail_language = RadioField(
        _l("Language of the mails and the slip"),
        choices=options(("de", _l("German")), ("ls", _l("German, easy language")), ("en", _l("English"))),
        default="de",
        validators=[AnyOf(("de", "en", "ls"), message=_l("Choose the language."))],
        validate_choice=False,
    )
    note = TextAreaField(
        _l("A question or a wish"),
        description=_l("Nothing about health: that belongs below, with consent."),
        validators=[Length(max=1000, message=_l("Enter at most 1,000 characters."))],
        filters=[lines],
    )
    uses_kept = BooleanField(_l("Use the places that are held back for phone and desk."), default=True)

    def key(self) -> str:
        """Return what is stored of the form's key."""
        return hashlib.sha256((self.once.data or "").encode()).hexdigest()

    def renew_key(self) -> None:
        """Give the form another key, after its first one was used."""
        self.once.data = secrets.token_urlsafe(16)

    def suit_call(self, *, medium: str, kept: int) -> None:
        """Ask for the number that a call needs, and for what is held back where something is."""
        if medium == "phone":
            missing = _("Enter the number at which we can call the person.")
            self.phone.validators = (DataRequired(missing), *self.phone.validators)
            vars(self.phone.flags)["required"] = True
        if not kept:
            del self.uses_kept
        if "needs_consent" in self:
            self.needs_consent.label.text = _(
                "I have read this aloud, and the person agrees that we store what is ticked and written here."
            )

    def suit_needs(self, facts: DateFacts, *, people: int, known: Mapping[str, Need] | None = None) -> None:
        """Ask for needs as visitors are asked, in words about a third person."""
        super().suit_needs(facts, people=people, known=known)
        if "need_companion" in self:
            self.need_companion.label.text = _("A companion who assists the person")
            counted = _("Count the companion among those who come. It costs nothing for both of them.")
            said = {"label": self.need_companion.label.text, "hint": counted}
            rows = self.need_rows
            self.need_rows = [replace(row, **said) if row.field == "need_companion" else row for row in rows]

    def refuse_need(self, refusal: NeedRefused) -> bool:
        """Tell a refusal at its field, about a third person."""
        found = super().refuse_need(refusal)
        if found and isinstance(refusal, CompanionNotCounted):
            told = _(
                "One person comes, as it stands above. Count the companion, too, so that both have a place."
            )
            self.need_companion.errors = (told,)
        return found

    def drop_needs(self) -> None:
        """Ask for nothing that somebody needs: the time is not to be had."""
        for name in [name for name in self._fields if name.startswith("need")]:
            delattr(self, name)
        self.need_rows = []

    def contact(self) -> Contact:
        """Return who calls."""
        texts = {name: self[name].data or "" for name in ("name", "email", "phone", "note")}
        return Contact(language=self.mail_language.data or "de", **texts)

    def needs(self) -> Asked:
        """Return what the person needs to take part."""
        return self.asked() if self.need_rows and "needs_words" in self else NOTHING_ASKED

    def from_kept(self) -> bool:
        """Return whether places may be used that are held back."""
        return "uses_kept" not in self or bool(self.uses_kept.data)
