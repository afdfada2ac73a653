"""Views: the list of bookings with its filters, the search, and the export."""

from functools import partial

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import exporting, sight, staff_lists, staff_search
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.labels import KINDS, kind_label, medium_label
from booking.web.public.forms import ButtonForm
from booking.web.roof import roof
from booking.web.staff.bookings import csv_files, filters
from booking.web.staff.bookings.filters import MEDIA, Filters
from booking.web.staff.bookings.rows import booking_line
from booking.web.staff.bookings.words import SORTS, STATES, state_label
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address


def booking_list() -> ResponseReturnValue:
    """Show the bookings that somebody may see, filtered and sorted as the address says."""
    now, zone = roof().clock(), house().zone
    asked = filters.read(request.args, today=local_date(now, zone))
    found = staff_lists.page(
        acting(), asked.wanted(zone), zone=zone, language=language(), number=asked.page, now=now
    )
    last = max(1, -(-found.total // staff_lists.PAGE))
    return render_template(
        "staff/bookings/list.html",
        rows=[booking_line(one) for one in found.rows],
        total=found.total,
        filters=asked,
        begins_today=not request.args,
        offerings=staff_lists.offerings(acting(), language=language()),
        states=[(state, state_label(state)) for state in STATES],
        kinds=[(kind, kind_label(kind)) for kind in KINDS],
        media=[(medium, medium_label(medium)) for medium in MEDIA],
        sorts=[(sort, _(label)) for sort, label in SORTS.items()],
        sees_names=bool(acting().roles & {"desk", "coordinator"}),
        last_page=last,
        previous_href=asked.href(page=asked.page - 1) if asked.page > 1 else "",
        next_href=asked.href(page=asked.page + 1) if asked.page < last else "",
        all_href=staff_address("booking_list", first=""),
        export_form=ButtonForm() if sight.runs_something(acting()) else None,
        export_href=asked.href("booking_export"),
    )


def booking_search() -> ResponseReturnValue:
    """Lead from the search box to a booking whose reference was typed, else to the list of what was found."""
    asked = Filters(q=filters.read(request.args).q, sort="date_desc")
    typed = staff_search.reference(asked.q)
    if typed:
        found = staff_lists.page(
            acting(), asked.wanted(house().zone), zone=house().zone, language=language(), now=roof().clock()
        )
        exactly = [one for one in found.rows if one.reference == typed]
        if exactly:
            return redirect(staff_address("booking_shown", reference=typed), 303)
    return redirect(asked.href(), 303)


def booking_export() -> ResponseReturnValue:
    """Hand out the list as a table; that is noted in the journal, so it is a button and no link."""
    if not sight.runs_something(acting()):
        raise NotFound
    if request.method != "POST" or not ButtonForm().validate():
        return redirect(filters.read(request.args).href(), 303)
    asked, now, zone = filters.read(request.args), roof().clock(), house().zone
    deed = partial(exporting.export, acting(), asked.wanted(zone), zone=zone, language=language(), now=now)
    rows = unit_of_work(deed)
    answer = Response(csv_files.table(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="bookings-{now:%Y-%m-%d}.csv"'
    return answer
