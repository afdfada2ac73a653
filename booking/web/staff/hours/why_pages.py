"""View: why is nothing free? Each rule in words for staff, with the smallest change and a way to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.errors import N_
from booking.houses.school_holidays import school_holiday_name
from booking.messages import wording
from booking.schedule import host_queries
from booking.schedule.loading import Asked, staff_queries
from booking.schedule.reasons import refusal_for_day, refusal_for_start
from booking.schedule.saying import ChangeKind, Refusal, Rule, Sentence, to_staff
from booking.schedule.slots import SlotQuery, free_slots
from booking.timekit.instants import at_wall, day_bounds, from_epoch, local_date, to_epoch
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.hours import subjects
from booking.web.staff.hours.planned_rows import Way
from booking.web.staff.hours.why_form import Asking, WhyForm
from booking.web.staff.pages import staff_address

BEFORE, AFTER = timedelta(days=7), timedelta(days=28)  # where the nearest free time is looked for


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in the way and what would help; or the free times."""

    is_free: bool
    why: str
    change: str
    spans: tuple[str, ...]
    notes: tuple[str, ...]
    ways: tuple[Way, ...]


def hours_why() -> ResponseReturnValue:
    """Ask about an offering on a day or at a time, and tell which rule leaves nothing."""
    offerings = host_queries.bookable_by_slot(acting().house_id, language=language())
    form = WhyForm(request.args, offerings, today=subjects.today())
    status, answer = 200, None
    if form.is_asked:
        asking = form.asking()
        status = 200 if asking is not None else 422
        answer = _answer(asking) if asking is not None else None
    page = render_template("staff/hours/why.html", form=form, answer=answer, offerings=offerings)
    return page, status


def _answer(asking: Asking) -> Answer:
    zone = house().zone
    since = day_bounds(asking.day - BEFORE, zone)[0]
    until = day_bounds(asking.day + AFTER, zone)[1]
    asked = Asked(asking.medium, asking.language or None, None, asking.people)
    found = staff_queries(
        house(),
        [asking.offering_id],
        asked=asked,
        since=since,
        until=until,
        now=roof().clock(),
        language=language(),
    )
    query = found.get(asking.offering_id)
    if query is None:
        told = _("This offering cannot be had this way. Choose another way of taking part.")
        return Answer(False, told, "", (), (), tuple(_mend_offering(asking.offering_id)))
    start = _start(asking)
    refusal = refusal_for_day(query, asking.day) if start is None else refusal_for_start(query, start)
    return _free(query, asking) if refusal is None else _told(refusal, query, asking)


def _start(asking: Asking) -> int | None:
    if asking.minute is None:
        return None
    wall = time(asking.minute // 60 % 24, asking.minute % 60)
    return to_epoch(at_wall(asking.day, wall, house().zone))


def _free(query: SlotQuery, asking: Asking) -> Answer:
    zone = house().zone
    slots = [slot for slot in free_slots(query) if local_date(from_epoch(slot.start), zone) == asking.day]
    times = ", ".join(wording.say_time(from_epoch(slot.start), zone, "en") for slot in slots)
    day = wording.say_day(asking.day, language())
    return Answer(True, _("Free on %(day)s: %(times)s", day=day, times=times), "", (), (), ())


def _told(refusal: Refusal, query: SlotQuery, asking: Asking) -> Answer:
    is_language = refusal.smallest_change.kind is ChangeKind.LANGUAGE
    why, change = (_sentence(one, is_language=is_language) for one in to_staff(refusal))
    spans = [
        wording.say_when(from_epoch(begin), from_epoch(end), house().zone, language())
        for begin, end in refusal.blocker.spans
    ]
    holidays = school_holiday_name(house(), asking.day)
    notes = [_("School holidays: %(name)s.", name=holidays)] if holidays else []
    notes += (
        [_("Who could give it: %(names)s.", names=", ".join(one.name for one in query.hosts))]
        if (refusal.rule is Rule.NO_HOURS and query.hosts)
        else []
    )
    ways = tuple(_ways(refusal, query, asking))
    return Answer(False, why, change, tuple(spans), tuple(notes), ways)


def _ways(refusal: Refusal, query: SlotQuery, asking: Asking) -> Iterator[Way]:
    """Yield where what stands in the way can be mended."""
    rule = refusal.rule
    if rule in _PAGES:
        label, name, permission = _PAGES[rule]
        yield from _way(_(label), name, permission)
    if rule in _HOSTS:
        yield from _host_ways(refusal, query)
    if rule is Rule.ROOM:
        for place_id in refusal.blocker.ids:
            yield from _way(_("Hours of the room"), "hours_room", "hours.edit", place_id=place_id)
    if rule in _POLICY:
        yield from _mend_offering(asking.offering_id)


def _host_ways(refusal: Refusal, query: SlotQuery) -> Iterator[Way]:
    """Yield the hosts whom the change names, or all who could."""
    names = {one.id: one.name for one in query.hosts}
    chosen = [one for one in refusal.smallest_change.ids if one in names]
    view = "hours_host_edit" if refusal.rule is Rule.SKILL else "hours_page"
    for host_id in (chosen or list(names))[:_MOST_HOSTS]:
        yield from _way(names[host_id], view, "hours.edit", host_id=host_id)


_MOST_HOSTS = 8
_PAGES = {
    Rule.HOLIDAY: (N_("Closures and holidays"), "closure_list", "closures.edit"),
    Rule.CLOSED: (N_("Closures and holidays"), "closure_list", "closures.edit"),
    Rule.NO_HOST: (N_("Guides and experts"), "hours_list", "hours.edit"),
    Rule.EQUIPMENT: (N_("Rooms and equipment"), "thing_list", "things.edit"),
}
_HOSTS = {Rule.ABSENT, Rule.BUSY, Rule.NO_HOURS, Rule.TOO_SHORT, Rule.SKILL, Rule.OFF_GRID}
_POLICY = {Rule.NOTICE, Rule.HORIZON, Rule.LIMIT, Rule.SEATS, Rule.TOO_SHORT, Rule.OFF_GRID}


def _mend_offering(offering_id: int) -> Iterator[Way]:
    yield from _way(_("Change the offering"), "offering_page", "programme.edit", offering_id=offering_id)


def _way(label: str, name: str, permission: str, **ids: int) -> Iterator[Way]:
    if f"staff.{name}" in current_app.view_functions and acting().may(permission):
        yield Way(label, "", staff_address(name, **ids))


def _sentence(sentence: Sentence, *, is_language: bool) -> str:
    facts: Mapping[str, Any] = {
        name: _fact(fact, is_language=is_language and name == "name") for name, fact in sentence.facts.items()
    }
    return str(_(sentence.text, **facts))


def _fact(fact: object, *, is_language: bool) -> object:
    if isinstance(fact, datetime):
        return wording.say_instant(fact, house().zone, language())
    if isinstance(fact, date):
        return wording.say_day(fact, language())
    known = is_language and fact in wording.LANGUAGES
    return wording.say_language(str(fact), language()) if known else fact
