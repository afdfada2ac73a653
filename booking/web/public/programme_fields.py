"""The form of filters of the programme: its controls with what can be chosen and what is, and the way without each."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.catalogue.overview import OfferingFacts
from booking.messages import wording
from booking.schedule.listing import PARTS
from booking.web.context import language
from booking.web.labels import AUDIENCES, KINDS, audience_label
from booking.web.public.programme_filters import ACCESS, STEP_FREE, VIEWS, Filters
from booking.web.public.programme_labels import access_label, kind_plural, part_label
from booking.web.public.programme_search import Known
from booking.web.public.rows import named
from booking.web.public.slot_fields import Chip, Option


@dataclass(frozen=True, slots=True)
class Fields:
    """The controls; one without options is left out.  ``kept`` are the values that the form hands on unseen."""

    kinds: tuple[Option, ...]
    topics: tuple[Option, ...]
    audiences: tuple[Option, ...]
    languages: tuple[Option, ...]
    parts: tuple[Option, ...]
    weekdays: tuple[Option, ...]
    access: tuple[Option, ...]
    kept: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    quick: tuple[Option, ...]
    views: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen at all: what the house offers; topics by key and name."""

    kinds: tuple[str, ...]
    dated: tuple[str, ...]
    audiences: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    access: tuple[str, ...]


_QUICK = frozenset({"tour", "talk", "workshop"})


def fields(filters: Filters, known: Known, *, languages: Iterable[str]) -> Fields:
    """Return the controls for what the house offers, with what is chosen."""
    return _fields(request.script_root, language(), filters, _choices(filters, known, {*languages}))


def _choices(filters: Filters, known: Known, languages: set[str]) -> Choices:
    offered = [*known.offerings.values()]
    kinds = {one.kind for one in offered}
    audiences = {audience for one in offered for audience in one.audiences}
    topics = sorted(topic_names(offered).items(), key=lambda topic: topic[1].casefold())
    access = {STEP_FREE, *known.arranged, *filters.access} | ({"dgs"} & languages)
    return Choices(
        kinds=tuple(kind for kind in KINDS if kind in kinds),
        dated=tuple(
            kind for kind in KINDS if any((one.kind, one.booked_by) == (kind, "date") for one in offered)
        ),
        audiences=tuple(one for one in AUDIENCES if one in audiences),
        topics=tuple(topics),
        languages=tuple(one for one in wording.LANGUAGES if one in {*languages, filters.language}),
        access=tuple(one for one in ACCESS if one in access),
    )


@lru_cache(maxsize=128)
def _fields(_root: str, spoken: str, filters: Filters, choices: Choices) -> Fields:
    """Return the controls; ``spoken`` is the language of the page, and so of labels and addresses."""

    def options(values: Iterable[str], label: Callable[[str], str], chosen: Container[str]) -> Any:
        return tuple(Option(one, label(one), one in chosen) for one in values)

    return Fields(
        kinds=options(choices.kinds, kind_plural, filters.kinds),
        topics=tuple(Option(key, name, key == filters.topic) for key, name in choices.topics),
        audiences=options(choices.audiences, audience_label, (filters.audience,)),
        languages=options(choices.languages, _language, (filters.language,)),
        parts=options(PARTS, part_label, filters.parts),
        weekdays=tuple(
            Option(str(day), wording.say_weekday(day, spoken), day in filters.weekdays) for day in range(1, 8)
        ),
        access=options(choices.access, access_label, filters.access),
        kept=tuple(
            (name, str(value)) for name, value in filters.values().items() if name in ("from", "view")
        ),
        chips=tuple(_chips(filters, dict(choices.topics))),
        quick=tuple(_quick(choices.dated, filters)),
        views=tuple(
            Option(view, _view_label(view), view == filters.view, filters.href(view=view)) for view in VIEWS
        ),
    )


def _chips(filters: Filters, topics: Mapping[str, str]) -> Iterator[Chip]:
    """The filters that are set, each with the address of the programme without it; one kind alone has a link."""
    for name in filters.chosen():
        if name != "kinds" or len(filters.kinds) > 1 or not filters.kinds & _QUICK:
            for label, rest in _PARTED[name](filters, topics):
                yield Chip(label, filters.href(**{name: rest}))


def filter_label(name: str) -> str:
    """Return what a field of the filters asks for."""
    return {
        "kinds": _("Kind"),
        "topic": _("Topic"),
        "audience": _("For whom"),
        "language": _("Language"),
        "parts": _("Time of day"),
        "weekdays": _("Day of the week"),
        "access": _("What you need"),
        "people": _("Number of people"),
        "is_free": _("Free places"),
        "words": _("Search words"),
    }[name]


def topic_names(offered: Iterable[OfferingFacts]) -> Mapping[str, str]:
    """Return the topics that mark offerings, by key."""
    return {key: named(names) for one in offered for key, names in one.topics.items()}


def _quick(dated: Iterable[str], filters: Filters) -> Iterator[Option]:
    """The kinds that have dates, one at a time, by links."""
    yield Option("", _("All"), not filters.kinds, filters.href(kinds=frozenset()))
    for kind in dated:
        if kind in _QUICK:
            only = frozenset({kind})
            yield Option(kind, kind_plural(kind), filters.kinds == only, filters.href(kinds=only))


def _view_label(view: str) -> str:
    return {"list": _("List"), "week": _("Week"), "month": _("Month")}[view]


def _language(spoken: str) -> str:
    return wording.say_language(spoken, language())


def _each(
    name: str, label: Callable[[Any], str]
) -> Callable[[Filters, Mapping[str, str]], list[tuple[str, Any]]]:
    """Return what makes a chip of each member of a set."""

    def parted(filters: Filters, _: Mapping[str, str]) -> list[tuple[str, Any]]:
        members = getattr(filters, name)
        return [(label(one), members - {one}) for one in sorted(members)]

    return parted


_PARTED: Mapping[str, Callable[[Filters, Mapping[str, str]], list[tuple[str, Any]]]] = {
    "kinds": _each("kinds", kind_plural),
    "topic": lambda filters, topics: [(topics.get(filters.topic, filters.topic), "")],
    "audience": lambda filters, _: [(audience_label(filters.audience), "")],
    "language": lambda filters, _: [(_language(filters.language), "")],
    "parts": _each("parts", part_label),
    "weekdays": _each("weekdays", lambda day: wording.say_weekday(day, language())),
    "access": _each("access", access_label),
    "people": lambda filters, _: [
        (str(ngettext("for %(num)s person", "for %(num)s people", filters.people)), 0)
    ],
    "is_free": lambda filters, _: [(_free(), False)],
    "words": lambda filters, _: [(f"„{filters.words}“", "")],
}


def _free() -> str:
    return str(_("with free places"))
