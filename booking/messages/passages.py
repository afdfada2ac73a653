"""Passages of mails that a house may word itself, and their placeholders: strings alone, put in once; pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby

from booking.messages.facts import (
    ARRANGED,
    CANCELLATION,
    CANCELLED_BY_HOUSE,
    CHANGED,
    CONFIRM_ADDRESS,
    CONFIRMATION,
    DATE_CHANGED,
    MOVED,
    NOT_ARRANGED,
    STAFF_KINDS,
    TASK,
    VIDEO_ADDRESS,
    VOICE_FOR_HOUSE,
)
from booking.messages.plain import many_lines, one_line
from booking.messages.staff_refusals import (
    LooseBrace,
    NoPlaceholders,
    TooLong,
    TooManyPlaceholders,
    UnknownPlaceholder,
)

SUBJECT, OPENING, EXTRA, BRING = "subject", "opening", "extra", "bring"
CLOSING, SIGNATURE = "closing", "signature"
LENGTHS: Mapping[str, int] = {
    SUBJECT: 150,
    OPENING: 600,
    EXTRA: 2000,
    BRING: 1000,
    CLOSING: 600,
    SIGNATURE: 400,
}
"""Every passage, in the order of a mail, with the most characters that it takes."""

MOST_PLACEHOLDERS = 20
SUBJECT_LIMIT = 180  # characters of a subject once its placeholders are filled in
EVERY = "every"
"""Stands for the kind of a mail where a text holds for every mail that goes to people."""

FOR_HOUSE = (TASK, VOICE_FOR_HOUSE, *STAFF_KINDS)
"""Mails to those who run the house: it has nothing of its own to say to itself."""

_WHOLE = tuple(LENGTHS)
_SHORT = (SUBJECT, OPENING, EXTRA, CLOSING, SIGNATURE)
PASSAGES: Mapping[str, tuple[str, ...]] = {
    CONFIRMATION: _WHOLE,
    MOVED: _WHOLE,
    CHANGED: _WHOLE,
    DATE_CHANGED: _WHOLE,
    VIDEO_ADDRESS: _WHOLE,
    CANCELLED_BY_HOUSE: _SHORT,
    CANCELLATION: _SHORT,
    CONFIRM_ADDRESS: _SHORT,
    ARRANGED: _SHORT,
    NOT_ARRANGED: _SHORT,
    EVERY: (CLOSING, SIGNATURE),
}
"""Which passages of which mails can be worded."""

OF_HOUSE = ("house", "phone", "email")
OF_BOOKING = ("offering", "date", "time", "place", "reference", "people", *OF_HOUSE)
_BY_KIND: Mapping[str, tuple[str, ...]] = {EVERY: OF_HOUSE, CONFIRM_ADDRESS: OF_BOOKING}
"""Who has not confirmed an address may be a stranger, who is not greeted by what somebody typed."""

_SYNONYMS: Mapping[str, str] = {
    "vorname": "name",
    "nachname": "name",
    "angebot": "offering",
    "titel": "offering",
    "title": "offering",
    "datum": "date",
    "tag": "date",
    "day": "date",
    "termin": "date",
    "uhrzeit": "time",
    "zeit": "time",
    "ort": "place",
    "raum": "place",
    "room": "place",
    "where": "place",
    "nummer": "reference",
    "buchungsnummer": "reference",
    "number": "reference",
    "personen": "people",
    "haus": "house",
    "telefon": "phone",
    "telephone": "phone",
    "mail": "email",
    "e-mail": "email",
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MARKS = ("- ", "* ")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of lines, or a list of entries."""

    lines: tuple[str, ...]
    is_list: bool = False


def placeholders(kind: str) -> tuple[str, ...]:
    """Return the names that a text of this kind of mail may use."""
    return _BY_KIND.get(kind, ("name", *OF_BOOKING))


def check(text: str, *, passage: str, kind: str) -> None:
    """Raise the UnfitText that says what is wrong with a text, if anything is."""
    if len(text) > LENGTHS[passage]:
        raise TooLong(most=LENGTHS[passage], typed=len(text))
    used = _PLACEHOLDER.findall(text)
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        raise LooseBrace(example=_braced(placeholders(kind)[0]))
    if len(used) > MOST_PLACEHOLDERS:
        raise TooManyPlaceholders(most=MOST_PLACEHOLDERS)
    for name in used:
        _check_name(name, placeholders(kind))


def blocks(text: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """Return a text as paragraphs and lists, with its placeholders filled in.

    The shape is that of the text: a value stays on its line and makes no
    paragraph, list or placeholder of its own.  Raises UnfitText for a
    placeholder that ``values`` lacks, and for a loose brace.
    """
    parts = re.split(r"\n\s*\n", many_lines(text).strip())
    return tuple(block for part in parts for block in _blocks_of(part, values))


def _blocks_of(part: str, values: Mapping[str, str]) -> Iterator[Block]:
    lines = (line.strip() for line in part.split("\n") if line.strip())
    for is_list, group in groupby(lines, key=lambda line: line.startswith(_MARKS)):
        yield Block(tuple(_filled(line[2:] if is_list else line, values) for line in group), is_list)


def subject(text: str, values: Mapping[str, str]) -> str:
    """Return a subject on one line, with its placeholders filled in, not endless; raises UnfitText."""
    told = one_line(_filled(one_line(text), values))
    return told if len(told) <= SUBJECT_LIMIT else told[: SUBJECT_LIMIT - 1].rstrip() + "…"


def _filled(line: str, values: Mapping[str, str]) -> str:
    """Put each value in once: what it holds is looked at no more."""
    if re.search(r"[{}]", _PLACEHOLDER.sub("", line)):
        raise LooseBrace(example=_braced(next(iter(values), "house")))

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            _check_name(name, tuple(values))
        return one_line(values[name])

    return _PLACEHOLDER.sub(value, line)


def _check_name(name: str, allowed: tuple[str, ...]) -> None:
    if name in allowed:
        return
    if not name.strip():
        raise NoPlaceholders(near=_listed(allowed))
    raise UnknownPlaceholder(typed=_braced(name), near=_listed(nearest(name, allowed)))


def nearest(name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return which placeholders could be meant by a name that is none: the most alike, else all."""
    plain = name.strip().lower()
    meant = _SYNONYMS.get(plain, plain)
    if meant in allowed:
        return (meant,)
    return tuple(get_close_matches(plain, allowed, n=2, cutoff=0.55)) or allowed


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(_braced, names))


def _braced(name: str) -> str:
    return f"{{{name[:40]}}}"
