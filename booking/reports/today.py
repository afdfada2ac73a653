"""What needs somebody today: counts for the first page of staff, a few statements each, of what they may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, exists, false, func, or_, select

from booking.bookings.models import Booking, PartyCount
from booking.bookings.states import AT_THE_DOOR, CANCELLABLE
from booking.catalogue.models import Need, Offering, OfferingText
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.messages.models import FAILED, PARKED, OutgoingMail
from booking.people.permissions import COORDINATOR, DESK, Acting
from booking.schedule.models import Occurrence, OccurrenceHost

LANGUAGES = ("en", "ls")  # beside German, which nothing is published without
MOST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A date or an offering that a count names; ``people`` are those who booked."""

    id: int
    title: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    people: int = 0
    is_slot: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """What a day brings: so many dates, booked slots included, and people who are expected."""

    dates: int
    people: int


@dataclass(frozen=True, slots=True)
class Post:
    """Mails that did not arrive or could not be written, and bookings to come that cannot be reached."""

    mails: int
    unreachable: int


def own_dates(acting: Acting, *, since: datetime, until: datetime, language: str) -> list[Line]:
    """Return what somebody gives within ``[since, until)``, earliest first; of slots those that are booked."""
    if acting.host_id is None:
        return []
    mine = exists(
        select(OccurrenceHost.host_id).where(
            OccurrenceHost.occurrence_id == Occurrence.id, OccurrenceHost.host_id == acting.host_id
        )
    )
    wanted = _dates(mine, Occurrence.state == "published", _is_real()).limit(MOST)
    return _lines(wanted, acting, since=since, until=until, language=language)


def unstaffed(acting: Acting, *, since: datetime, until: datetime, language: str) -> list[Line]:
    """Return dates to come that fewer people give than the offering needs, within the own programmes."""
    wanted = _dates(
        _runs(acting),
        Occurrence.is_slot.is_(False),
        Occurrence.state.in_(("draft", "published")),
        _hosts_given() < _hosts_needed(),
    )
    return _lines(wanted.limit(MOST), acting, since=since, until=until, language=language)


def drafts(acting: Acting, *, since: datetime, until: datetime, language: str) -> list[Line]:
    """Return dates to come that are not published yet, within the own programmes."""
    wanted = _dates(_runs(acting), Occurrence.state == "draft")
    return _lines(wanted.limit(MOST), acting, since=since, until=until, language=language)


def day(acting: Acting, *, since: datetime, until: datetime) -> Day:
    """Return how much the day brings to the desk, which sees all of it, or to the own programmes."""
    sees_all = DESK in acting.roles
    wanted = _dates(
        Occurrence.state == "published", _is_real(), *(() if sees_all else (_runs(acting),))
    ).subquery()
    counted = select(func.count(), func.coalesce(func.sum(wanted.c.people), 0))
    asked = {"house": acting.house_id, "language": "de", "since": since, "until": until}
    dates, people = execute(counted, asked).one()
    return Day(dates, people)


def missing_texts(acting: Acting, *, language: str) -> list[Line]:
    """Return published offerings of the own programmes without English, or without easy language."""
    there = {
        one: exists(
            select(OfferingText.offering_id).where(
                OfferingText.offering_id == Offering.id,
                OfferingText.language == one,
                OfferingText.summary != "",
                OfferingText.description != "",
            )
        )
        for one in LANGUAGES
    }
    columns = [has.label(f"has_{one}") for one, has in there.items()]
    wanted = with_texts(select(Offering.id, text("title"), *columns).select_from(Offering)).where(
        Offering.house_id == bindparam("house"),
        Offering.state == "published",
        _runs(acting),
        ~and_(*there.values()),
    )
    asked = {"house": acting.house_id, "language": language}
    rows = execute(wanted.order_by(Offering.key).limit(MOST), asked)
    return [
        Line(
            row.id,
            row.title,
            missing=tuple(one for one in LANGUAGES if not getattr(row, f"has_{one}")),
        )
        for row in rows
    ]


def post(acting: Acting, *, now: datetime) -> Post:
    """Return what does not reach people: mails, for those who see the outbox, and bookings that staff phone."""
    mails = 0
    if acting.may("outbox.see"):
        lost = select(func.count()).select_from(OutgoingMail)
        lost = lost.where(
            OutgoingMail.house_id == acting.house_id,
            OutgoingMail.state.in_((FAILED, PARKED)),
            OutgoingMail.recipient != "",
        )
        mails = execute(lost).scalar_one()
    if not acting.may("bookings.change"):
        return Post(mails, 0)
    whose = () if DESK in acting.roles else (_runs(acting),)
    waiting = (
        select(func.count())
        .select_from(Booking)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .join(Offering, Offering.id == Occurrence.offering_id)
        .where(
            Booking.house_id == acting.house_id,
            Booking.unreachable_at.is_not(None),
            Booking.state.in_(sorted(CANCELLABLE)),
            Booking.ends_at > now,
            *whose,
        )
    )
    return Post(mails, execute(waiting).scalar_one())


def _runs(acting: Acting) -> ColumnElement[bool]:
    """Return whether an offering is of a programme that somebody runs."""
    if COORDINATOR not in acting.roles:
        return false()
    if acting.programme_ids is None:
        return Offering.house_id == acting.house_id
    return Offering.programme_id.in_(sorted(acting.programme_ids))


def _is_real() -> ColumnElement[bool]:
    """Return whether a run is a date, or a slot that somebody has booked."""
    comes = select(Booking.id).where(
        Booking.occurrence_id == Occurrence.id, Booking.state.in_(sorted(AT_THE_DOOR))
    )
    return or_(Occurrence.is_slot.is_(False), exists(comes))


def _people() -> ScalarSelect[int]:
    counted = (
        select(func.coalesce(func.sum(PartyCount.people), 0))
        .join(Booking, Booking.id == PartyCount.booking_id)
        .where(Booking.occurrence_id == Occurrence.id, Booking.state.in_(sorted(AT_THE_DOOR)))
    )
    return counted.correlate(Occurrence).scalar_subquery()


def _hosts_given() -> ScalarSelect[int]:
    counted = select(func.count()).select_from(OccurrenceHost)
    return (
        counted.where(OccurrenceHost.occurrence_id == Occurrence.id).correlate(Occurrence).scalar_subquery()
    )


def _hosts_needed() -> ScalarSelect[int]:
    needed = select(func.coalesce(func.sum(Need.quantity), 0)).where(
        Need.offering_id == Occurrence.offering_id,
        Need.kind == "host",
        or_(Need.medium.is_(None), Need.medium == Occurrence.medium),
    )
    return needed.correlate(Occurrence).scalar_subquery()


def _dates(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    wanted = with_texts(
        select(
            Occurrence.id,
            text("title"),
            Occurrence.starts_at,
            Occurrence.ends_at,
            Occurrence.is_slot,
            _people().label("people"),
        )
        .select_from(Occurrence)
        .join(Offering, Offering.id == Occurrence.offering_id)
    )
    return wanted.where(
        Occurrence.house_id == bindparam("house"),
        Occurrence.ends_at > bindparam("since"),
        Occurrence.starts_at < bindparam("until"),
        *conditions,
    ).order_by(Occurrence.starts_at, Occurrence.id)


def _lines(wanted: Select[*tuple[Any, ...]], acting: Acting, **asked: Any) -> list[Line]:
    return [Line(**row._mapping) for row in execute(wanted, {"house": acting.house_id, **asked})]
