"""What a state is called for staff: the labels for visitors speak to the person who told it."""

from collections.abc import Mapping

from flask_babel import gettext as _

from booking.errors import N_
from booking.web.labels import voice_state_label

_OWN: Mapping[str, str] = {
    "new": N_("New: nobody has read it yet"),
    "read": N_("Read, not answered yet"),
    "invited": N_("Invited to talk about it"),
}


def state_label(kind: str, state: str) -> str:
    """Return what a state is called for staff."""
    return _(_OWN[state]) if state in _OWN else voice_state_label(kind, state)
