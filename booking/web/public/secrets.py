"""Secret addresses of bookers: from a token to the booking, and back."""

from typing import Any

from booking.bookings import queries
from booking.bookings.queries import BookingPage
from booking.errors import Gone, NotFound
from booking.links import queries as links
from booking.links.tokens import link_id_of, token
from booking.web.context import address, house, language
from booking.web.roof import roof


def booking_of(secret: str) -> BookingPage:
    """Return the booking that a token opens; raises NotFound for a wrong one, Gone for an ended one."""
    link_id = link_id_of(secret, purpose="manage", keys=roof().keys)
    if link_id is None:
        raise NotFound
    booking_id = links.subject_of(link_id, purpose="manage", house_id=house().id, now=roof().clock())
    try:
        return queries.booking(booking_id, language=language())
    except NotFound as gone:
        raise Gone from gone


def secret_of(link_id: str) -> str:
    """Return the token of a link, with the key in use."""
    return token(link_id, purpose="manage", key=roof().keys[0])


def booking_address(name: str, secret: str, **values: Any) -> str:
    """Return the path of one of a booker's pages."""
    return address(name, secret=secret, **values)
