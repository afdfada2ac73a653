"""Questions before a deed that mails people: to how many a mail leaves, to whom none can, and one of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from booking.bookings import queries, states
from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import execute
from booking.errors import NotFound
from booking.messages.outbox import Owed
from booking.schedule.models import Occurrence


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a deed would tell.

    ``mails``       so many have an address
    ``nobody``      so many left none: staff phone them
    ``came_back``   of the ``mails``, so many go to an address from which the last one came back
    ``sample_id``   a booking with an address, the first by its date; None where no mail leaves
    """

    mails: int
    nobody: int
    came_back: int
    sample_id: int | None


def of_bookings(booking_ids: Collection[int], *, house_id: int) -> Audience:
    """Return whom a deed on these bookings of a house tells: those that stand and are not erased; one statement."""
    return _audience(Booking.id.in_(list(booking_ids)), house_id=house_id)


def of_dates(
    occurrence_ids: Collection[int], *, house_id: int, ends_after: datetime | None = None
) -> Audience:
    """Return whom a deed on these dates of a house tells, as above; only those that end after an instant."""
    which: ColumnElement[bool] = Booking.occurrence_id.in_(list(occurrence_ids))
    if ends_after is not None:
        which &= Booking.ends_at > ends_after
    return _audience(which, house_id=house_id)


def of_offering(offering_id: int, *, house_id: int, now: datetime) -> Audience:
    """Return whom a deed on all dates of an offering tells that are not over."""
    mine = select(Occurrence.id).where(Occurrence.offering_id == offering_id)
    return _audience(Booking.occurrence_id.in_(mine) & (Booking.ends_at > now), house_id=house_id)


def one_mail(
    booking_id: int,
    kind: str,
    *,
    house_id: int,
    now: datetime,
    method: str | None = None,
    reason: str = "",
    language: str = "",
    **changed: Any,
) -> Owed:
    """Return the mail of a kind about one booking as a deed would owe it now, with what it changes; nothing is written.

    ``language`` in which to write; that of the booking unless told otherwise
    ``changed``  facts (``BookingFacts``) as they will be, for example ``starts_at`` and ``former_starts_at``
    Raises NotFound for an unknown or erased booking, and for that of another house.
    """
    spoken = execute(
        select(Booking.language).where(Booking.id == booking_id, Booking.house_id == house_id)
    ).scalar()
    if spoken is None:
        raise NotFound
    language = language or spoken
    page = queries.booking(booking_id, language=language)
    facts = page.facts(link_id=NO_LINK, stamp=now, language=language, reason=reason)
    return Owed(
        house_id=house_id,
        thread="preview",
        kind=kind,
        language=language,
        recipient=page.email,
        facts=facts.to_json() | changed,
        method=method,
    )


NO_LINK = "A-link-of-the-preview-"
"""Stands where a mail has the id of a link: what is made of it opens nothing."""


def example(
    *,
    house_id: int,
    programme_ids: frozenset[int] | None,
    offering_id: int | None = None,
    reference: str = "",
) -> int | None:
    """Return the id of a booking to try a mail on: that with a reference, else the newest; None if there is none.

    ``programme_ids``  those that whoever asks runs; None: all, and offerings without a programme
    """
    wanted = (
        select(Booking.id)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .join(Offering, Offering.id == Occurrence.offering_id)
        .where(Booking.house_id == house_id, Booking.erased_at.is_(None))
    )
    if programme_ids is not None:
        wanted = wanted.where(Offering.programme_id.in_(sorted(programme_ids)))
    if offering_id is not None:
        wanted = wanted.where(Offering.id == offering_id)
    if reference:
        wanted = wanted.where(Booking.reference == reference)
    return execute(wanted.order_by(Booking.id.desc()).limit(1)).scalar()


def _audience(which: ColumnElement[bool], *, house_id: int) -> Audience:
    has_address = Booking.email != ""
    came_back = has_address & Booking.unreachable_at.is_not(None)
    wanted = select(
        func.sum(case((has_address, 1), else_=0)),
        func.sum(case((has_address, 0), else_=1)),
        func.sum(case((came_back, 1), else_=0)),
        _first(which, house_id),
    ).where(which, *_told(house_id))
    mails, nobody, lost, sample_id = execute(wanted).one()
    return Audience(mails=mails or 0, nobody=nobody or 0, came_back=lost or 0, sample_id=sample_id)


def _first(which: ColumnElement[bool], house_id: int) -> Any:
    """Return the booking that serves as the example: the earliest, one whose mails arrive before others."""
    has_address = Booking.email != ""
    first = select(Booking.id).where(which, has_address, *_told(house_id)).correlate(None)
    return first.order_by(Booking.starts_at, Booking.id).limit(1).scalar_subquery()


def _told(house_id: int) -> tuple[ColumnElement[bool], ...]:
    standing = Booking.state.in_(sorted(states.CANCELLABLE))
    return Booking.house_id == house_id, standing, Booking.erased_at.is_(None)
