"""The inventory of columns of what people tell us, as ``bookings.personal`` is that of bookings."""

from collections.abc import Mapping

from booking.errors import N_
from booking.houses.inventory import Personal, Until
from booking.voices.rules import MONTHS_KEPT
from booking.voices.states import BARRIER, IDEA

VOICE = "voices.service.forget"
AFTER_CHANGE = Until(
    N_(
        "%(num)s months after the last change of an idea, %(more)s months after that of a barrier report, "
        "or until you delete it"
    ),
    MONTHS_KEPT[IDEA],
    MONTHS_KEPT[BARRIER],
)

PERSONAL: Mapping[str, Personal] = {
    "voice.words": Personal(
        N_("to understand your idea or the barrier that you met"), AFTER_CHANGE, True, VOICE
    ),
    "voice.name": Personal(N_("to address you in our answer"), AFTER_CHANGE, True, VOICE),
    "voice.email": Personal(N_("to send you a receipt and our answer"), AFTER_CHANGE, True, VOICE),
    "voice.who": Personal(N_("to give your idea to somebody who can use it"), AFTER_CHANGE, True, VOICE),
    "voice.page": Personal(N_("to find the barrier that you met"), AFTER_CHANGE, True, VOICE),
    "voice.answer": Personal(N_("to tell you what became of it"), AFTER_CHANGE, True, VOICE),
}

IMPERSONAL: Mapping[str, str] = {
    "voice": "id house_id once reference kind state language topic_id answered_at created_at changed_at",
}
"""Every other column: what says nothing of a person."""
