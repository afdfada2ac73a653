"""Whose words: those of the house, or of one offering; and who may change them."""

from dataclasses import dataclass

from flask import request

from booking.errors import NotFound
from booking.messages import passages, text_queries
from booking.messages.text_models import LANGUAGES
from booking.messages.text_queries import OfferingName
from booking.people.permissions import Acting
from booking.web.context import language
from booking.web.staff.pages import staff_address


@dataclass(frozen=True, slots=True)
class Scope:
    """What the words hold for; ``offering`` None: for the whole house."""

    offering: OfferingName | None

    @property
    def offering_id(self) -> int | None:
        """The number of the offering, or None for the house."""
        return self.offering.id if self.offering else None

    @property
    def offering_key(self) -> str:
        """The key of the offering, or nothing."""
        return self.offering.key if self.offering else ""

    def href(self, view: str, **values: object) -> str:
        """Return an address that stays with these words."""
        return staff_address(view, **values, **({"offering": self.offering_id} if self.offering else {}))


def scope(acting: Acting) -> Scope:
    """Return whose words the address names; raises NotFound for what is not the person's to word."""
    asked = request.args.get("offering", "")
    if not asked:
        if not acting.runs(None):
            raise NotFound
        return Scope(None)
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise NotFound
    found = text_queries.offering(int(asked), house_id=acting.house_id, language=language())
    if not acting.runs(found.programme_id):
        raise NotFound
    return Scope(found)


def check_kind(kind: str, spoken: str) -> None:
    """Raise NotFound for a mail that has no own words, or a language in which none are written."""
    if kind not in passages.PASSAGES or spoken not in LANGUAGES:
        raise NotFound


def inherited(kind: str, spoken: str, wanted: Scope, *, house_id: int) -> dict[str, str]:
    """Return the passages that others word where this scope is silent, by name."""
    of_every: dict[str, str] = {}
    if kind != passages.EVERY:
        of_every = text_queries.own_words(
            house_id=house_id, kind=passages.EVERY, language=spoken, offering_key=wanted.offering_key
        )
    if wanted.offering is None:
        return of_every
    of_house = text_queries.texts(kind, spoken, house_id=house_id, offering_id=None).texts
    return of_every | {name: text for name, text in of_house.items() if text.strip()}
