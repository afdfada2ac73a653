"""The shape of the inventory of columns: what a personal one is for, and how long it is kept; pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Until:
    """How long something is kept, in words for people; the numbers, from the rules, stand in their places.

    ``num``, ``more``  fill ``%(num)s`` and ``%(more)s``
    """

    text: str
    num: int = 0
    more: int = 0

    @property
    def facts(self) -> dict[str, int]:
        """Return what fills the places of the text."""
        return {"num": self.num, "more": self.more}


@dataclass(frozen=True, slots=True)
class Personal:
    """A column with personal data; ``purpose`` and ``until`` are shown to people, ``erased_by`` names the deed."""

    purpose: str
    until: Until
    export: bool
    erased_by: str
