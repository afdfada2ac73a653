"""The values of changes, old and new, as people say them: times, minutes, yes and no, names instead of ids."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings.history_names import Things
from booking.errors import N_
from booking.messages import wording
from booking.people.permissions import ROLES
from booking.timekit.instants import from_epoch
from booking.web.context import house, language
from booking.web.public.rows import named
from booking.web.staff.history.field_labels import FIELDS, WORDS

LONGEST = 160  # characters of a text that stand in a list; the page of the object has it whole
REFERENCES = frozenset({"host", "place", "pool", "offering", "programme", "occurrence", "topic", "staff"})
_ROLES = {
    "guide": N_("Guide"),
    "expert": N_("Expert"),
    "desk": N_("Desk"),
    "coordinator": N_("Coordination"),
    "admin": N_("Administration"),
    "auditor": N_("Audit"),
}
_LANGUAGE_NAMES = {"de": N_("German"), "en": N_("English"), "ls": N_("easy language")}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """A field with what it was and what it is."""

    label: str
    old: str
    new: str


def changes_of(changes: Mapping[str, Any], things: Things) -> list[Change]:
    """Return what changed, in words; a value that is not a pair is told as what it is now."""
    told = []
    for name, values in changes.items():
        is_pair = isinstance(values, list | tuple) and len(values) == 2
        old, new = values if is_pair else (None, values)
        told.append(Change(field_label(name), said(name, old, things), said(name, new, things)))
    return told


def counts_of(counts: Mapping[str, int], things: Things) -> list[tuple[str, str]]:
    """Return the counts of an event with their labels."""
    return [(field_label(name), said(name, number, things)) for name, number in counts.items()]


def ids_of(changes: Mapping[str, Any], counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """Yield the objects that the values of an event name: kind and id."""
    pairs = [(name, one) for name, values in changes.items() for one in _flat(values)]
    for name, value in [*pairs, *counts.items()]:
        kind = field_kind(name)
        if kind in REFERENCES and isinstance(value, int) and not isinstance(value, bool):
            yield kind, value


def field_label(name: str) -> str:
    """Return what a field is called; one that nobody has named yet by its name in the program."""
    known = FIELDS.get(name)
    return _(known[1]) if known else name.replace("_", " ").capitalize()


def field_kind(name: str) -> str:
    """Return how the values of a field are said."""
    known = FIELDS.get(name)
    return known[0] if known else "text"


def said(name: str, value: Any, things: Things) -> str:
    """Return one value in words."""
    kind = field_kind(name)
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind in _WHOLE:
        return _shortened(_WHOLE[kind](value))
    if isinstance(value, list | tuple):
        return _shortened(", ".join(_one(kind, one, things) for one in value))
    return _shortened(_one(kind, value, things))


def _one(kind: str, value: Any, things: Things) -> str:
    if kind in REFERENCES and isinstance(value, int):
        return _name(kind, value, things)
    try:
        return _SAYING.get(kind, str)(value)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        return str(value)


def _name(kind: str, number: int, things: Things) -> str:
    thing = things.get((kind, number))
    if thing is None:
        return _("no. %(number)s", number=number)
    if thing.starts_at is not None:
        return f"{thing.title}, {wording.say_instant(thing.starts_at, house().zone, language())}"
    return thing.title or named(thing.names)


def _instant(value: Any) -> str:
    instant = from_epoch(value) if isinstance(value, int) else datetime.fromisoformat(value)
    return wording.say_instant(instant, house().zone, language())


def _day(value: Any) -> str:
    return wording.say_day(date.fromisoformat(value), language())


def _minutes(value: Any) -> str:
    days, rest = divmod(int(value), 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [
        ngettext("%(num)s day", "%(num)s days", days) if days else "",
        ngettext("%(num)s hour", "%(num)s hours", hours) if hours else "",
        ngettext("%(num)s minute", "%(num)s minutes", minutes) if minutes or not value else "",
    ]
    return " ".join(part for part in parts if part)


def _clock(value: Any) -> str:
    return f"{int(value) // 60:02}:{int(value) % 60:02}"


def _windows(value: Any) -> str:
    if isinstance(value, str):
        return value
    pairs = [one for one in value if isinstance(one, list | tuple) and len(one) == 2]
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in pairs) or _("closed")


def _days(value: Any) -> str:
    return ngettext("%(num)s day", "%(num)s days", int(value))


def _weekday(value: Any) -> str:
    return wording.say_weekday(int(value) + 1, language())


def _parity(value: Any) -> str:
    return _("even weeks") if int(value) == 0 else _("odd weeks")


def _word(value: Any) -> str:
    return _(WORDS[value]) if value in WORDS else str(value)


def _spoken(value: Any) -> str:
    return wording.say_language(str(value), language())


def _role(value: Any) -> str:
    return _(_ROLES[value]) if value in ROLES else str(value)


def _names(value: Any) -> str:
    """Return texts by language, each behind the name of its language."""
    if not isinstance(value, Mapping):
        return str(value)
    return "; ".join(
        f"{_(_LANGUAGE_NAMES[code]) if code in _LANGUAGE_NAMES else code}: {words}"
        for code, words in value.items()
        if words
    )


def _party(value: Any) -> str:
    return wording.say_party(value, language()) if isinstance(value, Mapping) else str(value)


def _flat(values: Any) -> Iterable[Any]:
    for one in values if isinstance(values, list | tuple) else (values,):
        if isinstance(one, list | tuple):
            yield from _flat(one)
        else:
            yield one


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


_WHOLE: Mapping[str, Callable[[Any], str]] = {"windows": _windows, "names": _names, "party": _party}
"""How a value is said that is a list or a table as a whole."""
_SAYING: Mapping[str, Callable[[Any], str]] = {
    "instant": _instant,
    "day": _day,
    "minutes": _minutes,
    "clock": _clock,
    "days": _days,
    "weekday": _weekday,
    "parity": _parity,
    "word": _word,
    "language": _spoken,
    "role": _role,
}
"""How one value is said, by the kind of its field."""
