"""Questions about the outbox with the bookings that it tells of, for those who look after it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, case, cast, func, select

from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import execute
from booking.messages.models import FAILED, PARKED, OutgoingMail
from booking.messages.outbox import Owed
from booking.schedule.models import Occurrence

_THREAD = "booking:"
_TEST = "test:"
_LOST = (FAILED, PARKED)
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose mails: all of a house, or with ``programme_ids`` those about bookings of these programmes alone."""

    house_id: int
    programme_ids: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows; empty: everything.  ``before`` is the id of a mail: older ones follow it."""

    states: Collection[str] = ()
    kind: str = ""
    since: datetime | None = None
    reference: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of the outbox; what belongs to a booking is None or empty for a mail about something else."""

    id: int
    kind: str
    state: str
    language: str
    recipient: str
    tries: int
    fault: str
    created_at: datetime
    due_at: datetime
    done_at: datetime | None
    booking_id: int | None
    reference: str | None
    programme_id: int | None
    is_test: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether it was not delivered and nobody tries any more."""
        return self.state in _LOST


def mails(scope: Scope, asked: Asked, *, most: int) -> list[Mail]:
    """Return mails, the newest first, in one statement."""
    wanted = _mails(scope)
    if asked.states:
        wanted = wanted.where(OutgoingMail.state.in_(sorted(asked.states)))
    if asked.kind:
        wanted = wanted.where(OutgoingMail.kind == asked.kind)
    if asked.since is not None:
        wanted = wanted.where(OutgoingMail.created_at >= asked.since)
    if asked.reference:
        wanted = wanted.where(Booking.reference == asked.reference)
    if asked.before is not None:
        wanted = wanted.where(OutgoingMail.id < asked.before)
    return [Mail(**row._mapping) for row in execute(wanted.order_by(OutgoingMail.id.desc()).limit(most))]


def mail(scope: Scope, mail_id: int) -> Mail | None:
    """Return one mail, or None where it does not exist or is not in the scope."""
    row = execute(_mails(scope).where(OutgoingMail.id == mail_id)).one_or_none()
    return None if row is None else Mail(**row._mapping)


def content(scope: Scope, mail_id: int) -> Owed | None:
    """Return what a mail was written from, as it was owed; None where it is not in the scope, or is forgotten."""
    further = _mails(scope).add_columns(OutgoingMail.thread, OutgoingMail.method, OutgoingMail.facts)
    row = execute(further.where(OutgoingMail.id == mail_id)).one_or_none()
    if row is None or not row.facts:
        return None
    names = ("thread", "kind", "language", "recipient", "facts", "method")
    return Owed(house_id=scope.house_id, **{name: row._mapping[name] for name in names})


def lost(scope: Scope) -> dict[str, int]:
    """Return by kind how many mails were not delivered and can be tried again."""
    found = _mails(scope).where(*_can_be_tried()).subquery()
    wanted = select(found.c.kind, func.count()).group_by(found.c.kind).order_by(found.c.kind)
    return {row[0]: row[1] for row in execute(wanted)}


def lost_of(scope: Scope, kind: str) -> list[int]:
    """Return mails of a kind that were not delivered and can be tried again, the oldest first, not all at once."""
    wanted = _mails(scope).where(OutgoingMail.kind == kind, *_can_be_tried())
    return [row.id for row in execute(wanted.order_by(OutgoingMail.id).limit(MOST_AT_ONCE))]


def _can_be_tried() -> tuple[Any, ...]:
    return OutgoingMail.state.in_(_LOST), OutgoingMail.recipient != ""


def _mails(scope: Scope) -> Select[*tuple[Any, ...]]:
    of_booking = case(
        (
            OutgoingMail.thread.like(f"{_THREAD}%"),
            cast(func.substr(OutgoingMail.thread, len(_THREAD) + 1), Integer),
        )
    )
    wanted = (
        select(
            OutgoingMail.id,
            OutgoingMail.kind,
            OutgoingMail.state,
            OutgoingMail.language,
            OutgoingMail.recipient,
            OutgoingMail.tries,
            OutgoingMail.fault,
            OutgoingMail.created_at,
            OutgoingMail.due_at,
            OutgoingMail.done_at,
            Booking.id.label("booking_id"),
            Booking.reference,
            Offering.programme_id,
            OutgoingMail.thread.like(f"{_TEST}%").label("is_test"),
        )
        .outerjoin(Booking, (Booking.id == of_booking) & (Booking.house_id == OutgoingMail.house_id))
        .outerjoin(Occurrence, Occurrence.id == Booking.occurrence_id)
        .outerjoin(Offering, Offering.id == Occurrence.offering_id)
        .where(OutgoingMail.house_id == scope.house_id)
    )
    if scope.programme_ids is not None:
        wanted = wanted.where(Offering.programme_id.in_(sorted(scope.programme_ids)))
    return wanted
