"""What pages of walk-ins say of queues and numbers, in whole sentences."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings.walk_in_hours import Opening
from booking.bookings.walk_in_queries import Placed, Queue
from booking.messages import wording
from booking.timekit.instants import local_date
from booking.web.context import house, language

HOUR = 60  # minutes


def heading(placed: Placed) -> str:
    """Return what the page of a number says first."""
    return {
        "waiting": _("Your number: %(number)s", number=placed.number),
        "called": _("It is your turn: number %(number)s", number=placed.number),
        "served": _("Number %(number)s has had its turn", number=placed.number),
        "missed": _("Number %(number)s was called", number=placed.number),
        "left": _("Number %(number)s is given back", number=placed.number),
    }[placed.state]


def before_you(before: int) -> str:
    """Return how many wait with a smaller number."""
    if not before:
        return str(_("You are next."))
    return str(ngettext("%(num)s person is before you.", "%(num)s people are before you.", before))


def waiting(number: int) -> str:
    """Return how many wait."""
    if not number:
        return str(_("Nobody is waiting."))
    return str(ngettext("%(num)s person is waiting.", "%(num)s people are waiting.", number))


def wait(minutes: int) -> str:
    """Return when somebody is called, to stand in a sentence: "in about 20 minutes"."""
    if not minutes:
        return str(_("probably at once"))
    if minutes < HOUR:
        return str(_("in about %(minutes)s minutes", minutes=minutes))
    hours, rest = divmod(minutes, HOUR)
    if not rest:
        return str(ngettext("in about %(num)s hour", "in about %(num)s hours", hours))
    return str(_("in about %(hours)s h %(minutes)s min", hours=hours, minutes=rest))


def closed(queue: Queue, opening: Opening, *, now: datetime) -> str:
    """Why nobody can draw a number just now, in whole sentences; empty where everybody can."""
    if queue.is_stopped:
        return str(_("No more numbers are given out today. Whoever has one will still be called."))
    return "" if opening.is_open else nobody_there(opening, now=now)


def nobody_there(opening: Opening, *, now: datetime) -> str:
    """Why nobody is there, and when somebody will be."""
    if opening.closed_by:
        why = _("We are closed: %(reason)s.", reason=opening.closed_by)
    else:
        why = _("Nobody is there for this just now.")
    return f"{why} {_opens(opening, now=now)}"


def _opens(opening: Opening, *, now: datetime) -> str:
    if opening.opens_at is None:
        return str(_("Please call us and ask when you can come."))
    zone = house().zone
    if local_date(opening.opens_at, zone) == local_date(now, zone):
        return str(_("Somebody is there today from %(time)s.", time=time_of(opening.opens_at)))
    when = wording.say_instant(opening.opens_at, zone, language())
    return str(_("Somebody is there next on %(when)s.", when=when))


def warning(minutes: int, opening: Opening, *, now: datetime) -> str:
    """Say that today might not suffice for whoever is called in so many minutes; empty where it does."""
    if opening.until is None or (opening.until - now).total_seconds() > minutes * 60:
        return ""
    return str(
        _(
            "Somebody is there until %(time)s. It may not be your turn by then: please ask at the desk.",
            time=time_of(opening.until),
        )
    )


def said(queue: Queue) -> str:
    """What a screen reader tells when the queue has moved on."""
    if not queue.called:
        return str(_("No number is being served."))
    numbers = ", ".join(str(one.number) for one in queue.called)
    return str(_("Now being served: %(numbers)s", numbers=numbers))


def time_of(instant: datetime) -> str:
    """Return the time of day by the clock of the house."""
    return wording.say_time(instant, house().zone, language())
