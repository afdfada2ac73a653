"""How complete the texts of something are in each language; pure.

Wanted in each language are the words that a page cannot do without, and those that German has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LANGUAGES = ("de", "en", "ls")
NEEDED = ("title", "summary", "description")
COMPLETE, PARTLY, NOTHING = "complete", "partly", "nothing"

Texts = Mapping[str, Mapping[str, object]]
"""Words by language: only whether they are there counts."""


@dataclass(frozen=True, slots=True)
class Meter:
    """How many of the wanted words one language has, and which it lacks."""

    language: str
    wanted: int
    missing: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many of the wanted words are there."""
        return self.wanted - len(self.missing)

    @property
    def state(self) -> str:
        """Whether all, some or none of them are there."""
        if not self.missing:
            return COMPLETE
        return PARTLY if self.done else NOTHING


def meters(texts: Texts, *, words: Sequence[str], needed: Sequence[str] = NEEDED) -> tuple[Meter, ...]:
    """Return a meter for each language; ``words`` in the order in which they are told."""
    german = texts.get("de", {})
    wanted = [word for word in words if word in needed or german.get(word)]
    return tuple(
        Meter(language, len(wanted), tuple(word for word in wanted if not texts.get(language, {}).get(word)))
        for language in LANGUAGES
    )
