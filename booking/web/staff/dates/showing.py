"""View: one date, with its facts, what can be done with it, and its history."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings import date_counts
from booking.bookings.date_counts import Counts
from booking.schedule import planning, readiness
from booking.schedule.staff_dates import StaffDate
from booking.timekit.instants import local_date
from booking.web.context import address, house
from booking.web.roof import roof
from booking.web.staff.dates.checking import check
from booking.web.staff.dates.rows import date_facts, date_line
from booking.web.staff.dates.scope import may_edit, the_date
from booking.web.staff.dates.words import clash_words, lack_words
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.pages import staff_address


def date_page(occurrence_id: int) -> ResponseReturnValue:
    """Show a date."""
    date = the_date(occurrence_id)
    counts = date_counts.of_date(occurrence_id, house_id=acting().house_id, now=roof().clock())
    is_draft, mine = date.state == "draft", may_edit(date)
    return render_template(
        "staff/dates/page.html",
        date=date_line(date),
        facts=[*date_facts(date), *_booked(counts)],
        done=_done(),
        lacks=_lacks(occurrence_id) if is_draft else [],
        is_unstaffed=date.is_unstaffed and not is_draft,
        actions=_actions(date) if mine else [],
        series_href=_series_href(date),
        bookings_href=_bookings_href(date),
        day_links=_day_links(date) if not is_draft else [],
        public_href=address("occurrence", occurrence_id=date.id) if not is_draft else "",
        history=history_of("occurrence", occurrence_id, acting()),
    )


def _lacks(occurrence_id: int) -> list[str]:
    """Return what a draft lacks, and what would be in its way: a holiday, for example."""
    plan, _row = planning.plan_of(occurrence_id, house_id=acting().house_id)
    lacking = [lack_words(one) for one in readiness.lacks(plan)]
    return [*lacking, *(clash_words(one) for one in check(plan).clashes)]


def _booked(counts: Counts) -> list[tuple[str, str]]:
    parts = [ngettext("%(num)s booking", "%(num)s bookings", counts.bookings)]
    if counts.bookings:
        parts.append(ngettext("%(num)s person", "%(num)s people", counts.people))
    if counts.being_booked:
        parts.append(_("%(num)s places are being booked just now", num=counts.being_booked))
    if counts.held_back:
        parts.append(_("%(num)s places are held back", num=counts.held_back))
    return [(_("Booked"), ", ".join(parts))]


def _done() -> str:
    done, number = request.args.get("done", ""), request.args.get("number", "")
    if done == "changed" and number.isascii() and number.isdigit() and len(number) < 6:
        if not int(number):
            return _("The change is saved. Nobody gets a mail.")
        return ngettext(
            "The change is saved. %(num)s mail leaves.",
            "The change is saved. %(num)s mails leave.",
            int(number),
        )
    words = {
        "drafted": _("The draft is saved. Nobody sees it yet, and it takes no room and no person."),
        "published": _("The date is published."),
        "brought_back": _("The date is back, as a draft."),
        "nothing": _("Nothing was different, so nothing has changed."),
    }
    return words.get(done, "")


def _actions(date: StaffDate) -> list[tuple[str, str, str]]:
    """Return what can be done: address, words, and how loud the button is."""

    def to(view: str, text: str, kind: str = "secondary") -> tuple[str, str, str]:
        return staff_address(view, occurrence_id=date.id), text, kind

    copy = (
        staff_address("date_new", offering=date.offering_id, copy=date.id),
        _("Make another one like it"),
        "secondary",
    )
    if date.state == "cancelled" or date.ends_at <= roof().clock():
        return [copy]
    if date.state == "draft":
        return [
            to("date_publish", _("Publish"), "primary"),
            to("date_change", _("Change")),
            copy,
            to("date_drop", _("Delete the draft"), "tertiary"),
        ]
    return [
        to("date_change", _("Change or move"), "primary"),
        copy,
        to("date_cancel", _("Cancel the date"), "tertiary"),
    ]


def _day_links(date: StaffDate) -> list[tuple[str, str]]:
    """Return the ways from a date to the work of its day, for whom they are."""
    day = local_date(date.starts_at, house().zone).isoformat()
    is_open = date.state == "published" and date.ends_at > roof().clock()
    of_date: dict[str, object] = {"occurrence_id": date.id}
    ways = [("day.check_in", "day_date", _("Who comes, and check-in"), of_date)]
    ways.append(("day.list", "day_sheet", _("List of this date to print"), {"day": day, "date": date.id}))
    if is_open:
        ways.append(("bookings.book", "caller_date", _("Book for a caller"), of_date))
        ways.append(("places.hold_back", "hold_back_page", _("Hold places back for phone and desk"), of_date))
    return [
        (staff_address(view, **values), text)
        for permission, view, text, values in ways
        if acting().may(permission)
    ]


def _series_href(date: StaffDate) -> str:
    if date.series_id is None:
        return ""
    return staff_address("series_page", series_id=date.series_id)


def _bookings_href(date: StaffDate) -> str:
    if not acting().may("bookings.see") or date.state == "draft":
        return ""
    day = local_date(date.starts_at, house().zone).isoformat()
    return staff_address("booking_list", offering=date.offering_id, first=day, last=day)
