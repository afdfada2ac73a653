"""Questions of staff: all offerings of a house that somebody runs, with how complete their texts are; one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select
from sqlalchemy.orm import aliased

from booking.catalogue.completeness import LANGUAGES, Meter, meters
from booking.catalogue.editor import Editor
from booking.catalogue.models import Offering, OfferingText, OfferingTopic, Programme
from booking.catalogue.queries import WORDS
from booking.db import execute


@dataclass(frozen=True)
class OfferingLine:
    """An offering in the list of staff; ``has`` tells which words are there in each language."""

    id: int
    key: str
    kind: str
    state: str
    title: str
    minutes: int
    seats: int
    booked_by: str
    programme_id: int | None
    programme_names: Mapping[str, str]
    has: Mapping[str, Mapping[str, bool]]

    @cached_property
    def meters(self) -> tuple[Meter, ...]:
        """How complete the texts are, by language."""
        return meters(self.has, words=WORDS)


def offerings(*, editor: Editor, language: str, topic_id: int | None = None) -> list[OfferingLine]:
    """Return the offerings that the editor runs, on a topic or all, in the order of their titles."""
    statement = _OFFERINGS if topic_id is None else _ON_TOPIC
    rows = execute(statement, {"house": editor.house_id, "topic": topic_id})
    lines = [_line(row, language) for row in rows if editor.runs(row.programme_id)]
    return sorted(lines, key=lambda line: (line.title.casefold(), line.id))


def _line(row: Row[Any], language: str) -> OfferingLine:
    titles = {one: getattr(row, f"{one}_title") for one in LANGUAGES}
    spoken = (titles[one] for one in (language, *LANGUAGES) if one in titles)
    return OfferingLine(
        id=row.id,
        key=row.key,
        kind=row.kind,
        state=row.state,
        title=next((title for title in spoken if title), row.key),
        minutes=row.minutes,
        seats=row.seats,
        booked_by=row.booked_by,
        programme_id=row.programme_id,
        programme_names=row.programme_names or {},
        has={one: {word: bool(getattr(row, f"{one}_{word}")) for word in WORDS} for one in LANGUAGES},
    )


_TEXTS = {language: aliased(OfferingText) for language in LANGUAGES}


def _statement() -> Any:
    words = [
        (table.title if word == "title" else case((func.length(getattr(table, word)) > 0, 1), else_=0)).label(
            f"{language}_{word}"
        )
        for language, table in _TEXTS.items()
        for word in WORDS
    ]
    names = ("id", "key", "kind", "state", "minutes", "seats", "booked_by", "programme_id")
    columns = (*(getattr(Offering, name) for name in names), Programme.names.label("programme_names"), *words)
    wanted = (
        select(*columns).select_from(Offering).outerjoin(Programme, Programme.id == Offering.programme_id)
    )
    for language, table in _TEXTS.items():
        wanted = wanted.outerjoin(table, (table.offering_id == Offering.id) & (table.language == language))
    return wanted.where(Offering.house_id == bindparam("house"))


_OFFERINGS = _statement()
_ON_TOPIC = _OFFERINGS.where(
    Offering.id.in_(select(OfferingTopic.offering_id).where(OfferingTopic.topic_id == bindparam("topic")))
)
