"""The mail to those who booked a date that the house has changed: how it was, how it is, and the new entry."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from booking.bookings import queries, rules, states
from booking.bookings.queries import BookingPage
from booking.bookings.service import thread_of
from booking.errors import NotFound
from booking.links import queries as link_queries
from booking.links import service as links
from booking.messages import outbox
from booking.messages.facts import DATE_CHANGED
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Former:
    """A booking before its date changed."""

    page: BookingPage


def was(booking_id: int) -> Former | None:
    """Return a booking as it stands before the change, or None where nobody is told: erased, or not firm yet."""
    try:
        page = queries.booking(booking_id, language=queries.language_of(booking_id))
    except NotFound:
        return None
    return Former(page) if page.state in states.CANCELLABLE else None


def owe_changed(former: Former, *, request_id: str = "", now: datetime) -> bool:
    """Owe the mail of one booking after the change; return whether there is an address to send it to."""
    before = former.page
    page = queries.booking(before.id, language=before.language)
    link_id = link_queries.newest("manage", subject_id=page.id) or ""
    facts = page.facts(link_id=link_id, stamp=now, language=page.language)
    mail = outbox.Owed(
        house_id=page.house_id,
        thread=thread_of(page.id),
        kind=DATE_CHANGED,
        method="REQUEST",
        language=page.language,
        recipient=page.email,
        facts=replace(facts, **changed(before, page)).to_json(),
    )
    return outbox.owe(mail, request_id=request_id, now=now) is not None


def changed(before: BookingPage, page: BookingPage) -> dict[str, Any]:
    """Return what a mail tells of the time before, and only what is not the same any more."""
    found: dict[str, Any] = {}
    if (before.starts_at, before.ends_at) != (page.starts_at, page.ends_at):
        found["former_starts_at"] = to_epoch(before.starts_at)
        found["former_ends_at"] = to_epoch(before.ends_at)
    if before.medium != page.medium:
        found["former_medium"] = before.medium
    if before.spoken != page.spoken:
        found["former_spoken"] = before.spoken
    if _place(before) != _place(page):
        found["former_place"] = _place(before)
    return found


def _place(page: BookingPage) -> str:
    return page.place_names.get(page.language) or page.place_names.get("de", "")


def let_links_live(booking_id: int, ends_at: datetime) -> None:
    """Let the links of a booking open it as long as it is kept, wherever its date went."""
    links.extend("manage", subject_id=booking_id, expires_at=rules.kept_until(ends_at))
