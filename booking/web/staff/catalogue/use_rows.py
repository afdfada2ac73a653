"""What uses a room or equipment ahead, in words: dates, repairs, and what is held otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from booking.messages import wording
from booking.people.permissions import Acting
from booking.schedule import thing_uses
from booking.schedule.thing_uses import RepairLine, Use
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import house, language
from booking.web.public.rows import named
from booking.web.staff.pages import staff_address


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use; ``href`` leads to the date if it is the reader's."""

    label: str
    when: str
    quantity: int
    href: str


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A repair with where it is ended."""

    pool: str
    units: int
    when: str
    note: str
    state: str
    end_href: str
    pool_href: str


def use_rows(found: Iterable[Use], person: Acting) -> list[UseRow]:
    """Return uses as pages show them; a repair that is stored in pieces is told once."""
    told = {
        ("repair", use.repair_id) if use.repair_id else ("use", number): use
        for number, use in enumerate(found)
    }
    return [
        UseRow(_label(use), say_between(use.starts_at, use.ends_at), use.quantity, _href(use, person))
        for use in told.values()
    ]


def _label(use: Use) -> str:
    if use.kind == "date":
        return use.title
    return _("Repair") if use.kind == "repair" else _("Reserved otherwise")


def _href(use: Use, person: Acting) -> str:
    if use.occurrence_id is None or not person.runs(use.programme_id):
        return ""
    return staff_address("date_page", occurrence_id=use.occurrence_id)


def say_between(starts_at: datetime, ends_at: datetime) -> str:
    """Return two instants as people say them: with one day, or with both."""
    zone, spoken = house().zone, language()
    if local_date(starts_at, zone) == local_date(ends_at, zone):
        return wording.say_when(starts_at, ends_at, zone, spoken)
    first, last = local_date(starts_at, zone), local_date(ends_at - timedelta(seconds=1), zone)
    if (starts_at, ends_at) == (day_bounds(first, zone)[0], day_bounds(last, zone)[1]):  # whole days
        return " – ".join(dict.fromkeys(wording.say_day(one, spoken) for one in (first, last)))
    return " – ".join(wording.say_instant(one, zone, spoken) for one in (starts_at, ends_at))


def repair_row(line: RepairLine, *, now: datetime) -> RepairRow:
    """Return a repair as lists show it."""
    is_over = line.ends_at <= now
    is_ahead = line.starts_at > now
    return RepairRow(
        pool=named(line.pool_names),
        units=line.units,
        when=say_between(line.starts_at, line.ends_at),
        note=line.note,
        state=_("over") if is_over else _("not yet begun") if is_ahead else _("now"),
        end_href="" if is_over else staff_address("repair_end", repair_id=line.id),
        pool_href=staff_address("pool_page", pool_id=line.pool_id),
    )


def limited_rows(
    pool_id: int, person: Acting, *, since: datetime, until: datetime | None = None
) -> list[tuple[str, str, int, int]]:
    """Return dates that publish fewer places than planned because of equipment: title, time, places, planned."""
    zone, spoken = house().zone, language()
    found = thing_uses.limited_by(
        pool_id, house_id=person.house_id, since=since, until=until, language=spoken
    )
    return [
        (title, wording.say_when(starts_at, ends_at, zone, spoken), seats, planned)
        for _number, title, starts_at, ends_at, seats, planned in found
    ]
