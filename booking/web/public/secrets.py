"""Secret addresses of bookers: from a token to the booking, and back."""

from booking.bookings import queries
from booking.bookings.queries import BookingPage
from booking.errors import Gone, NotFound
from booking.links import queries as links
from booking.links.tokens import link_id_of, token
from booking.web.context import house, language
from booking.web.roof import roof


class LinkEnded(Gone):
    """The link was one of ours; it expired, or its booking was erased."""


class LinkUnknown(NotFound):
    """The address looks like a booker's, and is none of ours: perhaps a part of it was lost."""


def booking_of(secret: str) -> BookingPage:
    """Return the booking that a token opens; raises LinkUnknown for a wrong one, LinkEnded for an ended one."""
    link_id = link_id_of(secret, purpose="manage", keys=roof().keys)
    if link_id is None:
        raise LinkUnknown
    try:
        booking_id = links.subject_of(link_id, purpose="manage", house_id=house().id, now=roof().clock())
    except Gone as ended:
        raise LinkEnded from ended
    except NotFound as unknown:
        raise LinkUnknown from unknown
    try:
        return queries.booking(booking_id, language=language())
    except NotFound as erased:
        raise LinkEnded from erased


def secret_of(link_id: str) -> str:
    """Return the token of a link, with the key in use."""
    return token(link_id, purpose="manage", key=roof().keys[0])
