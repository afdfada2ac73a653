"""What events are about, for the log: what a kind is called, what its object is called, and the page that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from booking.bookings.history_names import Thing, Things
from booking.errors import N_
from booking.messages import wording
from booking.people.permissions import AUDITOR, Acting
from booking.web.context import house, language
from booking.web.public.rows import named
from booking.web.staff.pages import staff_address

KINDS: Mapping[str, str] = {
    "booking": N_("Booking"),
    "occurrence": N_("Date"),
    "series": N_("Series"),
    "offering": N_("Offering"),
    "programme": N_("Programme"),
    "topic": N_("Topic"),
    "host": N_("Person"),
    "place": N_("Room or meeting point"),
    "pool": N_("Equipment"),
    "closure": N_("Closure"),
    "holiday": N_("Opened day"),
    "house": N_("House"),
    "mail_text": N_("Mail text"),
    "mail": N_("Mail"),
    "idea": N_("Idea"),
    "barrier": N_("Barrier report"),
    "hold": N_("Held places"),
    "ticket": N_("Number in the queue"),
    "desk": N_("Queue and desk"),
    "staff": N_("Member of staff"),
}
"""What a kind of object is called; the log can be filtered by each."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where an object is shown: the view, the name of its id in the address, who may open it."""

    view: str
    argument: str
    permission: str


PAGES: Mapping[str, Page] = {
    "booking": Page("booking_page", "booking_id", "bookings.see"),
    "occurrence": Page("date_page", "occurrence_id", "dates.see"),
    "offering": Page("offering_page", "offering_id", "programme.edit"),
    "host": Page("hours_page", "host_id", "hours.edit"),
    "place": Page("place_page", "place_id", "things.edit"),
    "pool": Page("pool_page", "pool_id", "things.edit"),
    "topic": Page("topic_page", "topic_id", "things.edit"),
    "idea": Page("voice_page", "voice_id", "voices.answer"),
    "barrier": Page("voice_page", "voice_id", "voices.answer"),
    "programme": Page("programme_page", "programme_id", "things.edit"),
    "series": Page("series_page", "series_id", "dates.see"),
    "closure": Page("closure_page", "closure_id", "closures.edit"),
    "staff": Page("person", "person_id", "people.edit"),
}


def kind_label(kind: str) -> str:
    """Return what a kind of object is called."""
    known = KINDS.get(kind)
    return _(known) if known else kind.replace("_", " ").capitalize()


def object_label(kind: str, number: int, things: Things, *, masked: bool = False) -> str:
    """Return what an object is called: by its name while it exists, else by its number.

    ``masked``  bookings by their number alone, for whoever may not know their reference
    """
    thing = things.get((kind, number))
    if thing is None or (masked and kind == "booking"):
        return f"{kind_label(kind)} {number}"
    return f"{kind_label(kind)}: {_words_of(kind, thing)}" if _words_of(kind, thing) else kind_label(kind)


def object_href(kind: str, number: int, things: Things, acting: Acting) -> str:
    """Return the page of an object that still exists and that somebody may see, or nothing."""
    page, thing = PAGES.get(kind), things.get((kind, number))
    if page is None or thing is None or not acting.may(page.permission):
        return ""
    if thing.is_of_a_programme and not _is_seen(thing, acting):
        return ""
    rules = list(current_app.url_map.iter_rules(f"staff.{page.view}")) if _exists(page.view) else []
    if not any(page.argument in rule.arguments for rule in rules):
        return ""
    return staff_address(page.view, **{page.argument: number})


def _is_seen(thing: Thing, acting: Acting) -> bool:
    """Return whether an object of a programme is within what somebody sees; the others are bounded by their pages."""
    sees_all = acting.programme_ids is None or AUDITOR in acting.roles
    return sees_all or thing.programme_id in (acting.programme_ids or ())


def _exists(view: str) -> bool:
    return f"staff.{view}" in current_app.view_functions


def _words_of(kind: str, thing: Thing) -> str:
    when = wording.say_instant(thing.starts_at, house().zone, language()) if thing.starts_at else ""
    number = str(thing.number) if thing.number is not None else ""
    if thing.day is not None:
        return wording.say_day(thing.day, language())
    title = thing.title or (named(thing.names) if thing.names else "")
    if kind == "hold":
        return ", ".join(part for part in (title, when) if part)
    return ", ".join(part for part in (thing.reference, number, title, when) if part)
