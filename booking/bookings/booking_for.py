"""Deeds of staff: book a date or a slot for somebody who calls, and let in who stands there without a booking."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, select

from booking.bookings import (
    access_needs,
    access_queries,
    attending,
    booking_rules,
    hold_queries,
    holding_back,
    queries,
    rules,
    seat_queries,
    securing,
    service,
)
from booking.bookings.access_needs import Foreseen
from booking.bookings.access_rules import NOTHING_ASKED, Asked
from booking.bookings.confirming import Contact
from booking.bookings.hands import By
from booking.bookings.models import BY_STAFF, WALK_IN, Booking
from booking.bookings.refusals import DateMoved, FormUsed, PhoneMissing, TryAgain
from booking.bookings.seat_queries import Bookable
from booking.bookings.service import Booked, Wish
from booking.catalogue.models import Offering
from booking.db import execute
from booking.houses.facts import House
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.schedule import appointing, choosing, taking
from booking.schedule.choosing import Wanted

NOBODY = Contact(language="de", name="", email="", phone="", note="")


@dataclass(frozen=True, slots=True)
class Call:
    """Who is booked for, for how many, and by whom.

    ``once``  the key of the form: the same key gives the same booking again
    """

    contact: Contact
    party: Mapping[str, int]
    once: str
    staff_id: int | None
    by: By
    needs: Asked = NOTHING_ASKED
    channel: str = BY_STAFF
    request_id: str = ""

    @property
    def people(self) -> int:
        """How many come."""
        return sum(self.party.values())


def book_date(occurrence_id: int, call: Call, *, house: House, now: datetime) -> Booked:
    """Book a date for a caller: what is held back for phone and desk first, then what is free.

    Without an address no mail is owed.  Raises NotFound, Past, Cancelled, DateMoved, NobodyComes, LeadTimeOver
    and PartyOutOfBounds unless overruled, NeedRefused, FormUsed, TryAgain, and Taken: the guard binds staff, too.
    """
    booked = _before(call, Booking.occurrence_id == occurrence_id, house_id=house.id)
    if booked is not None:
        return booked
    seats = seat_queries.bookable(occurrence_id, house_id=house.id)
    foreseen = access_needs.foresee(
        call.needs,
        house_id=house.id,
        occurrence_id=occurrence_id,
        people=call.people,
        overrules=call.by.overrules,
        now=now,
    )
    taking.lock({seats.resource_id, *foreseen.resource_ids})
    policy = hold_queries.policy(occurrence_id)
    if policy.starts_at != seats.starts_at:
        raise DateMoved
    booking_rules.check(policy, call.party, by=call.by, ends_at=_ends(call, seats), now=now)
    drawn = 0
    if call.by.from_kept:
        drawn = holding_back.draw(seats, occurrence_id, call.people, now=now)
    claim_id = securing.claim_seats(seats, call.people, house_id=house.id, until=None, now=now)
    return _write(call, occurrence_id, seats, claim_id, foreseen, house=house, drawn=drawn, now=now)


def book_slot(wanted: Wanted, call: Call, *, house: House, now: datetime) -> Booked:
    """Book a slot for a caller, with its host, room and equipment.

    Raises as ``book_date``, PhoneMissing for a call without a number, SlotGone, and Taken when somebody was
    faster: the caller of this deed tries again, since somebody else may be free.
    """
    booked = _before(call, Booking.starts_at == wanted.starts_at, house_id=house.id)
    if booked is not None:
        return booked
    if wanted.medium == "phone" and not call.contact.phone:
        raise PhoneMissing
    policy = hold_queries.policy_of_offering(wanted.offering_id, starts_at=wanted.starts_at)
    booking_rules.check(policy, call.party, by=call.by, ends_at=None, now=now)
    choosing.in_turn(wanted.offering_id)
    wanted = replace(wanted, people=call.people, overrules=call.by.overrules)
    team = choosing.choose(wanted, house=house, now=now)
    foreseen = access_needs.foresee(
        call.needs,
        house_id=house.id,
        at=access_queries.of_team(team),
        people=call.people,
        overrules=call.by.overrules,
        now=now,
    )
    taking.lock(team.resource_ids() | foreseen.resource_ids)
    date = appointing.settle(team, expires_at=None, now=now)
    seats = seat_queries.seats_of(date.occurrence_id)
    claim_id = securing.claim_seats(seats, call.people, house_id=house.id, until=None, now=now)
    appointing.follow_parties(date.occurrence_id, now=now)
    return _write(call, date.occurrence_id, seats, claim_id, foreseen, house=house, now=now)


def let_in(
    occurrence_id: int, people: int, *, once: str, house: House, by: By, staff_id: int, now: datetime
) -> Booked:
    """Book and check in so many people who stand there, on a date of today, until it is over; nobody is named.

    Raises NotYetToday, DateNotOpen, and what ``book_date`` raises.
    """
    seats = seat_queries.bookable(occurrence_id, house_id=house.id)
    booking_rules.check_today(seats.starts_at, seats.ends_at, zone=house.zone, now=now)
    contact = replace(NOBODY, language="de")
    party = {_first_category(seats.offering_id): people} if people > 0 else {}
    call = Call(contact, party, once, staff_id, replace(by, overrules=True), channel=WALK_IN)
    booked = book_date(occurrence_id, call, house=house, now=now)
    attending.check_in(booked.booking_id, zone=house.zone, actor=by.actor, now=now)
    return booked


def _ends(call: Call, seats: Bookable) -> datetime | None:
    """Return until when a date can be booked though it has begun: for those who stand there, to its end."""
    return seats.ends_at if call.channel == WALK_IN else None


def _first_category(offering_id: int) -> str:
    row = execute(select(Offering.kind, Offering.age_min).where(Offering.id == offering_id)).one()
    return rules.categories(row.kind, age_min=row.age_min)[0]


def _before(call: Call, is_same: ColumnElement[bool], *, house_id: int) -> Booked | None:
    """Return what the same form has booked, or None; raises FormUsed where that was something else."""
    wanted = select(Booking.id, Booking.name, Booking.email, is_same.label("is_same"))
    mine = (Booking.once == call.once) & (Booking.house_id == house_id)
    row = execute(wanted.where(mine)).one_or_none()
    if row is None:
        return None
    is_alike = row.is_same and (row.name, row.email) == (call.contact.name, call.contact.email)
    if not is_alike or queries.party(row.id) != dict(call.party):
        raise FormUsed
    return Booked(row.id, link_queries.newest("manage", subject_id=row.id) or "")


def _write(
    call: Call,
    occurrence_id: int,
    seats: Bookable,
    claim_id: int,
    foreseen: Foreseen,
    *,
    house: House,
    drawn: int = 0,
    now: datetime,
) -> Booked:
    """Write a booking whose seats are taken, with its link and what it owes; raises TryAgain for a form sent twice."""
    contact = call.contact
    wish = Wish(
        house_id=house.id,
        occurrence_id=occurrence_id,
        language=contact.language,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        note=contact.note,
        party=call.party,
    )
    span = (seats.starts_at, seats.ends_at)
    made = {"channel": call.channel, "made_by_id": call.staff_id}
    booking_id = service.write_booking(wish, span, once=call.once, claim_id=claim_id, now=now, **made)  # type: ignore[arg-type]
    if booking_id is None:
        raise TryAgain
    service.write_party(booking_id, call.party)
    page = queries.booking(booking_id, language=contact.language)
    link_id = service.make_link(page, now=now)
    if call.by.tells:
        service.owe_confirmation(page, link_id=link_id, request_id=call.request_id, now=now)
    access_needs.ask(page, foreseen, now=now)
    counts = {"people": call.people} | ({"from_kept": drawn} if drawn else {})
    of = {"house_id": house.id, "actor": call.by.actor, "object_kind": "booking", "object_id": booking_id}
    journal.record("booking.confirmed", now=now, **of, **counts)  # type: ignore[arg-type]
    return Booked(booking_id, link_id)
