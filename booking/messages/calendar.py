"""Calendar objects of one booking: the invitation, its end, and the download."""

from dataclasses import dataclass
from urllib.parse import quote

from icalendar import Calendar, Event
from icalendar.prop import vCalAddress, vText

from booking.messages.entries import PRODID, Entry, event_of, observances_of, timezone_of
from booking.messages.plain import Person, mailbox, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry(Entry):
    """What a calendar is told of one booking: the ``uid`` is made with it, the ``stamp`` newer with every message."""

    organizer: Person
    attendee: Person


def request(entry: CalendarEntry) -> bytes:
    """Return the invitation, or its newer version (RFC 5546, 3.2.2)."""
    event = _event(entry, status="CONFIRMED")
    event.add("attendee", _attendee(entry.attendee))
    return _written(entry, event, method="REQUEST")


def cancel(entry: CalendarEntry) -> bytes:
    """Return the message that takes the entry out of the calendar (RFC 5546, 3.2.5)."""
    event = _event(entry, status="CANCELLED")
    event.add("attendee", _attendee(entry.attendee))
    return _written(entry, event, method="CANCEL")


def publish(entry: CalendarEntry) -> bytes:
    """Return the entry for download, which names no guest (RFC 5546, 3.2.1)."""
    return _written(entry, _event(entry, status="CONFIRMED"), method="PUBLISH")


def _written(entry: CalendarEntry, event: Event, *, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    observances = observances_of(entry)
    if observances:
        calendar.add_component(timezone_of(entry.zone, observances))
    calendar.add_component(event)
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _event(entry: CalendarEntry, *, status: str) -> Event:
    event = event_of(entry, status=status, transp="OPAQUE")
    event.add("organizer", _cal_address(entry.organizer))
    return event


def _attendee(person: Person) -> vCalAddress:
    """One who has said yes by booking, and is not asked again (RFC 5545, 3.2.12 and 3.2.17)."""
    address = _cal_address(person)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "ACCEPTED"
    address.params["RSVP"] = "FALSE"
    return address


def _cal_address(person: Person) -> vCalAddress:
    address = vCalAddress("mailto:" + quote(mailbox(person.email), safe="@!$'*+"))  # RFC 6068, 2
    name = one_line(person.name).replace('"', "'")  # RFC 5545, 3.2 has no way to write a quote
    if name:
        address.params["CN"] = vText(name)
    return address
