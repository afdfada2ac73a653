"""Deed of staff: delete a topic that no offering has and about which nobody has told us an idea."""

from datetime import datetime

from sqlalchemy import select

from booking.catalogue import topic_editing
from booking.catalogue.editor import Editor
from booking.catalogue.staff_refusals import StillUsed
from booking.db import execute
from booking.voices.models import Voice


def delete_topic(topic_id: int, *, version: int, editor: Editor, now: datetime) -> None:
    """Delete a topic; raises NotFound, Stale and StillUsed."""
    told = select(Voice.id).where(Voice.topic_id == topic_id, Voice.house_id == editor.house_id)
    if execute(told.limit(1)).scalar() is not None:
        raise StillUsed
    topic_editing.delete_topic(topic_id, version=version, editor=editor, now=now)
