"""The booking that an address names, as far as the person sees it; and the hands of that person."""

from booking.bookings import staff_pages
from booking.bookings.hands import By, staff_hands
from booking.bookings.rules import REFERENCE_LETTERS
from booking.bookings.sight import CHANGE, CHANGE_OWN
from booking.bookings.staff_pages import Seen
from booking.errors import NotFound
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address


def seen_booking(reference: str) -> Seen:
    """Return the booking with this reference; raises NotFound where the person may not see it, Gone once erased."""
    if len(reference) != 8 or not set(reference) <= set(REFERENCE_LETTERS):
        raise NotFound
    return staff_pages.find(reference, acting(), language=language(), zone=house().zone, now=roof().clock())


def to_change(reference: str, *, own: bool = False) -> Seen:
    """Return a booking that the person may change; raises NotFound.

    ``own``  as an expert changes the own consultations
    """
    seen = seen_booking(reference)
    if not seen.sight.may(CHANGE_OWN if own else CHANGE):
        raise NotFound
    return seen


def hands(*, tells: bool = True, version: int | None = None, overrules: bool = False) -> By:
    """Return the hands of whoever is signed in."""
    return staff_hands(acting().actor, tells=tells, seen=version, overrules=overrules)


def page_href(seen: Seen, **more: object) -> str:
    """Return the address of a booking's page."""
    return staff_address("booking_shown", reference=seen.page.reference, **more)
