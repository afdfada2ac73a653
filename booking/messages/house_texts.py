"""Deed: a house words passages of its mails itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from booking.catalogue.models import Offering
from booking.db import db, execute
from booking.errors import NotFound, Stale
from booking.journal import service as journal
from booking.messages import passages, text_queries
from booking.messages.text_models import LANGUAGES, MailText

_MAY_NAME_PEOPLE = (passages.CLOSING, passages.SIGNATURE)


def save(
    kind: str,
    language: str,
    texts: Mapping[str, str],
    *,
    house_id: int,
    offering_id: int | None,
    version: int,
    actor: str,
    now: datetime,
) -> bool:
    """Write the own words for one kind of mail in one language, and return whether anything changed.

    ``texts``    by passage; an empty one, or one that is missing, keeps the standard text
    ``version``  that which the person saw; 0: nothing was entered yet
    Raises NotFound for a kind, language or offering that the house does not have, UnfitText for what no mail
    could carry, and Stale when somebody else has changed it since.
    """
    if kind not in passages.PASSAGES or language not in LANGUAGES:
        raise NotFound
    _check_offering(offering_id, house_id)
    known = passages.PASSAGES[kind]
    wanted = {name: texts.get(name, "") if name in known else "" for name in passages.LENGTHS}
    for name in known:
        passages.check(wanted[name], passage=name, kind=kind)
    before = text_queries.texts(kind, language, house_id=house_id, offering_id=offering_id)
    if before.version == version and dict(before.texts) == wanted:
        return False
    where = {"house_id": house_id, "offering_id": offering_id, "kind": kind, "language": language}
    text_id = _write(where, wanted, version=version, now=now)
    journal.record(
        "mail_text.changed",
        house_id=house_id,
        actor=actor,
        object_kind="mail_text",
        object_id=text_id,
        now=now,
        changes=_changes(before.texts, wanted),
    )
    return True


def _check_offering(offering_id: int | None, house_id: int) -> None:
    if offering_id is None:
        return
    mine = select(Offering.id).where(Offering.id == offering_id, Offering.house_id == house_id)
    if execute(mine).scalar() is None:
        raise NotFound


_INSERT: Mapping[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


def _write(where: Mapping[str, Any], texts: Mapping[str, str], *, version: int, now: datetime) -> int:
    """Write the row over the version that was seen, and return its id; raises Stale for a later one."""
    values = {**texts, "version": version + 1, "changed_at": now}
    if version == 0:
        first = _INSERT.get(db.engine.dialect.name, insert)(MailText).on_conflict_do_nothing()
        written = execute(first.returning(MailText.id), {**where, **values}).scalar()
    else:
        mine = [
            MailText.house_id == where["house_id"],
            MailText.offering_id.is_not_distinct_from(where["offering_id"]),
            MailText.kind == where["kind"],
            MailText.language == where["language"],
            MailText.version == version,
        ]
        written = execute(update(MailText).where(*mine).values(**values).returning(MailText.id)).scalar()
    if written is None:
        raise Stale
    return int(written)


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[str] | list[int]]:
    """Return old and new of what changed; of closing and signature, which may name people, the lengths alone."""
    changed = [name for name in after if before[name] != after[name]]
    return {
        name: [len(before[name]), len(after[name])]
        if name in _MAY_NAME_PEOPLE
        else [before[name], after[name]]
        for name in changed
    }
