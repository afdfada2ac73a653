"""What the programme shows of dates: days of a list, weeks of a calendar, and what to do where nothing fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.schedule.queries import Date
from booking.timekit.instants import local_date
from booking.web.context import house
from booking.web.public.programme_fields import filter_label
from booking.web.public.programme_filters import Filters
from booking.web.public.programme_search import Known, alone, hiding
from booking.web.public.rows import DateRow, DayRow, date_rows, day_heading

LIST_DAYS, FILTERED_DAYS = 14, 60
ENOUGH = 30  # dates of a filtered list; the day is finished
MOST_HINTS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What the programme looks at: local days from ``first`` to ``last``, and where it begins before and after.

    ``cells``  the first day of a calendar's grid, which may lie before ``first``; None for a list
    """

    first: date
    last: date
    before: date | None
    after: date
    cells: date | None = None


@dataclass(frozen=True, slots=True)
class CellRow:
    """One day of a calendar; ``number`` alone where the column names the weekday. ``is_shown``: it is of these days."""

    iso: str
    number: int
    heading: str
    closed: str | None
    dates: tuple[DateRow, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """A way out of an empty page."""

    label: str
    href: str


def shown_by(filters: Filters, *, today: date) -> Shown:
    """Return which days the chosen view shows."""
    first = filters.first or today
    if filters.view == "list":
        length = timedelta(days=FILTERED_DAYS if set(filters.chosen()) - {"kinds"} else LIST_DAYS)
        before = max(first - timedelta(days=LIST_DAYS), today) if first > today else None
        return Shown(first, first + length - timedelta(days=1), before, first + length)
    if filters.view == "week":
        cells = first - timedelta(days=first.weekday())
        after = cells + timedelta(days=7)
        previous = cells - timedelta(days=7)
    else:
        cells = first.replace(day=1)
        after = (cells + timedelta(days=31)).replace(day=1)
        previous = (cells - timedelta(days=1)).replace(day=1)
    before = max(previous, today) if cells > today else None
    return Shown(max(cells, today), after - timedelta(days=1), before, after, cells)


def rows_by_day(found: Sequence[Date]) -> dict[date, list[DateRow]]:
    """Return dates as lists show them, by the local day on which they start."""
    zone = house().zone
    days: dict[date, list[DateRow]] = {}
    for one, row in zip(found, date_rows(found), strict=True):
        days.setdefault(local_date(one.starts_at, zone), []).append(row)
    return days


def first_page(found: Sequence[Date], zone: str) -> Sequence[Date]:
    """Return the dates of the first days, as many as are enough for a page."""
    if len(found) <= ENOUGH:
        return found
    last = local_date(found[ENOUGH - 1].starts_at, zone)
    return [one for one in found if local_date(one.starts_at, zone) <= last]


def day_rows(found: Sequence[Date], closed: Mapping[date, str]) -> list[DayRow]:
    """Return the days that have dates, or on which the house is closed."""
    rows = rows_by_day(found)
    return [
        DayRow(
            day_heading(day),
            day.isoformat(),
            _closed(closed.get(day)),
            rows.get(day, []),
        )
        for day in sorted(rows.keys() | closed.keys())
    ]


def week_rows(found: Sequence[Date], closed: Mapping[date, str], shown: Shown) -> list[list[CellRow]]:
    """Return the weeks of a calendar, each of seven days from Monday on."""
    if shown.cells is None:
        return []
    rows = rows_by_day(found)
    monday = shown.first - timedelta(days=shown.first.weekday())  # weeks that are over are left out
    count = -(-(shown.last - monday + timedelta(days=1)).days // 7)
    grid = [monday + timedelta(days=number) for number in range(count * 7)]
    cells = [
        CellRow(
            iso=day.isoformat(),
            number=day.day,
            heading=day_heading(day),
            closed=_closed(closed.get(day)),
            dates=tuple(rows.get(day, [])),
            is_shown=shown.first <= day <= shown.last,
        )
        for day in grid
    ]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def hints(filters: Filters, facts: Known, dates: Sequence[Date], *, later: Date | None) -> list[Hint]:
    """Return what to do where nothing fits: drop a filter, keep only one, look later, or drop all.

    ``dates``  all dates of the days that are looked at; ``later``: the first one after them that fits
    """
    found = [
        Hint(_("without “%(filter)s”: %(count)s", **_said(name, count)), filters.without(name).href())
        for name, count in hiding(dates, filters, facts)[:MOST_HINTS]
    ]
    if later is not None:
        day = local_date(later.starts_at, house().zone)
        found.append(
            Hint(_("the next date that fits: %(day)s", day=day_heading(day)), filters.href(first=day))
        )
    for name, count in alone(dates, filters, facts)[:MOST_HINTS] if not found else ():
        others = [other for other in filters.chosen() if other != name]
        label = _("only with “%(filter)s”: %(count)s", **_said(name, count))
        found.append(Hint(label, filters.without(*others).href()))
    if filters.chosen() and dates:
        label = _("without any filter: %(count)s", count=say_count(len(dates)))
        found.append(Hint(label, filters.without().href()))
    return found


def _said(name: str, count: int) -> dict[str, str]:
    return {"filter": filter_label(name), "count": say_count(count)}


def say_count(count: int) -> str:
    """Return how many dates there are, in words."""
    return str(ngettext("%(num)s date", "%(num)s dates", count))


def _closed(reason: str | None) -> str | None:
    return _("Closed: %(reason)s", reason=reason) if reason else None
