"""Views: the queues of today, and a desk of one of them, for those who signed in instead of opening its link."""

from dataclasses import replace
from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from booking.bookings import caller_queries, desks, walk_in_queries
from booking.bookings.walk_in_queries import DeskPage
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.web.context import house, language
from booking.web.public import desk as public_desk
from booking.web.public.desk import Place
from booking.web.public.forms import line
from booking.web.public.walk_in_rows import queue_rows
from booking.web.roof import roof
from booking.web.staff.bookings.deeds import faults
from booking.web.staff.bookings.forms import numbered
from booking.web.staff.doors import acting
from booking.web.staff.forms import StaffForm
from booking.web.staff.pages import staff_address

_FRAME = "staff/base.html"


class DeskLabelForm(StaffForm):
    """What a new desk is called, for the visitors who are called to it."""

    label = StringField(
        _l("Name of the desk"),
        description=_l("Visitors read it when they are called, for example “Table 2”. It may stay empty."),
        validators=[Length(max=40, message=_l("Enter at most 40 characters."))],
        filters=[line],
    )


def queue_list() -> ResponseReturnValue:
    """Show the queues of today with the desks at which they are served."""
    return _list(DeskLabelForm(formdata=None))


def queue_new_desk(offering_key: str) -> ResponseReturnValue:
    """Set up a desk for a queue, and sit down at it."""
    offering = caller_queries.offering(offering_key, acting(), language=language())
    if request.method != "POST":
        return redirect(staff_address("queue_list"))
    walk_in_queries.walk_in(offering_key, house_id=house().id, language=language())
    form = DeskLabelForm()
    if not form.validate():
        return _list(form, offering_key, errors=faults(form), status=400 if form.is_stale() else 422)
    given = {"house": house(), "actor": acting().actor, "now": roof().clock()}
    unit_of_work(partial(desks.set_up, offering.id, form.label.data or "", **given))  # type: ignore[arg-type]
    return redirect(staff_address("queue_list"), 303)


def queue_serve(desk_id: int) -> ResponseReturnValue:
    """Serve a desk: call numbers, say what became of them, draw one for somebody."""
    return public_desk.serve(_desk(desk_id), _place(desk_id))


def queue_slip(desk_id: int, ticket_id: int) -> ResponseReturnValue:
    """A number on paper, for somebody without a phone."""
    return public_desk.on_paper(_desk(desk_id), ticket_id, _place(desk_id))


def _desk(desk_id: int) -> DeskPage:
    """Return a desk that the person may serve; raises NotFound."""
    found = walk_in_queries.desk(desk_id, language=language())
    if found.house_id != acting().house_id:
        raise NotFound
    caller_queries.offering(found.offering.key, acting(), language=language())
    return replace(found, actor=acting().actor)


def _place(desk_id: int) -> Place:
    return Place(
        href=staff_address("queue_serve", desk_id=desk_id),
        slip_href=lambda ticket_id: staff_address("queue_slip", desk_id=desk_id, ticket_id=ticket_id),
        frame=_FRAME,
    )


def _list(
    form: DeskLabelForm, key: str = "", *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    mine = {one.id for one in caller_queries.offerings(acting(), language=language())}
    found = [one for one in walk_in_queries.walk_ins(house().id, language=language()) if one.id in mine]
    places = walk_in_queries.desks(house().id, language=language())
    rows = [
        {
            "queue": row,
            "key": one.key,
            "desks": [
                (desk.label or row.title, staff_address("queue_serve", desk_id=desk.id))
                for desk in places
                if desk.offering.id == one.id
            ],
            "form": numbered(form if one.key == key else DeskLabelForm(formdata=None), one.id),
            "action_href": staff_address("queue_new_desk", offering_key=one.key),
        }
        for one, row in zip(found, queue_rows(found), strict=True)
    ]
    return render_template(
        "staff/bookings/queues.html", rows=rows, form=form, form_errors=errors or []
    ), status
