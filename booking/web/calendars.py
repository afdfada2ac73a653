"""Calendar entries of bookings, for mails and for downloads.

The library that writes them is loaded by whoever needs it first: it costs a web process 3 MB.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import current_app, render_template
from flask_babel import gettext as _

from booking.bookings.queries import BookingPage
from booking.bookings.states import CANCELLABLE
from booking.houses.facts import House
from booking.messages import wording
from booking.messages.facts import BookingFacts
from booking.messages.plain import Person
from booking.timekit.instants import from_epoch
from booking.web.context import house, house_page, language
from booking.web.labels import kind_label
from booking.web.roof import roof

if TYPE_CHECKING:
    from booking.messages.calendar import CalendarEntry


def absolute(found: House, endpoint: str, *, spoken: str, **values: object) -> str:
    """Return an address of a house as mails and calendars carry it, from configuration alone."""
    paths = current_app.url_map.bind("unused.invalid")
    return roof().base_url(found) + paths.build(f"public.{endpoint}", {"language": spoken, **values})


def entry(
    facts: BookingFacts, found: House, *, spoken: str, recipient: str, is_over: bool = False
) -> "CalendarEntry":
    """Return the calendar entry of a booking; it names nobody but the recipient and opens nothing.

    ``is_over``: it is cancelled, so that it tells nothing of how to come.
    """
    from booking.messages.calendar import CalendarEntry

    is_on_site = facts.medium == "on_site"
    page_of_date = (
        absolute(found, "offering", spoken=spoken, key=facts.offering_key)
        if facts.is_slot
        else absolute(found, "occurrence", spoken=spoken, occurrence_id=facts.occurrence_id)
    )
    return CalendarEntry(
        uid=facts.uid,
        sequence=facts.sequence,
        stamp=from_epoch(facts.stamp),
        starts_at=from_epoch(facts.starts_at),
        ends_at=from_epoch(facts.ends_at),
        zone=found.zone,
        online=not is_on_site,
        language=spoken,
        summary=f"{facts.title} – {found.text('name', spoken)}",
        description=_description(facts, found, spoken, is_over=is_over),
        location=location(facts, found),
        url=page_of_date,
        contact=f"{found.text('name', spoken)}, {found.phone}, {found.email}",
        latitude=_coordinate(facts, facts.latitude, found.latitude),
        longitude=_coordinate(facts, facts.longitude, found.longitude),
        categories=(kind_label(facts.kind),),
        organizer=Person(found.text("name", spoken), found.mailbox),
        attendee=Person(facts.name, recipient),
    )


def _coordinate(facts: BookingFacts, of_place: float | None, of_house: float | None) -> float | None:
    if facts.medium != "on_site":
        return None
    return of_place if facts.place_address else of_house


def how(medium: str, *, phone: str = "") -> str:
    """Return how people meet who do not come to the house; empty for those who do.

    ``phone``  the visitor's number; calendars are shared, so they are told none
    """
    by_phone = _("By phone. We call you: %(phone)s", phone=phone) if phone else _("By phone. We call you.")
    return {
        "video": str(
            _("By video. We send you the address the day before; it is also on your booking's page.")
        ),
        "phone": str(by_phone),
    }.get(medium, "")


def video_address(found: House, video_room: str) -> str:
    """Return the address of a video call, or "" where there is none."""
    return found.video.replace("{room}", video_room) if found.video and video_room else ""


def location(facts: BookingFacts, found: House) -> str:
    """Return place and address on one postal line; video or phone where nobody travels."""
    if facts.medium != "on_site":
        return {"video": str(_("Video call")), "phone": str(_("Phone call"))}[facts.medium]
    return ", ".join(part for part in (facts.place, facts.place_address or found.postal_line()) if part)


def download(booking: BookingPage) -> bytes:
    """Return the entry of a booking as a file to open: the same UID and SEQUENCE as in the mail."""
    from booking.messages import calendar

    spoken = language()
    facts = booking.facts(link_id="", stamp=booking.changed_at, language=spoken)
    is_over = booking.state not in CANCELLABLE
    wanted = entry(facts, house(), spoken=spoken, recipient=booking.email, is_over=is_over)
    return calendar.cancel(wanted) if is_over else calendar.publish(wanted)


def google_link(wanted: "CalendarEntry") -> str:
    """Return the address that adds the entry to a Google calendar."""
    times = "/".join(f"{instant:%Y%m%dT%H%M%SZ}" for instant in (wanted.starts_at, wanted.ends_at))
    query = {"action": "TEMPLATE", "text": wanted.summary, "dates": times, "location": wanted.location}
    return "https://calendar.google.com/calendar/render?" + urlencode(query)


def outlook_link(wanted: "CalendarEntry") -> str:
    """Return the address that adds the entry to an Outlook.com calendar."""
    query = {"path": "/calendar/action/compose", "rru": "addevent", "subject": wanted.summary}
    query |= {
        "startdt": f"{wanted.starts_at:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{wanted.ends_at:%Y-%m-%dT%H:%M:%SZ}",
    }
    query |= {"location": wanted.location}
    return "https://outlook.live.com/calendar/0/deeplink/compose?" + urlencode(query)


def _description(facts: BookingFacts, found: House, spoken: str, *, is_over: bool) -> str:
    return render_template(
        "mail/calendar.txt",
        facts=facts,
        is_over=is_over,
        house=house_page(found, spoken),
        people=wording.say_party(facts.party, spoken),
        how=how(facts.medium),
        spoken=wording.say_language(facts.spoken, spoken) if facts.spoken else "",
        resend_href=absolute(found, "resend", spoken=spoken),
    ).strip()
