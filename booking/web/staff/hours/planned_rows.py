"""What is planned and would lie outside hours, in words, with the ways to do something about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings.planned import Planned
from booking.messages import wording
from booking.people.permissions import Acting
from booking.web.context import house, language
from booking.web.labels import kind_label
from booking.web.public.rows import named
from booking.web.staff.pages import staff_address


@dataclass(frozen=True, slots=True)
class Way:
    """A link that leads to an action; ``about`` tells those who hear it alone what it is about."""

    label: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A date or a booked slot: when, what, who comes, a note, and what can be done."""

    id: int
    when: str
    title: str
    kind: str
    who: str
    note: str
    ways: tuple[Way, ...]


def rows(found: Iterable[Planned], acting: Acting, *, known: Iterable[Planned] = ()) -> list[PlannedRow]:
    """Return what lies outside; ``known``  what does so already, whatever is saved now."""
    before = {one.occurrence_id for one in known}
    return [_row(one, acting, is_known=one.occurrence_id in before) for one in found]


def _row(one: Planned, acting: Acting, *, is_known: bool) -> PlannedRow:
    when = wording.say_when(one.starts_at, one.ends_at, house().zone, language())
    notes = [_("still a draft")] if one.state == "draft" else []
    notes += [_("outside the hours already now")] if is_known else []
    return PlannedRow(
        id=one.occurrence_id,
        when=when,
        title=one.title,
        kind=_("booked time") if one.is_slot else kind_label(one.kind),
        who=_who(one),
        note=", ".join(notes),
        ways=tuple(_ways(one, acting, f"{one.title}, {when}")),
    )


def _who(one: Planned) -> str:
    people = ngettext("%(num)s person", "%(num)s people", one.people)
    place = named(one.place_names) if one.place_names else ""
    if not one.parties:
        return ", ".join(part for part in (_("nobody has booked yet"), place) if part)
    told = ngettext("%(num)s booking", "%(num)s bookings", len(one.parties))
    return ", ".join(part for part in (told, people, place) if part)


def _ways(one: Planned, acting: Acting, about: str) -> Sequence[Way]:
    if not one.is_slot:
        ids = {"occurrence_id": one.occurrence_id}
        if not (acting.may("dates.edit") and acting.runs(one.programme_id)):
            return _existing([(_("Show"), "date_page", "dates.see", ids)], acting, about)
        wanted = [(_("Change or move"), "date_edit", "dates.edit", ids)]
        wanted += [(_("Cancel"), "date_cancel", "dates.edit", ids), (_("Show"), "date_page", "dates.see", ids)]
        return _existing(wanted, acting, about)
    found: list[Way] = []
    is_theirs = acting.may("bookings.change_own") or not acting.may("bookings.change")
    may = is_theirs or acting.may("bookings.change") and (acting.runs(one.programme_id) or acting.may("day.see"))
    for party in one.parties if may else ():
        ids = {"booking_id": party.booking_id}
        named_ = _("booking %(reference)s, %(about)s", reference=party.reference, about=about)
        changes = "bookings.change" if acting.may("bookings.change") else "bookings.change_own"
        wanted = [(_("Move %(reference)s", reference=party.reference), "booking_move", changes, ids)]
        wanted += [(_("Cancel %(reference)s", reference=party.reference), "booking_cancel", changes, ids)]
        wanted += [(_("Show %(reference)s", reference=party.reference), "booking_page", "bookings.see", ids)]
        found += _existing(wanted, acting, named_)
    return found


def _existing(
    wanted: Sequence[tuple[str, str, str, dict[str, int]]], acting: Acting, about: str
) -> list[Way]:
    """Return those ways that there are and that somebody may go."""
    return [
        Way(label, about, staff_address(name, **ids))
        for label, name, permission, ids in wanted
        if f"staff.{name}" in current_app.view_functions and acting.may(permission)
    ]
