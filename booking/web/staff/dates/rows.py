"""Dates as rows of staff pages: words made once for the template."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.messages import wording
from booking.schedule.staff_dates import StaffDate
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.labels import medium_label
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.dates.words import state_label
from booking.web.staff.pages import staff_address


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date of a list."""

    id: int
    title: str
    when: str
    day: str
    times: str
    state: str
    state_label: str
    language: str
    medium: str
    place: str
    hosts: str
    lacks: str
    places: str
    limited: str
    limited_shortly: str
    is_in_series: bool
    may_tick: bool
    href: str


def date_line(date: StaffDate) -> DateLine:
    """Return a date in the words of the page."""
    zone, spoken = house().zone, language()
    lacking = date.hosts_needed - date.hosts_given
    return DateLine(
        id=date.id,
        title=date.title,
        when=wording.say_when(date.starts_at, date.ends_at, zone, spoken),
        day=wording.say_day(local_date(date.starts_at, zone), spoken),
        times=wording.say_times(date.starts_at, date.ends_at, zone, spoken),
        state=date.state,
        state_label=state_label(date.state),
        language=wording.say_language(date.language, spoken),
        medium=medium_label(date.medium),
        place=named(date.place_names) if date.place_names else "",
        hosts=date.hosts,
        lacks=ngettext("%(num)s person is missing", "%(num)s people are missing", lacking)
        if date.is_unstaffed
        else "",
        places=_("%(taken)s of %(seats)s taken", taken=date.taken, seats=date.seats),
        limited=_limited(date),
        limited_shortly=_limited_shortly(date),
        is_in_series=date.series_id is not None,
        may_tick=date.state != "cancelled" and date.ends_at > roof().clock(),
        href=staff_address("date_page", occurrence_id=date.id),
    )


def date_facts(date: StaffDate) -> list[tuple[str, str]]:
    """Return what there is to know of a date, as pairs of words."""
    line = date_line(date)
    found = [
        (_("State"), line.state_label),
        (_("When"), line.when),
        (_("How"), line.medium),
        (_("Where"), line.place or _("as the offering says")),
        (_("Language"), line.language),
        (_("People"), ", ".join(part for part in (line.hosts, line.lacks) if part) or _("nobody is needed")),
        (_("Places"), line.places),
    ]
    if line.limited:
        found.append((_("Fewer places"), line.limited))
    if date.cancel_reason:
        found.append((_("Reason"), named(date.cancel_reason)))
    return found


def _limited(date: StaffDate) -> str:
    if not date.limited_by or date.seats >= date.planned_seats:
        return ""
    return _(
        "%(seats)s instead of %(planned)s, because not more is left of this: %(name)s",
        seats=date.seats,
        planned=date.planned_seats,
        name=named(date.limited_by),
    )


def _limited_shortly(date: StaffDate) -> str:
    if not _limited(date):
        return ""
    name = named(date.limited_by)
    return _(
        "%(seats)s instead of %(planned)s: %(name)s", seats=date.seats, planned=date.planned_seats, name=name
    )
