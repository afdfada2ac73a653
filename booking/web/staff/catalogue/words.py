"""Words of the catalogue's pages: states, languages, what is missing, and why something cannot be published."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.errors import N_
from booking.web.labels import medium_label
from booking.web.staff.catalogue.fields import span_of

STATES = {"draft": N_("Draft"), "published": N_("Public"), "archived": N_("Archived")}
STATE_COLOURS = {"draft": "info", "published": "success", "archived": "warning"}
LANGUAGES = {"de": N_("German"), "en": N_("English"), "ls": N_("Easy language")}
WORDS = {
    "title": N_("title"),
    "summary": N_("summary"),
    "description": N_("description"),
    "bring": N_("what to bring"),
    "confirmation": N_("text in the confirmation"),
    "warning": N_("important notice"),
    "name": N_("name"),
    "lead": N_("introduction"),
    "body": N_("text"),
    "questions": N_("questions"),
    "meet": N_("where to meet"),
}
BOOKED_BY = {
    "date": N_("by date: you plan dates, people book places"),
    "slot": N_("by free time: people choose a time within the hours of who gives it"),
}
MEDIA = ("on_site", "video", "phone")
HOST_MODES = {
    "any": N_("anybody who can give it and is free"),
    "all": N_("all who can give it, together"),
    "fixed_and_any": N_("the fixed people, and besides them anybody who is free"),
}
ADDRESS_CHECKS = {
    "off": N_("never"),
    "on": N_("always: a booking counts once its address is confirmed"),
    "when_suspicious": N_("only when something looks odd"),
}
NEEDS = {"host": N_("People"), "room": N_("Room"), "pool": N_("Equipment")}
PLACES = {"room": N_("Room"), "meeting_point": N_("Meeting point")}
FAULTS = {
    "title": N_("A German title is missing."),
    "summary": N_("A German summary is missing: lists show it."),
    "description": N_("A German description is missing: the page of the offering shows it."),
    "audience": N_("It is not said for whom it is."),
    "medium": N_("It is not said how people meet: in the house, by video or by phone."),
    "host": N_("It is not said how many people give it."),
    "skill": N_("Nobody can give it yet: enter it at a guide or an expert."),
    "room_small": N_("The room takes fewer people than there are places."),
    "pool_small": N_("The equipment does not even suffice for the smallest booking."),
    "thing_retired": N_("It needs a room or equipment that is not in use any more."),
    "never": N_(
        "The lead time is longer than the time for which it can be booked ahead, so nobody could ever book."
    ),
    "grades": N_("It is not said for which grades it is."),
}
FAULT_PAGES = {
    "title": ("offering_text", {"of": "de"}),
    "summary": ("offering_text", {"of": "de"}),
    "description": ("offering_text", {"of": "de"}),
    "audience": ("offering_facts", {}),
    "medium": ("offering_facts", {}),
    "grades": ("offering_facts", {}),
    "host": ("offering_needs", {}),
    "room_small": ("offering_needs", {}),
    "pool_small": ("offering_needs", {}),
    "thing_retired": ("offering_needs", {}),
    "never": ("offering_policy", {}),
    "skill": ("hours_list", {}),
}
"""Where each is mended: the view and what its address holds besides the offering."""
HINTS = {
    "english": N_("The English words are not complete: people read German instead."),
    "easy": N_("The words in easy language are not complete: people read German instead."),
    "topic": N_("It has no topic: people who look for one do not find it."),
    "room": N_("It needs no room: nothing is reserved for it in the house."),
    "pool_few": N_("The equipment suffices for fewer people than there are places: dates publish fewer."),
    "bring": N_("It is not said what to bring."),
}
SAVED = {
    "entered": N_("It has been entered."),
    "saved": N_("Saved."),
    "facts": N_("Saved. Dates that are planned already stay as they are."),
    "needs": N_("Saved. Dates that are planned already keep what they have."),
    "published": N_("Visitors see it now."),
    "archived": N_("It is archived: visitors do not see it any more."),
    "copied": N_("This is the copy. It is a draft that nobody sees."),
    "dropped": N_("It has been taken away."),
    "deleted": N_("It has been deleted."),
    "repair": N_("The repair has been entered."),
    "repair_over": N_("The units can be used again."),
}
"""What a page says after something was done, by the ``saved`` of its address."""


def say_saved(code: str | None) -> str:
    """Return what to tell after something was done."""
    return _(SAVED[code]) if code in SAVED else ""


def state_label(state: str) -> str:
    """Return what the state of an offering is called."""
    return _(STATES[state])


def language_label(language: str) -> str:
    """Return what a language of texts is called."""
    return _(LANGUAGES[language])


def say_words(words: Iterable[str]) -> str:
    """Return which words are meant, as a list."""
    return ", ".join(_(WORDS[word]) for word in words)


def say_span(minutes: int) -> str:
    """Return a length of time as people say it: "2 hours"."""
    number, unit = span_of(minutes)
    if unit == "days":
        return str(ngettext("%(num)s day", "%(num)s days", number))
    if unit == "hours":
        return str(ngettext("%(num)s hour", "%(num)s hours", number))
    return str(ngettext("%(num)s minute", "%(num)s minutes", number))


def media_choices() -> list[tuple[str, str]]:
    """Return how people can meet, to choose from."""
    return [(medium, medium_label(medium)) for medium in MEDIA]


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the choices of a field, from keys and their words."""
    return [(key, _(text)) for key, text in words.items()]
