"""Questions about bookings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select

from booking.bookings.models import Booking, PartyCount
from booking.bookings.rules import Policy, cancel_until
from booking.bookings.staff_models import REASON, BookingNote
from booking.bookings.states import CANCELLABLE
from booking.catalogue.models import Offering, Place
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.links.models import Link
from booking.messages.facts import BookingFacts
from booking.people.models import Host
from booking.schedule.models import Occurrence, OccurrenceHost
from booking.timekit.instants import to_epoch


@dataclass(frozen=True, slots=True)
class BookingPage:
    """A booking as its booker sees it, in the language of the page."""

    id: int
    house_id: int
    reference: str
    state: str
    language: str
    name: str
    email: str
    phone: str
    note: str
    starts_at: datetime
    ends_at: datetime
    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    is_unreachable: bool
    occurrence_id: int
    offering_key: str
    kind: str
    age_min: int
    medium: str
    is_slot: bool
    spoken: str
    video_room: str
    with_whom: str
    confirm_until: datetime | None
    title: str
    bring: str
    confirmation: str
    cancel_until: datetime
    version: int
    place_names: Mapping[str, str]
    place_address: str
    latitude: float | None
    longitude: float | None
    cancel_reason: Mapping[str, str]
    policy: Policy
    party: Mapping[str, int]

    def may_change(self, *, now: datetime) -> bool:
        """Return whether its booker may still cancel, move or change it online."""
        return self.state in CANCELLABLE and self.starts_at > now and now <= self.cancel_until

    def facts(self, *, link_id: str, stamp: datetime, language: str, reason: str = "") -> BookingFacts:
        """Return what a mail of this moment tells."""
        return BookingFacts(
            booking_id=self.id,
            reference=self.reference,
            name=self.name,
            party=dict(self.party),
            kind=self.kind,
            age_min=self.age_min,
            title=self.title,
            offering_key=self.offering_key,
            occurrence_id=self.occurrence_id,
            starts_at=to_epoch(self.starts_at),
            ends_at=to_epoch(self.ends_at),
            medium=self.medium,
            is_slot=self.is_slot,
            spoken=self.spoken,
            video_room=self.video_room,
            with_whom=self.with_whom,
            phone=self.phone if self.medium == "phone" else "",
            confirm_until=to_epoch(self.confirm_until) if self.confirm_until else None,
            place=self.place_names.get(language) or self.place_names.get("de", ""),
            place_address=self.place_address,
            latitude=self.latitude,
            longitude=self.longitude,
            bring=self.bring,
            confirmation=self.confirmation,
            uid=self.uid,
            sequence=self.sequence,
            stamp=to_epoch(stamp),
            link_id=link_id,
            cancel_until=to_epoch(self.cancel_until),
            reason=reason,
        )


def booking(booking_id: int, *, language: str) -> BookingPage:
    """Return a booking with its words in ``language``; raises NotFound for an unknown or erased one."""
    return _page(booking_id, language=language, party=party(booking_id))


def new_booking(booking_id: int, *, language: str, party: Mapping[str, int]) -> BookingPage:
    """Return a booking whose party is not written yet, in one statement."""
    return _page(booking_id, language=language, party=party)


def language_of(booking_id: int) -> str:
    """Return the language in which we write to a booker; raises NotFound."""
    found = execute(select(Booking.language).where(Booking.id == booking_id)).scalar()
    if found is None:
        raise NotFound
    return str(found)


def _page(booking_id: int, *, language: str, party: Mapping[str, int]) -> BookingPage:
    row = execute(_WHOLE, {"booking": booking_id, "language": language}).one_or_none()
    if row is None:
        raise NotFound
    values = dict(row._mapping)
    policy = Policy(
        values.pop("occurrence_state"), values.pop("begins_at"), *(values.pop(name) for name in _POLICY)
    )
    minutes, unreachable_at = values.pop("cancel_until_minutes"), values.pop("unreachable_at")
    for name, empty in _EMPTY.items():
        values[name] = values[name] or empty
    told = values.pop("told_reason")
    if told:  # to this booker alone, in the booker's language
        values["cancel_reason"] = {row.language: told, "de": told}
    return BookingPage(
        **values,
        is_unreachable=unreachable_at is not None,
        cancel_until=cancel_until(row.starts_at, minutes=minutes),
        policy=policy,
        party=party,
    )


def party(booking_id: int) -> dict[str, int]:
    """Return how many people of each category a booking brings."""
    rows = execute(
        select(PartyCount.category, PartyCount.people)
        .where(PartyCount.booking_id == booking_id)
        .order_by(PartyCount.category)
    )
    return {row.category: row.people for row in rows}


def ahead_of(address: str, *, house_id: int, now: datetime) -> list[tuple[int, str]]:
    """Return (booking id, manage link id) of the bookings of a mail address that are kept still."""
    wanted = (
        select(Booking.id, Link.id)
        .join(Link, (Link.purpose == "manage") & (Link.subject_id == Booking.id))
        .where(Booking.house_id == house_id, Booking.email == address, Booking.erased_at.is_(None))
        .where(Booking.state.in_(sorted(CANCELLABLE)), Booking.ends_at > now)
        .where(Link.revoked_at.is_(None), Link.expires_at > now)
    )
    return [(row[0], row[1]) for row in execute(wanted.order_by(Booking.starts_at))]


_OWN = (
    "id",
    "house_id",
    "reference",
    "state",
    "language",
    "name",
    "email",
    "phone",
    "note",
    "starts_at",
    "ends_at",
    "uid",
    "sequence",
    "created_at",
    "changed_at",
    "unreachable_at",
    "confirm_until",
    "occurrence_id",
    "version",
)
_POLICY = ("notice_minutes", "horizon_days", "party_min", "party_max")
_EMPTY: Mapping[str, Any] = {"place_names": {}, "place_address": "", "cancel_reason": {}, "with_whom": ""}


def _hosts() -> ScalarSelect[str]:
    """Return the first names of those who give a slot; who guides a tour is not told in advance."""
    names = (
        select(func.aggregate_strings(Host.first_name, ", "))
        .join(OccurrenceHost, OccurrenceHost.host_id == Host.id)
        .where(OccurrenceHost.occurrence_id == Occurrence.id, Occurrence.is_slot.is_(True))
    )
    return names.correlate(Occurrence).scalar_subquery()


def _told_reason() -> ScalarSelect[str]:
    """Return the reason that a booker was told when staff cancelled this booking."""
    mine = (BookingNote.booking_id == Booking.id) & (BookingNote.kind == REASON)
    newest = select(BookingNote.words).where(mine).order_by(BookingNote.id.desc()).limit(1)
    return newest.correlate(Booking).scalar_subquery()


def _whole() -> Select[*tuple[Any, ...]]:
    columns = select(
        *(getattr(Booking, name) for name in _OWN),
        *(getattr(Offering, name) for name in _POLICY),
        Offering.key.label("offering_key"),
        Offering.kind,
        Offering.age_min,
        Offering.cancel_until_minutes,
        text("title"),
        text("bring"),
        text("confirmation"),
        Place.names.label("place_names"),
        Place.address.label("place_address"),
        Place.latitude,
        Place.longitude,
        Occurrence.medium,
        Occurrence.is_slot,
        Occurrence.language.label("spoken"),
        Occurrence.video_room,
        _hosts().label("with_whom"),
        Occurrence.cancel_reason,
        _told_reason().label("told_reason"),
        Occurrence.state.label("occurrence_state"),
        Occurrence.starts_at.label("begins_at"),
    ).select_from(Booking)
    joined = columns.join(Occurrence, Occurrence.id == Booking.occurrence_id)
    joined = with_texts(joined.join(Offering, Offering.id == Occurrence.offering_id))
    joined = joined.outerjoin(Place, Place.id == Occurrence.place_id)
    return joined.where(Booking.id == bindparam("booking"), Booking.erased_at.is_(None))


_WHOLE = _whole()
"""Statements made once: making them costs more than running them."""
