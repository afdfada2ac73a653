"""Which dates and offerings fit what somebody looks for, and which filter hides how many; no statement of its own."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from booking.catalogue.overview import OfferingFacts
from booking.schedule.listing import PARTS
from booking.schedule.queries import Date
from booking.web.public.programme_filters import STEP_FREE, Filters

_BOOKABLE = ("free", "few")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD = re.compile(r"\w+")
_SHORT = 3
Fits = Callable[[Date], bool]


@dataclass(frozen=True, slots=True)
class Known:
    """What decides besides a date itself: the offerings by id, the house's zone, and from which day needs can be met.

    ``arranged``  the first day of a date for which the house can arrange a need that is told today, by kind
    """

    offerings: Mapping[int, OfferingFacts]
    zone: str
    arranged: Mapping[str, date]


def fitting(dates: Iterable[Date], filters: Filters, known: Known) -> list[Date]:
    """Return the dates that fit all filters, in their order."""
    tests = [_TESTS[name](filters, known) for name in filters.chosen()]
    return [one for one in dates if all(test(one) for test in tests)]


def hiding(dates: Sequence[Date], filters: Filters, known: Known) -> list[tuple[str, int]]:
    """Return each single filter whose removal would show dates, with how many, the most first."""
    counts = [
        (name, len(fitting(dates, filters.without(name), known)))
        for name in filters.chosen()
        if len(filters.chosen()) > 1
    ]
    return sorted(((name, count) for name, count in counts if count), key=lambda found: -found[1])


def alone(dates: Sequence[Date], filters: Filters, known: Known) -> list[tuple[str, int]]:
    """Return each filter that shows dates if it is the only one, with how many, the most first."""
    chosen = filters.chosen()
    others = {name: [other for other in chosen if other != name] for name in chosen if len(chosen) > 1}
    counts = [(name, len(fitting(dates, filters.without(*rest), known))) for name, rest in others.items()]
    return sorted(((name, count) for name, count in counts if count), key=lambda found: -found[1])


def fits_offering(one: OfferingFacts, filters: Filters) -> bool:
    """Return whether an offering fits what is looked for, as far as it does not depend on a date."""
    return (
        (not filters.kinds or one.kind in filters.kinds)
        and (not filters.topic or filters.topic in one.topics)
        and (not filters.audience or filters.audience in one.audiences)
        and (STEP_FREE not in filters.access or one.is_step_free)
        and filters.people <= one.party_max
        and _says(one, _folded(filters.words))
    )


def _kinds(filters: Filters, _: Known) -> Fits:
    return lambda one: one.kind in filters.kinds


def _offering(wanted: Callable[[OfferingFacts], bool], known: Known) -> Fits:
    fit = {id_ for id_, offering in known.offerings.items() if wanted(offering)}
    return lambda one: one.offering_id in fit


def _topic(filters: Filters, known: Known) -> Fits:
    return _offering(lambda one: filters.topic in one.topics, known)


def _audience(filters: Filters, known: Known) -> Fits:
    return _offering(lambda one: filters.audience in one.audiences, known)


def _language(filters: Filters, _: Known) -> Fits:
    return lambda one: one.language == filters.language


def _parts(filters: Filters, known: Known) -> Fits:
    hours, zone = {hour for part in filters.parts for hour in PARTS[part]}, ZoneInfo(known.zone)
    return lambda one: one.starts_at.astimezone(zone).hour in hours


def _weekdays(filters: Filters, known: Known) -> Fits:
    zone = ZoneInfo(known.zone)
    return lambda one: one.starts_at.astimezone(zone).isoweekday() in filters.weekdays


def _access(filters: Filters, known: Known) -> Fits:
    zone = ZoneInfo(known.zone)

    def meets(one: Date, need: str) -> bool:
        if need == STEP_FREE:
            return one.is_step_free
        if need == "dgs" and one.language == "dgs":
            return True
        first = known.arranged.get(need)
        return first is not None and one.starts_at.astimezone(zone).date() >= first

    return lambda one: all(meets(one, need) for need in filters.access)


def _people(filters: Filters, known: Known) -> Fits:
    roomy = _offering(lambda one: one.party_max >= filters.people, known)
    return lambda one: one.state in _BOOKABLE and one.left >= filters.people and roomy(one)


def _is_free(_filters: Filters, _: Known) -> Fits:
    return lambda one: one.state in _BOOKABLE


def _words(filters: Filters, known: Known) -> Fits:
    wanted = _folded(filters.words)
    return _offering(lambda one: _says(one, wanted), known)


_TESTS: Mapping[str, Callable[[Filters, Known], Fits]] = {
    "kinds": _kinds,
    "topic": _topic,
    "audience": _audience,
    "language": _language,
    "parts": _parts,
    "weekdays": _weekdays,
    "access": _access,
    "people": _people,
    "is_free": _is_free,
    "words": _words,
}


def _says(one: OfferingFacts, wanted: Iterable[str]) -> bool:
    """Return whether all words are in the texts of an offering; short ones, such as KI, as words of their own."""
    names = [name for topic in one.topics.values() for name in topic.values()]
    text = _searched(" ".join((one.title, one.summary, one.description, *names)))
    return all((f" {word} " if len(word) <= _SHORT else word) in text for word in wanted)


@lru_cache(maxsize=512)
def _searched(text: str) -> str:
    """Return the words of a text as they are searched: "ü" is found as "u", as "ue" and as itself."""
    return f" {' '.join((*_folded(text), *_folded(text.casefold().translate(_GERMAN))))} "


def _folded(text: str) -> list[str]:
    """Return the words of a text without capitals and accents; umlauts become their vowels."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
