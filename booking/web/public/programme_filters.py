"""What somebody looks for in the programme: read from an address once, what is not known is passed over with a note."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from booking.houses.access import KINDS as NEEDS
from booking.messages import wording
from booking.messages.plain import one_line
from booking.schedule.listing import PARTS
from booking.web.context import address
from booking.web.labels import AUDIENCES, KINDS

VIEWS = ("list", "week", "month")
STEP_FREE = "step_free"
ACCESS = (STEP_FREE, *(need for need in NEEDS if need not in ("wheelchair", "companion")))
FURTHEST = timedelta(days=3650)
MOST_PEOPLE = 999
LONGEST_WORDS = 100
_NUMBER = re.compile(r"[0-9]{1,3}")
_KEY = re.compile(r"[a-z0-9-]{1,80}")
T = TypeVar("T")
_PASSED_OVER = _l("A filter in the address is not known here and was passed over.")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; empty stands for anything.

    ``topic``     a key, which the house may not know
    ``language``  of the dates, as in ``wording.LANGUAGES``
    ``parts``     of the day, of the start by the clock of the house; ``weekdays``: 1 for Monday
    ``access``    of ``ACCESS``: what people need to take part
    ``people``    so many places must be free; 0: any number
    ``words``     what was typed to be searched for
    ``first``     the day from which dates are shown; None: today
    """

    kinds: frozenset[str] = frozenset()
    topic: str = ""
    audience: str = ""
    language: str = ""
    parts: frozenset[str] = frozenset()
    weekdays: frozenset[int] = frozenset()
    access: frozenset[str] = frozenset()
    people: int = 0
    is_free: bool = False
    words: str = ""
    first: date | None = None
    view: str = "list"

    def values(self) -> dict[str, Any]:
        """Return them as parameters of an address; what stands for anything is left out."""
        found = {
            "q": self.words,
            "kind": [kind for kind in KINDS if kind in self.kinds],
            "topic": self.topic,
            "audience": self.audience,
            "language": self.language,
            "part": [part for part in PARTS if part in self.parts],
            "weekday": sorted(self.weekdays),
            "access": [need for need in ACCESS if need in self.access],
            "people": self.people,
            "free": 1 if self.is_free else 0,
            "from": self.first.isoformat() if self.first else "",
            "view": self.view if self.view != "list" else "",
        }
        return {name: value for name, value in found.items() if value}

    def chosen(self) -> list[str]:
        """Return the names of the fields that leave dates out, in the order in which they are asked."""
        return [one.name for one in fields(self) if one.name in _HIDING and getattr(self, one.name)]

    def without(self, *names: str) -> "Filters":
        """Return the same without some of the fields that ``chosen`` names, or without all if none is named."""
        return replace(self, **{name: _ANYTHING[name] for name in names or _HIDING})

    def with_changes(self, **changes: Any) -> "Filters":
        """Return the same with other values of some fields."""
        return replace(self, **changes)

    def href(self, **changes: Any) -> str:
        """Return the address of the programme with these filters, some fields changed."""
        return address("programme", **replace(self, **changes).values())


_HIDING = {one.name for one in fields(Filters)} - {"first", "view"}
_ANYTHING: Mapping[str, Any] = {one.name: one.default for one in fields(Filters)}


@dataclass
class _Reader:
    """Reads one parameter after the other and keeps the notes."""

    args: MultiDict[str, str]
    notes: list[str] = field(default_factory=list)

    def one(self, name: str, read: Callable[[str], T | None], note: object = _PASSED_OVER) -> T | None:
        """Return the first of a parameter, if it is given and can be read; else None, with a note if it was given."""
        given = [typed for typed in (value.strip() for value in self.args.getlist(name)) if typed]
        found = read(given[0]) if given else None
        if given and (found is None or len(set(given)) > 1):
            self.notes.append(str(note))
        return found

    def many(self, name: str, known: Iterable[T], note: object = _PASSED_OVER) -> frozenset[T]:
        """Return those of a repeated parameter that are known, with a note if one is not."""
        by_word = {str(value): value for value in known}
        given = {value.strip() for value in self.args.getlist(name)} - {""}
        if given - by_word.keys():
            self.notes.append(str(note))
        return frozenset(by_word[value] for value in given & by_word.keys())


def filters_from(args: MultiDict[str, str], *, today: date) -> tuple[Filters, tuple[str, ...]]:
    """Return what an address asks of the programme, and notes on what was passed over, each once."""
    reader = _Reader(args)
    found = Filters(
        kinds=reader.many("kind", KINDS),
        topic=reader.one("topic", _matching(_KEY)) or "",
        audience=reader.one("audience", _among(AUDIENCES)) or "",
        language=reader.one(
            "language", _among(wording.LANGUAGES), _("We do not know this language. All are shown.")
        )
        or "",
        parts=reader.many("part", PARTS),
        weekdays=reader.many("weekday", range(1, 8)),
        access=reader.many("access", ACCESS),
        people=reader.one("people", _people, _("Enter how many people come, from 1 to 999.")) or 0,
        is_free=reader.one("free", {"1": True}.get) or False,
        words=_words(reader),
        first=reader.one("from", _day(today), _("The programme cannot begin on that day. It begins today.")),
        view=reader.one("view", _among(VIEWS), _("There is no such view. This is the list.")) or "list",
    )
    if "page" in args:
        reader.notes.append(_("The pages have no numbers: choose from which day on you want to see dates."))
    return found, tuple(dict.fromkeys(reader.notes))


def _words(reader: _Reader) -> str:
    typed = one_line(" ".join(reader.args.getlist("q")))
    if len(typed) > LONGEST_WORDS:
        reader.notes.append(_("We looked for the first 100 characters of what you typed."))
    return typed[:LONGEST_WORDS].strip()


def _among(known: Iterable[str]) -> Callable[[str], str | None]:
    words: Mapping[str, str] = {word: word for word in known}
    return words.get


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda typed: typed if pattern.fullmatch(typed) else None


def _people(typed: str) -> int | None:
    number = int(typed) if _NUMBER.fullmatch(typed) else 0
    return number if 0 < number <= MOST_PEOPLE else None


def _day(today: date) -> Callable[[str], date | None]:
    def read(typed: str) -> date | None:
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            return None
        return day if today <= day <= today + FURTHEST else None

    return read
