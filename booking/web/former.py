"""How a booking was before the house changed its date, in the words of its mail: only what is not the same any more."""

from flask_babel import gettext as _

from booking.houses.facts import House
from booking.messages import wording
from booking.messages.facts import BookingFacts
from booking.timekit.instants import from_epoch
from booking.web.labels import medium_label


def former_facts(facts: BookingFacts, found: House, spoken: str) -> list[tuple[str, str]]:
    """Return pairs of a term and what it was; none in mails about anything else."""
    told = []
    if facts.former_starts_at is not None and facts.former_ends_at is not None:
        was = from_epoch(facts.former_starts_at), from_epoch(facts.former_ends_at)
        told.append((_("When"), wording.say_when(*was, found.zone, spoken)))
    if facts.former_place:
        told.append((_("Where"), facts.former_place))
    if facts.former_medium not in ("", facts.medium):
        told.append((_("How"), medium_label(facts.former_medium)))
    if facts.former_spoken:
        told.append((_("Language"), wording.say_language(facts.former_spoken, spoken)))
    return told
