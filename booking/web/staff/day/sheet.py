"""Views: the list of a day, a date, a person or a room to print; first as a page, then as a tagged PDF."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import day_queries, party_queries
from booking.bookings.day_queries import DayDate
from booking.bookings.day_scope import NOTHING
from booking.messages import wording
from booking.schedule.day_plan import Things
from booking.web import paper, qr
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.day.asked import PER_PAGE, Asked, asked, scope
from booking.web.staff.day.door_rows import DoorRow, door_row, place_name
from booking.web.staff.day.plan import filters, things_of
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address
from booking.web.variants import locale_of

log = logging.getLogger(__name__)


def day_sheet() -> ResponseReturnValue:
    """The list as a page that prints well."""
    wanted = asked()
    shown = _shown(wanted)
    values = wanted.values(page=wanted.page) | {
        "date": _date_id(),
        "needs": "1" if shown["has_needs"] else None,
    }
    return render_template(
        "staff/day/sheet.html", asked=wanted, pdf_href=staff_address("day_sheet_pdf", **values), **shown
    )


def day_sheet_pdf() -> ResponseReturnValue:
    """The same list on paper."""
    wanted = asked()
    shown = _shown(wanted)
    log.info("day list of %s printed by %s", wanted.day.isoformat(), acting().actor)
    answer = Response(paper.pdf("sheet", _data(shown)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{_file_name(wanted)}"'
    return answer


def _file_name(wanted: Asked) -> str:
    name = "tagesliste" if locale_of(language()) == "de" else "day-list"
    return f"{name}-{wanted.day.isoformat()}.pdf"


def _date_id() -> int | None:
    typed = request.args.get("date", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _shown(wanted: Asked) -> dict[str, Any]:
    """Return what both show, in a constant number of statements."""
    seen, date_id = scope(), _date_id()
    things = things_of(seen)
    found = (
        [day_queries.date(date_id, scope=seen, language=language())]
        if date_id
        else day_queries.dates(wanted.wanted(), scope=seen, language=language())
    )
    number = 1 if date_id else day_queries.count(wanted.wanted(), scope=seen)
    mine = [one for one in found if one.sight != NOTHING and one.state == "published"]
    parties = party_queries.parties({one.id: one.sight for one in mine})
    rooms = {room.id: room for room in things.rooms}
    rows = [(one, door_row(one, parties.get(one.id, ()), rooms)) for one in mine]
    return {
        "title": _title(wanted, rows if date_id else []),
        "groups": _groups(rows, wanted, things),
        "is_one_date": bool(date_id),
        "has_needs": request.args.get("needs") == "1",
        "people": sum(one.people for one in mine),
        "as_of": wording.say_instant(roof().clock(), house().zone, language()),
        "pages": -(-number // PER_PAGE),
        "filters": filters(wanted, seen, things),
    }


def _title(wanted: Asked, rows: Sequence[tuple[DayDate, DoorRow]]) -> str:
    if rows:
        return str(_("List: %(title)s, %(when)s", title=rows[0][1].title, when=rows[0][1].when))
    return str(_("Day list: %(days)s", days=wording.say_days(wanted.day, wanted.last, language())))


def _groups(
    rows: Iterable[tuple[DayDate, DoorRow]], wanted: Asked, things: Things
) -> list[tuple[str, list[DoorRow]]]:
    """Return (heading, dates) by person or by room if asked so; one group without a heading otherwise."""
    found: defaultdict[str, list[DoorRow]] = defaultdict(list)
    for date, row in rows:
        for heading in _headings(
            date, wanted, {room.id: place_name({room.id: room}, room.id) for room in things.rooms}
        ):
            found[heading].append(row)
    return sorted(found.items(), key=lambda group: group[0].casefold())


def _headings(date: DayDate, wanted: Asked, rooms: Mapping[int, str]) -> list[str]:
    if wanted.group == "person":
        names = [f"{one.first_name} {one.last_name}" for one in date.hosts if wanted.person in (0, one.id)]
        return names or [str(_("Nobody yet"))]
    if wanted.group == "room":
        return [rooms.get(date.place_id or 0) or str(_("No room"))]
    return [""]


def _data(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return all words of the paper, in the language of the page."""
    needs = shown["has_needs"]
    columns = [_("Here"), _("Name"), _("Who comes"), _("Reference")] + ([_("Needs")] if needs else [])
    groups = [
        {
            "heading": heading,
            "dates": [_date_data(row, is_one_date=shown["is_one_date"], needs=needs) for row in rows],
        }
        for heading, rows in shown["groups"]
    ]
    return {
        "lang": locale_of(language()),
        "title": shown["title"],
        "house": house().text("name", language()),
        "as_of": str(_("As of %(when)s. Please destroy this list after the day.", when=shown["as_of"])),
        "columns": [str(one) for one in columns],
        "needs": needs,
        "groups": groups,
        "empty": str(_("Nobody is expected.")),
        "page": str(_("Page")),
        "qr_alt": str(_("QR code that leads to the check-in of this date")),
    }


def _date_data(row: DoorRow, *, is_one_date: bool, needs: bool) -> dict[str, Any]:
    address = roof().base_url(house()) + staff_address("day_date", occurrence_id=row.id)
    return {
        "heading": f"{row.when}: {row.title}",
        "about": ", ".join(one for one in (row.where, row.hosts) if one),
        "counts": row.counts,
        "qr": qr.file(address, title=row.title).decode() if is_one_date else "",
        "rows": [
            {
                "size": str(_("of %(size)s", size=one.size)),
                "here": str(one.here) if one.here else "",
                "cells": [one.name, one.people, one.reference] + (["; ".join(one.needs)] if needs else []),
            }
            for one in row.parties
        ],
    }
