"""View: the log of the house, for those who answer for it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import history, history_names
from booking.journal.queries import mark_of
from booking.web.context import house
from booking.web.staff.doors import acting
from booking.web.staff.history import filters
from booking.web.staff.history.filters import Filters
from booking.web.staff.history.objects import KINDS, kind_label
from booking.web.staff.history.rows import rows_of
from booking.web.staff.history.sentences import CROWDS, DESK, HOST, STAFF

A_PAGE = 50


def log_list() -> ResponseReturnValue:
    """Show what happened in the house, newest first, as far as it is the reader's business."""
    asked = filters.read(request.args)
    found = history.log(acting(), asked.wanted(house().zone), before=asked.before, most=A_PAGE + 1)
    shown = found[:A_PAGE]
    return render_template(
        "staff/history/log.html",
        rows=rows_of(shown, acting()),
        filters=asked,
        whos=_whos(asked),
        kinds=sorted(((kind, kind_label(kind)) for kind in KINDS), key=lambda one: one[1].casefold()),
        older_href=asked.href(mark_of(shown[-1])) if len(found) > A_PAGE else "",
        newest_href=asked.href() if asked.before else "",
        all_href=Filters().href(),
        is_bounded=acting().programme_ids is not None and not acting().roles & history.READ_ALL,
    )


def _whos(asked: Filters) -> list[tuple[str, str]]:
    """Return by whom the log can be filtered; somebody who has left stays chosen."""
    crowds = [(name, _(label)) for name, label in CROWDS.items() if name not in (STAFF, DESK, HOST)]
    crowds += [(DESK, _("All desks")), (STAFF, _("All members of staff"))]
    people = [(f"staff:{number}", name) for number, name in history_names.staff_names(acting().house_id)]
    known = {name for name, _label in (*crowds, *people)}
    gone = [(asked.who, _("Somebody else"))] if asked.who and asked.who not in known else []
    return [*crowds, *people, *gone]
