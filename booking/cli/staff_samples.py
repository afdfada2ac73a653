"""One letter of each kind to those who run a house, to look at, with invented people."""

from datetime import datetime, timedelta

from booking.crew.rules import INVITED_FOR, RESET_WITHIN
from booking.crew.telling import PASSWORD_CHANGED
from booking.houses.facts import House
from booking.messages.facts import STAFF_INVITED, STAFF_RESET, STAFF_WARNED, StaffFacts
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.timekit.instants import to_epoch
from booking.web.writing import Letters

LANGUAGES = ("de", "en")  # staff pages and their mails have no easy language
_LASTS = {STAFF_INVITED: INVITED_FOR, STAFF_RESET: RESET_WITHIN, STAFF_WARNED: timedelta()}


def sample_staff_letter(
    kind: str, language: str, found: House, *, event: str = PASSWORD_CHANGED, now: datetime
) -> Letter:
    """Return the letter of a kind in a language, as a house would send it now; its links open nothing."""
    mail = Leased(
        id=1,
        lease="",
        house_id=found.id,
        thread="preview",
        kind=kind,
        method=None,
        language=language,
        recipient="mira@example.org",
        facts={},
        request_id="",
        tries=1,
        created_at=now,
        replies_to=None,
    )
    return Letters().letter(mail, [_facts(kind, event, now=now)])


def _facts(kind: str, event: str, *, now: datetime) -> StaffFacts:
    is_warning = kind == STAFF_WARNED
    return StaffFacts(
        staff_id=1,
        name="Mira Vogt",
        roles=("coordinator", "guide"),
        event=event if is_warning else "",
        link_id="" if is_warning else "a-link-of-the-preview-",
        until=None if is_warning else to_epoch(now + _LASTS[kind]),
        at=to_epoch(now),
    )
