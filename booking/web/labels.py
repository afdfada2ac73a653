"""Names of kinds, audiences and states, for pages and mails; marked here, translated one at a time where shown."""

from flask_babel import gettext

from booking.errors import N_

_KINDS = {
    "tour": N_("Guided tour"),
    "talk": N_("Talk"),
    "workshop": N_("Workshop"),
    "consultation": N_("Consultation"),
    "school": N_("For schools"),
}
_AUDIENCES = {
    "everyone": N_("everyone"),
    "families": N_("families"),
    "seniors": N_("older people"),
    "science": N_("science"),
    "business": N_("business"),
    "initiatives": N_("initiatives"),
    "primary": N_("primary schools"),
    "secondary": N_("secondary schools"),
    "vocational": N_("vocational schools"),
    "special": N_("special schools"),
}
_MEDIA = {"on_site": N_("in the house"), "video": N_("by video"), "phone": N_("by phone")}
_NEEDS = {
    "wheelchair": N_("A way without steps, for example with a wheelchair"),
    "dgs": N_("An interpreter for German Sign Language (DGS)"),
    "induction_loop": N_("An induction loop for hearing aids"),
    "quiet": N_("A quiet time or place, with little noise and light"),
    "companion": N_("A companion who assists me"),
}
_STATES = {
    "confirmed": N_("Confirmed"),
    "to_be_confirmed": N_("Please confirm your address"),
    "expired": N_("Ended without a confirmed address"),
    "declined_in_calendar": N_("Declined in the calendar"),
    "cancelled_by_visitor": N_("Cancelled by you"),
    "cancelled_by_house": N_("Cancelled by us"),
    "attended": N_("You were here"),
    "no_show": N_("Not attended"),
}
_OTHER_STATE = N_("In progress")


def kind_label(kind: str) -> str:
    """Return what a kind of offering is called."""
    return gettext(_KINDS[kind])


def audience_label(audience: str) -> str:
    """Return whom an offering is for."""
    return gettext(_AUDIENCES[audience])


def medium_label(medium: str) -> str:
    """Return how people meet."""
    return gettext(_MEDIA[medium])


def need_label(kind: str) -> str:
    """Return what somebody may need to take part."""
    return gettext(_NEEDS[kind])


def state_label(state: str) -> str:
    """Return what a state of a booking is called."""
    return gettext(_STATES.get(state, _OTHER_STATE))
