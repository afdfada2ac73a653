"""Fields for what somebody needs to take part: one to tick for each need, own words, and the consent."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, Form, TextAreaField
from wtforms.validators import Length, ValidationError

from booking.bookings import access_rules
from booking.bookings.access_models import LONGEST_WORDS
from booking.bookings.access_queries import Need
from booking.bookings.access_refusals import NeedRefused
from booking.bookings.access_rules import Asked, DateFacts, Standing
from booking.houses.access import KINDS
from booking.messages.plain import many_lines
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.public.access_rows import NeedRow, kept_row, need_row, tell
from booking.web.roof import roof

Validator = Callable[[FlaskForm, Field], None]


def _lines(text: str | None) -> str | None:
    return None if text is None else many_lines(text).strip()


class NeedsFields(Form):
    """Health data: nothing of it is stored without the consent of the same form."""

    need_wheelchair = BooleanField()
    need_dgs = BooleanField()
    need_induction_loop = BooleanField()
    need_quiet = BooleanField()
    need_companion = BooleanField()
    needs_words = TextAreaField(
        _l("More about it"),
        description=_l("For example where you would like to sit. At most 300 characters."),
        validators=[Length(max=LONGEST_WORDS, message=_l("Enter at most 300 characters."))],
        filters=[_lines],
    )
    needs_consent = BooleanField()
    need_rows: list[NeedRow]
    told: Mapping[str, Need] = {}
    asks_for_consent = _l("Please agree that we store what you need; without it we cannot arrange anything.")
    overrules_lead = False  # staff may promise what visitors are too late for

    def suit_needs(self, facts: DateFacts, *, people: int, known: Mapping[str, Need] | None = None) -> None:
        """Ask for what the house can do at a date, and say at each whether there is enough time.

        ``known``  needs that were told before, by kind: they stay whatever the time
        """
        known = known or {}
        self.told = known
        found = access_rules.standings(house(), facts, now=roof().clock())
        if self.overrules_lead:
            found = access_rules.whatever_the_lead_time(found)
        self.need_rows = []
        for kind in KINDS:
            if kind in known:
                self._ask(kind, kept_row(known[kind]))
            elif kind in found:
                row = need_row(found[kind], offering_id=facts.offering_id, people=people)
                self._ask(kind, row, _is_possible(found[kind], people=people, party_max=facts.party_max))
            else:
                delattr(self, f"need_{kind}")
        if not self.need_rows:
            del self.needs_words, self.needs_consent
            return
        for name in (*(row.field for row in self.need_rows), "needs_words", "needs_consent"):
            self._fields[name] = self._fields.pop(name)  # faults are told in the order of the page
        self.needs_consent.label.text = _(
            "I agree that %(house)s stores what I have ticked and written here.",
            house=house().text("name", language()),
        )

    def asked(self) -> Asked:
        """Return what is ticked, with the words about it; consent is a condition of a valid form."""
        kinds = tuple(kind for kind in KINDS if self._is_ticked(kind))
        return Asked(kinds, (self.needs_words.data or "") if kinds else "")

    def refuse_need(self, refusal: NeedRefused) -> bool:
        """Tell a refusal at its field, and return whether there is one."""
        field = self._fields.get(f"need_{refusal.kind}")
        if field is not None:
            field.errors = [say(refusal)]
        return field is not None

    def validate_needs_consent(self, field: Field) -> None:
        """Raise ValidationError unless somebody who told more than before agreed that it is stored."""
        ticked = {kind for kind in KINDS if self._is_ticked(kind)}
        words = {"", *(need.words for need in self.told.values())}
        is_less = ticked <= self.told.keys() and (self.needs_words.data or "") in words
        if ticked and not is_less and not field.data:
            raise ValidationError(str(self.asks_for_consent))

    def validate_needs_words(self, field: Field) -> None:
        """Raise ValidationError for words about nothing: they would not be stored.

        Words that were told before go with the needs that are withdrawn.
        """
        if field.data and not self.told and not any(self._is_ticked(kind) for kind in KINDS):
            raise ValidationError(_("Tick above what you need, or leave this field empty."))

    def _ask(self, kind: str, row: NeedRow, *validators: Validator) -> None:
        field = self._fields[f"need_{kind}"]
        field.label.text, field.description = row.label, row.hint
        field.validators = (*field.validators, *validators)
        self.need_rows.append(row)

    def _is_ticked(self, kind: str) -> bool:
        field = self._fields.get(f"need_{kind}")
        return field is not None and bool(field.data)


def _is_possible(standing: Standing, *, people: int, party_max: int) -> Validator:
    """Return a check that somebody who ticks a need can have it: the deed's own, said at the field."""
    kind = standing.offer.kind

    def check(_form: FlaskForm, field: Field) -> None:
        if not field.data:
            return
        try:
            access_rules.check(Asked((kind,)), {kind: standing}, people=people, party_max=party_max)
        except NeedRefused as refusal:
            raise ValidationError(tell(refusal, standing)) from refusal

    return check
