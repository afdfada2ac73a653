"""What a booker's page shows of the notes that staff wrote beside the booking: theirs to know, too."""

from flask_babel import gettext as _

from booking.bookings import staff_pages
from booking.bookings.personal import PERSONAL
from booking.bookings.queries import BookingPage
from booking.bookings.rules import kept_until
from booking.messages import wording
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.labels import until_label


def stored_notes(booking: BookingPage) -> list[dict[str, str]]:
    """Return what staff wrote beside a booking, when, why and until when; who wrote it is not told."""
    notes, zone = staff_pages.notes(booking.id), house().zone
    if not notes:
        return []
    column = PERSONAL["booking_note.words"]
    until = wording.say_day(local_date(kept_until(booking.ends_at), zone), language())
    value = "; ".join(
        f"{wording.say_instant(one.written_at, zone, language())}: {one.words}" for one in notes
    )
    shown = {
        "what": str(_("Notes of our staff about your booking")),
        "value": value,
        "why": str(_(column.purpose)),
    }
    return [{"name": "notes"} | shown | {"until": f"{until} ({until_label(column.until)})"}]
