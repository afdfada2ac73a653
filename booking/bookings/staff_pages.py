"""Questions of staff about one booking: who sees what of it, the notes beside it, the mails that left or are owed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from booking.bookings import queries, sight_queries
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.bookings.service import thread_of
from booking.bookings.sight import Sight, Whose, sight
from booking.bookings.staff_models import BookingNote
from booking.catalogue.models import Offering
from booking.db import execute
from booking.errors import Gone, NotFound
from booking.links import queries as links
from booking.messages.models import OutgoingMail
from booking.people.models import Host, Staff
from booking.people.permissions import Acting
from booking.schedule.models import Occurrence, OccurrenceHost

MOST_MAILS = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """A booking with what somebody sees of it.

    ``made_by``  the name of the staff who booked for the caller, if any
    ``hosts``    the first names of those who give the date
    """

    page: BookingPage
    sight: Sight
    programme_id: int | None
    offering_id: int
    channel: str
    made_by: str
    hosts: tuple[str, ...]
    unreachable_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note of staff; ``who`` is empty where the writer's account is gone."""

    id: int
    words: str
    written_at: datetime
    staff_id: int | None
    who: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail about a booking, as far as the outbox still knows it."""

    id: int
    kind: str
    state: str
    recipient: str
    fault: str
    tries: int
    created_at: datetime
    due_at: datetime
    done_at: datetime | None


def find(reference: str, acting: Acting, *, language: str, zone: str, now: datetime) -> Seen:
    """Return a booking by its reference, which is known exactly; raises NotFound where somebody may not see it.

    Raises Gone for one that was erased since.
    """
    return _seen(Booking.reference == reference, acting, exact=True, language=language, zone=zone, now=now)


def reference_of(booking_id: int, acting: Acting, *, zone: str, now: datetime) -> str:
    """Return the reference of a booking that somebody sees in lists; raises NotFound."""
    seen = _seen(Booking.id == booking_id, acting, exact=False, language="de", zone=zone, now=now)
    return seen.page.reference


def reference(booking_id: int) -> str:
    """Return the reference of a booking that was just made."""
    return str(execute(select(Booking.reference).where(Booking.id == booking_id)).scalar_one())


def notes(booking_id: int) -> list[Note]:
    """Return what staff wrote beside a booking, the newest first."""
    wanted = (
        select(
            BookingNote.id,
            BookingNote.words,
            BookingNote.written_at,
            BookingNote.staff_id,
            Staff.name.label("who"),
            BookingNote.kind,
        )
        .outerjoin(Staff, Staff.id == BookingNote.staff_id)
        .where(BookingNote.booking_id == booking_id)
        .order_by(BookingNote.id.desc())
    )
    return [
        Note(row.id, row.words, row.written_at, row.staff_id, row.who or "", row.kind)
        for row in execute(wanted)
    ]


def mails(booking_id: int) -> list[Mail]:
    """Return the mails about a booking, the newest first, 50 at most."""
    names = ("id", "kind", "state", "recipient", "fault", "tries", "created_at", "due_at", "done_at")
    wanted = select(*(getattr(OutgoingMail, name) for name in names))
    mine = wanted.where(OutgoingMail.thread == thread_of(booking_id))
    return [Mail(**row._mapping) for row in execute(mine.order_by(OutgoingMail.id.desc()).limit(MOST_MAILS))]


def manage_link(booking_id: int) -> str:
    """Return the id of the link with which the booker opens the booking, or nothing where there is none."""
    return links.newest("manage", subject_id=booking_id) or ""


def _seen(
    which: ColumnElement[bool], acting: Acting, *, exact: bool, language: str, zone: str, now: datetime
) -> Seen:
    row = execute(_told(which, acting)).one_or_none()
    if row is None:
        raise NotFound
    of = Whose(row.house_id, row.programme_id, row.kind, row.starts_at, bool(row.is_assigned))
    found = sight(acting, of, exact=exact, zone=zone, now=now)
    if not found:
        raise NotFound
    if row.erased_at is not None:
        raise Gone
    return Seen(
        page=queries.booking(row.id, language=language),
        sight=found,
        programme_id=row.programme_id,
        offering_id=row.offering_id,
        channel=row.channel,
        made_by=row.made_by or "",
        hosts=_hosts(row.occurrence_id),
        unreachable_at=row.unreachable_at,
    )


def _told(which: ColumnElement[bool], acting: Acting) -> Select[*tuple[Any, ...]]:
    """Ask for a booking of the house with all that decides who sees what of it."""
    return (
        select(
            Booking.id,
            Booking.house_id,
            Booking.starts_at,
            Booking.channel,
            Booking.unreachable_at,
            Booking.erased_at,
            Booking.occurrence_id,
            Occurrence.offering_id,
            Offering.programme_id,
            Offering.kind,
            Staff.name.label("made_by"),
            sight_queries.assigned(acting).label("is_assigned"),
        )
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .join(Offering, Offering.id == Occurrence.offering_id)
        .outerjoin(Staff, Staff.id == Booking.made_by_id)
        .where(which, Booking.house_id == acting.house_id)
    )


def _hosts(occurrence_id: int) -> tuple[str, ...]:
    """Return the first names of those who give a date."""
    hosts = select(Host.first_name).join(OccurrenceHost, OccurrenceHost.host_id == Host.id)
    mine = hosts.where(OccurrenceHost.occurrence_id == occurrence_id).order_by(Host.id)
    return tuple(execute(mine).scalars())
