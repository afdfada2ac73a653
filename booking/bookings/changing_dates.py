"""Deed of the house: change dates in one step, published ones with all who booked them, and tell them of it.

Several dates of a series change together or not at all.  Everything is locked in the order of all deeds: the
resources that are taken, were taken and hold the seats, sorted, and then the bookings.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from booking.bookings import access_dates, access_queries, change_events, holding_back, states
from booking.bookings.models import Booking
from booking.bookings.telling_changes import let_links_live, owe_changed, was
from booking.db import execute
from booking.errors import Overtaken, Stale
from booking.schedule import kit_loading, planning, resizing, taking
from booking.schedule.kits import Fit, Kit, Wanted
from booking.schedule.models import Occurrence
from booking.schedule.publishing import Plan, check_place, record, video_room, write_hosts
from booking.schedule.staff_refusals import DateBlocked, DateOver, SeatsBooked
from booking.timekit.instants import to_epoch

VISIBLE = ("starts_at", "ends_at", "place_id", "language", "medium")
"""What those who booked have to know; hosts and seats they need not."""
_FIELDS = (*VISIBLE, "seats", "host_ids")


@dataclass(frozen=True, slots=True)
class Change:
    """A date as it shall be; ``version`` is the one that was looked at."""

    occurrence_id: int
    version: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class _Case:
    """A change with what stands now."""

    change: Change
    before: Plan
    row: Row[Any]

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of what changes."""
        return tuple(
            name for name in _FIELDS if _comparable(self.before, name) != _comparable(self.change.plan, name)
        )

    @property
    def is_visible(self) -> bool:
        """Whether it concerns those who booked."""
        return bool(set(VISIBLE) & set(self.changed))


def change_dates(
    changes: Sequence[Change], *, house_id: int, actor: str, tells: bool, request_id: str = "", now: datetime
) -> int:
    """Change dates, and return how many mails are owed for it.

    Their bookings move along, and so do the entries in calendars: SEQUENCE
    rises although no mail leaves, so that a later one is right.
    ``tells``  whether those who booked get a mail; without, the house tells them itself
    Raises NotFound for a date of another house, Stale for another version,
    DateOver, DateInPast, DateTooFar, PlaceLeft, SeatsBooked for fewer seats than are taken,
    and DateBlocked where a host, the room or the equipment is not free; then
    nothing has changed.
    """
    cases = _cases(changes, house_id=house_id)
    kits_of = {wanted: kit_loading.kit(wanted) for wanted in {case.change.plan.wanted() for case in cases}}
    locked = _to_lock(cases, kits_of, now=now)
    taking.lock(locked)
    again = _cases(changes, house_id=house_id)
    if not _to_lock(again, kits_of, now=now) <= locked:
        raise Overtaken
    cases = [case for case in again if _check(case, now=now)]
    for case in cases:
        if case.row.state == "published":
            taking.empty(case.row.claim_id)
    how = _How(locked, tells, request_id, actor)
    mails = sum(_change(case, kits_of[case.change.plan.wanted()], how, now=now) for case in cases)
    in_series = [case.row.series_id for case in cases if case.row.series_id is not None]
    change_events.of_series(in_series, house_id, actor=actor, now=now)
    return mails


@dataclass(frozen=True, slots=True)
class _How:
    """What holds of all dates that change together; ``locked``: their resources."""

    locked: frozenset[int]
    tells: bool
    request_id: str
    actor: str


def _change(case: _Case, kit: Kit, how: _How, *, now: datetime) -> int:
    occurrence_id, plan = case.change.occurrence_id, case.change.plan
    fit = _take(case, kit, now=now) if case.row.state == "published" else None
    booking_ids = _bookings(occurrence_id)
    former = [was(booking_id) for booking_id in booking_ids] if how.tells else []
    _write(case, fit, now=now)
    resizing.resize(
        case.row.resource_id,
        before=case.row.seats,
        seats=fit.seats if fit else plan.seats,
        span=plan.span,
        now=now,
    )
    holding_back.follow_date(occurrence_id, now=now)
    if case.is_visible or how.tells:
        _move_bookings(case, now=now)
    if case.is_visible:
        for booking_id in booking_ids:
            let_links_live(booking_id, plan.ends_at)
        access_dates.follow(booking_ids, occurrence_id, locked=how.locked, now=now)
    told = [owe_changed(one, request_id=how.request_id, now=now) for one in former if one is not None]
    changes = {name: [_said(case.before, name), _said(plan, name)] for name in case.changed}
    if case.is_visible:
        seen = {name: changes[name] for name in VISIBLE if name in changes}
        change_events.of_bookings(booking_ids, plan.house_id, seen, actor=how.actor, now=now)
    record(
        "occurrence.changed",
        occurrence_id,
        house_id=plan.house_id,
        actor=how.actor,
        now=now,
        changes=changes,
        bookings=len(booking_ids),
        mails=sum(told),
    )
    return sum(told)


def _cases(changes: Sequence[Change], *, house_id: int) -> list[_Case]:
    by_id = {change.occurrence_id: change for change in changes}
    found = planning.plans_of(list(by_id), house_id=house_id)
    return [_Case(by_id[row.id], plan, row) for plan, row in found]


def _check(case: _Case, *, now: datetime) -> bool:
    """Return whether there is anything to change; raises what forbids it."""
    if case.row.version != case.change.version:
        raise Stale
    if case.row.state == "cancelled" or case.before.ends_at <= now:
        raise DateOver
    if case.change.plan.starts_at != case.before.starts_at:
        planning.check_time(case.change.plan, now=now)
    return bool(case.changed)


def _to_lock(cases: Sequence[_Case], kits: dict[Wanted, Kit], *, now: datetime) -> frozenset[int]:
    """Return every resource that the changes touch, with those that are held for what visitors need."""
    locked: set[int] = set()
    for case in cases:
        locked |= {case.row.resource_id, *taking.held_by(case.row.claim_id)}
        locked |= kits[case.change.plan.wanted()].resource_ids()
        if case.is_visible:
            booking_ids = _bookings(case.change.occurrence_id)
            locked |= access_dates.to_lock(booking_ids, _facts(case), now=now)
    return frozenset(locked)


def _facts(case: _Case) -> Any:
    plan = case.change.plan
    return replace(
        access_queries.date(case.change.occurrence_id),
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        medium=plan.medium,
        language=plan.language,
    )


def _take(case: _Case, kit: Kit, *, now: datetime) -> Fit:
    """Take what the date needs as it will be; its claim is empty."""
    plan, booked = case.change.plan, resizing.taken_now(case.row.resource_id, now=now)
    fit = kit.fit(plan.span, plan.seats, kit.takings(*plan.span, now=now), now=now)
    if fit.blocked or fit.seats <= 0:
        raise DateBlocked
    if fit.seats < booked:
        raise SeatsBooked(booked=booked)
    if fit.shares:
        taking.take_locked(fit.shares, claim_id=case.row.claim_id, now=now)
    return fit


def _write(case: _Case, fit: Fit | None, *, now: datetime) -> None:
    plan = case.change.plan
    if plan.place_id != case.before.place_id:
        check_place(plan.place_id)
    values: dict[str, Any] = {
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "language": plan.language,
        "medium": plan.medium,
        "place_id": plan.place_id,
        "planned_seats": plan.seats,
        "seats": fit.seats if fit else plan.seats,
        "limited_by_pool_id": fit.limited_by.owner_id if fit and fit.limited_by else None,
        "changed_at": now,
        "version": Occurrence.version + 1,
    }
    if plan.medium != case.before.medium:
        values["video_room"] = video_room(plan.medium)
    execute(update(Occurrence).where(Occurrence.id == case.change.occurrence_id).values(**values))
    write_hosts(case.change.occurrence_id, plan.host_ids)


def _move_bookings(case: _Case, *, now: datetime) -> None:
    """Write the new time to all who hold places, with a higher SEQUENCE."""
    plan = case.change.plan
    mine = update(Booking).where(
        Booking.occurrence_id == case.change.occurrence_id, Booking.state.in_(sorted(states.TAKES_PLACES))
    )
    values = {"starts_at": plan.starts_at, "ends_at": plan.ends_at, "sequence": Booking.sequence + 1}
    told = {"video_told_at": None} if case.is_visible else {}
    execute(mine.values(**values, **told, changed_at=now))


def _bookings(occurrence_id: int) -> list[int]:
    """Return the bookings that hold places of a date and are not erased; who holds its seats locks their rows."""
    mine = select(Booking.id).where(
        Booking.occurrence_id == occurrence_id,
        Booking.state.in_(sorted(states.TAKES_PLACES)),
        Booking.erased_at.is_(None),
    )
    return list(execute(mine.order_by(Booking.id)).scalars())


def _comparable(plan: Plan, name: str) -> Any:
    value = getattr(plan, name)
    return frozenset(value) if name == "host_ids" else value


def _said(plan: Plan, name: str) -> Any:
    value = getattr(plan, name)
    if isinstance(value, datetime):
        return to_epoch(value)
    return list(value) if isinstance(value, tuple) else value
