"""When the house is open, in words: its weekly hours, today, and the days ahead on which it is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from booking.houses.opening import Rule, Window
from booking.messages import wording
from booking.schedule import opening_hours
from booking.schedule.opening_hours import Day
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.variants import EASY, locale_of

AHEAD = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Doors:
    """Whether the house is open.

    ``today``   one sentence: until when it is open, or why it is closed and when it opens next; empty where the
                house tells no hours
    ``weekly``  days with their hours, as pairs of words
    ``closed``  the days of the next weeks on which it is closed against its weekly hours: ISO day, day, reason
    """

    is_open: bool
    today: str
    weekly: list[tuple[str, str]]
    closed: list[tuple[str, str, str]]
    note: str


def doors() -> Doors:
    """Return whether the house is open now and when; in two statements, however much is closed."""
    now, own, spoken = roof().clock(), house(), language()
    if not own.opening.rules:
        return Doors(False, "", [], [], "")
    first = local_date(now, own.zone)
    days = opening_hours.days(own, first, first + AHEAD, language=spoken)
    until = opening_hours.open_until(days[first], now=now)
    return Doors(
        is_open=until is not None,
        today=_open_sentence(until) if until else _closed_sentence(days, first, now),
        weekly=[(_days(rule), _hours((rule.start, rule.end))) for rule in own.opening.rules],
        closed=[
            (day.isoformat(), wording.say_day(day, spoken), one.closed_by)
            for day, one in days.items()
            if one.closed_by and one.usually
        ],
        note=own.opening.notes.get(spoken) or own.opening.notes.get("de", ""),
    )


def _open_sentence(until: datetime) -> str:
    return str(_("Open today until %(time)s.", time=_time(until)))


def _closed_sentence(days: Mapping[date, Day], today: date, now: datetime) -> str:
    one = days[today]
    opens = opening_hours.next_opening(days, now=now)
    if opens is not None and local_date(opens, house().zone) == today:
        return str(_("Opens today at %(time)s.", time=_time(opens)))
    when = wording.say_instant(opens, house().zone, language()) if opens else ""
    if one.closed_by and when:
        return str(_("Closed today: %(reason)s. Open again on %(when)s.", reason=one.closed_by, when=when))
    if one.closed_by:
        return str(_("Closed today: %(reason)s.", reason=one.closed_by))
    if when:
        return str(_("Closed now. Open again on %(when)s.", when=when))
    return str(_("Closed now."))


def _time(instant: datetime) -> str:
    return wording.say_time(instant, house().zone, language())


def _days(rule: Rule) -> str:
    """Return "Dienstag bis Donnerstag" or "erster Samstag im Monat"."""
    first, last = (wording.say_weekday(day, language()) for day in (rule.first, rule.last))
    if rule.ordinal is not None:
        return str(_ORDINALS[rule.ordinal](first))
    return first if rule.first == rule.last else str(_("%(first)s to %(last)s", first=first, last=last))


_ORDINALS = {
    1: lambda day: _("first %(day)s of the month", day=day),
    2: lambda day: _("second %(day)s of the month", day=day),
    3: lambda day: _("third %(day)s of the month", day=day),
    4: lambda day: _("fourth %(day)s of the month", day=day),
    -1: lambda day: _("last %(day)s of the month", day=day),
}


def _hours(window: Window) -> str:
    if language() == EASY:
        return "von {} Uhr bis {} Uhr".format(*(_easy_clock(minute) for minute in window))
    start, end = (_clock(minute) for minute in window)
    spoken = f"{start}–{end}"
    return f"{spoken} Uhr" if locale_of(language()) == "de" else spoken


def _clock(minute: int) -> str:
    return "24:00" if minute == 1440 else f"{minute // 60:02}:{minute % 60:02}"


def _easy_clock(minute: int) -> str:
    hours, minutes = divmod(minute, 60)
    return f"{hours}:{minutes:02}" if minutes else str(hours)
