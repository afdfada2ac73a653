"""Which dates a change reaches: one, those of its series from here on, or all to come; and what each becomes."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta

from booking.messages import wording
from booking.schedule import clashes, date_options, planning, series_queries
from booking.schedule.clashes import Checked
from booking.schedule.publishing import Plan
from booking.schedule.series_rules import run_on
from booking.schedule.staff_dates import StaffDate
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.dates.forms import LATER, ONE, ChangeForm, minute_of, wall
from booking.web.staff.dates.words import clash_words
from booking.web.staff.doors import acting

_ALIKE = ("seats", "language", "medium", "place_id", "host_ids")


@dataclass(frozen=True, slots=True)
class Reached:
    """One date that changes: as it shall be, with what is in its way."""

    occurrence_id: int
    version: int
    state: str
    checked: Checked

    @property
    def is_blocked(self) -> bool:
        """Whether it cannot become so: a draft takes nothing, so only the past is in its way."""
        kinds = {clash.kind for clash in self.checked.clashes if clash.is_hard}
        return bool(kinds & {"past"}) if self.state == "draft" else bool(kinds)


@dataclass(frozen=True, slots=True)
class Row:
    """One of several dates that change, in words."""

    when: str
    blocks: tuple[str, ...]
    warns: tuple[str, ...]


def reached(date: StaffDate, before: Plan, after: Plan, form: ChangeForm) -> list[Reached]:
    """Return every date that a change reaches; the others of a series take over what differs from the first."""
    ids = [date.id, *_others(date, form)]
    pairs = planning.plans_of(ids, house_id=acting().house_id)
    plans = {row.id: after if row.id == date.id else _like(plan, before, after) for plan, row in pairs}
    ignored = frozenset(row.claim_id for _plan, row in pairs)
    checked = _checked(plans, ignored)
    return [Reached(row.id, row.version, row.state, checked[row.id]) for _plan, row in pairs]


def rows(found: list[Reached]) -> list[Row]:
    """Return several dates in words; one alone needs no list."""
    if len(found) < 2:
        return []
    zone, spoken = house().zone, language()
    return [
        Row(
            wording.say_when(one.checked.plan.starts_at, one.checked.plan.ends_at, zone, spoken),
            tuple(clash_words(clash) for clash in one.checked.clashes if clash.is_hard),
            tuple(clash_words(clash) for clash in one.checked.clashes if not clash.is_hard),
        )
        for one in found
    ]


def place_name(place_id: int | None) -> str:
    """Return what a place is called, or nothing."""
    return named(dict(date_options.places(acting().house_id)).get(place_id or 0, {}))


def _others(date: StaffDate, form: ChangeForm) -> list[int]:
    """Return the dates of the series that change, too."""
    if date.series_id is None or date.series_day is None or form.reach.data == ONE:
        return []
    page = series_queries.page(date.series_id, house_id=acting().house_id, language=language())
    now = roof().clock()
    return [
        one.id
        for one in page.members
        if one.id != date.id
        and one.state != "cancelled"
        and one.starts_at > now
        and (form.reach.data != LATER or one.series_day > date.series_day)
    ]


def _like(plan: Plan, before: Plan, after: Plan) -> Plan:
    """Return a date of the series with what was changed of another one: what was not stays its own."""
    changed = {name: getattr(after, name) for name in _ALIKE if getattr(before, name) != getattr(after, name)}
    plan = replace(plan, **changed)
    if before.span == after.span:
        return plan
    zone = house().zone
    shift = local_date(after.starts_at, zone) - local_date(before.starts_at, zone)
    day = local_date(plan.starts_at, zone) + shift
    minute = minute_of(after) if minute_of(after) != minute_of(before) else minute_of(plan)
    length = _length(after) if _length(after) != _length(before) else _length(plan)
    run = run_on(day, wall(minute), minutes=length, zone=zone)
    return replace(plan, starts_at=run.starts_at, ends_at=run.ends_at)


def _length(plan: Plan) -> int:
    return (plan.ends_at - plan.starts_at) // timedelta(minutes=1)


def _checked(plans: dict[int, Plan], ignored: frozenset[int]) -> dict[int, Checked]:
    """Return what is in the way of each; dates that take the same things are looked at together."""
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for key, plan in plans.items():
        groups[(plan.wanted(), plan.language)].append(key)
    found: dict[int, Checked] = {}
    for keys in groups.values():
        checked = clashes.check(
            [plans[key] for key in keys],
            house=house(),
            language=language(),
            ignored=ignored,
            now=roof().clock(),
        )
        found |= dict(zip(keys, checked, strict=True))
    return found
