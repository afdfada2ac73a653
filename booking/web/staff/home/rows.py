"""What the first page of staff says: what needs somebody, in sentences that lead to where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.houses.school_holidays import school_holidays
from booking.messages import wording
from booking.reports.broken_plans import AWAY, CLOSED, OUT_OF_USE, Broken, Run
from booking.reports.today import Line, Post
from booking.timekit.instants import local_date
from booking.voices import rules as voice_rules
from booking.voices.listing import Waiting
from booking.voices.states import BARRIER
from booking.web.context import house, language
from booking.web.staff.pages import staff_address

DETAILS = 5  # of each thing stand on the page; the list has them all
HOLIDAYS_SOON = timedelta(days=180)
INFO, WARNING, DANGER = "info", "warning", "danger"


@dataclass(frozen=True, slots=True)
class Detail:
    """One of the things that are counted."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something that needs somebody: how many, in a sentence, where it is done; ``tone`` says how urgent it is."""

    count: int
    words: str
    href: str
    tone: str = INFO
    details: tuple[Detail, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class OwnDate:
    """One of the own dates of the day."""

    time: str
    title: str
    people: str
    href: str


def link(name: str, **values: object) -> str:
    """Return the address of a page of staff, or nothing where the house has no such page."""
    return staff_address(name, **values) if f"staff.{name}" in current_app.view_functions else ""


def own_date(one: Line) -> OwnDate:
    """Return a date of the own day."""
    return OwnDate(
        time=_times(one),
        title=one.title,
        people=ngettext("%(num)s comes", "%(num)s come", one.people) if one.people else _("nobody yet"),
        href=link("day_date", occurrence_id=one.id) or link("date_page", occurrence_id=one.id),
    )


def voices(found: Sequence[Waiting], *, now: datetime) -> list[Task]:
    """Return what waits for an answer; barrier reports with their deadline."""
    told = []
    for one in found:
        href = link("voice_list", show="waiting", kind=one.kind)
        if one.kind == BARRIER:
            due_at = voice_rules.answer_until(one.oldest_at)
            words = ngettext(
                "%(num)s barrier report waits for an answer, by %(day)s at the latest.",
                "%(num)s barrier reports wait for an answer, the first by %(day)s at the latest.",
                one.number,
                day=_day(due_at),
            )
            told.append(Task(one.number, words, href, _urgency(due_at, now=now, days=7)))
            continue
        words = ngettext(
            "%(num)s idea waits for an answer since %(day)s.",
            "%(num)s ideas wait for an answer, the oldest since %(day)s.",
            one.number,
            day=_day(one.oldest_at),
        )
        told.append(Task(one.number, words, href))
    return told


def needs(number: int, overdue: int, next_at: datetime | None, *, now: datetime) -> list[Task]:
    """Return what is to be arranged for people with access needs."""
    if not number or next_at is None:
        return []
    words = ngettext(
        "%(num)s access need is to be arranged or called off, by %(when)s.",
        "%(num)s access needs are to be arranged or called off, the first by %(when)s.",
        number,
        when=wording.say_instant(next_at, house().zone, language()),
    )
    if overdue:
        late = ngettext("%(num)s is overdue.", "%(num)s are overdue.", overdue)
        words = f"{words} {late}"
    return [Task(number, words, link("need_list"), _urgency(next_at, now=now, days=3))]


def broken(found: Sequence[Broken]) -> list[Task]:
    """Return the plans that cannot take place as they stand."""
    if not found:
        return []
    number = len({one.run.id for one in found})
    words = ngettext(
        "%(num)s date in the next 60 days cannot take place as planned.",
        "%(num)s dates in the next 60 days cannot take place as planned.",
        number,
    )
    details = [Detail(f"{_dated(one.run)}: {_why(one)}", _date_href(one.run.id)) for one in found[:DETAILS]]
    return [Task(number, words, link("date_list"), DANGER, tuple(details), len(found) - len(details))]


def unstaffed(found: Sequence[Line], *, days: int) -> list[Task]:
    """Return dates that too few people give."""
    words = ngettext(
        "%(num)s date in the next %(days)s days lacks somebody who gives it.",
        "%(num)s dates in the next %(days)s days lack somebody who gives them.",
        len(found),
        days=days,
    )
    return _of_dates(found, words, WARNING, link("date_list", unstaffed=1))


def drafts(found: Sequence[Line], *, days: int) -> list[Task]:
    """Return dates that nobody can book yet."""
    words = ngettext(
        "%(num)s date in the next %(days)s days is not published yet.",
        "%(num)s dates in the next %(days)s days are not published yet.",
        len(found),
        days=days,
    )
    return _of_dates(found, words, INFO, link("date_list", state="draft"))


def post(found: Post) -> list[Task]:
    """Return what does not reach people."""
    told = []
    if found.mails:
        words = ngettext(
            "%(num)s mail did not arrive or could not be written.",
            "%(num)s mails did not arrive or could not be written.",
            found.mails,
        )
        told.append(Task(found.mails, words, link("outbox_list", state="trouble"), DANGER))
    if found.unreachable:
        words = ngettext(
            "%(num)s booking cannot be reached by mail: please phone.",
            "%(num)s bookings cannot be reached by mail: please phone.",
            found.unreachable,
        )
        told.append(Task(found.unreachable, words, link("booking_list", unreachable="1"), WARNING))
    return told


def missing_texts(found: Sequence[Line]) -> list[Task]:
    """Return published offerings that some visitors cannot read."""
    if not found:
        return []
    words = ngettext(
        "%(num)s published offering lacks its text in English or in easy language.",
        "%(num)s published offerings lack their text in English or in easy language.",
        len(found),
    )
    details = [
        Detail(f"{one.title}: {_missing(one.missing)}", link("offering_page", offering_id=one.id))
        for one in found[:DETAILS]
    ]
    return [Task(len(found), words, link("offering_list"), INFO, tuple(details), len(found) - len(details))]


def holidays(*, now: datetime) -> list[Task]:
    """Return a warning before the school holidays that are known run out, and where none are known."""
    known, today = school_holidays(house()), local_date(now, house().zone)
    href = link("closure_list")
    if known is None:
        words = _("The school holidays of your state are not known: times that depend on them ignore them.")
        return [Task(1, words, href)]
    if known.valid_until - today > HOLIDAYS_SOON:
        return []
    words = _(
        "The school holidays are known until %(day)s only: ask whoever runs the platform for newer data.",
        day=wording.say_day(known.valid_until, language()),
    )
    return [Task(1, words, href, DANGER if known.valid_until < today else WARNING)]


def _of_dates(found: Sequence[Line], words: str, tone: str, href: str) -> list[Task]:
    if not found:
        return []
    details = [Detail(_dated(one), _date_href(one.id)) for one in found[:DETAILS]]
    return [Task(len(found), words, href, tone, tuple(details), len(found) - len(details))]


def _date_href(occurrence_id: int) -> str:
    return link("date_page", occurrence_id=occurrence_id)


def _dated(one: Line | Run) -> str:
    when = wording.say_instant(one.starts_at, house().zone, language()) if one.starts_at else ""
    return f"{one.title}, {when}"


def _why(one: Broken) -> str:
    if one.why == AWAY:
        return str(_("%(name)s is away", name=one.who))
    if one.why == CLOSED:
        return str(_("the house is closed"))
    if one.why == OUT_OF_USE:
        return str(_("the room is out of use"))
    return str(_("outside the hours of %(name)s", name=one.who))


def _missing(languages: Sequence[str]) -> str:
    names = {"en": _("English"), "ls": _("easy language")}
    return ", ".join(str(names[one]) for one in languages)


def _times(one: Line) -> str:
    if one.starts_at is None or one.ends_at is None:
        return ""
    return wording.say_times(one.starts_at, one.ends_at, house().zone, language())


def _day(instant: datetime) -> str:
    return wording.say_day(local_date(instant, house().zone), language())


def _urgency(due_at: datetime, *, now: datetime, days: int) -> str:
    if due_at < now:
        return DANGER
    return WARNING if due_at - now < timedelta(days=days) else INFO
