"""Secret addresses of tickets and desks: from a token to what it opens."""

from booking.bookings import walk_in_queries
from booking.bookings.walk_in_queries import DeskPage, TicketPage
from booking.errors import Gone, NotFound
from booking.links import queries as links
from booking.web.context import house, language
from booking.web.public.secrets import LinkEnded, LinkUnknown, subject_of
from booking.web.roof import roof


class WalkInLinkEnded(Gone):
    """The link was one of ours; the day of its number is over, or the desk has another address now."""


class WalkInLinkUnknown(NotFound):
    """The address looks like that of a ticket or a desk, and is none of ours: perhaps a part of it was lost."""


def ticket_of(secret: str) -> TicketPage:
    """Return the ticket that a token opens; raises WalkInLinkUnknown and WalkInLinkEnded."""
    ticket_id = _subject(secret, purpose="ticket")
    try:
        return walk_in_queries.ticket(ticket_id, language=language())
    except NotFound as forgotten:
        raise WalkInLinkEnded from forgotten


def desk_of(secret: str) -> DeskPage:
    """Return the desk that a token opens; raises WalkInLinkUnknown and WalkInLinkEnded."""
    desk_id = _subject(secret, purpose="desk")
    try:
        return walk_in_queries.desk(desk_id, language=language())
    except NotFound as forgotten:
        raise WalkInLinkEnded from forgotten


def ticket_of_link(link_id: str) -> TicketPage | None:
    """Return the ticket of a link that is still good, or None."""
    try:
        ticket_id = links.subject_of(link_id, purpose="ticket", house_id=house().id, now=roof().clock())
        return walk_in_queries.ticket(ticket_id, language=language())
    except (Gone, NotFound):
        return None


def _subject(secret: str, *, purpose: str) -> int:
    try:
        return subject_of(secret, purpose=purpose)
    except LinkEnded as ended:
        raise WalkInLinkEnded from ended
    except LinkUnknown as unknown:
        raise WalkInLinkUnknown from unknown
