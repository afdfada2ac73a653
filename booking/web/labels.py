"""Names of kinds, audiences and states, for pages and mails."""

from flask_babel import gettext as _


def kind_label(kind: str) -> str:
    """Return what a kind of offering is called."""
    return {
        "tour": _("Guided tour"),
        "talk": _("Talk"),
        "workshop": _("Workshop"),
        "consultation": _("Consultation"),
        "school": _("For schools"),
    }[kind]


def audience_label(audience: str) -> str:
    """Return whom an offering is for."""
    return {
        "everyone": _("everyone"),
        "families": _("families"),
        "seniors": _("older people"),
        "science": _("science"),
        "business": _("business"),
        "initiatives": _("initiatives"),
        "primary": _("primary schools"),
        "secondary": _("secondary schools"),
        "vocational": _("vocational schools"),
        "special": _("special schools"),
    }[audience]


def state_label(state: str) -> str:
    """Return what a state of a booking is called."""
    return {
        "confirmed": _("Confirmed"),
        "declined_in_calendar": _("Declined in the calendar"),
        "cancelled_by_visitor": _("Cancelled by you"),
        "cancelled_by_house": _("Cancelled by us"),
        "attended": _("You were here"),
        "no_show": _("Not attended"),
    }.get(state, _("In progress"))
