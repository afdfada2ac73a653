"""Deeds of staff on single dates: plan one as a draft or publish it at once, publish a draft, drop it."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from booking.db import execute
from booking.errors import NotFound, Stale
from booking.schedule import kit_loading, readiness, service, taking
from booking.schedule.models import Claim, Occurrence, OccurrenceHost, Resource
from booking.schedule.publishing import Plan, check_place, record, write
from booking.schedule.series_models import SeriesGap
from booking.schedule.staff_refusals import DateBlocked, DateInPast, DateNotReady, DateOver, DateTooFar

AHEAD = timedelta(days=6 * 366)  # a year more than the forms let people type, so that they speak first


def draft(plan: Plan, *, actor: str, now: datetime) -> int:
    """Write a date that nobody sees yet and that takes nothing, and return its id.

    The same key of the form gives the same date again.  Raises DateInPast,
    and NotFound for an offering, a host or a place of another house.
    """
    made = made_before(plan)
    if made is not None:
        return made
    check_time(plan, now=now)
    kit_loading.kit(plan.wanted())  # is it all of this house?
    claim_id = taking.new_claim(house_id=plan.house_id, now=now)
    occurrence_id = write(plan, None, state="draft", claim_id=claim_id, now=now)
    record(
        "occurrence.drafted", occurrence_id, house_id=plan.house_id, actor=actor, now=now, seats=plan.seats
    )
    return occurrence_id


def publish_now(plan: Plan, *, actor: str, now: datetime) -> int:
    """Write a published date with all it takes, and return its id; once for each key of a form.

    Raises DateInPast, DateNotReady where hosts, a room or German texts are
    missing, DateBlocked where something is taken, and NotFound as above.
    """
    made = made_before(plan)
    if made is not None:
        return made
    occurrence_id = draft(plan, actor=actor, now=now)
    publish_draft(occurrence_id, house_id=plan.house_id, version=1, actor=actor, now=now)
    return occurrence_id


def publish_draft(occurrence_id: int, *, house_id: int, version: int, actor: str, now: datetime) -> None:
    """Let visitors see a draft, and take what it needs; a published one stays as it is.

    Raises NotFound, Stale for another version, DateOver for a cancelled one,
    and what ``publish_now`` raises.
    """
    plan, row = plan_of(occurrence_id, house_id=house_id)
    if row.state == "published":
        return
    if row.state != "draft":
        raise DateOver
    check_time(plan, now=now)
    if readiness.lacks(plan):
        raise DateNotReady
    needed = kit_loading.kit(plan.wanted())
    taking.lock([row.resource_id, *needed.resource_ids()])
    check_place(plan.place_id)
    fit = needed.fit(plan.span, plan.seats, needed.takings(*plan.span, now=now), now=now)
    if fit.blocked or fit.seats <= 0:
        raise DateBlocked
    mine = update(Occurrence).where(
        Occurrence.id == occurrence_id, Occurrence.state == "draft", Occurrence.version == version
    )
    values = {
        "state": "published",
        "seats": fit.seats,
        "limited_by_pool_id": fit.limited_by.owner_id if fit.limited_by else None,
        "changed_at": now,
        "version": Occurrence.version + 1,
    }
    if execute(mine.values(**values).returning(Occurrence.id)).scalar() is None:
        raise Stale
    execute(update(Claim).where(Claim.id == row.claim_id).values(created_at=now))  # feeds: published then
    if fit.shares:
        taking.take_locked(fit.shares, claim_id=row.claim_id, now=now)
    service.change_capacity(row.resource_id, fit.seats, now=now)
    record("occurrence.published", occurrence_id, house_id=house_id, actor=actor, now=now, seats=fit.seats)


def drop_draft(occurrence_id: int, *, house_id: int, actor: str, now: datetime) -> None:
    """Delete a draft, which nobody has ever seen; in its series the day stays, to be brought back.

    Raises NotFound, and DateOver for one that is no draft.
    """
    _plan, row = plan_of(occurrence_id, house_id=house_id)
    gone = delete(Occurrence).where(Occurrence.id == occurrence_id, Occurrence.state == "draft")
    if execute(gone.returning(Occurrence.id)).scalar() is None:
        raise DateOver
    execute(delete(Claim).where(Claim.id == row.claim_id))
    if row.series_id is not None:
        leave_out(row.series_id, row.series_day, why="dropped")
    record("occurrence.dropped", occurrence_id, house_id=house_id, actor=actor, now=now)


def leave_out(series_id: int, day: date, *, why: str) -> None:
    """Note that a series has no date on a day."""
    execute(delete(SeriesGap).where(SeriesGap.series_id == series_id, SeriesGap.day == day))
    execute(insert(SeriesGap), {"series_id": series_id, "day": day, "why": why})


def made_before(plan: Plan) -> int | None:
    """Return the date that the first sending of a form made."""
    if plan.once is None:
        return None
    mine = select(Occurrence.id).where(Occurrence.once == plan.once, Occurrence.house_id == plan.house_id)
    found: int | None = execute(mine).scalar()
    return found


def check_time(plan: Plan, *, now: datetime) -> None:
    """Raise DateInPast for a date that has begun, and DateTooFar for one that nobody plans yet."""
    if plan.starts_at <= now:
        raise DateInPast
    if plan.starts_at > now + AHEAD:
        raise DateTooFar(years=AHEAD.days // 366)


def plan_of(occurrence_id: int, *, house_id: int) -> tuple[Plan, Row[Any]]:
    """Return what a date is planned as, with its row (state, version, claim, seats and their resource).

    Raises NotFound for one of another house, and for the date of somebody's slot.
    """
    return plans_of([occurrence_id], house_id=house_id)[0]


def plans_of(occurrence_ids: list[int], *, house_id: int) -> list[tuple[Plan, Row[Any]]]:
    """Return the same of several dates, in their order, in two statements; raises NotFound if one is missing."""
    wanted = (
        select(*_COLUMNS, Resource.id.label("resource_id"))
        .join(Resource, Resource.occurrence_id == Occurrence.id)
        .where(Occurrence.id.in_(occurrence_ids), Occurrence.house_id == house_id)
        .where(Occurrence.is_slot.is_(False))
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    rows = execute(wanted).all()
    if {row.id for row in rows} != set(occurrence_ids):
        raise NotFound
    hosts: dict[int, list[int]] = {}
    given = select(OccurrenceHost.occurrence_id, OccurrenceHost.host_id).order_by(OccurrenceHost.host_id)
    for pair in execute(given.where(OccurrenceHost.occurrence_id.in_(occurrence_ids))):
        hosts.setdefault(pair.occurrence_id, []).append(pair.host_id)
    return [(_plan(row, tuple(hosts.get(row.id, ()))), row) for row in rows]


def _plan(row: Row[Any], host_ids: tuple[int, ...]) -> Plan:
    return Plan(
        house_id=row.house_id,
        offering_id=row.offering_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        seats=row.planned_seats,
        language=row.language,
        host_ids=host_ids,
        place_id=row.place_id,
        medium=row.medium,
    )


_COLUMNS = (
    Occurrence.id,
    Occurrence.house_id,
    Occurrence.offering_id,
    Occurrence.claim_id,
    Occurrence.place_id,
    Occurrence.starts_at,
    Occurrence.ends_at,
    Occurrence.language,
    Occurrence.planned_seats,
    Occurrence.seats,
    Occurrence.state,
    Occurrence.medium,
    Occurrence.version,
    Occurrence.series_id,
    Occurrence.series_day,
)
