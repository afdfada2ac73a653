"""Views: the calendar beside the plan, with columns of people or rooms, and its data."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import day_queries
from booking.messages import wording
from booking.schedule.day_plan import Things
from booking.web.context import house, language
from booking.web.staff.day.asked import Asked, asked, scope
from booking.web.staff.day.door_rows import place_name
from booking.web.staff.day.plan import filters, stretches_of, things_of
from booking.web.staff.day.plan_rows import PlanRow, plan_rows
from booking.web.staff.pages import staff_address
from booking.web.variants import locale_of

MOST = 2000  # dates that a calendar of one week can draw
NOBODY = "0"


def day_calendar() -> ResponseReturnValue:
    """A calendar that saves clicks; the plan says and does the same without it."""
    wanted, seen = asked(), scope()
    return render_template(
        "staff/day/calendar.html",
        asked=wanted,
        days=wording.say_days(wanted.day, wanted.last, language()),
        filters=filters(wanted, seen, things_of(seen)),
        data_href=staff_address("day_calendar_data", **wanted.values()),
        plan_href=staff_address("day_page", **wanted.values()),
        zone=house().zone,
    )


def day_calendar_data() -> ResponseReturnValue:
    """The same rows as the plan, as JSON: people or rooms, and what fills their days."""
    wanted, seen = asked(), scope()
    things = things_of(seen)
    dates = day_queries.dates(wanted.wanted(most=MOST), scope=seen, language=language())
    others = [one for one in stretches_of(wanted, seen, things) if one.what != "repair"]
    rows = plan_rows(dates, others, things)
    by_room = wanted.group == "room"
    events = [_event(row, number, by_room=by_room) for number, row in enumerate(rows)]
    return jsonify(
        language=locale_of(language()),
        date=wanted.day.isoformat(),
        span=wanted.span,
        resources=_resources(things, wanted, rows, by_room=by_room),
        events=events,
    )


def _resources(
    things: Things, wanted: Asked, rows: Iterable[PlanRow], *, by_room: bool
) -> list[dict[str, str]]:
    """Return the columns: who or what has something on these days, and one for what has nobody."""
    if by_room:
        named = {room.id: place_name({room.id: room}, room.id) for room in things.rooms}
        used = {row.place_id or 0 for row in rows}
    else:
        named = {person.id: person.name for person in things.people}
        used = {key for row in rows for key in (row.host_ids or (0,))}
    chosen = wanted.room if by_room else wanted.person
    columns = [
        {"id": str(key), "title": name} for key, name in named.items() if key in used and chosen in (0, key)
    ]
    return [*columns, {"id": NOBODY, "title": str(_("No room") if by_room else _("Nobody yet"))}]


def _event(row: PlanRow, number: int, *, by_room: bool) -> dict[str, Any]:
    keys = ([row.place_id] if row.place_id else []) if by_room else list(row.host_ids)
    is_back = row.what in ("free", "away", "closed")
    return {
        "id": str(number),
        "what": row.what,
        "instant": row.starts_at.isoformat(),
        "start": _wall(row.starts_at),
        "end": _wall(row.ends_at),
        "title": ", ".join(
            one for one in (row.title, row.where if not by_room else row.hosts, *row.marks) if one
        ),
        "resourceIds": [str(key) for key in keys] or [NOBODY],
        "display": "background" if is_back else "auto",
        "isOff": row.is_off,
        "href": row.href or row.door_href,
        "move": row.move_href,
    }


def _wall(instant: Any) -> str:
    """Return the time of the house's clock, as the calendar draws it."""
    return str(instant.astimezone(ZoneInfo(house().zone)).strftime("%Y-%m-%d %H:%M"))
