"""Questions about the own words of a house in its mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_, select

from booking.catalogue.models import Offering, OfferingText
from booking.db import execute
from booking.errors import NotFound
from booking.messages.passages import EVERY, LENGTHS, PASSAGES
from booking.messages.text_models import MailText

_TEXTS = tuple(getattr(MailText, name) for name in LENGTHS)


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """The own words for one kind of mail in one language; version 0: nothing was ever entered."""

    texts: Mapping[str, str]
    version: int = 0


@dataclass(frozen=True, slots=True)
class TextCount:
    """Which passages of a kind have own words in a language; ``offering_id`` None: those of the house."""

    offering_id: int | None
    kind: str
    language: str
    passages: frozenset[str]


@dataclass(frozen=True, slots=True)
class OfferingName:
    """An offering as it is chosen from a list."""

    id: int
    key: str
    title: str
    programme_id: int | None


def own_words(*, house_id: int, kind: str, language: str, offering_key: str = "") -> dict[str, str]:
    """Return the passages to write into a mail, by name; the nearest wins.

    That is: the offering's for this kind of mail, the house's for it, the
    offering's for every mail, the house's for every mail.
    """
    values = {"house": house_id, "kind": kind, "language": language, "key": offering_key}
    rows = [row._mapping for row in execute(_OWN_WORDS, values)]
    rows.sort(key=lambda row: (row["kind"] == EVERY, row["offering_id"] is None))
    found: dict[str, str] = {}
    for row in rows:
        known = PASSAGES.get(row["kind"], ())
        found = {name: row[name] for name in known if row[name].strip()} | found
    return found


_OWN_WORDS = (
    select(MailText.kind, MailText.offering_id, *_TEXTS)
    .outerjoin(Offering, Offering.id == MailText.offering_id)
    .where(
        MailText.house_id == bindparam("house"),
        MailText.language == bindparam("language"),
        or_(MailText.kind == bindparam("kind"), MailText.kind == EVERY),
        or_(MailText.offering_id.is_(None), Offering.key == bindparam("key")),
    )
)


def texts(kind: str, language: str, *, house_id: int, offering_id: int | None) -> OwnTexts:
    """Return what was entered for one kind of mail in one language, for the house or for one of its offerings."""
    wanted = select(MailText.version, *_TEXTS).where(
        MailText.house_id == house_id,
        MailText.offering_id.is_not_distinct_from(offering_id),
        MailText.kind == kind,
        MailText.language == language,
    )
    row = execute(wanted).one_or_none()
    if row is None:
        return OwnTexts(dict.fromkeys(LENGTHS, ""))
    values: dict[str, Any] = dict(row._mapping)
    return OwnTexts(values, values.pop("version"))


def counts(*, house_id: int) -> list[TextCount]:
    """Return where a house has own words, in one statement."""
    wanted = select(MailText.offering_id, MailText.kind, MailText.language, *_TEXTS)
    return [
        TextCount(
            row.offering_id,
            row.kind,
            row.language,
            frozenset(name for name in PASSAGES.get(row.kind, ()) if str(getattr(row, name)).strip()),
        )
        for row in execute(wanted.where(MailText.house_id == house_id))
    ]


def offerings(*, house_id: int, language: str) -> list[OfferingName]:
    """Return the offerings of a house that are not archived, by title, in one statement."""
    wanted = _named(language).where(Offering.house_id == house_id, Offering.state != "archived")
    found = [_name(row) for row in execute(wanted)]
    return sorted(found, key=lambda one: one.title.casefold())


def offering(offering_id: int, *, house_id: int, language: str) -> OfferingName:
    """Return an offering of a house; raises NotFound."""
    wanted = _named(language).where(Offering.id == offering_id, Offering.house_id == house_id)
    row = execute(wanted).one_or_none()
    if row is None:
        raise NotFound
    return _name(row)


def _named(language: str) -> Any:
    own, german = OfferingText.__table__.alias("own"), OfferingText.__table__.alias("german")
    return (
        select(Offering.id, Offering.key, Offering.programme_id, own.c.title, german.c.title.label("instead"))
        .outerjoin(own, (own.c.offering_id == Offering.id) & (own.c.language == language))
        .outerjoin(german, (german.c.offering_id == Offering.id) & (german.c.language == "de"))
    )


def _name(row: Any) -> OfferingName:
    return OfferingName(row.id, row.key, row.title or row.instead or row.key, row.programme_id)
