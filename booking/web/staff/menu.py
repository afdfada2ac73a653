"""What every staff page knows: who is signed in, the ways around that are theirs, and the other language."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import current_app, request, url_for
from flask_babel import gettext as _

from booking.errors import N_
from booking.people.permissions import Acting
from booking.web.context import language
from booking.web.public.forms import ButtonForm
from booking.web.staff.doors import signed_in
from booking.web.staff.history.rows import last_event
from booking.web.staff.messages.banner import mail_trouble
from booking.web.staff.pages import staff_address

MENU = (
    (
        N_("Today and bookings"),
        (
            ("staff_home", "home.see", N_("Today")),
            ("day_page", "day.see", N_("Day plan")),
            ("booking_list", "bookings.see", N_("Bookings")),
            ("queue_list", "queue.serve", N_("Queues")),
            ("need_list", "needs.arrange", N_("Access needs")),
            ("voice_list", "voices.answer", N_("Ideas and reports")),
        ),
    ),
    (
        N_("Programme"),
        (
            ("date_list", "dates.see", N_("Dates")),
            ("offering_list", "programme.edit", N_("Offerings")),
            ("thing_list", "things.edit", N_("Rooms and equipment")),
        ),
    ),
    (
        N_("People and hours"),
        (
            ("hours_own", "hours.own", N_("My hours")),
            ("hours_list", "hours.edit", N_("Guides and experts")),
            ("closure_list", "closures.edit", N_("Closures and holidays")),
            ("people_list", "people.edit", N_("Staff")),
        ),
    ),
    (
        N_("Messages and records"),
        (
            ("message_list", "messages.edit", N_("Mail texts")),
            ("outbox_list", "outbox.see", N_("Outbox")),
            ("log_list", "log.read", N_("History")),
        ),
    ),
)
"""Groups of ways around: view, permission, and what the entry is called."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way around; ``is_here`` for the page itself."""

    href: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Ways around under one heading."""

    label: str
    entries: tuple[Entry, ...]


def context() -> dict[str, object]:
    """Return what staff templates know beside what every template knows."""
    person = signed_in()
    return {
        "acting": person,
        "menu": list(_groups(person)) if person else [],
        "staff_address": staff_address,
        "mail_trouble": mail_trouble,
        "last_event": last_event,
        "sign_out_form": ButtonForm() if person else None,
        "account_href": staff_address("account")
        if person and "staff.account" in current_app.view_functions
        else "",
        "other_staff_languages": list(_others()),
    }


def _groups(person: Acting) -> Iterator[Group]:
    for label, listed in MENU:
        entries = tuple(
            Entry(staff_address(name), _(text), request.endpoint == f"staff.{name}")
            for name, permission, text in listed
            if f"staff.{name}" in current_app.view_functions and person.may(permission)
        )
        if entries:
            yield Group(_(label), entries)


def _others() -> Iterator[tuple[str, str, str]]:
    """Yield tag, name and address of this page in the other language of the staff area."""
    code, label = ("en", "English") if language() != "en" else ("de", "Deutsch")
    values = dict(request.view_args or {}) | {"language": code}
    path = url_for(request.endpoint or "staff.staff_home", **values)
    asked = urlencode(list(request.args.items(multi=True))) if request.method in ("GET", "HEAD") else ""
    yield code, label, f"{path}?{asked}" if asked else path
