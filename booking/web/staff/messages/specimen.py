"""Mails to look at: the newest booking of one's own, or that with a reference, or an invented one; standard texts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from booking.bookings import telling_queries
from booking.bookings.telling_queries import NO_LINK
from booking.messages.facts import CONFIRMATION, VIDEO_ADDRESS, BookingFacts
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.messages.passages import EVERY
from booking.people.permissions import Acting
from booking.web.context import house
from booking.web.mail_samples import METHODS, SAMPLE_WORDS, facts_of_kind, sample_facts
from booking.web.roof import roof
from booking.web.staff.messages.scope import Scope
from booking.web.writing import Letters, standards

_OF_KIND = ("reason", "former_starts_at", "former_ends_at", "former_party", "confirm_until", "video_room")


@dataclass(frozen=True, slots=True)
class Specimen:
    """What a mail to look at tells of; ``is_real``: of a booking that exists."""

    facts: BookingFacts
    is_real: bool


def specimen(
    kind: str, spoken: str, wanted: Scope, acting: Acting, *, reference: str = ""
) -> Specimen | None:
    """Return what to try a mail on; None where no booking of one's own has this reference."""
    booking_id = telling_queries.example(
        house_id=acting.house_id,
        programme_ids=acting.programme_ids,
        offering_id=wanted.offering_id,
        reference=reference,
    )
    invented = _invented(kind, spoken, wanted)
    if booking_id is None:
        return None if reference else Specimen(invented, is_real=False)
    owed = telling_queries.one_mail(
        booking_id, shown_as(kind), house_id=acting.house_id, language=spoken, now=roof().clock()
    )
    real = BookingFacts.from_json(owed.facts)
    special = facts_of_kind(real, SAMPLE_WORDS[spoken]).get(shown_as(kind), {})
    of_kind = {name: value for name, value in special.items() if name in _OF_KIND}
    if kind == VIDEO_ADDRESS:
        of_kind["medium"] = "video"
    return Specimen(replace(real, **of_kind), is_real=True)


def shown_as(kind: str) -> str:
    """Return the mail that shows the words for a kind: those for every mail are shown in a confirmation."""
    return CONFIRMATION if kind == EVERY else kind


def written(kind: str, spoken: str, facts: BookingFacts, *, texts: Mapping[str, str] | None = None) -> Letter:
    """Return the letter that the facts give now, or with words to try out."""
    return Letters(texts).letter(_leased(shown_as(kind), spoken), [facts])


def standard_texts(kind: str, spoken: str) -> Mapping[str, str]:
    """Return what a mail says where the house has no own words, by passage."""
    return standards(_leased(shown_as(kind), spoken), _invented(kind, spoken, Scope(None)))


def _invented(kind: str, spoken: str, wanted: Scope) -> BookingFacts:
    facts = sample_facts(shown_as(kind), SAMPLE_WORDS[spoken], house(), now=roof().clock())
    if wanted.offering is not None:
        facts = replace(facts, title=wanted.offering.title, offering_key=wanted.offering.key)
    return replace(facts, link_id=NO_LINK if facts.link_id else "")


def _leased(kind: str, spoken: str) -> Leased:
    return Leased(
        id=0,
        lease="",
        house_id=house().id,
        thread="preview",
        kind=kind,
        method=METHODS.get(kind),
        language=spoken,
        recipient="amina@example.org",
        facts={},
        request_id="",
        tries=0,
        created_at=roof().clock(),
        replies_to=None,
    )
