"""Forms of dates: what one date is, the same of a series, and why dates are cancelled."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from booking.errors import N_
from booking.messages import wording
from booking.schedule.candidates import Choices, HostChoice, RoomChoice
from booking.schedule.date_options import OfferingOption
from booking.schedule.publishing import Plan
from booking.timekit.instants import at_wall, local_date
from booking.web.context import house, language
from booking.web.labels import medium_label
from booking.web.public.forms import KeyedForm, lines
from booking.web.public.rows import named
from booking.web.staff.catalogue.fields import BoxesField, ChoiceField, WholeField
from booking.web.staff.dates.words import SPOKEN
from booking.web.staff.forms import StaffForm, VersionedForm
from booking.web.staff.hours.fields import DayField, MinuteField, Near
from booking.web.staff.telling import TellingFields

ANY_PLACE = "0"
ONE, LATER, ALL = "one", "later", "all"
MOST_SEATS = 999
MOST_MINUTES = 1440


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Return pairs of a value and its words, some of them lazy, as a list of answers."""
    return [SelectChoice(value, words) for value, words in pairs]


class DateFields(StaffForm):
    """What a date is; ``seen`` marks what the person was shown before it is saved."""

    day = DayField(_l("Day"), validators=[DataRequired(_l("Enter a day such as 24.12.2026.")), Near(past=1)])
    at = MinuteField(_l("Begins at"), default=None)
    minutes = WholeField(_l("Length in minutes"), least=5, most=MOST_MINUTES)
    seats = WholeField(_l("Places"), least=1, most=MOST_SEATS)
    spoken = ChoiceField(_l("Language"))
    medium = ChoiceField(_l("How"))
    place = ChoiceField(_l("Where"))
    hosts = BoxesField(_l("Who gives it"))
    seen = HiddenField()

    def suit(self, option: OfferingOption, found: Choices, *, is_timed: bool) -> None:
        """Offer what the house has, those who fit first; ``is_timed``: the time is known, so it says who is free."""
        self.at.flags.required = True  # type: ignore[attr-defined]  # its own check tells what is missing
        self.spoken.choices = options((one, wording.say_language(one, language())) for one in SPOKEN)
        self.medium.choices = options((one, medium_label(one)) for one in option.media)
        self.place.choices = options(
            [
                (ANY_PLACE, _("as the offering says") if option.has_room else _("not chosen yet")),
                *((str(one.id), _room_label(one, is_timed=is_timed)) for one in found.rooms),
            ]
        )
        self.hosts.choices = options(
            (str(one.id), _host_label(one, is_timed=is_timed)) for one in found.hosts
        )

    def validate_at(self, field: MinuteField) -> None:
        """Raise ValidationError without a time."""
        if field.data is None or field.data >= MOST_MINUTES:
            raise ValidationError(_("Enter a time such as 15:30."))

    def plan(self, like: Plan) -> Plan:
        """Return the date of a valid form."""
        assert self.day.data is not None
        assert self.at.data is not None
        minute = self.at.data
        starts_at = at_wall(self.day.data, wall(minute), house().zone)
        return replace(
            like,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=self.minutes.data or 0),
            seats=self.seats.data or 0,
            language=self.spoken.data,
            medium=self.medium.data,
            place_id=self.place_id(),
            host_ids=tuple(sorted(int(one) for one in self.hosts.data or ())),
        )

    def place_id(self) -> int | None:
        """Return the chosen place, or None where the offering says it."""
        chosen = self.place.data or ANY_PLACE
        return int(chosen) if chosen != ANY_PLACE else None

    def mark(self) -> str:
        """Return what stands for the values of this form: it is saved as it was shown."""
        names = ("day", "at", "minutes", "seats", "spoken", "medium", "place", "hosts", "reach", "leave")
        told = repr([(name, self[name].data) for name in names if name in self])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class DateForm(DateFields, KeyedForm):
    """A date that is planned; its key makes it once, however often the form is sent."""


class ChangeForm(DateFields, VersionedForm):
    """The same of a date that stands, and which dates of its series change with it."""

    reach = RadioField(
        _l("Which dates of the series?"),
        choices=options(
            [
                (ONE, _l("only this date")),
                (LATER, _l("this date and all later ones")),
                (ALL, _l("all dates to come")),
            ]
        ),
        default=ONE,
    )
    leave = BooleanField(_l("Leave dates that are in conflict as they are, and change the others"))


class TellForm(TellingFields, StaffForm):
    """Whether mails are sent; asked once it is shown how many."""


class CancelForm(TellingFields, StaffForm):
    """Why dates are cancelled, in the languages of those who booked."""

    reason_de = TextAreaField(
        _l("Reason in German"),
        description=_l("It stands in the mail and on the page of the date. Name no illness and no person."),
        validators=[
            DataRequired(_l("Enter the reason. It stands in the mail to those who booked.")),
            Length(max=500, message=_l("Enter at most 500 characters.")),
        ],
        filters=[lines],
    )
    reason_en = TextAreaField(
        _l("Reason in English"),
        validators=[Length(max=500, message=_l("Enter at most 500 characters."))],
        filters=[lines],
    )
    reason_ls = TextAreaField(
        _l("Reason in easy language"),
        validators=[Length(max=500, message=_l("Enter at most 500 characters."))],
        filters=[lines],
    )

    def reasons(self) -> dict[str, str]:
        """Return the reasons by language; what is empty falls back to German."""
        typed = {"de": self.reason_de.data, "en": self.reason_en.data, "ls": self.reason_ls.data}
        return {spoken: text for spoken, text in typed.items() if text}


def values_of(plan: Plan) -> dict[str, Any]:
    """Return a plan as the form holds it."""
    zone = house().zone
    return {
        "day": local_date(plan.starts_at, zone),
        "at": minute_of(plan),
        "minutes": int((plan.ends_at - plan.starts_at).total_seconds()) // 60,
        "seats": plan.seats,
        "spoken": plan.language,
        "medium": plan.medium,
        "place": str(plan.place_id or ANY_PLACE),
        "hosts": [str(one) for one in plan.host_ids],
    }


def minute_of(plan: Plan) -> int:
    """Return when a plan begins, in minutes after midnight of the house."""
    local = plan.starts_at.astimezone(ZoneInfo(house().zone))
    return local.hour * 60 + local.minute


def wall(minute: int) -> time:
    """Return minutes after midnight as a time."""
    return time(minute // 60, minute % 60)


_WHY_NOT = {
    "": N_("free"),
    "host": N_("taken then"),
    "busy": N_("busy then, by the own calendar"),
    "absent": N_("away then"),
    "hours": N_("no hours then"),
}
"""Why somebody could not give a date, in the list of those who could be asked."""


def _host_label(one: HostChoice, *, is_timed: bool) -> str:
    notes = []
    if not one.is_skilled:
        notes.append(_("not for this offering"))
    if not one.speaks:
        notes.append(_("another language"))
    if is_timed:
        notes.append(_(_WHY_NOT[one.why]))
    return f"{one.name} ({', '.join(notes)})" if notes else one.name


def _room_label(one: RoomChoice, *, is_timed: bool) -> str:
    notes = []
    if one.people_limit:
        notes.append(_("up to %(most)s people", most=one.people_limit))
    if is_timed and not one.is_free:
        notes.append(_("taken then"))
    return f"{named(one.names)} ({', '.join(notes)})" if notes else named(one.names)
