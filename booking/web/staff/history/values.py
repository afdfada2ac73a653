"""The values of changes, old and new, as people say them: times, minutes, yes and no, names instead of ids."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from booking.bookings.history_names import Things
from booking.messages import wording
from booking.web.context import house, language
from booking.web.public.rows import named
from booking.web.staff.history.saying import SAYING, WHOLE, field_kind, field_label

LONGEST = 160  # characters of a text that stand in a list; the page of the object has it whole
REFERENCES = frozenset({"host", "place", "pool", "offering", "programme", "occurrence", "topic", "staff"})
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


def said(name: str, value: Any, things: Things) -> str:
    """Return one value in words."""
    kind = field_kind(name)
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind in WHOLE:
        return _shortened(_tried(WHOLE[kind], value))
    if isinstance(value, list | tuple):
        return _shortened(", ".join(_one(kind, one, things) for one in value))
    return _shortened(_one(kind, value, things))


def _one(kind: str, value: Any, things: Things) -> str:
    if kind in REFERENCES and isinstance(value, int):
        return _name(kind, value, things)
    return _tried(SAYING.get(kind, str), value)


def _tried(say: Callable[[Any], str], value: Any) -> str:
    """Return a value in words; one of another shape, perhaps of an older version, as it is."""
    try:
        return say(value)
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError):
        return str(value)


def _name(kind: str, number: int, things: Things) -> str:
    thing = things.get((kind, number))
    if thing is None:
        return _("no. %(number)s", number=number)
    if thing.starts_at is not None:
        return f"{thing.title}, {wording.say_instant(thing.starts_at, house().zone, language())}"
    return thing.title or named(thing.names)


def _flat(values: Any) -> Iterable[Any]:
    for one in values if isinstance(values, list | tuple) else (values,):
        if isinstance(one, list | tuple):
            yield from _flat(one)
        else:
            yield one


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
