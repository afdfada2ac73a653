"""A preview in words: what days would bring, what would be new, what would disappear."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings.planned import Planned, planned_for
from booking.houses.school_holidays import school_holiday_name
from booking.messages import wording
from booking.schedule import previewing
from booking.schedule.calendars import Calendars
from booking.schedule.outside import outside
from booking.schedule.previewing import WEEKS, Day, Times, Unsaved
from booking.schedule.unsaved import owner_of
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.labels import medium_label
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.hours import planned_rows
from booking.web.staff.hours.planned_rows import PlannedRow
from booking.web.staff.hours.subjects import Subject, today
from booking.web.staff.hours.words import say_spans, say_starts


@dataclass(frozen=True, slots=True)
class TimesRow:
    """The free times of an offering on a day: how many, and which are new or gone."""

    title: str
    count: str
    new: str
    gone: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the preview; ``change`` is new, gone, other or empty."""

    day: str
    change: str
    hours: str
    before: str
    note: str
    times: tuple[TimesRow, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change within the next weeks, all days, and what would lie outside."""

    changed: list[DayRow]
    days: list[DayRow]
    outside: list[PlannedRow]
    until: str
    new_times: int
    gone_times: int


def preview(
    subject: Subject,
    unsaved: Unsaved,
    *,
    first: date | None = None,
    last: date | None = None,
    broken: Iterable[Planned] | None = None,
) -> Preview:
    """Return what other hours would bring: within eight weeks from today, or on the days that are named.

    ``broken``  what would lie outside, where somebody knows it already
    """
    now, begin = roof().clock(), first or today()
    end = last or begin + timedelta(weeks=WEEKS)
    days = previewing.compare(
        house(), subject.of, unsaved, first=begin, last=end, now=now, language=language()
    )
    rows = [_row(day) for day in days]
    return Preview(
        changed=[row for row in rows if row.change],
        days=rows,
        outside=outside_rows(subject, unsaved) if broken is None else planned_rows.rows(broken, acting()),
        until=wording.say_day(end, language()),
        new_times=_number((one.title, start) for day in days for one in day.times for start in one.new),
        gone_times=_number((one.title, start) for day in days for one in day.times for start in one.gone),
    )


def _number(times: Iterable[tuple[str, object]]) -> int:
    """Return how many times these are: one that can be had in several ways to meet is one."""
    return len(set(times))


def outside_rows(subject: Subject, unsaved: Unsaved) -> list[PlannedRow]:
    """Return what is planned and would lie outside the hours, with a note where it does so already."""
    found = planned_for(subject.of, house_id=acting().house_id, since=roof().clock(), language=language())
    before, after = _outside(found, subject, unsaved)
    return planned_rows.rows(after, acting(), known=() if unsaved is unchanged else before)


def _outside(
    found: Sequence[Planned], subject: Subject, unsaved: Unsaved
) -> tuple[list[Planned], list[Planned]]:
    """Return what lies outside now, and what would; hours that nobody ever entered leave nothing outside."""
    if not found:
        return [], []
    last = max(local_date(one.ends_at, house().zone) for one in found)
    known = previewing.loaded(house(), subject.of, today(), last)
    then = unsaved(known)
    owner = owner_of(subject.of)
    if owner not in known.rules and owner not in then.rules and owner[0] == "host":
        return [], []
    return outside(found, known, subject.of), outside(found, then, subject.of)


def unchanged(known: Calendars) -> Calendars:
    """Return the calendars as they are."""
    return known


def _row(day: Day) -> DayRow:
    alike: dict[tuple[object, ...], list[Times]] = {}
    for one in day.times:
        alike.setdefault((one.title, one.before, one.after), []).append(one)
    times = tuple(_times(ones) for ones in alike.values())
    return DayRow(
        day=wording.say_day(day.day, language()),
        change=_change(day),
        hours=say_spans(day.after) or _("no hours"),
        before=say_spans(day.before) or _("no hours"),
        note=_note(day),
        times=times,
    )


def _change(day: Day) -> str:
    if not day.is_changed:
        return ""
    if not day.before:
        return "new"
    return "other" if day.after else "gone"


def _note(day: Day) -> str:
    holidays = school_holiday_name(house(), day.day)
    notes: Iterable[str] = (
        _("The house is closed: %(name)s.", name=day.closed_by) if day.closed_by else "",
        _("School holidays: %(name)s.", name=holidays) if holidays else "",
    )
    return " ".join(note for note in notes if note)


def _times(ones: Sequence[Times]) -> TimesRow:
    """Return what is alike in several media as one."""
    media, one = [found.medium for found in ones], ones[0]
    count = ngettext("%(num)s free time", "%(num)s free times", len(one.after))
    told = ", ".join(medium_label(medium) for medium in media)
    title = one.title if media == ["on_site"] else f"{one.title} ({told})"
    return TimesRow(title, count, say_starts(one.new), say_starts(one.gone))
