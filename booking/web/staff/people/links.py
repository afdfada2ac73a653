"""One-time links of staff: from a token to the person, and back."""

from booking.crew import queries
from booking.crew.queries import DEACTIVATED, Member
from booking.errors import Gone, NotFound
from booking.links import queries as links
from booking.links.tokens import link_id_of, token
from booking.people.staff_refusals import LinkOver
from booking.web.context import house
from booking.web.roof import roof


class StaffLinkUnknown(NotFound):
    """The address looks like a one-time link, and is none of ours: perhaps a part of it was lost."""


class StaffLinkEnded(Gone):
    """The link was used, replaced by a newer one, or is too old."""

    message = LinkOver.message


def member_of(secret: str, *, purpose: str) -> Member:
    """Return who may choose a password by a token; raises StaffLinkUnknown and StaffLinkEnded."""
    link_id, now = link_of(secret, purpose=purpose), roof().clock()
    try:
        staff_id = links.subject_of(link_id, purpose=purpose, house_id=house().id, now=now)
        member = queries.member(staff_id, house_id=house().id, now=now)
    except Gone as ended:
        raise StaffLinkEnded from ended
    except NotFound as unknown:
        raise StaffLinkUnknown from unknown
    if member.state == DEACTIVATED:
        raise StaffLinkEnded
    return member


def link_of(secret: str, *, purpose: str) -> str:
    """Return the id of the link of a token; raises StaffLinkUnknown."""
    link_id = link_id_of(secret, purpose=purpose, keys=roof().keys)
    if link_id is None:
        raise StaffLinkUnknown
    return link_id


def secret_of(link_id: str, *, purpose: str) -> str:
    """Return the token of a one-time link, with the key in use."""
    return token(link_id, purpose=purpose, key=roof().keys[0])
