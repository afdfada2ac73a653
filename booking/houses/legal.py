"""What a public house must show by law: who publishes, who watches over data and accessibility; pure.

Sections of the house's file, each of which may be missing until somebody has found out (``flask check data``
then says so); a text is one for all languages, or one for each (``de``, ``en``, perhaps ``ls``):

``[publisher]``                name, represented_by, address, phone, email, vat_id, supervision, editor
``[data_protection_officer]``  name, address, phone, email
``[supervisory_authority]``    name, address, phone, email, website: of data protection
``[enforcement_body]``         name, address, phone, email, website: of accessibility
``[accessibility]``            statement_date (2026-11-20), method ("self-assessment" or "external"),
                               law (the state's), known_faults (a list of texts)
``[legal]``                    privacy_law (the state's, beside Article 6(1)(e) GDPR), reviewed (true once the data
                               protection officer has checked the pages)
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Names = Mapping[str, str]
METHODS = ("self-assessment", "external")
_BODY = ("name", "address", "phone", "email", "website")
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "publisher": ("name", "represented_by", "address", "phone", "email", "vat_id", "supervision", "editor"),
    "data_protection_officer": ("name", "address", "phone", "email"),
    "supervisory_authority": _BODY,
    "enforcement_body": _BODY,
    "accessibility": ("statement_date", "method", "law", "known_faults"),
    "legal": ("privacy_law", "reviewed"),
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "publisher": ("name", "represented_by", "address"),
    "data_protection_officer": ("name", "email"),
    "supervisory_authority": ("name", "website"),
    "enforcement_body": ("name",),
    "accessibility": ("statement_date", "method"),
    "legal": ("privacy_law",),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Body:
    """An office with its address; every text by language, "" where it is not known."""

    name: Names
    address: Names
    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Legal:
    """What the legal pages of a house say of its own."""

    publisher: Body
    represented_by: Names
    supervision: Names
    editor: Names
    vat_id: str
    officer: Body
    authority: Body
    enforcement: Body
    statement_date: date | None
    method: str
    accessibility_law: Names
    known_faults: tuple[Names, ...]
    privacy_law: Names
    is_reviewed: bool
    gaps: tuple[str, ...]


def legal(data: Mapping[str, Any]) -> Legal:
    """Return what a fit file says; what is missing is empty."""
    publisher, accessibility = data.get("publisher", {}), data.get("accessibility", {})
    own = data.get("legal", {})
    told = accessibility.get("statement_date", "")
    return Legal(
        publisher=_body(publisher),
        represented_by=in_languages(publisher.get("represented_by")),
        supervision=in_languages(publisher.get("supervision")),
        editor=in_languages(publisher.get("editor")),
        vat_id=publisher.get("vat_id", ""),
        officer=_body(data.get("data_protection_officer", {})),
        authority=_body(data.get("supervisory_authority", {})),
        enforcement=_body(data.get("enforcement_body", {})),
        statement_date=date.fromisoformat(told) if told else None,
        method=accessibility.get("method", ""),
        accessibility_law=in_languages(accessibility.get("law")),
        known_faults=tuple(in_languages(one) for one in accessibility.get("known_faults", ())),
        privacy_law=in_languages(own.get("privacy_law")),
        is_reviewed=bool(own.get("reviewed", False)),
        gaps=tuple(legal_gaps(data)),
    )


def legal_gaps(data: Mapping[str, Any]) -> list[str]:
    """Return what the legal pages still lack, by section and name: a warning, since the house can be shown without."""
    return [
        f"{section}.{name}"
        for section, names in _NEEDED.items()
        for name in names
        if not data.get(section, {}).get(name)
    ]


def legal_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the sections of a file, in words for whoever writes it."""
    for section, names in SECTIONS.items():
        told = data.get(section, {})
        if isinstance(told, dict):  # else it is told as a misshapen section
            yield from (f"{section}.{name} is not known" for name in told if name not in names)
            yield from _misshapen(section, told)


def _misshapen(section: str, told: Mapping[str, Any]) -> Iterator[str]:
    for name, value in told.items():
        fits, wanted = _SHAPE.get(name, _TEXT)
        if not fits(value):
            yield f"{section}.{name} must be {wanted}"


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_text(value: object) -> bool:
    if isinstance(value, dict):
        return bool(value.get("de")) and all(isinstance(text, str) for text in value.values())
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)


_TEXT: tuple[Callable[[object], bool], str] = (
    _is_text,
    "a text, or one for each language, in German at least",
)
_SHAPE: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "reviewed": (lambda value: isinstance(value, bool), "true or false"),
    "known_faults": (_are_texts, "a list of texts, each for all languages or one for each"),
    "statement_date": (_is_day, 'a day such as "2026-11-20", in quotation marks'),
    "method": (lambda value: value in METHODS, "one of " + ", ".join(METHODS)),
    "website": (lambda value: isinstance(value, str) and value.startswith("https://"), "an https address"),
    **dict.fromkeys(("phone", "email", "vat_id"), (lambda value: isinstance(value, str), "a text")),
}


def _body(section: Mapping[str, Any]) -> Body:
    return Body(
        name=in_languages(section.get("name")),
        address=in_languages(section.get("address")),
        phone=section.get("phone", ""),
        email=section.get("email", ""),
        website=section.get("website", ""),
    )


def in_languages(value: "str | Names | None") -> Names:
    """Return a text by language; one text for all languages stands under ``de``."""
    return {"de": value or ""} if isinstance(value, str) or value is None else value
