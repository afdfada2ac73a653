"""Rows of the plan: dates and what else fills a day, laid out by time, by person or by room."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings.day_queries import DayDate
from booking.bookings.day_scope import NAME, NOTHING
from booking.errors import N_
from booking.messages import wording
from booking.schedule.day_plan import Stretch, Things
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.day.asked import Asked
from booking.web.staff.day.door_rows import counts, host_names, place_name, where
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address

WHAT = {
    "free": N_("free"),
    "away": N_("away"),
    "closed": N_("The house is closed"),
    "repair": N_("in repair"),
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Something that fills a stretch of a day; ``what`` is "date", "slot", or as in ``WHAT``."""

    what: str
    starts_at: datetime
    ends_at: datetime
    day: str
    times: str
    title: str
    where: str
    hosts: str
    counts: str
    marks: tuple[str, ...]
    is_off: bool
    href: str
    door_href: str
    move_href: str
    host_ids: tuple[int, ...]
    place_id: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading; ``has_days``: they lie on several days."""

    key: str
    heading: str
    rows: Sequence[PlanRow]


def plan_rows(dates: Iterable[DayDate], stretches: Iterable[Stretch], things: Things) -> list[PlanRow]:
    """Return a row for each, earliest first."""
    rooms = {room.id: room for room in things.rooms}
    people = {person.id: person.name for person in things.people}
    rows = [_of_date(one, rooms) for one in dates]
    rows += [_of_stretch(one, rooms, people) for one in stretches]
    return sorted(rows, key=lambda row: (row.starts_at, row.ends_at, row.title))


def sections(rows: Sequence[PlanRow], things: Things, asked: Asked) -> list[Section]:
    """Return the rows laid out as asked; who or what has none is left out."""
    if asked.group == "person":
        named = {person.id: person.name for person in things.people}
        listed = [(key, row) for row in rows if row.what != "repair" for key in (row.host_ids or (0,))]
        return _by_key(listed, named, str(_("Nobody yet, or the whole house")))
    if asked.group == "room":
        named = {room.id: place_name({room.id: room}, room.id) for room in things.rooms}
        listed = [(row.place_id or 0, row) for row in rows if row.what != "free"]
        return _by_key(listed, named, str(_("No room, or the whole house")))
    days: defaultdict[date, list[PlanRow]] = defaultdict(list)
    for row in rows:
        days[max(local_date(row.starts_at, house().zone), asked.day)].append(row)
    return [
        Section(day.isoformat(), wording.say_day(day, language()), found)
        for day, found in sorted(days.items())
    ]


def _by_key(listed: Iterable[tuple[int, PlanRow]], named: Mapping[int, str], nobody: str) -> list[Section]:
    found: defaultdict[int, list[PlanRow]] = defaultdict(list)
    for key, row in listed:
        found[key if key in named else 0].append(row)
    shown = [Section(str(key), name, found[key]) for key, name in named.items() if key in found]
    return [*shown, *([Section("0", nobody, found[0])] if 0 in found else [])]


def _of_date(one: DayDate, rooms: Mapping[int, object]) -> PlanRow:
    is_seen = one.sight != NOTHING
    is_open = one.state == "published" and not one.is_slot
    return PlanRow(
        what="slot" if one.is_slot else "date",
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        day=_day(one.starts_at),
        times=_times(one.starts_at, one.ends_at),
        title=one.title if is_seen or is_open else str(_("Occupied")),
        where=where(one, rooms),  # type: ignore[arg-type]
        hosts=host_names(one),
        counts=f"{counts(one)} ({_seats(one)})" if is_seen else "",
        marks=tuple(_marks(one)),
        is_off=one.state == "cancelled",
        href=link_to("date_page", occurrence_id=one.id) if is_seen and not one.is_slot else "",
        door_href=staff_address("day_date", occurrence_id=one.id)
        if is_seen and one.state == "published"
        else "",
        move_href=move_href(one),
        host_ids=tuple(host.id for host in one.hosts),
        place_id=one.place_id,
    )


def move_href(one: DayDate) -> str:
    """Return the form that moves a date, for who may; a slot is moved with the booking of its only party."""
    if one.state == "cancelled" or one.ends_at <= roof().clock():
        return ""
    if one.is_slot:
        may = one.sight == NAME and one.reference and acting().may("bookings.change")
        return link_to("booking_move", reference=one.reference) if may else ""
    may_change = acting().may("dates.edit") and acting().runs(one.programme_id)
    return link_to("date_change", occurrence_id=one.id) if may_change else ""


def link_to(name: str, **values: object) -> str:
    """Return the path of a page of another area, or an empty string where there is none."""
    return staff_address(name, **values) if f"staff.{name}" in current_app.view_functions else ""


def _of_stretch(one: Stretch, rooms: Mapping[int, object], people: Mapping[int, str]) -> PlanRow:
    return PlanRow(
        what=one.what,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        day=_day(one.starts_at),
        times=_times(one.starts_at, one.ends_at),
        title=_said(one),
        where=place_name(rooms, one.place_id),  # type: ignore[arg-type]
        hosts=people.get(one.host_id or 0, ""),
        counts="",
        marks=(),
        is_off=False,
        href="",
        door_href="",
        move_href="",
        host_ids=(one.host_id,) if one.host_id else (),
        place_id=one.place_id,
    )


def _said(one: Stretch) -> str:
    if one.what == "repair":
        names = one.names or {}
        told = _(
            "%(number)s × %(name)s in repair",
            number=one.units,
            name=names.get(language()) or names.get("de", ""),
        )
        return f"{told}: {one.name}" if one.name else str(told)
    if one.what == "away" and one.place_id:
        return str(_("not to be used"))
    return f"{_(WHAT[one.what])}: {one.name}" if one.name else str(_(WHAT[one.what]))


def _marks(one: DayDate) -> Iterable[str]:
    if one.state == "cancelled":
        yield str(_("cancelled"))
    if one.state == "draft":
        yield str(_("draft"))
    if one.is_unstaffed:
        missing = one.hosts_wanted - len(one.hosts)
        yield str(ngettext("%(num)s person is missing", "%(num)s people are missing", missing))


def _seats(one: DayDate) -> str:
    return str(ngettext("%(num)s place", "%(num)s places", one.seats))


def _day(instant: datetime) -> str:
    return wording.say_day(local_date(instant, house().zone), language())


def _times(starts_at: datetime, ends_at: datetime) -> str:
    """Return the times of a stretch, in words where it fills its day, or several."""
    zone = house().zone
    first, last = local_date(starts_at, zone), local_date(ends_at - timedelta(seconds=1), zone)
    if (starts_at, ends_at) == (day_bounds(first, zone)[0], day_bounds(last, zone)[1]):
        return (
            str(_("all day"))
            if first == last
            else str(_("until %(day)s", day=wording.say_day(last, language())))
        )
    return wording.say_times(starts_at, ends_at, zone, language())
