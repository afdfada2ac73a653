"""Views: book for somebody who calls: choose the offering, then the date or time, then write down who it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import access_queries, booking_for, caller_queries, staff_pages
from booking.bookings.access_refusals import NeedRefused
from booking.bookings.access_rules import DateFacts
from booking.bookings.booking_for import Call
from booking.bookings.caller_queries import Bookable
from booking.bookings.refusals import FormUsed
from booking.bookings.retrying import once_more, with_anybody
from booking.bookings.service import Booked
from booking.bookings.staff_refusals import LeadTimeOver, NobodyComes, PartyOutOfBounds
from booking.catalogue import queries as catalogue
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.messages import wording
from booking.schedule import choosing, expert_queries, queries
from booking.schedule.refusals import SlotGone
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.labels import kind_label
from booking.web.public.rows import where
from booking.web.public.slot_choice import SlotChoice, chosen_slot
from booking.web.roof import roof
from booking.web.staff.bookings import date_lists, slot_lists
from booking.web.staff.bookings.caller_forms import CallerForm
from booking.web.staff.bookings.deeds import faults
from booking.web.staff.bookings.rows import facts_of
from booking.web.staff.bookings.seen import hands, page_href, seen_booking
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address


@dataclass(frozen=True, slots=True)
class Chosen:
    """A date or a time that a caller wants; ``is_late``: its lead time is over; ``kept``: so many are held back."""

    offering: Bookable
    facts: Sequence[tuple[str, str]]
    at: DateFacts | None
    medium: str
    kept: int
    is_late: bool
    action_href: str
    back_href: str
    book: Callable[[Call], Booked]


def caller_start() -> ResponseReturnValue:
    """Choose the offering for a caller."""
    found = caller_queries.offerings(acting(), language=language())
    rows = [
        (kind_label(one.kind), one.title, staff_address("caller_times", offering_key=one.key))
        for one in found
        if not one.is_walk_in or one.by_slot
    ]
    return render_template("staff/bookings/caller_start.html", rows=rows)


def caller_times(offering_key: str) -> ResponseReturnValue:
    """Choose the date, or the free time, for a caller."""
    offering = caller_queries.offering(offering_key, acting(), language=language())
    href = partial(staff_address, "caller_times", offering_key=offering_key)
    context: dict[str, object] = {"offering": offering, "back_href": staff_address("caller_start")}
    if offering.by_slot:
        consultation = expert_queries.consultation(offering_key, house_id=house().id, language=language())

        def slot_href(**values: str | None) -> str:
            view = "caller_slot" if values.get("start") else "caller_times"
            return staff_address(
                view, offering_key=offering_key, **{name: one for name, one in values.items() if one}
            )

        times = slot_lists.times(slot_lists.question(consultation), slot_href)
        return render_template("staff/bookings/caller_times.html", times=times, days=[], **context)
    begin, first, last = date_lists.span(slot_lists.asked_day())
    dates = date_lists.dates_between(first, last, offering_id=offering.id)
    to = staff_address("caller_date", occurrence_id=0).replace("/0", "/{}")
    return render_template(
        "staff/bookings/caller_times.html",
        times=None,
        days=date_lists.days_of(dates, href=to),
        next_href=href(**{"from": date_lists.after(begin).isoformat()}),
        **context,
    )


def caller_date(occurrence_id: int) -> ResponseReturnValue:
    """Write down who comes to a date, and book."""
    offering = caller_queries.offering_of_date(occurrence_id, acting(), language=language())
    now = roof().clock()
    date = queries.date(occurrence_id, house_id=house().id, language=language(), now=now)
    kept = caller_queries.held_back([occurrence_id], now=now).get(occurrence_id, 0)
    when = wording.say_when(date.starts_at, date.ends_at, house().zone, language())
    is_late = date.state == "closed"
    chosen = Chosen(
        offering=offering,
        facts=[
            (_("Offering"), date.title),
            (_("When"), when),
            (_("Where"), where(date.place_names, date.place_address)),
            (_("Language"), wording.say_language(date.language, language())),
            (_("Places"), date_lists.says(date.left, kept, is_late=is_late)),
        ],
        at=access_queries.date(occurrence_id),
        medium="on_site",
        kept=kept,
        is_late=is_late,
        action_href=staff_address("caller_date", occurrence_id=occurrence_id),
        back_href=staff_address("caller_times", offering_key=offering.key),
        book=lambda call: once_more(
            partial(booking_for.book_date, occurrence_id, call, house=house(), now=roof().clock())
        ),
    )
    return _caller(chosen)


def caller_slot(offering_key: str) -> ResponseReturnValue:
    """Write down who comes to a free time, and book it."""
    offering = caller_queries.offering(offering_key, acting(), language=language())
    if not offering.by_slot:
        return redirect(staff_address("caller_times", offering_key=offering_key))
    page = catalogue.offering(offering_key, house_id=house().id, language=language())
    choice = chosen_slot(page)
    if choice is None:
        return redirect(staff_address("caller_times", offering_key=offering_key))
    when = wording.say_when(choice.starts_at, choice.ends_at, house().zone, language())
    wanted = choice.wanted(people=1)
    chosen = Chosen(
        offering=offering,
        facts=[(_("Offering"), offering.title), (_("When"), when), *choice.facts()],
        at=_facts_of_slot(choice),
        medium=choice.medium,
        kept=0,
        is_late=slot_lists.is_late(choice),
        action_href=staff_address(
            "caller_slot", offering_key=offering_key, start=choice.start_value(), **choice.values()
        ),
        back_href=staff_address("caller_times", offering_key=offering_key, **choice.values()),
        book=lambda call: with_anybody(
            partial(booking_for.book_slot, wanted, call, house=house(), now=roof().clock())
        ),
    )
    return _caller(chosen)


def caller_done(reference: str) -> ResponseReturnValue:
    """Say what was booked: read it out, print the slip."""
    seen = seen_booking(reference)
    return render_template(
        "staff/bookings/caller_done.html",
        facts=facts_of(seen),
        email=seen.page.email,
        slip_href=staff_address("booking_slip", reference=reference),
        booking_href=page_href(seen),
        start_href=staff_address("caller_start"),
    )


def _facts_of_slot(choice: SlotChoice) -> DateFacts | None:
    """Return what decides about access needs at a time; None where it is not free any more."""
    wanted = replace(choice.wanted(people=1), overrules=True)
    try:
        return access_queries.of_team(choosing.choose(wanted, house=house(), now=roof().clock()))
    except SlotGone:
        return None


def _form(chosen: Chosen) -> CallerForm:
    form = CallerForm(data={"adults": 1} if chosen.offering.kind != "school" else {})
    form.suit(chosen.offering.kind, age_min=chosen.offering.age_min)
    people = max(1, sum(form.party().values()))
    if chosen.at is not None:
        form.suit_needs(chosen.at, people=people)
    else:
        form.drop_needs()
    form.suit_call(medium=chosen.medium, kept=chosen.kept)
    return form


def _caller(chosen: Chosen) -> ResponseReturnValue:
    form = _form(chosen)
    if request.method != "POST":
        return _draw(form, chosen)
    if not form.validate():
        return _draw(form, chosen, errors=faults(form), status=400 if form.is_stale() else 422)
    by = replace(hands(tells=form.tells(), overrules=bool(form.overrules.data)), from_kept=form.from_kept())
    call = Call(
        contact=form.contact(),
        party=form.party(),
        once=form.key(),
        staff_id=acting().staff_id,
        by=by,
        needs=form.needs(),
        request_id=g.request_id,
    )
    try:
        booked = chosen.book(call)
    except NotFound:
        raise
    except DomainError as refusal:
        return _refused(form, chosen, refusal)
    reference = unit_of_work(partial(staff_pages.reference, booked.booking_id))
    return redirect(staff_address("caller_done", reference=reference), 303)


def _refused(form: CallerForm, chosen: Chosen, refusal: DomainError) -> ResponseReturnValue:
    errors, counts = [say(refusal)], form.count_fields()
    if isinstance(refusal, FormUsed):
        form.renew_key()
    if isinstance(refusal, NobodyComes | PartyOutOfBounds):
        counts[0].errors, errors = tuple(errors), []
    if isinstance(refusal, LeadTimeOver):
        form.overrules.errors, errors = tuple(errors), []
    if isinstance(refusal, NeedRefused) and form.refuse_need(refusal):
        errors = []
    return _draw(form, chosen, errors=errors, status=int(refusal.status))


def _draw(
    form: CallerForm, chosen: Chosen, *, errors: Sequence[str] = (), status: int = 200
) -> ResponseReturnValue:
    body = render_template(
        "staff/bookings/caller.html",
        form=form,
        form_errors=list(errors),
        chosen=chosen,
        shows_overrules=chosen.is_late or bool(form.overrules.data) or request.method == "POST",
    )
    return body, status
