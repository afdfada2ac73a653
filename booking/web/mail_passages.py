"""The own words of a house in one letter, as its templates ask for them; a broken one never stops a mail."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from booking.houses.facts import House
from booking.messages import passages, text_queries, wording
from booking.messages.facts import LINKS, BookingFacts, StaffFacts, VoiceFacts
from booking.messages.passages import EVERY, FOR_HOUSE, Block
from booking.timekit.instants import from_epoch, local_date
from booking.web.calendars import location

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Passages:
    """What templates ask for each passage; ``standards`` collects what they would say without own words.

    ``remarks``  which own words could not be used, and why: the standard text stands there instead
    """

    texts: Mapping[str, str]
    values: Mapping[str, str]
    standards: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def own(self, name: str, standard: str = "") -> tuple[Block, ...]:
        """Return the own words for a passage, or nothing where the standard text stands."""
        self.standards.setdefault(name, standard)
        try:
            return passages.blocks(self.texts.get(name, ""), self.values)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with it: the mail leaves
            self._remark(name, fault)
            return ()

    def subject(self, standard: str) -> str:
        """Return the subject: in own words, or the standard one, on one line."""
        told = " ".join(standard.split())
        self.standards[passages.SUBJECT] = told
        try:
            return passages.subject(self.texts.get(passages.SUBJECT, ""), self.values) or told
        except Exception as fault:  # noqa: BLE001 - as above
            self._remark(passages.SUBJECT, fault)
            return told

    def _remark(self, name: str, fault: Exception) -> None:
        log.warning("the own words of passage %s cannot be used: %s", name, type(fault).__name__)
        remark = f"own words: {name}"
        if remark not in self.remarks:
            self.remarks.append(remark)


def of_letter(
    kind: str,
    told: BookingFacts | VoiceFacts | StaffFacts,
    found: House,
    *,
    spoken: str,
    texts: Mapping[str, str] | None = None,
) -> Passages:
    """Return the own words of a house for a mail; those to the house itself have none.

    ``texts``  words to try out, in place of those that were entered
    """
    if kind in FOR_HOUSE:
        return Passages({}, {})
    offering_key = told.offering_key if isinstance(told, BookingFacts) and kind != LINKS else ""
    if texts is None:
        texts = text_queries.own_words(
            house_id=found.id, kind=kind, language=spoken, offering_key=offering_key
        )
    return Passages(texts, values(kind, told, found, spoken=spoken) if texts else {})


def values(
    kind: str, told: BookingFacts | VoiceFacts | StaffFacts, found: House, *, spoken: str
) -> dict[str, str]:
    """Return what the placeholders of a kind of mail stand for: strings alone."""
    of_house = {"house": found.text("name", spoken), "phone": found.phone, "email": found.email}
    if not isinstance(told, BookingFacts):
        return of_house
    starts_at, ends_at = from_epoch(told.starts_at), from_epoch(told.ends_at)
    known = of_house | {
        "name": told.name,
        "offering": told.title,
        "date": wording.say_day(local_date(starts_at, found.zone), spoken),
        "time": wording.say_times(starts_at, ends_at, found.zone, spoken),
        "place": location(told, found),
        "reference": told.reference,
        "people": wording.say_party(told.party, spoken),
    }
    allowed = {*passages.placeholders(kind), *passages.placeholders(EVERY)}
    return {name: value for name, value in known.items() if name in allowed}
