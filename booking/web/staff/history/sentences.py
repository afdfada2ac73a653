"""What happened, in a sentence: who did what; every deed of the journal has one."""

from collections.abc import Mapping

from flask_babel import gettext as _

from booking.bookings.history_names import Things
from booking.errors import N_
from booking.journal.queries import Happened
from booking.web.staff.history import deeds_of_plans, deeds_of_staff, deeds_of_visits

SENTENCES: Mapping[str, str] = {**deeds_of_visits.DEEDS, **deeds_of_plans.DEEDS, **deeds_of_staff.DEEDS}
_UNKNOWN = N_("%(who)s did something that has no words yet: %(deed)s.")

VISITOR, SYSTEM, STAFF, DESK, HOST = "visitor", "system", "staff", "desk", "host"
CROWDS = {
    VISITOR: N_("A visitor"),
    SYSTEM: N_("The platform"),
    DESK: N_("A desk"),
    STAFF: N_("A member of staff"),
    HOST: N_("A guide or an expert"),
}
"""Who acts, where it is not known more precisely."""


def sentence(happened: Happened, things: Things) -> str:
    """Return what happened, as a whole sentence that names who did it."""
    who = who_label(happened.actor, things)
    return _(SENTENCES.get(happened.deed, _UNKNOWN), who=who, deed=happened.deed)


def who_label(actor: str, things: Things) -> str:
    """Return who did something: a name where there is one, and never more than that."""
    kind, number = actor_parts(actor)
    thing = things.get((kind, number)) if number is not None else None
    if kind == STAFF and number is not None:
        return (thing.title if thing else "") or _("A former member of staff")
    if thing and kind == DESK:
        return _("The desk “%(name)s”", name=thing.title)
    if thing and thing.title:
        return thing.title
    return _(CROWDS.get(kind, CROWDS[SYSTEM]))


def actor_parts(actor: str) -> tuple[str, int | None]:
    """Return the kind of an actor and its id: "staff:3" is a member of staff, "visitor" has none."""
    kind, _colon, number = actor.partition(":")
    return kind, int(number) if number.isascii() and number.isdigit() else None
