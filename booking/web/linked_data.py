"""The house, its dates and consultations in the words of schema.org, for search engines and other programs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from booking.catalogue.queries import OfferingPage
from booking.houses.opening import Rule
from booking.schedule.queries import Date
from booking.web.calendars import absolute
from booking.web.context import address, house, language, render_markdown
from booking.web.pictures import picture_row
from booking.web.roof import roof
from booking.web.sharing import PICTURE
from booking.web.variants import locale_of

Data = dict[str, Any]
_CONTEXT = {"@context": "https://schema.org"}
_TAGS: Mapping[str, str] = {"dgs": "gsg", "ls": "de"}  # of ISO 639-3; easy language is German
_AVAILABLE: Mapping[str, str] = {"free": "InStock", "few": "LimitedAvailability", "full": "SoldOut"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def place_of_house() -> Data:
    """Return the house as the office of a city that one can visit: address, hours, how to reach it."""
    found, spoken = house(), language()
    data = _CONTEXT | {
        "@type": "GovernmentOffice",
        "@id": _house_id(),
        "name": found.text("name", spoken),
        "description": _plain(found.text("welcome", spoken)),
        "url": absolute(found, "start", spoken=spoken),
        "telephone": found.phone,
        "email": found.email,
        "address": _address(),
        "publicAccess": True,
        "isAccessibleForFree": True,
        "openingHoursSpecification": _hours(found.opening.rules),
    }
    if found.official:
        data["parentOrganization"] = {"@type": "GovernmentOrganization", "name": found.official}
    return data | _geo(found.latitude, found.longitude) | _image()


def event(date: Date, offering: OfferingPage) -> Data:
    """Return a date: when, where, in which language, free of charge, how many places are left."""
    found, url = house(), _url_of(date)
    data = _CONTEXT | {
        "@type": "Event",
        "@id": f"{roof().base_url(found)}/#date-{date.id}",
        "name": date.title,
        "description": _plain(offering.description) or date.summary,
        "url": url,
        "startDate": _local(date.starts_at),
        "endDate": _local(date.ends_at),
        "eventStatus": _schema("EventCancelled" if date.state == "cancelled" else "EventScheduled"),
        "eventAttendanceMode": _schema("OfflineEventAttendanceMode"),
        "isAccessibleForFree": True,
        "inLanguage": _TAGS.get(date.language, date.language),
        "location": _place(date),
        "organizer": _organizer(),
        "maximumAttendeeCapacity": date.seats,
        "remainingAttendeeCapacity": date.left,
    }
    if date.state in _AVAILABLE:
        data["offers"] = _offer(url, _AVAILABLE[date.state], until=date.last_call)
    if offering.age_min:
        data["typicalAgeRange"] = f"{offering.age_min}-"
    return data | _image()


def dates_listed(dates: Iterable[Date]) -> Data:
    """Return the dates of a list in its order, each by the address of its page."""
    items = [
        {"@type": "ListItem", "position": position, "name": date.title, "url": _url_of(date)}
        for position, date in enumerate(dates, 1)
    ]
    return _CONTEXT | {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}


def service(offering: OfferingPage) -> Data:
    """Return a consultation: who gives it, that it is free, where a time is chosen."""
    found, spoken = house(), language()
    times = absolute(found, "times", spoken=spoken, key=offering.key)
    return _CONTEXT | {
        "@type": "Service",
        "@id": f"{roof().base_url(found)}/#offering-{offering.key}",
        "name": offering.title,
        "description": _plain(offering.description) or offering.summary,
        "url": absolute(found, "offering", spoken=spoken, key=offering.key),
        "inLanguage": locale_of(spoken),
        "provider": _organizer(),
        "offers": _offer(times, "InStock"),
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": times, "servicePhone": found.phone},
    }


def _house_id() -> str:
    return f"{roof().base_url(house())}/#house"


def _organizer() -> Data:
    found, spoken = house(), language()
    url = absolute(found, "start", spoken=spoken)
    return {"@type": "GovernmentOffice", "@id": _house_id(), "name": found.text("name", spoken), "url": url}


def _offer(url: str, availability: str, *, until: datetime | None = None) -> Data:
    offer = {"@type": "Offer", "price": "0", "priceCurrency": "EUR", "url": url}
    offer["availability"] = _schema(availability)
    return offer | ({"validThrough": _local(until)} if until else {})


def _place(date: Date) -> Data:
    """Return where a date takes place: a room of the house, or a meeting point with an address of its own."""
    found, spoken = house(), language()
    name = date.place_names.get(spoken) or date.place_names.get("de", "")
    whole = ", ".join(part for part in (found.text("name", spoken), name) if part)
    if date.place_address:
        own: Data = {"@type": "Place", "name": name or date.place_address, "address": date.place_address}
        return own | _geo(date.latitude, date.longitude)
    return {"@type": "Place", "name": whole, "address": _address()} | _geo(found.latitude, found.longitude)


def _address() -> Data:
    found = house()
    return {
        "@type": "PostalAddress",
        "streetAddress": found.street,
        "postalCode": found.postal_code,
        "addressLocality": found.city,
        "addressCountry": found.country,
    }


def _geo(latitude: float | None, longitude: float | None) -> Data:
    if latitude is None or longitude is None:
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}}


def _hours(rules: Iterable[Rule]) -> list[Data]:
    """Return the hours of every week; schema.org has no way to say "the first Saturday of the month"."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [_schema(_DAYS[day - 1]) for day in range(rule.first, rule.last + 1)],
            "opens": _wall(rule.start),
            "closes": _wall(rule.end),
        }
        for rule in rules
        if rule.ordinal is None
    ]


def _wall(minute: int) -> str:
    return "23:59" if minute == 1440 else f"{minute // 60:02}:{minute % 60:02}"


def _image() -> Data:
    picture = picture_row(PICTURE)
    return {"image": roof().base_url(house()) + picture.href} if picture else {}


def _plain(markdown: str) -> str:
    return " ".join(render_markdown(markdown).striptags().split())


def _url_of(date: Date) -> str:
    return roof().base_url(house()) + address("occurrence", occurrence_id=date.id)


def _local(instant: datetime) -> str:
    return instant.astimezone(ZoneInfo(house().zone)).isoformat()


def _schema(name: str) -> str:
    return f"https://schema.org/{name}"
