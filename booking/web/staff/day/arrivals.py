"""Views: who arrives on a day or at one date, and check-in by a tap."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import attending, day_queries, party_queries
from booking.bookings.day_queries import DayDate
from booking.db import unit_of_work
from booking.errors import DomainError, Stale
from booking.messages import wording
from booking.schedule import day_plan
from booking.timekit.instants import local_date
from booking.web import qr
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.day.arrival_forms import DoorForm
from booking.web.staff.day.asked import PER_PAGE, Asked, asked, scope, today
from booking.web.staff.day.door_rows import DoorRow, door_row
from booking.web.staff.day.inside import inside_row
from booking.web.staff.day.plan_rows import link_to
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address


def day_arrivals() -> ResponseReturnValue:
    """The dates of a day with their parties; a button checks one in."""
    wanted = asked()
    form = DoorForm()
    refusal: DomainError | None = None
    if request.method == "POST":
        if form.validate():
            refusal = _check_in(form)
            if refusal is None:
                return redirect(_back(wanted, form), HTTPStatus.SEE_OTHER)
        else:
            refusal = DomainError()
    body = render_template("staff/day/arrivals.html", form=form, refusal=refusal, **_day(wanted))
    return body, refusal.status if refusal else HTTPStatus.OK


def day_date(occurrence_id: int) -> ResponseReturnValue:
    """One date: check in a party, or all of them; close its list, and open it again."""
    date = day_queries.date(occurrence_id, scope=scope(), language=language())
    form = DoorForm()
    refusal: DomainError | None = None
    if request.method == "POST":
        if form.validate():
            refusal = _deed_of(date, form)
            if refusal is None:
                return redirect(_back_to_date(occurrence_id, form), HTTPStatus.SEE_OTHER)
        else:
            refusal = DomainError()
    body = render_template("staff/day/date.html", form=form, refusal=refusal, **_date(occurrence_id))
    return body, refusal.status if refusal else HTTPStatus.OK


def refusal_of(deed: Callable[[], Any]) -> DomainError | None:
    """Do a deed and return why it was refused, if it was."""
    try:
        unit_of_work(deed)
    except DomainError as refused:
        return refused
    return None


def said_refusal(refusal: DomainError | None) -> str:
    """Return a refusal as the page says it."""
    if refusal is None:
        return ""
    if isinstance(refusal, Stale):
        return str(
            _("Somebody else has noted something of this party meanwhile. Look at it, and press again.")
        )
    return str(_(refusal.message, **refusal.facts))


def _check_in(form: DoorForm) -> DomainError | None:
    """Check in, complete, the party whose button was pressed; raises NotFound for one that is not to be seen."""
    pressed = form.party()
    if pressed is None:
        return DomainError()
    booking_id, version = pressed
    occurrence_id = party_queries.date_of(booking_id, house_id=house().id)
    day_queries.date(occurrence_id, scope=scope(), language=language())
    deed = partial(attending.check_in, booking_id, zone=house().zone, version=version)
    return refusal_of(partial(deed, actor=acting().actor, now=roof().clock()))


def _deed_of(date: DayDate, form: DoorForm) -> DomainError | None:
    who: dict[str, Any] = {"house_id": house().id, "actor": acting().actor, "now": roof().clock()}
    deeds: dict[str, Callable[[], Any]] = {
        "all": partial(attending.check_in_date, date.id, zone=house().zone, **who),
        "close": partial(attending.close_list, date.id, **who),
        "open": partial(attending.open_list, date.id, **who),
    }
    pressed = deeds.get(form.deed.data or "")
    return refusal_of(pressed) if pressed else _check_in(form)


def _back(wanted: Asked, form: DoorForm) -> str:
    pressed = form.party()
    booking_id = pressed[0] if pressed else 0
    return staff_address(
        "day_arrivals", **wanted.values(page=wanted.page), done=booking_id, _anchor=f"p{booking_id}"
    )


def _back_to_date(occurrence_id: int, form: DoorForm) -> str:
    pressed = form.party()
    if pressed:
        return staff_address(
            "day_date", occurrence_id=occurrence_id, done=pressed[0], _anchor=f"p{pressed[0]}"
        )
    return staff_address("day_date", occurrence_id=occurrence_id, said=form.deed.data)


def _day(wanted: Asked) -> dict[str, Any]:
    """Return what the page of a day shows, in a constant number of statements."""
    seen = scope()
    found = day_queries.dates(wanted.wanted(), scope=seen, language=language())
    number = day_queries.count(wanted.wanted(), scope=seen)
    things = day_plan.things(house().id, language=language())
    parties = party_queries.parties({one.id: one.sight for one in found})
    rooms = {room.id: room for room in things.rooms}
    rows = [door_row(one, parties.get(one.id, ()), rooms) for one in found]
    return {
        "asked": wanted,
        "day": wording.say_day(wanted.day, language()),
        "is_today": wanted.day == wanted.today,
        "is_early": wanted.day > wanted.today,
        "rows": rows,
        "inside": inside_row(),
        "walk_in_href": link_to("walk_in_list") if acting().may("bookings.book") else "",
        "done": _done(rows),
        "said_refusal": said_refusal,
        "pages": -(-number // PER_PAGE),
    }


def _date(occurrence_id: int) -> dict[str, Any]:
    date = day_queries.date(occurrence_id, scope=scope(), language=language())
    things = day_plan.things(house().id, language=language())
    parties = party_queries.parties({date.id: date.sight}).get(date.id, ())
    row = door_row(date, parties, {room.id: room for room in things.rooms})
    here = staff_address("day_date", occurrence_id=date.id)
    day = local_date(date.starts_at, house().zone)
    return {
        "row": row,
        "day": day,
        "day_is_today": day == today(),
        "is_early": local_date(roof().clock(), house().zone) < day,
        "done": _done([row]),
        "said": _said(request.args.get("said", "")),
        "said_refusal": said_refusal,
        "code": qr.inline(
            roof().base_url(house()) + here, title=str(_("QR code that leads to the check-in of this date"))
        ),
    }


def _done(rows: list[DoorRow]) -> str:
    """Return what was noted with the button just pressed, as it stands now."""
    done = request.args.get("done", "")
    for row in rows:
        for party in row.parties:
            if str(party.id) == done and party.here:
                return str(_("%(name)s: %(said)s", name=party.name, said=party.said))
    return ""


def _said(done: str) -> str:
    told = {
        "all": _("Everybody who was awaited is checked in."),
        "close": _("The list is closed: who was not checked in did not come."),
        "open": _("The list is open again."),
    }
    return str(told.get(done, ""))
