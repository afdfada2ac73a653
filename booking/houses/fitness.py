"""Whether a file of ``houses/`` describes a house: every fault, told at once; pure."""

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from booking.houses.access import offer_faults
from booking.houses.arrivals import arrival_faults
from booking.houses.embedding import ancestor_faults
from booking.houses.ideas import outcome_faults
from booking.houses.legal import SECTIONS, legal_faults
from booking.houses.opening import opening_faults
from booking.houses.pictures import picture_faults
from booking.houses.sign_language import sign_language_faults
from booking.timekit.holidays import state_holidays

NEEDED_TEXTS = (
    "name",
    "subtitle",
    "welcome",
    "way",
    "privacy_short",
)


def house_faults(data: Mapping[str, Any], *, languages: tuple[str, ...]) -> list[str]:
    """Return what is wrong with the parsed file of a house, a line for each fault."""
    told = [*_misshapen(data), *_missing(data, languages), *_unfit(data), *offer_faults(data)]
    told += [*arrival_faults(data), *ancestor_faults(data), *outcome_faults(data), *legal_faults(data)]
    told += sign_language_faults(data, languages=languages)
    return [*told, *opening_faults(data), *picture_faults(data, languages=languages)]


_SHAPE: Mapping[str, type | tuple[type, ...]] = {
    "key": str,
    "hostnames": list,
    "zone": str,
    "country": str,
    "subdivision": str,
    "demo": bool,
    "address": dict,
    "address.street": str,
    "address.postal_code": (str, int),
    "address.city": str,
    "address.country_name": (str, dict),
    "address.latitude": float,
    "address.longitude": float,
    "contact": dict,
    "contact.phone": str,
    "contact.email": str,
    "contact.mailbox": str,
    "branding": dict,
    "branding.accent": str,
    "branding.accent_dark": str,
    "branding.official": str,
    "online": dict,
    "online.video": str,
    "texts": dict,
    "access": dict,
    "embed": dict,
    "arrivals": dict,
    "sign_language": dict,
    "ideas": dict,
    **dict.fromkeys(SECTIONS, dict),
    "opening": dict,
    "pictures": dict,
}
_NEEDED: tuple[str, ...] = (
    "key",
    "zone",
    "country",
    "address",
    "contact",
    "texts",
    "address.street",
    "address.postal_code",
)
_NEEDED += ("address.city", "contact.phone", "contact.email", "contact.mailbox")


def _misshapen(data: Mapping[str, Any]) -> list[str]:
    """Return what has another type than it must have, and names that no house knows."""
    told = dict(data)
    for section in ("address", "contact", "branding"):
        inner = data.get(section)
        told |= (
            {f"{section}.{name}": value for name, value in inner.items()} if isinstance(inner, dict) else {}
        )
    faults = [f"{name} is not known" for name in told if name not in _SHAPE]
    return faults + [
        f"{name} must be {_said(_SHAPE[name])}, not {value!r}"
        for name, value in told.items()
        if name in _SHAPE and not isinstance(value, _SHAPE[name])
    ]


def _said(kind: type | tuple[type, ...]) -> str:
    words = {
        str: "a text",
        list: "a list",
        bool: "true or false",
        dict: "a section",
        float: "a number such as 51.34",
    }
    return words[kind[0] if isinstance(kind, tuple) else kind]


def _missing(data: Mapping[str, Any], languages: tuple[str, ...]) -> list[str]:
    faults = [f"{name} is missing" for name in _NEEDED if not _at(data, name)]
    for language in languages:
        faults += [
            f"texts.{language}.{name} is missing"
            for name in NEEDED_TEXTS
            if not _at(data, f"texts.{language}.{name}")
        ]
    return faults


def _at(data: Mapping[str, Any], path: str) -> Any:
    found: Any = data
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _unfit(data: Mapping[str, Any]) -> list[str]:
    """Return what has the right type and cannot be right."""
    faults = [
        f"contact.{name} {_at(data, f'contact.{name}')!r} is not an address"
        for name in ("email", "mailbox")
        if not _is_address(data, name)
    ]
    faults += [
        f"branding.{name} is not a colour" for name in ("accent", "accent_dark") if not _is_colour(data, name)
    ]
    if not all(re.fullmatch(r"[a-z0-9.-]{1,253}", str(host).lower()) for host in data.get("hostnames") or []):
        faults.append("hostnames must be host names such as lab.example.org, without a port")
    video = str(_at(data, "online.video") or "https://{room}")
    if not re.fullmatch(r"https://[!-~]*\{room\}[!-~]*", video):
        faults.append("online.video must be an https address with {room} in it")
    if not re.fullmatch(r"[a-z0-9-]{1,80}", str(data.get("key", "key"))):
        faults.append("key must consist of lower-case letters, digits and hyphens")
    try:
        ZoneInfo(str(data.get("zone", "UTC")))
    except (ZoneInfoNotFoundError, ValueError):
        faults.append(f"zone {data['zone']!r} is not in the time zone database")
    try:
        state_holidays(str(data.get("country", "DE")), str(data.get("subdivision", "")), 2027, "de")
    except NotImplementedError:
        faults.append("country and subdivision are none whose holidays are known, such as DE and SN")
    return faults


def _is_address(data: Mapping[str, Any], name: str) -> bool:
    address = str(_at(data, f"contact.{name}") or "a@b")
    return address.count("@") == 1 and not any(character.isspace() for character in address)


def _is_colour(data: Mapping[str, Any], name: str) -> bool:
    colour = str(_at(data, f"branding.{name}") or "#000000")
    return re.fullmatch(r"#[0-9a-fA-F]{6}", colour) is not None
