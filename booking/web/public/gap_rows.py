"""What the page of free times shows by day: times, what hides them, and why there are none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.houses.school_holidays import school_holiday_name
from booking.messages import wording
from booking.schedule.gaps import Gap
from booking.schedule.listing import Hidden, Listing
from booking.schedule.saying import Change, ChangeKind, Refusal, to_visitors
from booking.timekit.instants import from_epoch, local_date
from booking.web.context import house, language
from booking.web.public.slot_filters import Filters
from booking.web.public.slot_rows import TimeRow, Words


@dataclass(frozen=True, slots=True)
class Link:
    """A whole sentence that leads somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Block:
    """A day with its free times, or consecutive days with the reason why there are none."""

    id: str
    first: date
    heading: str
    holidays: str
    times: list[TimeRow]
    why: str = ""
    hint: str = ""
    link: Link | None = None


def blocks(listing: Listing, words: Words, days: tuple[date, date]) -> list[Block]:
    """Return the days with times, and between them the days without, in their order.

    ``days``  the first and the last local day of the house that the page shows
    """
    by_day: dict[date, list[TimeRow]] = {}
    for slot in (slot for slots in listing.days.values() for slot in slots):
        by_day.setdefault(local_date(from_epoch(slot.start), words.zone), []).append(words.row(slot))
    found = [
        Block(f"day-{day}", day, wording.say_day(day, language()), _holidays(day, day), rows)
        for day, rows in by_day.items()
    ]
    found += [_gap(gap, words, days) for gap in listing.gaps]
    found += [_hidden(hidden, words) for hidden in listing.hidden]
    return sorted(found, key=lambda block: (block.first, not block.times))


def refused(
    refusal: Refusal, words: Words, days: tuple[date, date], *, together: int = 1
) -> tuple[str, str, Link | None]:
    """Return why, and what to do next: a sentence, or one that leads there.

    ``together``  so many days are told by this refusal
    """
    why, hint = (_(sentence.text, **_said(sentence.facts)) for sentence in to_visitors(refusal))
    change = refusal.smallest_change
    if change.kind is ChangeKind.HORIZON and together > 1:
        hint = _ahead(words.consultation.horizon_days)
    href = _way(change, words, days)
    return (why, "", Link(hint, href)) if href else (why, hint, None)


def _gap(gap: Gap, words: Words, days: tuple[date, date]) -> Block:
    told = refused(gap.refusal, words, days, together=(gap.last - gap.first).days + 1)
    return _empty(gap.first, gap.last, words.filters, *told)


def _hidden(hidden: Hidden, words: Words) -> Block:
    filters = words.filters.without(*[hidden.by] if hidden.by != "all" else [])
    href = filters.href(words.consultation.key, anchor=f"day-{hidden.first}")
    link = Link(_without(hidden), href)
    return _empty(hidden.first, hidden.last, words.filters, _why_hidden(hidden.by, words.filters), "", link)


def _empty(first: date, last: date, filters: Filters, why: str, hint: str, link: Link | None) -> Block:
    heading = wording.say_days(first, last, language())
    if filters.zone:
        heading = _("%(days)s (in %(city)s)", days=heading, city=house().city)
    return Block(f"none-{first}", first, heading, _holidays(first, last), [], why, hint, link)


def _why_hidden(by: str, filters: Filters) -> str:
    if by == "part":
        return _nothing_then(filters.parts)
    if by == "language":
        name = wording.say_language(filters.language or "", language())
        return _("Nobody is free then with whom you could speak in this language: %(name)s.", name=name)
    if by == "host" and filters.host:
        return _("%(name)s is not free then.", name=filters.host.first_name)
    return {
        "weekday": _("You asked for other days of the week."),
        "step_free": _("In the house this is not step-free."),
    }.get(by) or _("Nothing fits everything that you asked for.")


def _nothing_then(parts: frozenset[str]) -> str:
    known = {
        "morning": _("No time in the morning."),
        "afternoon": _("No time in the afternoon."),
        "evening": _("No time in the evening."),
    }
    return known[next(iter(parts))] if len(parts) == 1 else _("No time at the times of day that you chose.")


def _without(hidden: Hidden) -> str:
    if hidden.by == "all":
        return _without_all(hidden.count)
    return str(
        ngettext(
            "Without this filter there is %(num)s time.",
            "Without this filter there are %(num)s times.",
            hidden.count,
        )
    )


def _without_all(count: int) -> str:
    return str(
        ngettext(
            "Without these filters there is %(num)s time.",
            "Without these filters there are %(num)s times.",
            count,
        )
    )


def _ahead(days: int) -> str:
    return str(
        ngettext(
            "Each of these days can be booked %(num)s day ahead.",
            "Each of these days can be booked %(num)s days ahead.",
            days,
        )
    )


def _said(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _say(name, fact) for name, fact in facts.items()}


def _say(name: str, fact: object) -> object:
    if isinstance(fact, datetime):
        return wording.say_instant(fact, house().zone, language())
    if isinstance(fact, date):
        return wording.say_day(fact, language())
    if name == "name" and fact in wording.LANGUAGES:
        return wording.say_language(str(fact), language())
    return fact


def _way(change: Change, words: Words, days: tuple[date, date]) -> str:
    """Return where a visitor finds what would be possible, or an empty text."""
    key, filters = words.consultation.key, words.filters
    if change.at is not None and change.kind in (ChangeKind.ANOTHER_DAY, ChangeKind.ANOTHER_TIME):
        anchor = f"day-{local_date(from_epoch(change.at), words.zone)}"
        is_here = change.day is not None and days[0] <= change.day <= days[1]
        return f"#{anchor}" if is_here else filters.href(key, anchor=anchor, first=change.day)
    if change.kind is ChangeKind.LANGUAGE:
        return filters.href(key, language=change.name)
    if change.kind is ChangeKind.FEWER_PEOPLE:
        return filters.href(key, people=filters.people - change.amount)
    return ""


def _holidays(first: date, last: date) -> str:
    """Return the school holidays in which all of the days lie."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    names = {school_holiday_name(house(), day) for day in days}
    return (names.pop() or "") if len(names) == 1 else ""
