"""What is planned and would lie outside hours, in words, with the ways to do something about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    may_cancel: bool = False


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
        may_cancel=not one.is_slot
        and one.state == "published"
        and acting.may("dates.edit")
        and acting.runs(one.programme_id),
    )


def cancel_href(found: Iterable[PlannedRow]) -> str:
    """Return the page that cancels all of the dates together that somebody may cancel; "" for fewer than two."""
    ids = [one.id for one in found if one.may_cancel]
    return staff_address("dates_cancel", id=ids) if len(ids) > 1 else ""


def _who(one: Planned) -> str:
    people = ngettext("%(num)s person comes", "%(num)s people come", one.people)
    place = named(one.place_names) if one.place_names else ""
    if not one.parties:
        return ", ".join(part for part in (_("nobody has booked yet"), place) if part)
    told = ngettext("%(num)s booking", "%(num)s bookings", len(one.parties))
    return ", ".join(part for part in (told, people, place) if part)


def _ways(one: Planned, acting: Acting, about: str) -> Iterator[Way]:
    """Yield what can be done; of another programme a coordinator sees that it is there, and no more."""
    if acting.may("hours.edit") and not acting.runs(one.programme_id):
        return
    if not one.is_slot:
        date_id = {"occurrence_id": one.occurrence_id}
        wanted = [(_("Show"), "date_page", "dates.see"), (_("Move"), "date_change", "dates.edit")]
        wanted += [(_("Cancel"), "date_cancel", "dates.edit")]
        yield from _existing(wanted, date_id, acting, about)
        return
    who, changes = (
        ("booking", "bookings.change") if acting.may("bookings.change") else ("own", "bookings.change_own")
    )
    for party in one.parties:
        named_ = {"reference": party.reference}
        wanted = [
            (_("Show %(reference)s", **named_), "booking_shown", "bookings.see"),
            (_("Move %(reference)s", **named_), f"{who}_move", changes),
            (_("Cancel %(reference)s", **named_), f"{who}_cancel", changes),
        ]
        yield from _existing(wanted, named_, acting, about)


def _existing(
    wanted: Sequence[tuple[str, str, str]], ids: Mapping[str, object], acting: Acting, about: str
) -> list[Way]:
    """Return those ways that there are and that somebody may go."""
    return [
        Way(label, about, staff_address(name, **ids))
        for label, name, permission in wanted
        if f"staff.{name}" in current_app.view_functions and acting.may(permission)
    ]
