"""Form: how an offering is booked; lengths of time as people say them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import ValidationError

from booking.catalogue.drafts import Draft
from booking.web.staff.catalogue.fields import UNIT_LABELS, ChoiceField, WholeField, minutes_of, span_of
from booking.web.staff.catalogue.offering_forms import LONGEST_DAY, minutes_field
from booking.web.staff.catalogue.words import ADDRESS_CHECKS, BOOKED_BY, HOST_MODES, choices
from booking.web.staff.forms import VersionedForm

_SAME = (
    "booked_by",
    "horizon_days",
    "is_walk_in",
    "address_check",
    "host_mode",
    "step_minutes",
    "offset_minutes",
    "is_shared",
    "per_day",
    "per_week",
    "minutes_per_day",
)


class PolicyForm(VersionedForm):
    """How the offering is booked."""

    booked_by = ChoiceField(_l("How it is booked"))
    notice = WholeField(
        _l("Lead time"), least=0, most=9999, description=_l("Booking online ends so long before the start.")
    )
    notice_unit = ChoiceField(_l("Unit of the lead time"))
    horizon_days = WholeField(_l("Can be booked ahead, in days"), least=1, most=730)
    cancel_until = WholeField(
        _l("Last cancellation"),
        least=0,
        most=9999,
        description=_l("People can cancel until so long before the start."),
    )
    cancel_until_unit = ChoiceField(_l("Unit of the last cancellation"))
    is_walk_in = BooleanField(_l("People can also come without booking and draw a number"))
    address_check = ChoiceField(_l("Email addresses are confirmed"))
    host_mode = ChoiceField(_l("Who gives it"))
    step_minutes = minutes_field(
        _l("A time begins every … minutes"), is_needed=False, description=_l("Empty: as long as it lasts")
    )
    offset_minutes = minutes_field(
        _l("The first begins … minutes after the hours begin"), least=0, most=LONGEST_DAY - 1
    )
    is_shared = BooleanField(_l("Several bookings share one time, until its places are taken"))
    per_day = WholeField(_l("Most times in a day"), least=1, most=999, is_needed=False)
    per_week = WholeField(_l("Most times in a week"), least=1, most=999, is_needed=False)
    minutes_per_day = WholeField(_l("Most minutes in a day"), least=1, most=LONGEST_DAY, is_needed=False)

    def suit(self) -> None:
        """Offer what can be chosen."""
        self.booked_by.choices, self.host_mode.choices = choices(BOOKED_BY), choices(HOST_MODES)
        self.address_check.choices = choices(ADDRESS_CHECKS)
        self.notice_unit.choices = self.cancel_until_unit.choices = list(UNIT_LABELS)

    def validate_notice(self, field: Any) -> None:
        """Somebody must be able to book: the lead time is shorter than the time ahead."""
        days = self.horizon_days.data
        if field.data is None or self.notice_unit.data not in dict(UNIT_LABELS):
            return
        if days and minutes_of(field.data, self.notice_unit.data) >= days * 1440:
            raise ValidationError(
                _l("This is longer than it can be booked ahead, so nobody could ever book.")
            )

    def values(self) -> dict[str, Any]:
        """Return what the form tells, as the deed takes it."""
        return {name: self[name].data for name in _SAME} | {
            "notice_minutes": minutes_of(self.notice.data, self.notice_unit.data),
            "cancel_until_minutes": minutes_of(self.cancel_until.data, self.cancel_until_unit.data),
        }


def policy_data(draft: Draft) -> dict[str, Any]:
    """Return what is stored, as the form holds it."""
    found = {name: getattr(draft, name) for name in _SAME}
    found["notice"], found["notice_unit"] = span_of(draft.notice_minutes)
    found["cancel_until"], found["cancel_until_unit"] = span_of(draft.cancel_until_minutes)
    return found | {"version": draft.version}
