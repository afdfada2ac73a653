"""Forms of walk-ins: one button that draws a number, and the buttons of a desk."""

import hashlib
import re
import secrets
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Regexp, ValidationError

from booking.bookings.ticket_states import STATES
from booking.web.public.forms import ONCE, TokenForm

_PRESS = re.compile(r"(?P<deed>[a-z]{1,12})(:(?P<number>[0-9]{1,9}))?(:(?P<seen>[a-z]{1,12}))?")
DEEDS = ("next", "again", "draw", "stop", "resume", *STATES)
_WITH_TICKET = ("next", "again", *STATES)


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a desk: what to do with which ticket, in the state in which the page showed it.

    ``ticket_id`` of "next" is the ticket that the desk called last, or 0.
    """

    deed: str
    ticket_id: int
    seen: str


class DrawForm(TokenForm):
    """A button that draws a number; its key gives the same number however often it is pressed.

    It is not called ``once``: what goes back in the history shall draw another number.
    """

    draw_key = HiddenField(
        validators=[Regexp(ONCE, message=_l("The form was incomplete. Please check it and send it again."))],
        default=lambda: secrets.token_urlsafe(16),
    )

    def key(self) -> str:
        """Return what is stored of the form's key: a hash, since the key itself leads to the ticket's link."""
        return hashlib.sha256((self.draw_key.data or "").encode()).hexdigest()

    def renew_key(self) -> None:
        """Give the form another key."""
        self.draw_key.data = secrets.token_urlsafe(16)


def _known_press(_form: DrawForm, field: HiddenField) -> None:
    if pressed(field.data or "") is None:
        raise ValidationError(_l("This button is not known. Please press it again."))


class DeskForm(DrawForm):
    """All the buttons of a desk: each carries what it does as the value of ``press``."""

    press = HiddenField(validators=[_known_press])

    def pressed(self) -> Press:
        """Return the button of a valid form."""
        found = pressed(self.press.data or "")
        assert found is not None
        return found


def pressed(text: str) -> Press | None:
    """Return what the value of a button says, such as "next:0", "served:17:called" or "draw"; None for nonsense."""
    found = _PRESS.fullmatch(text)
    if found is None or found["deed"] not in DEEDS:
        return None
    seen, ticket_id = found["seen"] or "", found["number"]
    if found["deed"] in _WITH_TICKET and ticket_id is None:
        return None
    if found["deed"] in STATES and seen not in STATES:
        return None
    return Press(found["deed"], int(ticket_id or 0), seen)
