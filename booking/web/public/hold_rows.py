"""What the details form shows of a hold: what is kept, until when, and the ways back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _

from booking.bookings import hold_queries
from booking.bookings.hold_queries import HoldPage
from booking.bookings.rules import MOST_EXTENSIONS
from booking.catalogue.queries import OfferingPage
from booking.messages import wording
from booking.timekit.instants import from_epoch, local_date
from booking.web.context import address, house, language
from booking.web.labels import age_label, medium_label
from booking.web.public.rows import where
from booking.web.roof import roof


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold with its timer; ``seconds_left`` is 0 when the time is over, or it ended before (``was_given_back``)."""

    facts: list[tuple[str, str]]
    is_booked: bool
    seconds_left: int
    until: str
    extensions_left: int
    back_href: str
    back_text: str
    change_href: str
    is_slot: bool
    was_given_back: bool


def hold_row(held: HoldPage, offering: OfferingPage) -> HoldRow:
    """Return a hold as its page shows it."""
    spoken, zone = language(), house().zone
    left = int((held.expires_at - roof().clock()).total_seconds())
    when = wording.say_when(held.starts_at, held.ends_at, zone, spoken)
    facts = [(_("Offering"), offering.title), (_("When"), when)]
    if held.medium == "on_site":
        facts.append((_("Where"), where(held.place_names, held.place_address)))
    else:
        facts.append((_("How"), medium_label(held.medium)))
    if held.is_slot:
        facts.append((_("With"), ", ".join(hold_queries.first_names(held.occurrence_id))))
    facts.append((_("Language"), wording.say_language(held.language, spoken)))
    if offering.age_min:
        facts.append((_("Age"), age_label(offering.age_min)))
    facts.append((_("Who comes"), wording.say_party(held.party, spoken)))
    return HoldRow(
        facts=facts,
        is_booked=held.booking_id is not None,
        seconds_left=max(0, left),
        until=held.expires_at.astimezone(ZoneInfo(zone)).strftime("%H:%M"),
        extensions_left=MOST_EXTENSIONS - held.extensions,
        back_href=back_href(held),
        back_text=_("Choose another time"),
        change_href=change_href(held),
        is_slot=held.is_slot,
        was_given_back=held.was_given_back,
    )


def back_href(held: HoldPage) -> str:
    """Return where other times are chosen."""
    if held.is_slot:
        day = local_date(held.starts_at, house().zone).isoformat()
        return address("times", key=held.offering_key, medium=held.medium, **{"from": day})
    return address("occurrence", occurrence_id=held.occurrence_id)


def change_href(held: HoldPage) -> str:
    """Return the page before, on which the number of people is told."""
    if not held.is_slot:
        return address("book", occurrence_id=held.occurrence_id)
    start = held.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    choice = {"start": start, "medium": held.medium, "language": held.language}
    return address("book_slot", key=held.offering_key, **choice)


def seen_at() -> datetime | None:
    """Return when the date begins as the form showed it that was sent, or None where it did not say."""
    typed = request.form.get("seen", "")
    return from_epoch(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None
