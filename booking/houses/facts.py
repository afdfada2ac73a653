"""What a house is: the typed shape of a file of ``houses/``; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from booking.houses.access import Offer, offers
from booking.houses.arrivals import close_after
from booking.houses.embedding import ancestors
from booking.houses.fitness import house_faults
from booking.houses.ideas import outcomes
from booking.houses.legal import Legal, in_languages, legal
from booking.houses.opening import Opening, opening
from booking.houses.pictures import Picture, pictures
from booking.houses.sign_language import SignLanguage, sign_language

LOCALES = ("de", "en")
LANGUAGES = (*LOCALES, "ls")  # the variants of every page; "ls" is easy language, in German
Texts = Mapping[str, Mapping[str, str]]


class UnfitHouse(Exception):
    """A file of a house lacks something; the message lists every fault."""


@dataclass(frozen=True, slots=True)
class House:
    """A house as every floor may know it; texts by language, then name; ``video``: an address with {room} in it.

    ``official``: whose official website it is, as the bar above every page says; without it there is no bar.

    ``close_after`` its end the list of a date closes by itself; None: never.

    ``access``: what it arranges for people with access needs, by kind; ``pictures`` by key.
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
    country_name: Mapping[str, str]
    latitude: float | None
    longitude: float | None
    phone: str
    email: str
    mailbox: str
    accent: str
    accent_dark: str
    official: str
    is_demo: bool
    video: str
    texts: Texts
    access: Mapping[str, Offer]
    outcomes: tuple[Mapping[str, str], ...]
    legal: Legal
    opening: Opening
    pictures: Mapping[str, Picture]
    ancestors: tuple[str, ...] = ()
    sign_language: SignLanguage = field(default_factory=SignLanguage)
    close_after: timedelta | None = None

    def text(self, name: str, language: str) -> str:
        """Return a text in ``language``, or in German where it lacks one, or an empty string."""
        wanted = self.texts.get(language, {})
        return wanted.get(name) or self.texts["de"].get(name, "")

    def postal_line(self) -> str:
        """Return the address on one line, as a calendar's LOCATION wants it."""
        return f"{self.street}, {self.postal_code} {self.city}"


def parse(data: Mapping[str, Any], *, house_id: int = 0) -> House:
    """Return the house that a parsed file describes; raises UnfitHouse with every fault at once."""
    faults = house_faults(data, languages=LOCALES)
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
        country_name=in_languages(address.get("country_name")),
        latitude=address.get("latitude"),
        longitude=address.get("longitude"),
        phone=contact["phone"],
        email=contact["email"],
        mailbox=contact["mailbox"],
        accent=branding.get("accent", "#171a2b"),
        accent_dark=branding.get("accent_dark", "#c3c9ff"),
        official=branding.get("official", ""),
        is_demo=bool(data.get("demo", False)),
        video=data.get("online", {}).get("video", ""),
        texts=data["texts"],
        access=offers(data),
        ancestors=ancestors(data),
        outcomes=outcomes(data),
        legal=legal(data),
        opening=opening(data),
        pictures=pictures(data),
        sign_language=sign_language(data),
        close_after=close_after(data),
    )
