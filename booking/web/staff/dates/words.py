"""Words for dates of staff: states, media, what is in the way and what is missing."""

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.errors import N_
from booking.messages import wording
from booking.schedule.clashes import Clash
from booking.schedule.readiness import HOSTS, NOT_OFFERED, ROOM, TEXTS, Lack
from booking.web.context import house, language

STATES = {"draft": N_("Draft"), "published": N_("Published"), "cancelled": N_("Cancelled")}
SPOKEN = wording.LANGUAGES
_PLAIN = {
    "past": N_("This time is over already."),
    "inactive": N_("%(name)s does not work for the house any more."),
    "skill": N_("%(name)s has not been entered for this offering."),
    "language": N_("%(name)s does not speak the language of this date."),
    "holiday": N_("State holiday: %(name)s."),
    "closure": N_("The house is closed: %(name)s."),
    "school_holiday": N_("School holidays: %(name)s."),
}
_WITH_HOST = {
    "absent": N_("%(name)s is away."),
    "hours": N_("%(name)s has no hours then."),
    "busy": N_("%(name)s is busy then, by the own calendar."),
}
_OF_ROOM = {"absent": N_("The room is out of use."), "hours": N_("The room is closed then.")}
_TAKEN = {
    "host": N_("%(name)s is taken then."),
    "room": N_("%(name)s is taken then."),
    "equipment": N_("Not enough is left of this: %(name)s."),
}
_TAKEN_BY = {
    "host": N_("%(name)s is taken then: %(by)s, %(when)s."),
    "room": N_("%(name)s is taken then: %(by)s, %(when)s."),
    "equipment": N_("Not enough is left of this: %(name)s. It is taken by: %(by)s, %(when)s."),
}


def state_label(state: str) -> str:
    """Return what the state of a date is called."""
    return _(STATES[state])


def clash_words(clash: Clash) -> str:
    """Return a sentence about one thing in the way."""
    facts = {"name": clash.name}
    if clash.kind == "room_size":
        return _("The room takes at most %(most)s people.", most=clash.most)
    if clash.kind in _TAKEN:
        if clash.starts_at is None or clash.ends_at is None:
            return _(_TAKEN[clash.kind], **facts)
        when = wording.say_when(clash.starts_at, clash.ends_at, house().zone, language())
        return _(_TAKEN_BY[clash.kind], by=clash.by, when=when, **facts)
    if clash.kind in _WITH_HOST:
        return _(_WITH_HOST[clash.kind], **facts) if clash.name else _(_OF_ROOM[clash.kind])
    return _(_PLAIN[clash.kind], **facts)


def lack_words(lack: Lack) -> str:
    """Return a sentence about one thing that is missing."""
    if lack.kind == HOSTS:
        missing = lack.wanted - lack.given
        return ngettext("%(num)s person is missing.", "%(num)s people are missing.", missing)
    plain = {
        NOT_OFFERED: N_("The offering is not published yet."),
        TEXTS: N_("German texts of the offering are missing: title, summary or description."),
        ROOM: N_("No room or meeting point is chosen."),
    }
    return _(plain[lack.kind])
