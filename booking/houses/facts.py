"""What a house is: the typed shape of a file of ``houses/``; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
    """A house as every floor may know it; texts by language, then name."""

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
    texts: Texts

    def text(self, name: str, language: str) -> str:
        """Return a text in ``language`` (easy language falls back to German), or an empty string."""
        wanted = self.texts.get("de" if language == "ls" else language, {})
        return wanted.get(name) or self.texts["de"].get(name, "")

    def postal_line(self) -> str:
        """Return the address on one line, as a calendar's LOCATION wants it."""
        return f"{self.street}, {self.postal_code} {self.city}"


def parse(data: Mapping[str, Any], *, house_id: int = 0) -> House:
    """Return the house that a parsed file describes; raises UnfitHouse with every fault at once."""
    faults = [*_missing(data), *_unfit(data)]
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
        texts=data["texts"],
    )


def _missing(data: Mapping[str, Any]) -> list[str]:
    wanted: dict[str, tuple[str, ...]] = {"": ("key", "zone", "country", "address", "contact", "texts")}
    wanted |= {"address": ("street", "postal_code", "city"), "contact": ("phone", "email", "mailbox")}
    faults = []
    for section, names in wanted.items():
        held = data.get(section, {}) if section else data
        faults += [
            f"{section + '.' if section else ''}{name} is missing" for name in names if not held.get(name)
        ]
    for language in LANGUAGES:
        texts = data.get("texts", {}).get(language, {})
        faults += [f"texts.{language}.{name} is missing" for name in NEEDED_TEXTS if not texts.get(name)]
    return faults


def _unfit(data: Mapping[str, Any]) -> list[str]:
    faults = []
    try:
        ZoneInfo(str(data.get("zone", "UTC")))
    except (ZoneInfoNotFoundError, ValueError):
        faults.append(f"zone {data['zone']!r} is not in the time zone database")
    for name in ("email", "mailbox"):
        address = str(data.get("contact", {}).get(name, "a@b"))
        if address.count("@") != 1 or any(character.isspace() for character in address):
            faults.append(f"contact.{name} {address!r} is not an address")
    return faults + [
        f"branding.{name} is not a colour" for name in ("accent", "accent_dark") if not _is_colour(data, name)
    ]


def _is_colour(data: Mapping[str, Any], name: str) -> bool:
    colour = str(data.get("branding", {}).get(name, "#000000"))
    return (
        len(colour) == 7
        and colour[0] == "#"
        and all(digit in "0123456789abcdef" for digit in colour[1:].lower())
    )
