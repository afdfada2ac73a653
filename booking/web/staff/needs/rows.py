"""What staff see of access needs: words made once, no objects of the database."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from booking.bookings.access_models import CANCELLED
from booking.bookings.access_staff import NeedTask
from booking.messages import wording
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.labels import medium_label, need_label
from booking.web.public.rows import named
from booking.web.staff.pages import staff_address
from booking.web.variants import LABELS


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need in the list and on its page; ``tone``: danger once it is overdue, warning in the last three days."""

    id: int
    href: str
    decline_href: str
    what: str
    words: str
    is_to_be_called_off: bool
    due: str
    tone: str
    reference: str
    booking_href: str
    title: str
    when: str
    where: str
    facts: list[tuple[str, str]]


def need_row(one: NeedTask, *, now: datetime, booking_href: str = "") -> NeedRow:
    """Return a need as pages of staff show it."""
    due, tone = _due(one.due_at, now=now)
    when = wording.say_when(one.starts_at, one.ends_at, house().zone, language())
    where = named(one.place_names) if one.place_names else medium_label(one.medium)
    return NeedRow(
        id=one.id,
        href=staff_address("need_arrange", need_id=one.id),
        decline_href=staff_address("need_decline", need_id=one.id),
        what=need_label(one.kind),
        words=one.words,
        is_to_be_called_off=one.state == CANCELLED,
        due=due,
        tone=tone,
        reference=one.reference,
        booking_href=booking_href,
        title=one.title,
        when=when,
        where=where,
        facts=_facts(one, when=when, where=where, due=due),
    )


def _facts(one: NeedTask, *, when: str, where: str, due: str) -> list[tuple[str, str]]:
    facts = [
        (_("Deadline"), due),
        (_("Reference"), one.reference),
        (_("Offering"), one.title),
        (_("When"), when),
        (_("Where"), where),
        (_("Name"), one.name),
        (_("Phone number"), one.phone),
        (_("Email address"), one.email or _("none: please phone")),
        (_("Language"), LABELS[one.language]),
        (_("Mails"), _("Our last mail came back: please phone.") if one.is_unreachable else ""),
    ]
    return [(str(term), value) for term, value in facts if value]


def _due(due_at: datetime, *, now: datetime) -> tuple[str, str]:
    when = wording.say_instant(due_at, house().zone, language())
    if due_at < now:
        return _("Overdue since %(when)s", when=when), "danger"
    left = (local_date(due_at, house().zone) - local_date(now, house().zone)).days
    return _("by %(when)s", when=when), "warning" if left <= 3 else "info"
