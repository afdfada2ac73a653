"""Deeds of staff: read what somebody told the house, and answer it, unless somebody else just did."""

from dataclasses import replace
from datetime import datetime

from booking.errors import NotFound, Stale
from booking.messages.outbox import Owed
from booking.voices import mailing, queries, service
from booking.voices.queries import VoicePage


def read(voice_id: int, *, house_id: int, actor: str, now: datetime) -> None:
    """Note that somebody of the house has read it; raises NotFound for what another house was told."""
    queries.of_one_house(voice_id, house_id=house_id)
    service.read(voice_id, actor=actor, now=now)


def answer(
    voice_id: int,
    state: str,
    words: str,
    *,
    seen: int,
    house_id: int,
    actor: str,
    tells: bool = True,
    now: datetime,
) -> None:
    """Say what became of it.

    ``seen``   the version that the person has read; raises Stale where it is another by now
    ``tells``  whether the mail with the answer leaves
    Raises NotFound for what another house was told or what is deleted, and NotAnswerable.
    """
    page = service.locked(voice_id)
    if page.house_id != house_id:
        raise NotFound
    if page.version != seen:
        raise Stale
    service.answer(voice_id, state, words, actor=actor, tells=tells, now=now)


def preview(page: VoicePage, state: str, words: str, *, link_id: str, now: datetime) -> Owed | None:
    """Return the mail that such an answer would owe, or None where none would leave; nothing is written."""
    if not words.strip():
        return None
    return mailing.answer_of(replace(page, state=state, answer=words.strip()), link_id=link_id, now=now)
