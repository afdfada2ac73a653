"""What staff call the states of bookings and mails, how a booking came to be, and the filters of lists."""

from collections.abc import Mapping

from flask_babel import gettext

from booking.errors import N_

STATES: Mapping[str, str] = {
    "confirmed": N_("Confirmed"),
    "to_be_confirmed": N_("Address not confirmed yet"),
    "declined_in_calendar": N_("Declined in the calendar"),
    "attended": N_("Came"),
    "no_show": N_("Did not come"),
    "cancelled_by_visitor": N_("Cancelled by the visitor"),
    "cancelled_by_house": N_("Cancelled by the house"),
    "expired": N_("Ended without a confirmed address"),
}
_CHANNELS: Mapping[str, str] = {
    "online": N_("online"),
    "staff": N_("by staff, for a caller"),
    "walk_in": N_("at the door, without booking"),
}
_MAIL_STATES: Mapping[str, str] = {
    "owed": N_("waits to be sent"),
    "leased": N_("is being sent"),
    "sent": N_("sent"),
    "skipped": N_("not needed any more"),
    "failed": N_("could not be delivered"),
    "parked": N_("could not be written"),
}
_MAIL_KINDS: Mapping[str, str] = {
    "confirmation": N_("Confirmation"),
    "confirm_address": N_("Please confirm your address"),
    "cancellation": N_("Cancellation by the visitor"),
    "cancelled_by_house": N_("Cancellation by the house"),
    "moved": N_("New time"),
    "changed": N_("New number of people"),
    "erased": N_("Proof of deletion"),
    "video_address": N_("Address of the video call"),
    "arranged": N_("What was arranged"),
    "date_changed": N_("Change of the date"),
}
SORTS: Mapping[str, str] = {
    "date": N_("Earliest visit first"),
    "date_desc": N_("Latest visit first"),
    "booked": N_("Newest booking first"),
    "name": N_("By name"),
}


def state_label(state: str) -> str:
    """Return what staff call a state of a booking."""
    return gettext(STATES[state]) if state in STATES else state


def channel_label(channel: str) -> str:
    """Return how a booking came to be."""
    return gettext(_CHANNELS[channel])


def mail_state_label(state: str) -> str:
    """Return what became of a mail."""
    return gettext(_MAIL_STATES[state]) if state in _MAIL_STATES else state


def mail_label(kind: str) -> str:
    """Return what a mail is called."""
    return gettext(_MAIL_KINDS[kind]) if kind in _MAIL_KINDS else gettext(N_("Mail"))
