"""Deeds of staff on topics and cooperations, and on programmes: enter, change, delete what is not used."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from booking.catalogue import service
from booking.catalogue.editor import Editor, changes, found, write
from booking.catalogue.keys import free_key
from booking.catalogue.models import Offering, OfferingTopic, Programme, Topic
from booking.catalogue.service import TopicDetails
from booking.catalogue.staff_refusals import StillUsed
from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal

FIELDS = ("key", "names", "kind", "position", "texts", "partners", "links", "picture", "is_published")


def create_topic(details: TopicDetails, *, editor: Editor, now: datetime) -> int:
    """Write a topic, with a key made from its German name where none is given, and return its id; raises KeyTaken."""
    keys = execute(select(Topic.key).where(Topic.house_id == editor.house_id)).scalars()
    key = details.key or free_key(details.names["de"], taken=set(keys))
    topic_id = service.enter_topic_page(replace(details, key=key), house_id=editor.house_id)
    _tell("topic.entered", "topic", topic_id, editor, now=now)
    return topic_id


def change_topic(
    topic_id: int, details: TopicDetails, *, version: int, editor: Editor, now: datetime
) -> Mapping[str, Any]:
    """Write all that a topic tells, but for its key, and return what changed; raises NotFound and Stale."""
    old = found(Topic, topic_id, house_id=editor.house_id, version=version)
    values = service.topic_values(replace(details, key=old.key))
    changed = changes(old._asdict(), values)
    if changed:
        write(Topic, old, {name: values[name] for name in changed})
        _tell("topic.changed", "topic", topic_id, editor, now=now, changes=changed)
    return changed


def delete_topic(topic_id: int, *, version: int, editor: Editor, now: datetime) -> None:
    """Delete a topic that no offering has; raises NotFound, Stale and StillUsed."""
    old = found(Topic, topic_id, house_id=editor.house_id, version=version)
    write(Topic, old, {})
    if execute(select(OfferingTopic.offering_id).where(OfferingTopic.topic_id == topic_id)).first():
        raise StillUsed
    execute(delete(Topic).where(Topic.id == topic_id))
    _tell("topic.deleted", "topic", topic_id, editor, now=now, changes={"key": [old.key, None]})


def create_programme(names: Mapping[str, str], *, editor: Editor, now: datetime) -> int:
    """Write a programme and return its id; raises NotFound for somebody who does not run all programmes."""
    if not editor.runs(None):
        raise NotFound
    keys = execute(select(Programme.key).where(Programme.house_id == editor.house_id)).scalars()
    key = free_key(names["de"], taken=set(keys))
    programme_id = service.enter_programme(key, names, house_id=editor.house_id)
    _tell("programme.entered", "programme", programme_id, editor, now=now)
    return programme_id


def rename_programme(
    programme_id: int, names: Mapping[str, str], *, version: int, editor: Editor, now: datetime
) -> Mapping[str, Any]:
    """Give a programme other names and return what changed; raises NotFound and Stale."""
    if not editor.runs(programme_id):
        raise NotFound
    old = found(Programme, programme_id, house_id=editor.house_id, version=version)
    changed = changes({"names": old.names}, {"names": dict(names)})
    if changed:
        write(Programme, old, {"names": dict(names)})
        _tell("programme.changed", "programme", programme_id, editor, now=now, changes=changed)
    return changed


def delete_programme(programme_id: int, *, version: int, editor: Editor, now: datetime) -> None:
    """Delete a programme without offerings; raises NotFound, Stale and StillUsed."""
    if not editor.runs(None):
        raise NotFound
    old = found(Programme, programme_id, house_id=editor.house_id, version=version)
    write(Programme, old, {})
    if execute(select(Offering.id).where(Offering.programme_id == programme_id)).first():
        raise StillUsed
    execute(delete(Programme).where(Programme.id == programme_id))
    _tell("programme.deleted", "programme", programme_id, editor, now=now, changes={"key": [old.key, None]})


def _tell(
    deed: str, kind: str, object_id: int, editor: Editor, *, now: datetime, changes: Any = None
) -> None:
    journal.record(
        deed,
        house_id=editor.house_id,
        actor=editor.actor,
        object_kind=kind,
        object_id=object_id,
        now=now,
        changes=changes,
    )
