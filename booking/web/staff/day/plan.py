"""View: the plan of a day or a week, by time, by person or by room."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.bookings import day_queries
from booking.bookings.day_scope import DayScope
from booking.messages import wording
from booking.schedule import day_plan
from booking.schedule.day_plan import Stretch, Things
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.day.asked import GROUPS, PER_PAGE, SPANS, Asked, asked, scope
from booking.web.staff.day.inside import inside_row
from booking.web.staff.day.plan_rows import plan_rows, sections


def day_page() -> ResponseReturnValue:
    """Dates, free hours, absences, closures and repairs of the days, in a constant number of statements."""
    wanted, seen = asked(), scope()
    things = things_of(seen)
    dates = day_queries.dates(wanted.wanted(), scope=seen, language=language())
    number = day_queries.count(wanted.wanted(), scope=seen)
    rows = plan_rows(dates, stretches_of(wanted, seen, things), things)
    return render_template(
        "staff/day/plan.html",
        asked=wanted,
        days=wording.say_days(wanted.day, wanted.last, language()),
        sections=sections(rows, things, wanted),
        inside=inside_row() if wanted.day <= wanted.today <= wanted.last else None,
        pages=-(-number // PER_PAGE),
        number=number,
        filters=filters(wanted, seen, things),
        spans=SPANS,
        groups=GROUPS,
    )


def things_of(seen: DayScope) -> Things:
    """Return the people, rooms and offerings that somebody may choose from; a guide only himself or herself."""
    found = day_plan.things(house().id, language=language())
    if seen.sees_house:
        return found
    return Things([one for one in found.people if one.id == seen.own_host_id], found.rooms, found.offerings)


def stretches_of(wanted: Asked, seen: DayScope, things: Things) -> list[Stretch]:
    """Return what fills the days beside dates; who looks at an offering sees closures alone."""
    of_dates = bool(wanted.offering)
    people = (
        [] if of_dates or wanted.room else [one.id for one in things.people if wanted.person in (0, one.id)]
    )
    is_house = seen.sees_house and not of_dates
    rooms = (
        [one.id for one in things.rooms if wanted.room in (0, one.id)]
        if is_house and not wanted.person
        else []
    )
    found = day_plan.stretches(
        house(),
        host_ids=people,
        place_ids=rooms,
        first=wanted.day,
        last=wanted.last,
        language=language(),
        now=roof().clock(),
    )
    shows_repairs = is_house and not wanted.person and not wanted.room
    return [one for one in found if one.what != "repair" or shows_repairs]


def filters(wanted: Asked, seen: DayScope, things: Things) -> list[dict[str, Any]]:
    """Return what can be chosen: name of the field and options, each with value, label and whether it is chosen."""
    people = [(one.id, one.name) for one in things.people] if seen.sees_house else []
    rooms = [(one.id, one.names.get(language()) or one.names.get("de", "")) for one in things.rooms]
    listed = {"person": people, "room": rooms, "offering": list(things.offerings)}
    return [
        {
            "name": name,
            "options": [
                {"value": key, "label": label, "is_chosen": getattr(wanted, name) == key}
                for key, label in options
            ],
        }
        for name, options in listed.items()
        if options
    ]
