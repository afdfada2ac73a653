"""What the privacy page shows of the inventory of personal data: by feature, each kind with its purpose and its end."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from booking.errors import N_
from booking.houses.inventory import Personal
from booking.reports.inventory import PERSONAL
from booking.web.labels import until_label


@dataclass(frozen=True, slots=True)
class StoredRow:
    """What is stored, why, and until when."""

    what: str
    why: str
    until: str


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """What one feature stores."""

    heading: str
    rows: list[StoredRow]


GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Your booking"): ("booking", "booking_note", "arrival"),
    N_("What you need to take part, with your consent"): ("access_need",),
    N_("Ideas and barrier reports"): ("voice",),
    N_("Our mails to you"): ("outgoing_mail",),
    N_("Protection against abuse"): ("attempt_count", "hold"),
    N_("People who work for the house"): ("host", "staff", "sign_in", "absence", "busy_time"),
}
"""Headings of the page, each with its tables."""

WHAT: Mapping[str, str] = {
    "booking.name": N_("Name"),
    "booking.email": N_("Email address"),
    "booking.phone": N_("Phone number, if you give one"),
    "booking.note": N_("Question or wish, if you write one"),
    "booking_note.words": N_("Notes of our staff about your booking, and when they were written"),
    "booking_note.written_at": N_("Notes of our staff about your booking, and when they were written"),
    "arrival.arrived_at": N_("When you arrived"),
    "access_need.kind": N_("What you need, if you tell us"),
    "access_need.words": N_("Your words about it, if you write any"),
    "access_need.consent_at": N_("When you consented"),
    "voice.words": N_("What you told us"),
    "voice.name": N_("Name, if you give one"),
    "voice.email": N_("Email address, if you give one"),
    "voice.who": N_("As whom you bring an idea"),
    "voice.page": N_("The page with the barrier, if you name it"),
    "voice.answer": N_("Our answer"),
    "outgoing_mail.recipient": N_("Address of the mail"),
    "outgoing_mail.facts": N_("What the mail says"),
    "outgoing_mail.fault": N_("What the mail server answered"),
    "attempt_count.key": N_("A check value and a number of attempts"),
    "hold.client": N_("A check value of your connection"),
    **{
        f"staff.{name}": N_(
            "Name, email address, password (as a check value) and language of whoever signs in"
        )
        for name in ("email", "name", "password_hash", "language", "host_id")
    },
    **{
        f"sign_in.{name}": N_("When somebody signed in and was last active")
        for name in ("staff_id", "created_at", "seen_at")
    },
    "host": N_("Name, languages and times of work"),
}
"""What a column, or a whole table, is called for people."""


def inventory_rows() -> list[StoredGroup]:
    """Return the inventory as the page shows it; what is stored for one purpose until one day is told once."""
    return [
        StoredGroup(_(heading), list(dict.fromkeys(_row(name, one) for name, one in _of(tables))))
        for heading, tables in GROUPS.items()
    ]


def _of(tables: tuple[str, ...]) -> list[tuple[str, Personal]]:
    return [(name, one) for name, one in PERSONAL.items() if name.partition(".")[0] in tables]


def _row(name: str, one: Personal) -> StoredRow:
    what = WHAT.get(name) or WHAT["host"]
    return StoredRow(_(what), _(one.purpose), until_label(one.until))
