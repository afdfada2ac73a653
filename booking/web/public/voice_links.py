"""Secret addresses of what people told us: from a token to its page."""

from booking.errors import Gone, NotFound
from booking.voices import queries
from booking.voices.queries import VoicePage
from booking.voices.service import PURPOSE
from booking.web.public.secrets import LinkEnded, LinkUnknown, secret_of, subject_of


class VoiceLinkEnded(Gone):
    """The link was one of ours; what it opened is deleted."""


class VoiceLinkUnknown(NotFound):
    """The address looks like one of these, and is none of ours: perhaps a part of it was lost."""


def voice_of(secret: str) -> VoicePage:
    """Return what a token opens; raises VoiceLinkUnknown and VoiceLinkEnded."""
    try:
        return queries.voice(subject_of(secret, purpose=PURPOSE))
    except LinkUnknown as unknown:
        raise VoiceLinkUnknown from unknown
    except (LinkEnded, NotFound) as ended:
        raise VoiceLinkEnded from ended


def secret_of_voice(link_id: str) -> str:
    """Return the token of a link."""
    return secret_of(link_id, purpose=PURPOSE)
