"""Views: move a booking to another date or time of the same offering, past every deadline; an expert the own ones."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import moving, moving_queries, moving_slots, noting, telling_queries
from booking.bookings.hands import By
from booking.bookings.moving_queries import SlotOf
from booking.bookings.retrying import with_anybody
from booking.bookings.staff_pages import Seen
from booking.catalogue import queries as catalogue
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.messages import wording
from booking.messages.facts import MOVED
from booking.messages.outbox import Owed
from booking.schedule import expert_queries, queries
from booking.schedule.choosing import Wanted
from booking.timekit.instants import to_epoch
from booking.web.context import house, language
from booking.web.labels import medium_label
from booking.web.public.slot_choice import chosen_slot
from booking.web.roof import roof
from booking.web.staff.bookings import date_lists, slot_lists
from booking.web.staff.bookings.deeds import Page, run
from booking.web.staff.bookings.forms import MoveForm
from booking.web.staff.bookings.rows import facts_of
from booking.web.staff.bookings.seen import page_href, to_change
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a booking shall go: the deed, the facts of the mail as they will be, words, and its address.

    ``move``  takes whose hands it is in, a phone number or "", and what is written with it, in one unit of work
    """

    move: Callable[[By, str, Callable[[], None]], object]
    changed: dict[str, object]
    words: list[tuple[str, str]]
    values: dict[str, object]
    asks_phone: bool = False


def booking_move(reference: str) -> ResponseReturnValue:
    """Show where a booking can go; with a date or time in the address show the mail, and move."""
    return _move(to_change(reference), "booking_move")


def own_move(reference: str) -> ResponseReturnValue:
    """The same for an own consultation of an expert, with a reason for the others."""
    return _move(to_change(reference, own=True), "own_move")


def _move(seen: Seen, view: str) -> ResponseReturnValue:
    slot = moving_queries.slot_of(seen.page.id)
    href = partial(staff_address, view, reference=seen.page.reference)
    is_own = view == "own_move"
    target = _slot_target(seen, slot, is_own=is_own) if slot.is_slot else _date_target(seen)
    if target is None:
        return redirect(href(), 303) if request.method == "POST" else _list(seen, slot, href)
    return _question(seen, target, href, is_own=is_own)


def _list(seen: Seen, slot: SlotOf, href: Callable[..., str]) -> ResponseReturnValue:
    people = sum(seen.page.party.values())
    context: dict[str, object] = {"facts": facts_of(seen)[:9], "back_href": page_href(seen)}
    if slot.is_slot:
        found = expert_queries.consultations(house().id, language=language(), key=seen.page.offering_key)
        asked = slot_lists.question(found[0], medium=slot.medium) if found else None
        times = slot_lists.times(asked, href, people=people, moving=slot.moving) if asked else None
        return render_template("staff/bookings/move.html", times=times, days=[], **context)
    begin, first, last = date_lists.span(slot_lists.asked_day())
    dates = date_lists.dates_between(first, last, offering_id=slot.offering_id)
    where = f"{href()}?to={{}}"
    return render_template(
        "staff/bookings/move.html",
        times=None,
        days=date_lists.days_of(dates, href=where, people=people, but=seen.page.occurrence_id),
        next_href=href(**{"from": date_lists.after(begin).isoformat()}),
        **context,
    )


def _question(seen: Seen, target: Target, href: Callable[..., str], *, is_own: bool) -> ResponseReturnValue:
    form = MoveForm()
    if not target.asks_phone:
        del form.phone
    if not is_own:
        del form.reason
    fields = [name for name in ("phone", "reason") if name in form]
    page = Page(
        heading=_("Move booking %(reference)s", reference=seen.page.reference),
        lead=_("The old time stands until the new one is certain."),
        button=_("Move the booking"),
        action_href=href(**target.values),
        back_href=href(),
        fields=fields,
        done="moved",
        facts=target.words,
    )

    def deed(by: By) -> object:
        phone = (form.phone.data or "") if "phone" in form else ""
        if not is_own:
            return target.move(by, phone, lambda: None)
        write = partial(noting.write, seen.page.id, form.reason.data or "", staff_id=acting().staff_id)
        return target.move(by, phone, partial(write, now=roof().clock()))

    def mail() -> Owed | None:
        return telling_queries.one_mail(
            seen.page.id,
            MOVED,
            house_id=acting().house_id,
            method="REQUEST",
            now=roof().clock(),
            former_starts_at=to_epoch(seen.page.starts_at),
            former_ends_at=to_epoch(seen.page.ends_at),
            former_medium=seen.page.medium,
            former_with_whom=seen.page.with_whom,
            **target.changed,  # type: ignore[arg-type]  # facts of a booking
        )

    return run(form, seen, page, deed=deed, mail=mail)


def _date_target(seen: Seen) -> Target | None:
    typed = request.args.get("to", "")
    if not _NUMBER.fullmatch(typed):
        return None
    date = queries.date(int(typed), house_id=house().id, language=language(), now=roof().clock())
    if date.offering_id != seen.offering_id:
        raise NotFound
    when = wording.say_when(date.starts_at, date.ends_at, house().zone, language())

    def move(by: By, _phone: str, write: Callable[[], None]) -> object:
        deed = partial(moving.move_to_date, seen.page.id, date.id, by=by, request_id=g.request_id)
        return unit_of_work(_with(partial(deed, now=roof().clock()), write))

    changed: dict[str, object] = {"starts_at": to_epoch(date.starts_at), "ends_at": to_epoch(date.ends_at)}
    return Target(move, changed, [(_("New time"), when)], {"to": date.id})


def _slot_target(seen: Seen, slot: SlotOf, *, is_own: bool) -> Target | None:
    """Return the time that the address names, or None; an expert moves to own times alone."""
    if "start" not in request.args:
        return None
    try:
        offering = catalogue.offering(seen.page.offering_key, house_id=house().id, language=language())
    except NotFound:
        return None
    choice = chosen_slot(offering)
    if choice is None:
        return None
    people = sum(seen.page.party.values())
    language_wanted = choice.language or slot.language
    wanted = replace(
        choice.wanted(people=people), language=language_wanted, prefers=seen.page.language, overrules=True
    )
    if is_own:
        wanted = replace(wanted, host_id=acting().host_id)
    when = wording.say_when(choice.starts_at, choice.ends_at, house().zone, language())
    host = choice.expert.first_name if choice.expert else ""
    words = [(_("New time"), when), (_("How"), medium_label(choice.medium))]
    changed: dict[str, object] = {
        "starts_at": to_epoch(choice.starts_at),
        "ends_at": to_epoch(choice.ends_at),
        "medium": choice.medium,
    }
    return Target(
        partial(_move_slot, seen, wanted),
        changed | ({"with_whom": host} if host else {}),
        [*words, *([(_("With"), host)] if host else [])],
        {"start": choice.start_value(), **choice.values()},
        asks_phone=choice.medium == "phone" and not seen.page.phone,
    )


def _move_slot(seen: Seen, wanted: Wanted, by: By, phone: str, write: Callable[[], None]) -> object:
    """Move to a slot, again where others were faster and somebody else may be free."""
    deed = partial(moving_slots.move_to_slot, seen.page.id, wanted, house=house(), phone=phone, by=by)
    return with_anybody(_with(partial(deed, request_id=g.request_id, now=roof().clock()), write))


def _with(move: Callable[[], bool], write: Callable[[], None]) -> Callable[[], bool]:
    """Return the deed that moves, and writes if that changed anything: both or neither."""

    def both() -> bool:
        moved = move()
        if moved:
            write()
        return moved

    return both
