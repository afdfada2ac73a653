"""Deeds of staff on offerings: enter a new one, change its values and texts, copy it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from booking.catalogue import readiness, service
from booking.catalogue.draft_queries import draft
from booking.catalogue.drafts import Draft
from booking.catalogue.editor import Editor, changes
from booking.catalogue.keys import free_key
from booking.catalogue.models import (
    Offering,
    OfferingAudience,
    OfferingMedium,
    OfferingText,
    OfferingTopic,
    Programme,
    Topic,
)
from booking.catalogue.queries import WORDS
from booking.catalogue.service import OfferingDetails
from booking.catalogue.staff_refusals import AddressIsOut, NotReady, TextsNeedTitle, ThingGone
from booking.db import execute
from booking.errors import NotFound, Stale
from booking.journal import service as journal

SETS = ("audiences", "media", "topic_ids")
_NOT_TEXT = {"key", "texts", "state", "audiences", "media", "topic_ids", "needs"}


@dataclass(frozen=True, slots=True)
class NewOffering:
    """What must be known of an offering to begin with it; ``title`` is German."""

    title: str
    kind: str
    programme_id: int | None
    minutes: int
    seats: int
    party_max: int
    booked_by: str = "date"


def create(wanted: NewOffering, *, editor: Editor, now: datetime) -> int:
    """Write a draft with a key of its own, made from its title, and return its id; raises NotFound for a programme."""
    _check_programme(wanted.programme_id, editor)
    details = OfferingDetails(
        key=free_key(wanted.title, taken=_keys(editor.house_id)),
        texts={"de": {"title": wanted.title}},
        state="draft",
        audiences=(),
        **{name: value for name, value in asdict(wanted).items() if name != "title"},
    )
    offering_id = service.enter_offering(details, house_id=editor.house_id)
    _tell("offering.entered", offering_id, editor, now=now)
    return offering_id


def change(
    offering_id: int, values: Mapping[str, Any], *, version: int, editor: Editor, now: datetime
) -> Mapping[str, list[Any]]:
    """Write values of the offering, among them ``audiences``, ``media`` and ``topic_ids``, and return what changed.

    Dates that are planned stay as they are.  Raises NotFound, Stale, AddressIsOut for another key once it was
    public, and NotReady where something public would lack what it needs.
    """
    old = draft(offering_id, editor=editor, version=version)
    new = replace(old, **values)
    changed = changes(asdict(old), {name: getattr(new, name) for name in values})
    if not changed:
        return {}
    if "key" in changed and old.state != "draft":
        raise AddressIsOut
    if "programme_id" in changed:
        _check_programme(new.programme_id, editor)
    if "topic_ids" in changed:
        _check_topics(new.topic_ids, editor)
    check_still_ready(old, new)
    _write(old, {name: getattr(new, name) for name in changed})
    _tell("offering.changed", offering_id, editor, now=now, changes=changed)
    return changed


def put_text(
    offering_id: int, language: str, words: Mapping[str, str], *, version: int, editor: Editor, now: datetime
) -> Mapping[str, list[Any]]:
    """Write the words of one language, or drop them if all are empty, and return what changed.

    Raises NotFound, Stale, TextsNeedTitle, and NotReady where a public offering would lose its German words.
    """
    old = draft(offering_id, editor=editor, version=version)
    before = old.texts.get(language, dict.fromkeys(WORDS, ""))
    after = {word: words.get(word, "") for word in WORDS}
    changed = changes(before, after)
    if not changed:
        return {}
    if any(after.values()) and not after["title"]:
        raise TextsNeedTitle
    check_still_ready(old, replace(old, texts={**old.texts, language: after}))
    _write(old, {})
    execute(
        delete(OfferingText).where(OfferingText.offering_id == offering_id, OfferingText.language == language)
    )
    if any(after.values()):
        execute(insert(OfferingText).values(offering_id=offering_id, language=language, **after))
    told = {f"{language}.{word}": value for word, value in changed.items()}
    _tell("offering.text_changed", offering_id, editor, now=now, changes=told)
    return changed


def duplicate(offering_id: int, title: str, *, editor: Editor, now: datetime) -> int:
    """Write a draft that is like the offering but for its German title and its key, and return its id."""
    old = draft(offering_id, editor=editor)
    texts = {**old.texts, "de": {**old.texts.get("de", {}), "title": title}}
    policy = {name: value for name, value in asdict(old).items() if name in OfferingDetails.__slots__}
    needs = [row for number, need in enumerate(old.needs, start=1) for row in need.details(choice=number)]
    details = OfferingDetails(
        **{name: value for name, value in policy.items() if name not in _NOT_TEXT},
        key=free_key(title, taken=_keys(editor.house_id)),
        texts=texts,
        state="draft",
        audiences=old.audiences,
        media=old.media,
        topic_ids=old.topic_ids,
        needs=tuple(needs),
    )
    made = service.enter_offering(details, house_id=editor.house_id)
    _tell("offering.copied", made, editor, now=now, changes={"from": [offering_id, offering_id]})
    return made


def check_still_ready(old: Draft, new: Draft) -> None:
    """Raise NotReady where something public would lack what it has now."""
    lost = [code for code in readiness.faults(new) if code not in readiness.faults(old)]
    if old.state == "published" and lost:
        raise NotReady(tuple(lost))


def rise(old: Draft, **values: Any) -> None:
    """Write values and the next version over what was read; raises Stale if somebody was faster."""
    _write(old, values)


def _write(old: Draft, values: Mapping[str, Any]) -> None:
    columns = {name: value for name, value in values.items() if name not in SETS}
    row = update(Offering).where(Offering.id == old.id, Offering.version == old.version)
    if execute(row.values(version=old.version + 1, **columns).returning(Offering.id)).scalar() is None:
        raise Stale
    for name, (table, column) in _MARKS.items():
        if name in values:
            execute(delete(table).where(table.offering_id == old.id))
            for one in values[name]:
                execute(insert(table).values({"offering_id": old.id, column: one}))


_MARKS: Mapping[str, tuple[Any, str]] = {
    "audiences": (OfferingAudience, "audience"),
    "media": (OfferingMedium, "medium"),
    "topic_ids": (OfferingTopic, "topic_id"),
}


def _keys(house_id: int) -> set[str]:
    return set(execute(select(Offering.key).where(Offering.house_id == house_id)).scalars())


def _check_programme(programme_id: int | None, editor: Editor) -> None:
    """Raise NotFound unless the house has the programme, and the editor runs it."""
    known = select(Programme.id).where(Programme.id == programme_id, Programme.house_id == editor.house_id)
    if not editor.runs(programme_id) or (programme_id is not None and execute(known).scalar() is None):
        raise NotFound


def _check_topics(topic_ids: tuple[int, ...], editor: Editor) -> None:
    known = select(Topic.id).where(Topic.id.in_(topic_ids), Topic.house_id == editor.house_id)
    if set(execute(known).scalars()) != set(topic_ids):
        raise ThingGone


def _tell(deed: str, offering_id: int, editor: Editor, *, now: datetime, changes: Any = None) -> None:
    journal.record(
        deed,
        house_id=editor.house_id,
        actor=editor.actor,
        object_kind="offering",
        object_id=offering_id,
        now=now,
        changes=changes,
    )
