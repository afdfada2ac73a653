"""Deeds on series: look at the dates that a pattern makes, write them, extend it, bring a day back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from booking.db import execute
from booking.errors import NotFound
from booking.houses.facts import House
from booking.journal import service as journal
from booking.schedule import clashes, kit_loading, planning, publishing, readiness, series_queries, taking
from booking.schedule.clashes import Checked
from booking.schedule.kits import Fit
from booking.schedule.publishing import Plan
from booking.schedule.series_models import Series, SeriesGap
from booking.schedule.series_rules import Pattern, Run, runs
from booking.schedule.staff_refusals import DateNotReady, DayNotInSeries, SeriesChanged

PUBLISH, DRAFT, LEAVE_OUT = "publish", "draft", "leave_out"
SKIP, OPEN = "skip", "open"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A series as somebody wants it: ``plan`` is one of its dates, on whatever day.

    ``at``      when each date begins, on the wall of the house
    ``state``   what becomes of dates that nothing speaks against: publish or draft
    ``state_holidays``, ``school_holidays``: skip or open
    """

    plan: Plan
    pattern: Pattern
    at: time
    minutes: int
    state: str
    state_holidays: str
    school_holidays: str
    once: str


@dataclass(frozen=True, slots=True)
class Day:
    """One date that a pattern makes, with what is in its way and what becomes of it unless somebody decides."""

    run: Run
    checked: Checked
    decision: str
    why: str

    @property
    def choices(self) -> tuple[str, ...]:
        """What can become of it."""
        if any(clash.kind == "past" for clash in self.checked.clashes):
            return (LEAVE_OUT,)
        return (DRAFT, LEAVE_OUT) if self.checked.is_blocked else (PUBLISH, DRAFT, LEAVE_OUT)


def preview(wanted: Wanted, *, house: House, language: str, now: datetime) -> list[Day]:
    """Return the dates of a series with what is in the way of each, in a constant number of statements.

    Raises SeriesTooLong, SeriesTooFar and SeriesWithoutDates, and NotFound for what another house would plan.
    """
    if wanted.plan.house_id != house.id:
        raise NotFound
    found = runs(wanted.pattern, wanted.at, minutes=wanted.minutes, zone=house.zone)
    plans = [replace(wanted.plan, starts_at=run.starts_at, ends_at=run.ends_at) for run in found]
    checked = clashes.check(plans, house=house, language=language, now=now)
    return [_day(run, one, wanted) for run, one in zip(found, checked, strict=True)]


def make(wanted: Wanted, decisions: Mapping[date, str], *, house: House, actor: str, now: datetime) -> int:
    """Write a series with its dates and return its id; the same key of a form gives the same series again.

    ``decisions``  what becomes of each day of the preview
    Raises SeriesChanged where the preview is not true any more, DateNotReady
    where what is published lacks something, and NotFound for what belongs to
    another house.
    """
    made = series_queries.made_before(wanted.once, house_id=house.id)
    if made is not None:
        return made
    if wanted.plan.house_id != house.id:
        raise NotFound
    pattern = wanted.pattern
    row = {
        "house_id": house.id,
        "offering_id": wanted.plan.offering_id,
        "once": wanted.once,
        "rhythm": pattern.rhythm,
        "weekdays": sorted(pattern.weekdays),
        "ordinal": pattern.ordinal,
        "first_day": pattern.first_day,
        "last_day": pattern.last_day,
        "times": pattern.times,
        "state_holidays": wanted.state_holidays,
        "school_holidays": wanted.school_holidays,
        "created_at": now,
    }
    kit_loading.kit(wanted.plan.wanted())  # is it all of this house?
    series_id = int(execute(insert(Series).returning(Series.id), row).scalar_one())
    counts = _write(series_id, wanted, decisions, house=house, actor=actor, now=now)
    _record("series.made", series_id, house_id=house.id, actor=actor, **counts, now=now)
    return series_id


def extend(
    series_id: int, wanted: Wanted, decisions: Mapping[date, str], *, house: House, actor: str, now: datetime
) -> None:
    """Let a series go on as ``series_queries.further`` says; raises what ``make`` does.

    A second time changes nothing: its days are there already.
    """
    known = series_queries.days_of(series_id, house_id=house.id)
    if set(decisions) <= known:
        return
    if set(decisions) & known:
        raise SeriesChanged
    counts = _write(series_id, wanted, decisions, house=house, actor=actor, now=now)
    mine = update(Series).where(Series.id == series_id, Series.house_id == house.id)
    values = {"last_day": max(decisions), "times": None, "version": Series.version + 1}
    execute(mine.values(**values))
    _record("series.extended", series_id, house_id=house.id, actor=actor, **counts, now=now)


def bring_back(series_id: int, day: date, *, house: House, actor: str, now: datetime) -> int:
    """Write a draft on a day that a series leaves out or whose date was cancelled, and return its id.

    It is like the date before it in the series, or the first.  Raises
    NotFound, DayNotInSeries, and DateInPast for a day that is over.
    """
    lost = series_queries.lost_days(series_id, house_id=house.id)
    if day not in lost:
        raise DayNotInSeries
    plan = series_queries.like(series_id, day, house=house)
    plan = replace(plan, series=(series_id, day), once=None)
    occurrence_id = planning.draft(plan, actor=actor, now=now)
    execute(delete(SeriesGap).where(SeriesGap.series_id == series_id, SeriesGap.day == day))
    changes = {"day": [None, day.isoformat()]}
    _record("series.day_brought_back", series_id, house_id=house.id, actor=actor, changes=changes, now=now)
    return occurrence_id


def shorten(series_id: int, first_without: date, *, house_id: int, actor: str, now: datetime) -> None:
    """Let a series end before a day; its dates from then on are dropped or cancelled by whoever calls."""
    mine = select(Series.first_day).where(Series.id == series_id, Series.house_id == house_id)
    first_day: date | None = execute(mine).scalar()
    if first_day is None:
        raise NotFound
    execute(delete(SeriesGap).where(SeriesGap.series_id == series_id, SeriesGap.day >= first_without))
    last_day = max(first_day, first_without - _ONE_DAY)
    values = {"last_day": last_day, "times": None, "version": Series.version + 1}
    execute(update(Series).where(Series.id == series_id).values(**values))
    _record("series.ended", series_id, house_id=house_id, actor=actor, now=now)


def _day(run: Run, checked: Checked, wanted: Wanted) -> Day:
    kinds = {clash.kind for clash in checked.clashes}
    skipped = {"closure"}
    if wanted.state_holidays == SKIP:
        skipped.add("holiday")
    if wanted.school_holidays == SKIP:
        skipped.add("school_holiday")
    why = next((kind for kind in ("holiday", "closure", "school_holiday") if kind in kinds & skipped), "")
    if why:
        return Day(run, checked, LEAVE_OUT, why)
    if "past" in kinds:
        return Day(run, checked, LEAVE_OUT, "conflict")
    return Day(run, checked, DRAFT if checked.is_blocked else wanted.state, "")


def _write(
    series_id: int,
    wanted: Wanted,
    decisions: Mapping[date, str],
    *,
    house: House,
    actor: str,
    now: datetime,
) -> dict[str, int]:
    """Write what was decided of each day, and return how many became what."""
    needed = kit_loading.kit(wanted.plan.wanted())
    taking.lock(needed.resource_ids())
    days = preview(wanted, house=house, language="de", now=now)
    if {one.run.day for one in days} != set(decisions):
        raise SeriesChanged
    if any(decisions[one.run.day] not in one.choices for one in days):
        raise SeriesChanged
    if PUBLISH in decisions.values() and readiness.lacks(wanted.plan):
        raise DateNotReady
    for one in days:
        _WRITERS[decisions[one.run.day]](series_id, one, actor, now)
    told = list(decisions.values())
    return {
        "published": told.count(PUBLISH),
        "drafts": told.count(DRAFT),
        "left_out": told.count(LEAVE_OUT),
    }


def _publish(series_id: int, one: Day, actor: str, now: datetime) -> None:
    occurrence_id, claim_id = _put(series_id, one, "published", one.checked.fit, now)
    if one.checked.fit.shares:
        taking.take_locked(one.checked.fit.shares, claim_id=claim_id, now=now)
    _note("occurrence.published", occurrence_id, one, actor, now)


def _draft(series_id: int, one: Day, actor: str, now: datetime) -> None:
    occurrence_id, _claim_id = _put(series_id, one, "draft", None, now)
    _note("occurrence.drafted", occurrence_id, one, actor, now)


def _leave_out(series_id: int, one: Day, _actor: str, _now: datetime) -> None:
    planning.leave_out(
        series_id, one.run.day, why=one.why or ("conflict" if one.checked.is_blocked else "dropped")
    )


_WRITERS = {PUBLISH: _publish, DRAFT: _draft, LEAVE_OUT: _leave_out}


def _put(series_id: int, one: Day, state: str, fit: Fit | None, now: datetime) -> tuple[int, int]:
    plan = replace(one.checked.plan, once=None, series=(series_id, one.run.day))
    claim_id = taking.new_claim(house_id=plan.house_id, now=now)
    return publishing.write(plan, fit, state=state, claim_id=claim_id, now=now), claim_id


def _note(deed: str, occurrence_id: int, one: Day, actor: str, now: datetime) -> None:
    plan = one.checked.plan
    publishing.record(deed, occurrence_id, house_id=plan.house_id, actor=actor, now=now, seats=plan.seats)


def _record(deed: str, series_id: int, *, house_id: int, actor: str, now: datetime, **told: Any) -> None:
    journal.record(
        deed,
        house_id=house_id,
        actor=actor,
        object_kind="series",
        object_id=series_id,
        now=now,
        **told,
    )
