"""Series in words: the days of a preview with what becomes of each, and the days of a series that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.errors import N_
from booking.messages import wording
from booking.schedule.series import DRAFT, LEAVE_OUT, PUBLISH, Day
from booking.schedule.series_queries import SeriesPage
from booking.schedule.series_rules import Pattern
from booking.web.context import house, language
from booking.web.public.rows import named
from booking.web.staff.dates.words import clash_words, state_label
from booking.web.staff.pages import staff_address

DECISIONS = {
    PUBLISH: N_("publish"),
    DRAFT: N_("save as a draft"),
    LEAVE_OUT: N_("leave out"),
}
WHYS = {
    "dropped": N_("left out by hand"),
    "holiday": N_("state holiday"),
    "school_holiday": N_("school holidays"),
    "closure": N_("the house is closed"),
    "conflict": N_("something was in the way"),
}
ORDINALS = {
    1: N_("first %(day)s of the month"),
    2: N_("second %(day)s of the month"),
    3: N_("third %(day)s of the month"),
    4: N_("fourth %(day)s of the month"),
    5: N_("fifth %(day)s of the month"),
    -1: N_("last %(day)s of the month"),
}


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a preview, with what can become of it."""

    name: str
    when: str
    blocks: tuple[str, ...]
    warns: tuple[str, ...]
    limited: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One day of a series: a date, or none that can come back."""

    when: str
    label: str
    state: str
    href: str
    iso: str
    comes_back: bool


def field_name(day: date) -> str:
    """Return how the decision on a day is called in the form."""
    return f"day-{day.isoformat()}"


def day_rows(days: Sequence[Day], chosen: Mapping[date, str]) -> list[DayRow]:
    """Return the days of a preview in words."""
    return [_day_row(one, chosen.get(one.run.day, one.decision)) for one in days]


def summary(days: Sequence[Day], chosen: Mapping[date, str]) -> str:
    """Return how many dates become what."""
    told = [chosen.get(one.run.day, one.decision) for one in days]
    parts = [
        ngettext("%(num)s day", "%(num)s days", len(told)),
        _("%(num)s are published", num=told.count(PUBLISH)),
        _("%(num)s become drafts", num=told.count(DRAFT)),
        _("%(num)s are left out", num=told.count(LEAVE_OUT)),
    ]
    return ", ".join(parts)


def pattern_words(pattern: Pattern) -> str:
    """Return how the dates come back, in words."""
    spoken = language()
    days = ", ".join(wording.say_weekday(number + 1, spoken) for number in sorted(pattern.weekdays))
    if pattern.ordinal is not None:
        return _(ORDINALS[pattern.ordinal], day=days)
    every = _("every second week") if pattern.rhythm == "second_week" else _("every week")
    return f"{every}: {days}"


def member_rows(page: SeriesPage, *, now: datetime, may_edit: bool) -> list[MemberRow]:
    """Return the days of a series in their order, those without a date between the others."""
    stand = {one.series_day for one in page.members if one.state != "cancelled"}
    zone, spoken = house().zone, language()
    found = [
        (
            one.series_day,
            MemberRow(
                when=wording.say_when(one.starts_at, one.ends_at, zone, spoken),
                label=state_label(one.state),
                state=one.state,
                href=staff_address("date_page", occurrence_id=one.id),
                iso=one.series_day.isoformat(),
                comes_back=may_edit
                and one.state == "cancelled"
                and one.series_day not in stand
                and one.starts_at > now,
            ),
        )
        for one in page.members
    ]
    today = now.date()
    gaps = [
        (
            day,
            MemberRow(
                when=wording.say_day(day, spoken),
                label=_("no date: %(why)s", why=_(WHYS[why])),
                state="gap",
                href="",
                iso=day.isoformat(),
                comes_back=may_edit and day > today,
            ),
        )
        for day, why in page.gaps.items()
    ]
    return [row for _day, row in sorted([*found, *gaps], key=lambda pair: pair[0])]


def _day_row(one: Day, chosen: str) -> DayRow:
    fit, plan = one.checked.fit, one.checked.plan
    limited = ""
    if fit.limited_by is not None and 0 < fit.seats < plan.seats:
        limited = _(
            "only %(seats)s places: not more is left of this: %(name)s",
            seats=fit.seats,
            name=named(fit.limited_by.names),
        )
    return DayRow(
        name=field_name(one.run.day),
        when=wording.say_when(one.run.starts_at, one.run.ends_at, house().zone, language()),
        blocks=tuple(clash_words(clash) for clash in one.checked.clashes if clash.is_hard),
        warns=tuple(clash_words(clash) for clash in one.checked.clashes if not clash.is_hard),
        limited=limited,
        choices=tuple((key, _(DECISIONS[key])) for key in one.choices),
        chosen=chosen if chosen in one.choices else one.decision,
    )
