"""The forms with which staff say what became of an access need."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length

from booking.bookings.access_models import CANCELLED, OPEN
from booking.web.public.forms import lines
from booking.web.staff.forms import StaffForm
from booking.web.staff.telling import TellingFields

LONGEST_WORDS = 1000


class ArrangeForm(TellingFields, StaffForm):
    """A button: it is arranged, or called off; ``seen`` is how it stood when the page was opened."""

    seen = HiddenField(validators=[AnyOf((OPEN, CANCELLED))])


class DeclineForm(ArrangeForm):
    """It cannot be arranged, and why."""

    words = TextAreaField(
        _l("What to tell the person"),
        description=_l(
            "Why it is not possible, and what would be. The mail does not say what is needed: "
            "please write nothing about health."
        ),
        validators=[
            DataRequired(_l("Write what to tell the person.")),
            Length(max=LONGEST_WORDS, message=_l("Enter at most 1,000 characters.")),
        ],
        filters=[lines],
    )
    looked = HiddenField()
