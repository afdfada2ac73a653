"""Views: how many come to a date or a slot; sending that keeps the places."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask import redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import hoarding, hold_queries, holding
from booking.bookings.hold_queries import HoldPage
from booking.bookings.holding import Ask, Held
from booking.bookings.refusals import FormUsed, PartyTooLarge, PartyTooSmall
from booking.bookings.retrying import once_more, with_anybody
from booking.catalogue import queries as catalogue
from booking.catalogue.queries import OfferingPage
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.messages import wording
from booking.schedule import choosing, queries
from booking.schedule.queries import Date
from booking.schedule.refusals import SlotGone
from booking.timekit.instants import local_date
from booking.web import limits
from booking.web.context import address, house, language
from booking.web.errors import say
from booking.web.public.dates import alternatives
from booking.web.public.forms import PartyForm
from booking.web.public.rows import DateRow, date_row, offering_row, where
from booking.web.public.secrets import secret_of
from booking.web.public.slot_choice import SlotChoice, chosen_slot, next_slots
from booking.web.roof import roof

MOST_REMEMBERED = 5
_COUNT = re.compile("[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose, a date or a slot, as its form shows it; ``others`` are free for so many people.

    ``languages``  in which it can be had: name, address, and whether it is chosen
    """

    offering: OfferingPage
    facts: Sequence[tuple[str, str]]
    places: DateRow | None
    action_href: str
    back_href: str
    back_text: str
    others: Callable[[int], list[DateRow]]
    is_slot: bool
    languages: Sequence[tuple[str, str, bool]] = ()


def book(occurrence_id: int) -> ResponseReturnValue:
    """Ask how many come to a date, and keep their places when it is sent."""
    date = _date(occurrence_id)
    offering = catalogue.offering(date.offering_key, house_id=house().id, language=language())
    kept = _party_of(one for one in _own(date.offering_id) if one.occurrence_id == date.id)
    form = _form(offering, kept or _preset(offering))
    if request.method == "POST":
        deed = partial(holding.hold_date, occurrence_id, bounds=roof().hold_bounds, now=roof().clock())
        return _submitted(form, deed, choice=lambda: _date_choice(_date(occurrence_id), offering))
    if date.state not in ("free", "few"):
        return redirect(address("occurrence", occurrence_id=date.id))
    return _page(form, _date_choice(date, offering))


def book_slot(key: str) -> ResponseReturnValue:
    """Ask how many come to a slot, and keep it when it is sent; leads back to the times if it is none."""
    offering = catalogue.offering(key, house_id=house().id, language=language())
    slot = chosen_slot(offering)
    if slot is None:
        return redirect(address("times", key=key))
    kept = _party_of(one for one in _own(offering.id) if one.starts_at == slot.starts_at)
    form = _form(offering, kept or {"adults": slot.people})
    if request.method == "POST":
        people = max(1, sum(form.party().values()))
        wanted = slot.wanted(people=people)
        deed = partial(
            holding.hold_slot, wanted, house=house(), bounds=roof().hold_bounds, now=roof().clock()
        )
        return _submitted(form, deed, choice=lambda: _slot_choice(slot, offering), is_slot=True)
    if not _is_free(slot):
        return redirect(slot.why_not_href())
    return _page(form, _slot_choice(slot, offering))


def _date(occurrence_id: int) -> Date:
    """Return a date as this browser finds it: what it keeps of it already is free for it."""
    now = roof().clock()
    ask = partial(queries.date, occurrence_id, house_id=house().id, language=language(), now=now)
    found = ask()
    own = sum(one.people for one in _own(found.offering_id) if one.occurrence_id == found.id)
    return ask(own=own) if own else found


def _own(offering_id: int) -> list[HoldPage]:
    """Return what this browser keeps of an offering."""
    now = roof().clock()
    return hold_queries.earlier(_remembered(), offering_id=offering_id, house_id=house().id, now=now)


def _party_of(kept: Iterable[HoldPage]) -> Mapping[str, int]:
    """Return for whom the newest of these holds is, so that a form which changes it begins with that."""
    return next((one.party for one in reversed([*kept])), {})


def _preset(offering: OfferingPage) -> Mapping[str, int]:
    """Return the party of a link that says how many come, such as ``?people=3``; it fills in the form, no more."""
    typed = request.args.get("people", "")
    number = int(typed) if _COUNT.fullmatch(typed) else 0
    return {"adults": number} if offering.party_min <= number <= offering.party_max else {}


def _form(offering: OfferingPage, party: Mapping[str, int]) -> PartyForm:
    """Return the form, filled in for a party if there is one."""
    form = PartyForm(**({"adults": 0} | dict(party) if party else {}))
    form.suit(offering.kind, age_min=offering.age_min, most=offering.party_max)
    return form


def _is_free(slot: SlotChoice) -> bool:
    """Return whether it could be had; what this browser keeps of it already is not in the way."""
    offering_id, now = slot.consultation.id, roof().clock()
    moving = holding.own_claim(_remembered(), offering_id=offering_id, house_id=house().id, now=now)
    try:
        choosing.choose(slot.wanted(people=1), house=house(), moving=moving, now=now)
    except SlotGone:
        return False
    return True


def _remembered() -> tuple[int, ...]:
    return tuple(one for one in cookie.get("holds", []) if isinstance(one, int))


def _submitted(
    form: PartyForm, deed: Callable[[Ask], Held], *, choice: Callable[[], Choice], is_slot: bool = False
) -> ResponseReturnValue:
    if not form.validate():
        if form.is_stale():
            return _page(form, choice(), errors=form.forgive_token(), status=400)
        return _page(form, choice(), status=422)
    if form.is_trapped():
        return _page(form, choice(), errors=form.empty_trap(), status=422)
    ask = Ask(
        house_id=house().id,
        party=form.party(),
        once=form.key(),
        client=limits.client(),
        replaces=_remembered(),
    )
    try:
        held = (with_anybody if is_slot else once_more)(partial(deed, ask))
    except DomainError as refusal:
        unit_of_work(lambda: hoarding.note_refused(ask.client, bounds=roof().hold_bounds, now=roof().clock()))
        return _refused(form, choice(), refusal)
    others = [one for one in ask.replaces if one != held.hold_id]
    cookie["holds"] = [*others, held.hold_id][-MOST_REMEMBERED:]
    return redirect(address("hold", secret=secret_of(held.link_id, purpose="hold")), 303)


def _refused(form: PartyForm, choice: Choice, refusal: DomainError) -> ResponseReturnValue:
    """Draw the form again with what was typed, why it was refused, and what is free instead."""
    errors = [say(refusal)]
    if isinstance(refusal, FormUsed):
        form.renew_key()
    if isinstance(refusal, PartyTooSmall | PartyTooLarge):
        form.party_fields()[0].errors, errors = tuple(errors), []
    return _page(form, choice, errors=errors, status=int(refusal.status))


def _date_choice(date: Date, offering: OfferingPage) -> Choice:
    row = date_row(date)
    return Choice(
        offering=offering,
        facts=[
            (_("Offering"), row.title),
            (_("When"), row.when),
            (_("Where"), where(date.place_names, date.place_address)),
            (_("Languages"), row.languages),
            *([(_("Age"), row.age)] if row.age else []),
        ],
        places=row,
        action_href=address("book", occurrence_id=date.id),
        back_href=row.href,
        back_text=_("Back to this date"),
        others=lambda people: alternatives(date, people=people),
        is_slot=False,
    )


def _slot_choice(slot: SlotChoice, offering: OfferingPage) -> Choice:
    when = wording.say_when(slot.starts_at, slot.ends_at, house().zone, language())
    return Choice(
        offering=offering,
        facts=[(_("Offering"), offering.title), (_("When"), when), *slot.facts()],
        places=None,
        action_href=slot.href(),
        back_href=address("times", key=offering.key, **{"from": local_date(slot.starts_at, house().zone)}),
        back_text=_("Choose another time"),
        others=lambda people: next_slots(slot, people=people),
        is_slot=True,
        languages=slot.languages(),
    )


def _page(
    form: PartyForm, choice: Choice, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    is_refused = status in (409, 410)
    people = sum(form.party().values()) if is_refused else 1
    body = render_template(
        "public/book.html",
        form=form,
        form_errors=errors or [],
        choice=choice,
        fewest=choice.offering.party_min,
        most=choice.offering.party_max,
        offering=offering_row(choice.offering),
        alternatives=choice.others(max(1, people)) if is_refused else [],
    )
    return body, status
