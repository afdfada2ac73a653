"""Names of kinds, audiences and states, for pages and mails; marked here, translated one at a time where shown."""

from collections.abc import Iterable

from flask_babel import gettext

from booking.errors import N_
from booking.houses.inventory import Until

KINDS = {
    "tour": N_("Guided tour"),
    "talk": N_("Talk"),
    "workshop": N_("Workshop"),
    "consultation": N_("Consultation"),
    "school": N_("For schools"),
}
AUDIENCES = {
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
_VOICE_KINDS = {"idea": N_("Idea"), "barrier": N_("Barrier report")}
_WHO = {
    "citizen": N_("I live here or visit the city"),
    "science": N_("I work in science"),
    "business": N_("I work in a company"),
    "school": N_("I learn or teach at a school"),
    "other": N_("Something else"),
}
_VOICE_STATES = {
    "new": N_("Arrived; nobody has read it yet"),
    "read": N_("Read; the answer is being prepared"),
    "answered": N_("Answered"),
    "invited": N_("You are invited to talk about it"),
    "taken_up": N_("We have taken it up"),
    "declined": N_("We do not take it up"),
    "closed": N_("Closed"),
}
_BARRIER_STATES = {
    "taken_up": N_("We are removing the barrier"),
    "declined": N_("We cannot remove the barrier"),
}


def kind_label(kind: str) -> str:
    """Return what a kind of offering is called."""
    return gettext(KINDS[kind])


def audience_label(audience: str) -> str:
    """Return whom an offering is for."""
    return gettext(AUDIENCES[audience])


def audiences_label(audiences: Iterable[str]) -> str:
    """Return whom an offering is for, as a list; who is for everyone is for nobody else besides."""
    named = tuple(audiences)
    return ", ".join(audience_label(one) for one in (("everyone",) if "everyone" in named else named))


def medium_label(medium: str) -> str:
    """Return how people meet."""
    return gettext(_MEDIA[medium])


def need_label(kind: str) -> str:
    """Return what somebody may need to take part."""
    return gettext(_NEEDS[kind])


def state_label(state: str) -> str:
    """Return what a state of a booking is called."""
    return gettext(_STATES.get(state, _OTHER_STATE))


def until_label(until: Until) -> str:
    """Return how long something is kept."""
    return gettext(until.text, **until.facts)


def voice_kind_label(kind: str) -> str:
    """Return what something is called that people tell us."""
    return gettext(_VOICE_KINDS[kind])


def who_label(who: str) -> str:
    """Return as whom somebody brings an idea."""
    return gettext(_WHO[who])


def voice_state_label(kind: str, state: str) -> str:
    """Return what became of something that somebody told us."""
    own = _BARRIER_STATES if kind == "barrier" else _VOICE_STATES
    return gettext(own.get(state, _VOICE_STATES[state]))


def age_label(age_min: int) -> str:
    """Return from which age, in years, an offering is for people; empty where it is for all."""
    return gettext("from %(age)s years", age=age_min) if age_min else ""
