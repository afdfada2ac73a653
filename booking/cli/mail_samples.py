"""One letter of each kind to look at, with invented people."""

from datetime import datetime

from booking.houses.facts import House
from booking.messages.facts import LINKS
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.web.mail_samples import METHODS, SAMPLE_WORDS, a_week_later, sample_facts
from booking.web.writing import Letters


def sample_letter(kind: str, language: str, found: House, *, now: datetime) -> Letter:
    """Return the letter of a kind in a language, as a house would send it in two weeks."""
    facts = sample_facts(kind, SAMPLE_WORDS[language], found, now=now)
    several = [facts, a_week_later(facts)] if kind == LINKS else [facts]
    mail = Leased(
        id=1,
        lease="",
        house_id=found.id,
        thread="preview",
        kind=kind,
        method=METHODS[kind],
        language=language,
        recipient="amina@example.org",
        facts={},
        request_id="",
        tries=1,
        created_at=now,
        replies_to=None,
    )
    return Letters().letter(mail, several)
