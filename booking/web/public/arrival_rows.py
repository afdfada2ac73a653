"""What bookers see of check-in: the code to show at the desk, and when they arrived."""

from flask_babel import gettext as _
from markupsafe import Markup

from booking.bookings import attendance_queries
from booking.bookings.personal import PERSONAL
from booking.bookings.queries import BookingPage
from booking.bookings.rules import kept_until
from booking.bookings.states import ATTENDED, CANCELLABLE
from booking.messages import wording
from booking.timekit.instants import local_date
from booking.web.check_in_codes import check_in_code
from booking.web.context import house, language
from booking.web.labels import until_label
from booking.web.roof import roof


def has_code(booking: BookingPage) -> bool:
    """Return whether there is anything to show at the desk: somebody is still to come to the house."""
    return booking.state in CANCELLABLE and booking.medium == "on_site" and booking.ends_at > roof().clock()


def door_code(booking: BookingPage, secret: str) -> Markup | str:
    """Return the code that a booker shows at the desk, or an empty string."""
    return check_in_code(secret) if has_code(booking) else ""


def stored_arrival(booking: BookingPage) -> list[dict[str, str]]:
    """Return what is stored of an arrival: when it was, why and until when."""
    arrived = attendance_queries.arrived_at(booking.id) if booking.state == ATTENDED else None
    if arrived is None:
        return []
    column, zone = PERSONAL["arrival.arrived_at"], house().zone
    until = wording.say_day(local_date(kept_until(booking.ends_at), zone), language())
    value = wording.say_instant(arrived, zone, language())
    item = {"name": "arrived_at", "what": str(_("When you arrived")), "value": value}
    return [item | {"why": str(_(column.purpose)), "until": f"{until} ({until_label(column.until)})"}]
