"""Views: one party at the door, and the code that leads to it."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import attending, day_queries, party_queries, rules
from booking.bookings.day_queries import DayDate
from booking.bookings.party_queries import Party
from booking.db import unit_of_work
from booking.errors import DomainError, Gone, NotFound, Stale
from booking.links import queries as links
from booking.links.tokens import link_id_of
from booking.messages import wording
from booking.schedule import day_plan
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.day.arrival_forms import CATEGORY_LABELS, CameForm
from booking.web.staff.day.arrivals import said_refusal
from booking.web.staff.day.asked import scope, today
from booking.web.staff.day.door_rows import door_row, party_row
from booking.web.staff.day.plan_rows import link_to
from booking.web.staff.doors import acting, signed_in
from booking.web.staff.pages import staff_address


def day_party(booking_id: int) -> ResponseReturnValue:
    """One party: all are there, so many are there, or it was a mistake."""
    occurrence_id = party_queries.date_of(booking_id, house_id=house().id)
    date = day_queries.date(occurrence_id, scope=scope(), language=language())
    party = party_queries.party(booking_id, sight=date.sight, house_id=house().id)
    form = CameForm()
    form.show(_categories(date, party))
    refusal: DomainError | None = None
    differences: tuple[Difference, ...] = ()
    if request.method == "POST":
        if form.validate():
            refusal = _do(form, party)
            if refusal is None:
                return redirect(_back(form, date, party), HTTPStatus.SEE_OTHER)
        party = party_queries.party(booking_id, sight=date.sight, house_id=house().id)
        if isinstance(refusal, Stale):
            differences = conflict(form, _stored(form, party))
    else:
        _fill(form, party)
    status = refusal.status if refusal else _status(form)
    return _page(form, date, party, refusal, differences), status


def day_code(secret: str) -> ResponseReturnValue:
    """The code on a slip: it leads staff to the party; everybody else reads that staff check in, and nothing more."""
    person = signed_in()
    if person is not None and person.may("day.check_in"):
        try:
            booking_id = _booking_of(secret)
            occurrence_id = party_queries.date_of(booking_id, house_id=house().id)
            day_queries.date(occurrence_id, scope=scope(), language=language())
            return redirect(
                staff_address("day_party", booking_id=booking_id, back="party"), HTTPStatus.SEE_OTHER
            )
        except (NotFound, Gone):
            return render_template("staff/day/code.html", is_staff=True), HTTPStatus.NOT_FOUND
    return render_template("staff/day/code.html", is_staff=person is not None, sign_in_href=_sign_in(secret))


def _sign_in(secret: str) -> str:
    return staff_address("sign_in", next=staff_address("day_code", secret=secret))


def _booking_of(secret: str) -> int:
    """Return the booking of a check-in code, which is made from its manage link; raises NotFound, Gone."""
    link_id = link_id_of(secret, purpose="check_in", keys=roof().keys)
    if link_id is None:
        raise NotFound
    return links.subject_of(link_id, purpose="manage", house_id=house().id, now=roof().clock())


def _do(form: CameForm, party: Party) -> DomainError | None:
    more: dict[str, Any] = {"version": form.seen_version(), "actor": acting().actor, "now": roof().clock()}
    pressed = form.deed.data or ""
    deeds: dict[str, Callable[[], None]] = {
        "all": partial(attending.check_in, party.id, zone=house().zone, **more),
        "undo": partial(attending.undo, party.id, **more),
        "numbers": partial(attending.check_in, party.id, form.came(), zone=house().zone, **more),
    }
    try:
        unit_of_work(deeds.get(pressed, deeds["numbers"]))
    except DomainError as refused:
        return refused
    return None


def _back(form: CameForm, date: DayDate, party: Party) -> str:
    if form.back.data == "party":
        return staff_address("day_party", booking_id=party.id, back="party", done="1")
    if form.back.data == "date":
        return staff_address("day_date", occurrence_id=date.id, done=party.id, _anchor=f"p{party.id}")
    day = local_date(date.starts_at, house().zone)
    shown = day.isoformat() if day != today() else None
    return staff_address("day_arrivals", day=shown, done=party.id, _anchor=f"p{party.id}")


def _categories(date: DayDate, party: Party) -> tuple[str, ...]:
    wanted = {*rules.categories(date.kind, age_min=date.age_min), *party.people, *party.came}
    return tuple(name for name in CATEGORY_LABELS if name in wanted)


def _fill(form: CameForm, party: Party) -> None:
    shown = party.came or party.people
    for field in form.fields():
        field.data = shown.get(field.name, 0)
    form.version.data = str(party.version)
    form.back.data = request.args.get("back", "day")


def _stored(form: CameForm, party: Party) -> dict[str, object]:
    stored: dict[str, object] = {field.name: party.came.get(field.name, 0) for field in form.fields()}
    return stored | {"version": party.version}


def _status(form: CameForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _page(
    form: CameForm,
    date: DayDate,
    party: Party,
    refusal: DomainError | None,
    differences: tuple[Difference, ...],
) -> str:
    rooms = {room.id: room for room in day_plan.things(house().id, language=language()).rooms}
    arrived = party.arrived_at
    return render_template(
        "staff/day/party.html",
        form=form,
        row=party_row(party, date),
        date=door_row(date, (), rooms),
        day=local_date(date.starts_at, house().zone),
        booking_href=link_to("booking_page", booking_id=party.id) if acting().may("bookings.see") else "",
        arrived=wording.say_instant(arrived, house().zone, language()) if arrived else "",
        is_early=today() < local_date(date.starts_at, house().zone),
        refusal="" if isinstance(refusal, Stale) else said_refusal(refusal),
        differences=differences if isinstance(refusal, Stale) else None,
        is_done=bool(request.args.get("done")),
        booked=_("Booked: %(people)s", people=wording.say_party(party.people, language())),
    )
