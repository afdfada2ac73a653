"""Deed: book a date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from booking.bookings import queries, rules, seat_queries, states
from booking.bookings.models import ONLINE, Booking, PartyCount
from booking.bookings.queries import BookingPage
from booking.bookings.refusals import DateMoved, FormUsed
from booking.bookings.seat_queries import Bookable
from booking.db import db, execute
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.links import service as links
from booking.messages import outbox
from booking.messages.facts import CONFIRMATION
from booking.schedule import taking
from booking.schedule.models import Claim
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asks for; ``party`` counts people by category, none of them zero."""

    house_id: int
    occurrence_id: int
    language: str
    name: str
    email: str
    phone: str
    note: str
    party: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking that exists, and the id of its manage link."""

    booking_id: int
    link_id: str


def book(wish: Wish, *, once: str, request_id: str = "", now: datetime) -> Booked:
    """Take the seats, write the booking and its link, and owe the confirmation.

    ``once``  the key of the form: the same key gives the same booking again
    Raises Taken when the seats do not suffice (the guard says so), Past,
    Cancelled, TooLate, TooEarly and the party's refusals by the policy, and
    FormUsed when the key belongs to a booking of another date, name, address or party.
    """
    place = seat_queries.bookable(wish.occurrence_id, house_id=wish.house_id)
    claim_id = taking.new_claim(house_id=wish.house_id, now=now)
    span = (place.starts_at, place.ends_at)
    booking_id = write_booking(wish, span, once=once, claim_id=claim_id, now=now)
    if booking_id is None:
        execute(delete(Claim).where(Claim.id == claim_id))
        return booked_before(once, wish=wish)
    taking.lock([place.resource_id])  # from here on nobody changes or cancels the date
    page = queries.new_booking(booking_id, language=wish.language, party=wish.party)
    _check(page, wish, now=now)
    _take_seats(place, wish, claim_id=claim_id, now=now)
    write_party(booking_id, wish.party)
    link_id = make_link(page, now=now)
    owe_confirmation(page, link_id=link_id, request_id=request_id, now=now)
    record("booking.confirmed", page, now=now)
    return Booked(booking_id, link_id)


def make_link(page: BookingPage, *, now: datetime) -> str:
    """Make the manage link of a booking, and return its id."""
    return links.make(
        "manage",
        house_id=page.house_id,
        subject_id=page.id,
        expires_at=rules.kept_until(page.ends_at),
        now=now,
    )


def record(deed: str, page: BookingPage, *, now: datetime) -> None:
    """Note in the journal what a visitor did with a booking, and for how many."""
    journal.record(
        deed,
        house_id=page.house_id,
        actor="visitor",
        object_kind="booking",
        object_id=page.id,
        now=now,
        people=sum(page.party.values()),
    )


def booked_before(once: str, *, wish: Wish) -> Booked:
    """Return the booking that the first submission of a form made; raises FormUsed if that asked for something else."""
    wanted = select(Booking.id).where(
        Booking.once == once,
        Booking.occurrence_id == wish.occurrence_id,
        Booking.house_id == wish.house_id,
        Booking.name == wish.name,
        Booking.email == wish.email,
    )
    booking_id = execute(wanted).scalar()
    if booking_id and queries.party(booking_id) != dict(wish.party):
        raise FormUsed
    link_id = booking_id and link_queries.newest("manage", subject_id=booking_id)
    if not booking_id or not link_id:
        raise FormUsed
    return Booked(booking_id, link_id)


def owe_confirmation(page: BookingPage, *, link_id: str, request_id: str = "", now: datetime) -> None:
    """Owe the mail with the calendar entry of a booking as it stands on ``page``."""
    owe(page, CONFIRMATION, method="REQUEST", link_id=link_id, request_id=request_id, now=now)


def owe(
    page: BookingPage,
    kind: str,
    *,
    method: str | None,
    link_id: str,
    now: datetime,
    reason: str = "",
    thread: str | None = None,
    forget_when_sent: bool = False,
    request_id: str = "",
) -> None:
    """Owe a mail about a booking as it stands on ``page``, in its own language and to its address.

    ``link_id``  its manage link, or empty for a mail without one
    ``thread``   that of the booking, unless the mail is to wait for no other
    """
    facts = page.facts(link_id=link_id, stamp=now, language=page.language, reason=reason)
    mail = outbox.Owed(
        house_id=page.house_id,
        thread=thread or thread_of(page.id),
        kind=kind,
        method=method,
        language=page.language,
        recipient=page.email,
        facts=facts.to_json(),
        forget_when_sent=forget_when_sent,
    )
    outbox.owe(mail, request_id=request_id, now=now)


def thread_of(booking_id: int) -> str:
    """Return the name under which the mails of a booking leave in order."""
    return f"booking:{booking_id}"


def _unless_used(own_insert: Callable[[type[Booking]], Any]) -> Any:
    return own_insert(Booking).on_conflict_do_nothing(index_elements=["once"]).returning(Booking.id)


_WRITE = {"sqlite": _unless_used(sqlite_insert), "postgresql": _unless_used(postgresql_insert)}
_WRITE_PARTY = insert(PartyCount)


def _check(page: BookingPage, wish: Wish, *, now: datetime) -> None:
    if page.policy.starts_at != page.starts_at:
        raise DateMoved
    rules.check(page.policy, wish.party, now=now)


def write_booking(
    wish: Wish,
    span: tuple[datetime, datetime],
    *,
    once: str,
    claim_id: int | None,
    confirm_until: datetime | None = None,
    channel: str = ONLINE,
    made_by_id: int | None = None,
    now: datetime,
) -> int | None:
    """Write the row of a booking and return its id, or None if the form's key has one already.

    ``confirm_until``  until when its address must be confirmed, or None where it need not be
    ``channel``        how it came to be, with the staff who made it, if any
    """
    row = {
        "house_id": wish.house_id,
        "once": once,
        "reference": rules.new_reference(),
        "occurrence_id": wish.occurrence_id,
        "claim_id": claim_id,
        "state": states.CONFIRMED if confirm_until is None else states.TO_BE_CONFIRMED,
        "confirm_until": confirm_until,
        "channel": channel,
        "made_by_id": made_by_id,
        "language": wish.language,
        "name": wish.name,
        "email": wish.email,
        "phone": wish.phone,
        "note": wish.note,
        "uid": str(uuid4()),
        "sequence": 0,
        "created_at": now,
        "changed_at": now,
        "starts_at": span[0],
        "ends_at": span[1],
    }
    written: int | None = execute(_WRITE[db.engine.dialect.name], row).scalar()
    return written


def write_party(booking_id: int, party: Mapping[str, int]) -> None:
    """Write how many people of each category a booking brings; none of them zero."""
    rows = [
        {"booking_id": booking_id, "category": category, "people": people}
        for category, people in party.items()
    ]
    execute(_WRITE_PARTY, rows)


def _take_seats(place: Bookable, wish: Wish, *, claim_id: int, now: datetime) -> None:
    share = Share(
        resource_id=place.resource_id,
        starts_at=to_epoch(place.starts_at),
        ends_at=to_epoch(place.ends_at),
        quantity=sum(wish.party.values()),
    )
    taking.take_locked([share], claim_id=claim_id, now=now)
