"""Forms at the door: buttons for a party or a whole date, and how many of a party came."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from booking.web.public.forms import CountField
from booking.web.staff.forms import StaffForm, VersionedForm

CATEGORY_LABELS = {
    "adults": _l("Adults"),
    "children": _l("Children"),
    "pupils": _l("Pupils"),
    "companions": _l("Accompanying adults"),
}


class DoorForm(StaffForm):
    """The buttons of a list: which party is complete ("12.0": its id and version), or what is done with the date."""

    everybody = StringField()
    deed = StringField()

    def party(self) -> tuple[int, int] | None:
        """Return id and version of the party that is complete, or None where the button was another one."""
        booking_id, _, version = (self.everybody.data or "").partition(".")
        if not _is_number(booking_id) or not _is_number(version):
            return None
        return int(booking_id), int(version)


class CameForm(VersionedForm):
    """How many of a party came, by category; ``deed`` is the button that was pressed."""

    adults = CountField(CATEGORY_LABELS["adults"])
    children = CountField(CATEGORY_LABELS["children"])
    pupils = CountField(CATEGORY_LABELS["pupils"])
    companions = CountField(CATEGORY_LABELS["companions"])
    deed = StringField()
    back = HiddenField()

    def show(self, categories: tuple[str, ...]) -> None:
        """Keep only these categories; what else is sent is not looked at."""
        for name in CATEGORY_LABELS:
            if name not in categories:
                del self[name]

    def fields(self) -> list[Any]:
        """Return the numbers to be filled in."""
        return [self[name] for name in CATEGORY_LABELS if name in self]

    def came(self) -> Mapping[str, int]:
        """Return how many of each category came; an empty field is nobody."""
        return {field.name: field.data or 0 for field in self.fields()}


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 10
