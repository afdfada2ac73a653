"""What calendars are told of anything that has a time, and its VEVENT and VTIMEZONE (RFC 5545); pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur, vUri

from booking import __version__
from booking.messages.plain import language_tag, many_lines, one_line
from booking.timekit.zones import NoYearlyRule, Observance, is_ambiguous, yearly_observances

PRODID = f"-//Booking//Visits and consultations {__version__}//EN"
WEB = ("http", "https")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MEETING = (*WEB, "tel", "sip", "sips")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a calendar is told of one thing with a time; texts may be as somebody typed them.

    ``uid``        the same in everything that tells of it
    ``sequence``   raised by every change of time, place or state (RFC 5546, 2.1.4)
    ``stamp``      when this was said, or in a feed: when it last changed
    ``zone``       the IANA zone of the place
    ``latitude``   in degrees, as ``longitude``; both or none
    ``conference`` a web, tel or sip address; any other kind is left out

    Raises ValueError for a naive datetime and for an end that is not after the start.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    online: bool
    language: str
    summary: str
    description: str
    location: str
    url: str
    contact: str
    latitude: float | None
    longitude: float | None
    categories: tuple[str, ...]
    conference: str | None = None

    def __post_init__(self) -> None:
        if any(instant.tzinfo is None for instant in (self.stamp, self.starts_at, self.ends_at)):
            raise ValueError("a calendar entry needs aware datetimes")
        if self.ends_at <= self.starts_at:
            raise ValueError(f"the entry ends at {self.ends_at}, not after its start")


def event_of(entry: Entry, *, status: str, transp: str) -> Event:
    """Return the VEVENT of an entry, which names nobody."""
    event = Event()
    event.add("uid", one_line(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    _add_times(event, entry)
    _add_texts(event, entry)
    _add_addresses(event, entry)
    event.add("status", status)
    event.add("transp", transp)
    return event


def observances_of(entry: Entry) -> tuple[Observance, ...]:
    """What the times of the entry may be written in; empty for UTC."""
    if entry.online:
        return ()
    try:
        observances = yearly_observances(entry.zone)
    except NoYearlyRule:
        return ()
    known_from = max((o.starts - o.offset_from).replace(tzinfo=UTC) for o in observances)
    doubled = is_ambiguous(entry.starts_at, entry.zone) or is_ambiguous(entry.ends_at, entry.zone)
    return () if doubled or entry.starts_at < known_from else observances


def timezone_of(zone: str, observances: Sequence[Observance]) -> Timezone:
    """By hand, as yearly rules: the library would list dates, which big clients misread."""
    timezone = Timezone()
    timezone.add("tzid", zone)
    for observance in observances:
        part = TimezoneDaylight() if observance.kind == "DAYLIGHT" else TimezoneStandard()
        part.add("dtstart", observance.starts)
        part.add("tzoffsetfrom", observance.offset_from)
        part.add("tzoffsetto", observance.offset_to)
        part.add("tzname", observance.name)
        if observance.weekday is not None:
            part.add("rrule", _yearly(observance))
        timezone.add_component(part)
    return timezone


def uri(text: str, *, schemes: tuple[str, ...]) -> str:
    """The address with all but the characters of RFC 3986 escaped; empty unless of these schemes."""
    safe = quote(one_line(text), safe=":/?#[]@!$&'()*+,;=%-._~")
    return safe if safe.partition(":")[0].lower() in schemes else ""


def _add_times(event: Event, entry: Entry) -> None:
    for name, instant in (("dtstart", entry.starts_at), ("dtend", entry.ends_at)):
        if observances_of(entry):
            wall = instant.astimezone(ZoneInfo(entry.zone)).replace(tzinfo=None)
            event.add(name, wall, parameters={"TZID": entry.zone})
        else:
            event.add(name, instant.astimezone(UTC))


def _add_texts(event: Event, entry: Entry) -> None:
    texts = {
        "summary": one_line(entry.summary),
        "description": many_lines(entry.description).strip(),
        "location": ", ".join(filter(None, map(one_line, many_lines(entry.location).split("\n")))),
        "contact": one_line(entry.contact),
    }
    for name, text in texts.items():
        if text:
            event.add(name, text, parameters={"LANGUAGE": language_tag(entry.language)})
    categories = [one_line(category) for category in entry.categories]
    if any(categories):
        event.add("categories", [category for category in categories if category])


def _add_addresses(event: Event, entry: Entry) -> None:
    if entry.latitude is not None and entry.longitude is not None:
        event.add("geo", (entry.latitude, entry.longitude))
    if url := uri(entry.url, schemes=WEB):
        event.add("url", url)
    if conference := uri(entry.conference or "", schemes=_MEETING):
        feature = "VIDEO" if urlsplit(conference).scheme in WEB else "PHONE"
        event.add("conference", vUri(conference), parameters={"VALUE": "URI", "FEATURE": feature})


class _Recur(vRecur):
    # The order in which all the world writes it; the library types the name as its own very tuple.
    canonical_order = ("FREQ", "BYMONTH", "BYDAY")  # type: ignore[assignment]


def _yearly(observance: Observance) -> vRecur:
    assert observance.weekday is not None
    day = f"{observance.ordinal}{_WEEKDAYS[observance.weekday]}"
    return _Recur({"FREQ": "YEARLY", "BYMONTH": observance.month, "BYDAY": day})
