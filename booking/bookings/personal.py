"""The inventory of columns: what is stored of people, why, until when, and whether they can take it along."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.errors import N_


@dataclass(frozen=True, slots=True)
class Personal:
    """A column with personal data; ``purpose`` and ``until`` are shown to people, ``erased_by`` names the deed."""

    purpose: str
    until: str
    export: bool
    erased_by: str


AFTER_VISIT = N_("7 days after the visit")
AFTER_SENDING = N_("7 days after sending")
BOOKING = "bookings.changing.forget"
MAIL = "messages.outbox.forget_done"

PERSONAL: Mapping[str, Personal] = {
    "booking.name": Personal(
        N_("to greet you and to find your booking at the desk"), AFTER_VISIT, True, BOOKING
    ),
    "booking.email": Personal(
        N_("to send you the confirmation and every change"), AFTER_VISIT, True, BOOKING
    ),
    "booking.phone": Personal(
        N_("to reach you when something changes at short notice"), AFTER_VISIT, True, BOOKING
    ),
    "booking.note": Personal(N_("so that we can prepare for your visit"), AFTER_VISIT, True, BOOKING),
    "outgoing_mail.recipient": Personal(N_("to deliver our mails to you"), AFTER_SENDING, True, MAIL),
    "outgoing_mail.facts": Personal(N_("to write our mails to you"), AFTER_SENDING, False, MAIL),
    "outgoing_mail.fault": Personal(N_("to find out why a mail did not arrive"), AFTER_SENDING, False, MAIL),
    "attempt_count.key": Personal(
        N_("to bound abuse; a keyed hash of your address or connection"),
        N_("at the end of its hour or day"),
        False,
        "limits.service.forget_before",
    ),
    "host.first_name": Personal(
        N_("to plan who gives what"), N_("while the host works for the house"), False, "staff"
    ),
    "host.last_name": Personal(
        N_("to plan who gives what"), N_("while the host works for the house"), False, "staff"
    ),
    "host.languages": Personal(
        N_("to plan who gives what"), N_("while the host works for the house"), False, "staff"
    ),
}
"""Every column with personal data, as table.column."""
