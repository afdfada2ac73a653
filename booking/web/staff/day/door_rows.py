"""Rows of the lists at the door: dates with their parties, in the words of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings import states
from booking.bookings.day_queries import DayDate
from booking.bookings.day_scope import NAME, NOTHING
from booking.bookings.party_queries import Party
from booking.messages import wording
from booking.schedule.day_plan import Room
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.labels import medium_label, need_label
from booking.web.roof import roof
from booking.web.staff.pages import staff_address

MARKS = {
    states.CONFIRMED: ("", "awaited"),
    states.DECLINED_IN_CALENDAR: ("", "awaited"),
    states.ATTENDED: ("success", "here"),
    states.NO_SHOW: ("", "missed"),
}


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party on a list: who, how many, whether they are there, and the way to its page.

    ``button``  the value of its "all there" button, empty where there is nothing to press
    """

    id: int
    name: str
    reference: str
    people: str
    size: int
    here: int
    state: str
    said: str
    needs: tuple[str, ...]
    button: str
    href: str


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A date on a list with its parties."""

    id: int
    title: str
    times: str
    when: str
    where: str
    hosts: str
    counts: str
    people: int
    came: int
    is_cancelled: bool
    is_over: bool
    is_running: bool
    awaited: int
    missed: int
    may_see: bool
    parties: Sequence[PartyRow]
    href: str


def place_name(rooms: Mapping[int, Room], place_id: int | None) -> str:
    """Return what a room is called in the language of the page."""
    if place_id is None or place_id not in rooms:
        return ""
    names = rooms[place_id].names
    return names.get(language()) or names.get("de", "")


def where(date: DayDate, rooms: Mapping[int, Room]) -> str:
    """Return where a date is, or how."""
    return place_name(rooms, date.place_id) if date.medium == "on_site" else medium_label(date.medium)


def host_names(date: DayDate) -> str:
    """Return who gives it, by first name."""
    return ", ".join(one.first_name for one in date.hosts)


def door_row(date: DayDate, parties: Sequence[Party], rooms: Mapping[int, Room]) -> DoorRow:
    """Return the row of a date, with the parties that may be seen."""
    now, zone = roof().clock(), house().zone
    is_cancelled = date.state == "cancelled"
    return DoorRow(
        id=date.id,
        title=date.title,
        times=wording.say_times(date.starts_at, date.ends_at, zone, language()),
        when=wording.say_when(date.starts_at, date.ends_at, zone, language()),
        where=where(date, rooms),
        hosts=host_names(date),
        counts=counts(date),
        people=date.people,
        came=date.came,
        is_cancelled=is_cancelled,
        is_over=date.ends_at <= now,
        is_running=date.starts_at <= now < date.ends_at and not is_cancelled,
        awaited=date.awaited,
        missed=date.missed,
        may_see=date.sight != NOTHING,
        parties=[party_row(one, date) for one in parties],
        href=staff_address("day_date", occurrence_id=date.id),
    )


def party_row(party: Party, date: DayDate) -> PartyRow:
    """Return the row of a party."""
    is_early = local_date(roof().clock(), house().zone) < local_date(date.starts_at, house().zone)
    awaited = party.state in (*states.CANCELLABLE, states.NO_SHOW) or party.here < party.size
    return PartyRow(
        id=party.id,
        name=party.name or _("without a name"),
        reference=party.reference if date.sight == NAME else "",
        people=wording.say_party(party.people, language()),
        size=party.size,
        here=party.here,
        state=party.state,
        said=said(party),
        needs=tuple(need_label(kind) for kind in party.needs),
        button=f"{party.id}.{party.version}" if awaited and not is_early else "",
        href=staff_address("day_party", booking_id=party.id),
    )


def said(party: Party) -> str:
    """Return in words whether a party is there."""
    if party.state == states.NO_SHOW:
        return str(_("did not come"))
    if party.state != states.ATTENDED:
        return str(_("not here yet"))
    if party.here == party.size:
        return str(_("all here"))
    return str(_("%(here)s of %(size)s here", here=party.here, size=party.size))


def counts(date: DayDate) -> str:
    """Return how many people of a date are there: "7 of 12 here, 3 parties to come"."""
    if not date.parties:
        return str(_("nobody has booked"))
    here = str(_("%(here)s of %(size)s people here", here=date.came, size=date.people))
    if not date.awaited:
        return here
    return f"{here}, " + str(ngettext("%(num)s party to come", "%(num)s parties to come", date.awaited))
