"""Weekly hours, changed days and absences in words of staff."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from babel.dates import format_date
from flask_babel import gettext as _

from booking.errors import N_
from booking.messages import wording
from booking.schedule.hours import Rule
from booking.schedule.hours_queries import Away, ChangedDay
from booking.timekit.instants import from_epoch
from booking.timekit.intervals import Span
from booking.web.context import house, language
from booking.web.labels import medium_label
from booking.web.staff.hours.fields import clock
from booking.web.variants import locale_of

ORDINALS = {
    1: N_("first"),
    2: N_("second"),
    3: N_("third"),
    4: N_("fourth"),
    5: N_("fifth"),
    -1: N_("last"),
}
SCHOOL = {
    "any": N_("in school holidays, too"),
    "never": N_("not in school holidays"),
    "only": N_("in school holidays only"),
}
PARITIES = {
    0: N_("every second week, in even calendar weeks"),
    1: N_("every second week, in odd calendar weeks"),
}


def say_rule(rule: Rule, titles: Mapping[int, str]) -> str:
    """Return weekly hours in one line: "Wednesday, 15:00–19:00, not in school holidays"."""
    day = wording.say_weekday(rule.weekday + 1, language())
    if rule.ordinal is not None:
        day = _("%(which)s %(day)s of the month", which=_(ORDINALS[rule.ordinal]), day=day)
    parts = [day, say_window(rule.start_minute, rule.end_minute)]
    if rule.parity is not None:
        parts.append(_(PARITIES[rule.parity]))
    parts += say_validity(rule.valid_from, rule.valid_until)
    if rule.school_holidays != "any":
        parts.append(_(SCHOOL[rule.school_holidays]))
    if rule.offering_id is not None:
        parts.append(_("only for %(title)s", title=titles.get(rule.offering_id, "?")))
    if rule.medium is not None:
        parts.append(_("only %(medium)s", medium=medium_label(rule.medium)))
    return ", ".join(parts)


def say_window(start: int, end: int) -> str:
    """Return "15:00–19:00", or "22:00–02:00 (until the next day)"."""
    if end <= start:
        return _("%(start)s–%(end)s (until the next day)", start=clock(start), end=clock(end))
    return f"{clock(start)}–{clock(end)}"


def say_validity(first: date | None, last: date | None) -> Iterable[str]:
    """Yield from when until when something holds, if it is bounded."""
    if first is not None:
        yield _("from %(day)s", day=short_day(first))
    if last is not None:
        yield _("until %(day)s", day=short_day(last))


def say_changed_day(found: ChangedDay) -> str:
    """Return the windows of a changed day, or that it is closed."""
    return ", ".join(say_window(*window) for window in found.windows) or _("no hours on this day")


def say_away(found: Away) -> str:
    """Return when somebody is away."""
    if found.first_day is not None and found.last_day is not None:
        return wording.say_days(found.first_day, found.last_day, language())
    assert found.starts_at is not None
    assert found.ends_at is not None
    begin, end = (
        wording.say_instant(at, house().zone, language()) for at in (found.starts_at, found.ends_at)
    )
    return _("%(begin)s to %(end)s", begin=begin, end=end)


def say_spans(spans: Iterable[Span]) -> str:
    """Return spans of one day as "10:00–12:00, 14:00–18:00"; one until midnight ends at 24:00."""
    return ", ".join(f"{_time(start)}–{_end(end)}" for start, end in spans)


def say_starts(starts: Sequence[int]) -> str:
    """Return starts as "15:00, 15:30"."""
    return ", ".join(_time(start) for start in starts)


def short_day(day: date) -> str:
    """Return "2. Dezember 2026"."""
    pattern = "d. MMMM y" if locale_of(language()) == "de" else "d MMMM y"
    return str(format_date(day, pattern, locale=locale_of(language())))


def dated(day: date) -> str:
    """Return "Mi, 2. Dezember" as lists of next dates have it."""
    pattern = "EEE, d. MMMM" if locale_of(language()) == "de" else "EEE, d MMMM"
    return str(format_date(day, pattern, locale=locale_of(language())))


def _time(instant: int) -> str:
    return wording.say_time(from_epoch(instant), house().zone, "en")


def _end(instant: int) -> str:
    found = _time(instant)
    return "24:00" if found == "00:00" else found
