"""What every staff page knows: who is signed in, the ways around that are theirs, and the other language."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _

from booking.errors import N_
from booking.people.permissions import Acting
from booking.web.context import language
from booking.web.public.forms import ButtonForm
from booking.web.staff.doors import signed_in
from booking.web.staff.pages import staff_address

ENTRIES = (
    ("staff_home", "home.see", N_("Today")),
    ("day_page", "day.see", N_("Day plan")),
    ("booking_list", "bookings.see", N_("Bookings")),
    ("date_list", "dates.see", N_("Dates")),
    ("hours_list", "hours.edit", N_("People and hours")),
    ("hours_own", "hours.own", N_("My hours")),
    ("closure_list", "closures.edit", N_("Closures")),
    ("offering_list", "programme.edit", N_("Offerings")),
    ("thing_list", "things.edit", N_("Rooms and equipment")),
    ("message_list", "messages.edit", N_("Mail texts")),
    ("outbox_list", "outbox.see", N_("Outbox")),
    ("voice_list", "voices.answer", N_("Ideas and reports")),
    ("need_list", "needs.arrange", N_("Access needs")),
    ("queue_list", "queue.serve", N_("Queues")),
    ("people_list", "people.edit", N_("Staff")),
    ("log_list", "log.read", N_("History")),
)
"""View, permission, and what the entry is called; the first page comes first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way around; ``is_here`` for the page itself."""

    href: str
    label: str
    is_here: bool


def context() -> dict[str, object]:
    """Return what staff templates know beside what every template knows."""
    person = signed_in()
    return {
        "acting": person,
        "menu": list(_entries(person)) if person else [],
        "staff_address": staff_address,
        "sign_out_form": ButtonForm() if person else None,
        "other_staff_languages": list(_others()),
    }


def _entries(person: Acting) -> Iterator[Entry]:
    for name, permission, label in ENTRIES:
        if f"staff.{name}" in current_app.view_functions and person.may(permission):
            yield Entry(staff_address(name), _(label), request.endpoint == f"staff.{name}")


def _others() -> Iterator[tuple[str, str, str]]:
    """Yield tag, name and address of this page in the other language of the staff area."""
    code, label = ("en", "English") if language() != "en" else ("de", "Deutsch")
    values = dict(request.view_args or {}) | request.args.to_dict(flat=False)
    yield code, label, url_for(request.endpoint or "staff.staff_home", **(values | {"language": code}))
