"""How many are in the house now, in the words of the page."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings import attendance_queries
from booking.messages import wording
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import house, language
from booking.web.roof import roof


@dataclass(frozen=True, slots=True)
class InsideRow:
    """The count, what it is made of, and as of when."""

    number: int
    parts: str
    as_of: str


def inside_row() -> InsideRow:
    """Return who is in the house now: parties that are checked in, and numbers that are served."""
    now, zone = roof().clock(), house().zone
    since = day_bounds(local_date(now, zone), zone)[0]
    found = attendance_queries.in_the_house(house().id, since=since, now=now)
    parts = [ngettext("with %(num)s booking", "with %(num)s bookings", found.parties)]
    if found.tickets:
        served = ngettext("%(num)s number being served", "%(num)s numbers being served", found.tickets)
        parts.append(served)
    said = wording.say_time(now, zone, language())
    return InsideRow(found.all, ", ".join(parts), str(_("as of %(time)s", time=said)))
