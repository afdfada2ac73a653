"""Secret addresses of bookers: from a token to the booking or the hold, and back."""

from booking.bookings import hold_queries, queries
from booking.bookings.hold_queries import HoldPage
from booking.bookings.queries import BookingPage
from booking.errors import Gone, NotFound
from booking.links import queries as links
from booking.links.tokens import link_id_of, token
from booking.web.context import house, language
from booking.web.roof import roof


class LinkEnded(Gone):
    """The link was one of ours; it expired, or its booking was erased."""


class HoldEnded(Gone):
    """The link was that of a form whose time has long been over."""


class LinkUnknown(NotFound):
    """The address looks like a booker's, and is none of ours: perhaps a part of it was lost."""


def subject_of(secret: str, *, purpose: str) -> int:
    """Return the id of what a token opens; raises LinkUnknown for a wrong one, LinkEnded for an ended one."""
    link_id = link_id_of(secret, purpose=purpose, keys=roof().keys)
    if link_id is None:
        raise LinkUnknown
    try:
        return links.subject_of(link_id, purpose=purpose, house_id=house().id, now=roof().clock())
    except Gone as ended:
        raise LinkEnded from ended
    except NotFound as unknown:
        raise LinkUnknown from unknown


def booking_of(secret: str, *, purpose: str = "manage") -> BookingPage:
    """Return the booking that a token opens; raises LinkUnknown for a wrong one, LinkEnded for an ended one."""
    booking_id = subject_of(secret, purpose=purpose)
    try:
        return queries.booking(booking_id, language=language())
    except NotFound as erased:
        raise LinkEnded from erased


def hold_of(secret: str) -> HoldPage:
    """Return the hold that a token opens; raises LinkUnknown for a wrong one, HoldEnded for an ended one."""
    try:
        return hold_queries.hold(subject_of(secret, purpose="hold"))
    except LinkUnknown:
        raise
    except (LinkEnded, NotFound) as over:
        raise HoldEnded from over


def secret_of(link_id: str, *, purpose: str = "manage") -> str:
    """Return the token of a link, with the key in use."""
    return token(link_id, purpose=purpose, key=roof().keys[0])
