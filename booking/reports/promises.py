"""How well a house keeps what it promises: figures of the last 30 days, in a constant number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, text

from booking.db import execute
from booking.journal.models import Event
from booking.messages.models import FAILED, LEASED, OWED, PARKED, SENT, OutgoingMail
from booking.timekit.instants import to_epoch
from booking.voices.states import ANSWERS

SPAN = timedelta(days=30)
FEWEST = 5  # smaller counts of what people did are told to nobody: they could tell of one of them


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of the last 30 days, and what is true at ``at``; ages in seconds.

    ``moved``, ``cancelled``   what visitors did with bookings, whenever these were made
    ``erased``                 bookings and ideas whose data was deleted, on request or in time
    ``twice``                  dates for which more places are taken than there are
    ``owed``, ``oldest_owed``  mails that wait now, and how long the first of them has
    """

    at: datetime
    confirmed: int
    moved: int
    cancelled: int
    told: int
    answered: int
    erased: int
    twice: int
    owed: int
    oldest_owed: int | None
    sent: int
    undelivered: int


def figures(house_id: int, *, now: datetime) -> Figures:
    """Return the figures of a house; three statements, however much there is."""
    since = now - SPAN
    deeds = _deeds(house_id, since=since)
    mails = {row.state: row for row in execute(_MAILS, {"house": house_id, "since": since})}
    waiting = [mails[state] for state in (OWED, LEASED) if state in mails]
    oldest = min((row.oldest for row in waiting), default=None)
    return Figures(
        at=now,
        confirmed=deeds.get("booking.confirmed", 0),
        moved=deeds.get("booking.moved", 0),
        cancelled=deeds.get("booking.cancelled_by_visitor", 0),
        told=deeds.get("voice.told", 0),
        answered=sum(deeds.get(f"voice.{state}", 0) for state in ANSWERS),
        erased=sum(deeds.get(deed, 0) for deed in _ERASURES),
        twice=int(execute(_TWICE, {"house": house_id, "since": to_epoch(since)}).scalar_one()),
        owed=sum(row.waiting for row in waiting),
        oldest_owed=None if oldest is None else max(0, int((now - oldest).total_seconds())),
        sent=mails[SENT].done if SENT in mails else 0,
        undelivered=sum(mails[state].done for state in (FAILED, PARKED) if state in mails),
    )


def publishable(count: int) -> int | None:
    """Return a count of what people did, or None where it is too small to be told."""
    return count if count >= FEWEST else None


def share(part: int, whole: int) -> int | None:
    """Return percent, rounded, or None where the part is too small to be told, or is not a part of the whole."""
    return round(100 * part / whole) if FEWEST <= part <= whole and whole - part >= FEWEST else None


_ERASURES = (
    "booking.erased",
    "booking.expired",
    "booking.expired_unconfirmed",
    "voice.erased",
    "voice.expired",
)
_DEEDS = (
    select(Event.deed, func.count().label("times"))
    .where(Event.house_id == bindparam("house"), Event.happened_at >= bindparam("since"))
    .group_by(Event.deed)
)
_MAILS = (
    text(
        """
    SELECT state, count(*) AS waiting, min(created_at) AS oldest,
           sum(CASE WHEN done_at >= :since THEN 1 ELSE 0 END) AS done
      FROM outgoing_mail WHERE house_id = :house AND (done_at IS NULL OR done_at >= :since) GROUP BY state"""
    )
    .columns(oldest=OutgoingMail.created_at.type)
    .bindparams(bindparam("since", type_=OutgoingMail.created_at.type))
)
_TWICE = text(
    """
    SELECT count(*) FROM (
        SELECT r.id FROM resource r JOIN allocation a ON a.resource_id = r.id
         WHERE r.house_id = :house AND r.occurrence_id IS NOT NULL AND a.ends_at > :since
         GROUP BY r.id, r.capacity HAVING sum(a.quantity) > r.capacity) AS sold_twice"""
)
"""The seats of a date are all taken for the same span, so their sum says it; ``flask check`` looks at all else."""


def _deeds(house_id: int, *, since: datetime) -> Mapping[str, int]:
    return {row.deed: row.times for row in execute(_DEEDS, {"house": house_id, "since": since})}
