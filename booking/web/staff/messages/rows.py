"""Rows of the list of mail texts: which mails have own words, in which languages, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from booking.messages.passages import PASSAGES
from booking.messages.text_models import LANGUAGES
from booking.messages.text_queries import TextCount
from booking.web.staff.messages.names import mail_label
from booking.web.staff.messages.scope import Scope
from booking.web.variants import LABELS


@dataclass(frozen=True, slots=True)
class Cell:
    """One mail in one language: how many passages have own words, and how many lack them that others have."""

    language: str
    label: str
    own: int
    missing: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of mail."""

    kind: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Meter:
    """How complete a language is: passages with own words, of those that have them in any language."""

    label: str
    own: int
    wanted: int


def rows(counted: Iterable[TextCount], wanted: Scope) -> list[Row]:
    """Return a row for every kind of mail that can be worded, for one scope."""
    own = {(one.kind, one.language): one.passages for one in counted if one.offering_id == wanted.offering_id}
    return [_row(kind, own, wanted) for kind in PASSAGES]


def meters(shown: Iterable[Row]) -> list[Meter]:
    """Return how complete each language is; none where nothing has own words."""
    cells = [cell for row in shown for cell in row.cells]
    found = []
    for code in LANGUAGES:
        mine = [cell for cell in cells if cell.language == code]
        own = sum(cell.own for cell in mine)
        found.append(Meter(LABELS[code], own, own + sum(cell.missing for cell in mine)))
    return found if any(one.wanted for one in found) else []


def by_offering(counted: Iterable[TextCount]) -> dict[int, int]:
    """Return how many passages have words of their own, by offering."""
    found: dict[int, int] = {}
    for one in counted:
        if one.offering_id is not None and one.passages:
            found[one.offering_id] = found.get(one.offering_id, 0) + len(one.passages)
    return found


def _row(kind: str, own: Mapping[tuple[str, str], frozenset[str]], wanted: Scope) -> Row:
    here = {code: own.get((kind, code), frozenset()) for code in LANGUAGES}
    somewhere = frozenset().union(*here.values())
    cells = (
        Cell(
            code,
            LABELS[code],
            len(here[code]),
            len(somewhere - here[code]),
            wanted.href("message_edit", kind=kind, spoken=code),
        )
        for code in LANGUAGES
    )
    return Row(kind, mail_label(kind), tuple(cells))
