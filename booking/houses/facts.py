"""What a house is: the typed shape of a file of ``houses/``; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from booking.houses.access import Offer, offer_faults, offers
from booking.timekit.holidays import state_holidays

LANGUAGES = ("de", "en")
Texts = Mapping[str, Mapping[str, str]]
NEEDED_TEXTS = (
    "name",
    "subtitle",
    "welcome",
    "way",
    "imprint",
    "privacy",
    "privacy_short",
    "accessibility",
    "contact",
)


class UnfitHouse(Exception):
    """A file of a house lacks something; the message lists every fault."""


@dataclass(frozen=True, slots=True)
class House:
    """A house as every floor may know it; texts by language, then name; ``video``: an address with {room} in it.

    ``access``: what it arranges for people with access needs, by kind.
    """

    id: int
    key: str
    hostnames: tuple[str, ...]
    zone: str
    country: str
    subdivision: str
    street: str
    postal_code: str
    city: str
    country_name: str
    latitude: float | None
    longitude: float | None
    phone: str
    email: str
    mailbox: str
    accent: str
    accent_dark: str
    is_demo: bool
    video: str
    texts: Texts
    access: Mapping[str, Offer]

    def text(self, name: str, language: str) -> str:
        """Return a text in ``language`` (easy language falls back to German), or an empty string."""
        wanted = self.texts.get("de" if language == "ls" else language, {})
        return wanted.get(name) or self.texts["de"].get(name, "")

    def postal_line(self) -> str:
        """Return the address on one line, as a calendar's LOCATION wants it."""
        return f"{self.street}, {self.postal_code} {self.city}"


def parse(data: Mapping[str, Any], *, house_id: int = 0) -> House:
    """Return the house that a parsed file describes; raises UnfitHouse with every fault at once."""
    faults = [*_misshapen(data), *_missing(data), *_unfit(data), *offer_faults(data)]
    if faults:
        raise UnfitHouse("\n".join(faults))
    address, contact, branding = data["address"], data["contact"], data.get("branding", {})
    return House(
        id=house_id,
        key=data["key"],
        hostnames=tuple(host.lower() for host in data.get("hostnames", [])),
        zone=data["zone"],
        country=data["country"],
        subdivision=data.get("subdivision", ""),
        street=address["street"],
        postal_code=str(address["postal_code"]),
        city=address["city"],
        country_name=address.get("country_name", ""),
        latitude=address.get("latitude"),
        longitude=address.get("longitude"),
        phone=contact["phone"],
        email=contact["email"],
        mailbox=contact["mailbox"],
        accent=branding.get("accent", "#171a2b"),
        accent_dark=branding.get("accent_dark", "#c3c9ff"),
        is_demo=bool(data.get("demo", False)),
        video=data.get("online", {}).get("video", ""),
        texts=data["texts"],
        access=offers(data),
    )


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
    "address.country_name": str,
    "address.latitude": float,
    "address.longitude": float,
    "contact": dict,
    "contact.phone": str,
    "contact.email": str,
    "contact.mailbox": str,
    "branding": dict,
    "branding.accent": str,
    "branding.accent_dark": str,
    "online": dict,
    "online.video": str,
    "texts": dict,
    "access": dict,
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


def _missing(data: Mapping[str, Any]) -> list[str]:
    faults = [f"{name} is missing" for name in _NEEDED if not _at(data, name)]
    for language in LANGUAGES:
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
