"""View: one date; and other dates instead of one that cannot be had."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.catalogue import queries as catalogue
from booking.messages import wording
from booking.schedule import queries
from booking.schedule.queries import Date
from booking.web.context import address, house, language
from booking.web.labels import age_label
from booking.web.linked_data import event
from booking.web.public.answers import cacheable
from booking.web.public.rows import DateRow, date_row, named, offering_row, where
from booking.web.roof import roof
from booking.web.sharing import tell


def occurrence(occurrence_id: int) -> ResponseReturnValue:
    """One date: what, when, where, how many places; past and cancelled ones answer 410."""
    date = queries.date(occurrence_id, house_id=house().id, language=language(), now=roof().clock())
    page = catalogue.offering(date.offering_key, house_id=house().id, language=language())
    is_open = date.state in ("free", "few")
    tell(description=_in_short(date), feed={"offering": page.key}, linked=[event(date, page)])
    body = render_template(
        "public/occurrence.html",
        date=date_row(date),
        offering=offering_row(page),
        facts=_date_facts(date),
        notes=_notes(date),
        booking_href=address("book", occurrence_id=date.id) if is_open else None,
        alternatives=[] if is_open else alternatives(date),
    )
    return cacheable(body, status=410 if date.state in ("past", "cancelled") else 200)


def alternatives(date: Date, *, people: int = 1) -> list[DateRow]:
    """Return other dates of the same offering with places for so many; of any offering if there are none."""
    now, spoken = roof().clock(), language()
    same = queries.next_bookable(
        house().id, language=spoken, now=now, offering_id=date.offering_id, people=people, most=5
    )
    found = same or queries.next_bookable(house().id, language=spoken, now=now, people=people, most=5)
    return [date_row(one) for one in found if one.id != date.id]


def _in_short(date: Date) -> str:
    """Return when and what, for whoever is sent a link to it."""
    return f"{date_row(date).when}. {date.summary}"


def _date_facts(date: Date) -> list[tuple[str, str]]:
    facts = [(_("When"), date_row(date).when), (_("Where"), where(date.place_names, date.place_address))]
    facts.append((_("Language"), wording.say_language(date.language, language())))
    facts.append((_("Step-free"), _("yes") if date.is_step_free else _("no")))
    if date.age_min:
        facts.append((_("Age"), age_label(date.age_min)))
    facts.append((_("Price"), _("free of charge")))
    if date.state in ("free", "few"):
        facts.append((_("Book online until"), wording.say_instant(date.last_call, house().zone, language())))
    return facts


def _notes(date: Date) -> list[str]:
    notes = []
    if date.limited_by:
        notes.append(
            _(
                "%(seats)s instead of %(planned)s places, because not all of the equipment is ready: %(pool)s.",
                seats=date.seats,
                planned=date.planned_seats,
                pool=named(date.limited_by),
            )
        )
    if date.state == "cancelled" and date.cancel_reason:
        notes.append(_("Cancelled: %(reason)s", reason=named(date.cancel_reason)))
    return notes
