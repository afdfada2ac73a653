"""What staff do with access needs that are open: list them, arrange them, call them off, say that it cannot be done.

These are health data: whoever may arrange sees what is needed, and nobody else; the journal names the house alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from booking.bookings import access_arranging, access_queries, access_tasks
from booking.bookings.access_models import CANCELLED, OPEN, AccessNeed
from booking.bookings.locking import lock_booking
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.bookings.service import owe
from booking.bookings.states import CANCELLABLE
from booking.catalogue.models import Offering, Place
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import Gone, NotFound, Stale
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.messages.facts import NOT_ARRANGED
from booking.people.permissions import Acting
from booking.schedule.models import Occurrence


@dataclass(frozen=True, slots=True)
class NeedTask:
    """A need that staff have to arrange, or to call off, with the booking that it belongs to."""

    id: int
    kind: str
    words: str
    state: str
    due_at: datetime
    booking_id: int
    reference: str
    name: str
    email: str
    phone: str
    language: str
    is_unreachable: bool
    occurrence_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place_names: Mapping[str, str]
    medium: str
    programme_id: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """How much there is to arrange, how much of it is overdue, and the next deadline."""

    number: int
    overdue: int
    next_at: datetime | None


def tasks(acting: Acting, *, language: str) -> list[NeedTask]:
    """Return what somebody has to arrange or to call off, by deadline, in one statement."""
    rows = execute(_mine(_TASKS, acting), {"house": acting.house_id, "language": language})
    return [_task(row) for row in rows]


def task(need_id: int, acting: Acting, *, language: str) -> NeedTask:
    """Return one of them; raises Gone for what is done, NotFound for what is withdrawn or not this person's."""
    wanted = _mine(_TASKS, acting).where(AccessNeed.id == need_id)
    row = execute(wanted, {"house": acting.house_id, "language": language}).one_or_none()
    if row is None:
        raise Gone if _is_mine(need_id, acting) else NotFound
    return _task(row)


def due(acting: Acting, *, now: datetime) -> Due:
    """Return how much there is to arrange, in one statement."""
    wanted = _mine(_TASKS, acting).order_by(None).subquery()
    counted = select(
        func.count(), func.sum((wanted.c.due_at < now).cast(wanted.c.id.type)), func.min(wanted.c.due_at)
    )
    number, overdue, next_at = execute(counted, {"house": acting.house_id, "language": "de"}).one()
    return Due(number, overdue or 0, next_at)


def finish(
    need_id: int, acting: Acting, *, seen_state: str, tells: bool = True, request_id: str = "", now: datetime
) -> None:
    """Note that a need is arranged and tell its booker so, or that it has been called off.

    ``seen_state``  how it stood when the person decided; raises Stale where it stands otherwise by now
    Raises NotFound for what is not this person's to arrange.
    """
    _checked(need_id, acting, seen_state=seen_state)
    access_tasks.done(
        need_id,
        house_id=acting.house_id,
        actor=acting.actor,
        tells=tells,
        request_id=request_id,
        now=now,
    )


def decline(
    need_id: int,
    words: str,
    acting: Acting,
    *,
    seen_state: str,
    tells: bool = True,
    request_id: str = "",
    now: datetime,
) -> None:
    """Say that a need cannot be met: it is deleted, and the booker, who stays booked, is told with ``words``.

    Raises as ``finish`` does, and Stale for one that is to be called off: nobody waits for it any more.
    """
    found = _checked(need_id, acting, seen_state=seen_state)
    if found.state != OPEN:
        raise Stale
    page = lock_booking(found.booking_id)
    rows = [need for need in access_queries.needs(page.id) if need.id == need_id and need.state == OPEN]
    if not rows:
        raise Stale
    access_arranging.remove(rows)
    if page.email and tells:
        _owe_words(page, words, request_id=request_id, now=now)
    journal.record(
        "access.declined",
        house_id=acting.house_id,
        actor=acting.actor,
        object_kind="house",
        object_id=acting.house_id,
        now=now,
        needs=1,
    )


def _owe_words(page: BookingPage, words: str, *, request_id: str, now: datetime) -> None:
    """Owe a booker the words with which a need was declined."""
    link_id = link_queries.newest("manage", subject_id=page.id) or ""
    owe(
        page,
        NOT_ARRANGED,
        method=None,
        link_id=link_id,
        reason=words.strip(),
        request_id=request_id,
        now=now,
    )


def _checked(need_id: int, acting: Acting, *, seen_state: str) -> NeedTask:
    try:
        found = task(need_id, acting, language="de")
    except Gone as done:
        raise Stale from done
    if found.state != seen_state:
        raise Stale
    return found


def _is_mine(need_id: int, acting: Acting) -> bool:
    """Return whether a need is this person's to arrange, however it stands."""
    wanted = _mine(_ANY, acting).where(AccessNeed.id == need_id)
    return execute(wanted, {"house": acting.house_id}).first() is not None


def _mine(wanted: Select[*tuple[Any, ...]], acting: Acting) -> Select[*tuple[Any, ...]]:
    if acting.programme_ids is None:
        return wanted
    return wanted.where(Offering.programme_id.in_(sorted(acting.programme_ids)))


def _task(row: Any) -> NeedTask:
    values = dict(row._mapping)
    values["place_names"] = row.place_names or {}
    values["is_unreachable"] = values.pop("unreachable_at") is not None
    return NeedTask(**values)


_ANY = (
    select(AccessNeed.id)
    .join(Booking, Booking.id == AccessNeed.booking_id)
    .join(Occurrence, Occurrence.id == Booking.occurrence_id)
    .join(Offering, Offering.id == Occurrence.offering_id)
    .where(Booking.house_id == bindparam("house"))
)
_TASKS = (
    with_texts(
        select(
            AccessNeed.id,
            AccessNeed.kind,
            AccessNeed.words,
            AccessNeed.state,
            AccessNeed.due_at,
            AccessNeed.booking_id,
            Booking.reference,
            Booking.name,
            Booking.email,
            Booking.phone,
            Booking.language,
            Booking.unreachable_at,
            Booking.occurrence_id,
            text("title"),
            Booking.starts_at,
            Booking.ends_at,
            Place.names.label("place_names"),
            Occurrence.medium,
            Offering.programme_id,
        )
        .select_from(AccessNeed)
        .join(Booking, Booking.id == AccessNeed.booking_id)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .join(Offering, Offering.id == Occurrence.offering_id)
    )
    .outerjoin(Place, Place.id == Occurrence.place_id)
    .where(Booking.house_id == bindparam("house"))
    .where(
        (AccessNeed.state == CANCELLED)
        | ((AccessNeed.state == OPEN) & Booking.state.in_(sorted(CANCELLABLE)))
    )
    .order_by(AccessNeed.due_at, AccessNeed.id)
)
"""Statements made once: making them costs more than running them."""
