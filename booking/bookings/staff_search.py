"""What a search of staff finds: a whole reference or address for whoever may know it, a part of a name for fewer."""

import re

from sqlalchemy import ColumnElement, String, func, or_, true

from booking.bookings.models import Booking
from booking.bookings.rules import REFERENCE_LETTERS

_REFERENCE = re.compile(f"[{REFERENCE_LETTERS}]{{8}}")
_FEWEST_DIGITS = 6


def exact(term: str) -> ColumnElement[bool] | None:
    """Return the condition where a term is a whole reference or address, else None."""
    typed = reference(term)
    if typed:
        return Booking.reference == typed
    return func.lower(Booking.email) == term.strip().lower() if "@" in term.strip("@ ") else None


def reference(term: str) -> str:
    """Return a term as the reference that it is, however it was typed, or nothing."""
    typed = re.sub(r"[\s-]", "", term).upper()
    return typed if _REFERENCE.fullmatch(typed) else ""


def found(term: str) -> ColumnElement[bool]:
    """Return what a term finds for those who see names: reference, name, address, or phone number."""
    words = term.strip()
    if not words:
        return true()
    whole = exact(words)
    ways = [] if whole is None else [whole]
    for written in {words, words.lower(), words.title(), words.upper()}:  # SQLite folds ASCII letters alone
        ways += [Booking.name.contains(written, autoescape=True)]
    ways.append(Booking.email.icontains(words, autoescape=True))
    digits = re.sub(r"\D", "", re.sub(r"^\s*(\+|00)\d\d|^\s*0", "", words))
    if len(digits) >= _FEWEST_DIGITS and not re.search(r"[^\d\s()+/.-]", words):
        ways.append(_DIALLED.endswith(digits))
    return or_(*ways)


def found_without_names(term: str) -> ColumnElement[bool]:
    """Return what a term finds for those who see no names: a whole reference."""
    return Booking.reference == reference(term) if term.strip() else true()


def _dialled() -> ColumnElement[str]:
    shown: ColumnElement[str] = func.coalesce(Booking.phone, "", type_=String)
    for sign in " -/().":
        shown = func.replace(shown, sign, "", type_=String)
    return shown


_DIALLED = _dialled()
