"""View: the list of dates, with its filters."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.messages import wording
from booking.schedule import date_options, staff_dates
from booking.schedule.staff_dates import PAGE, Filters, Found
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import house, language
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.dates.rows import date_line
from booking.web.staff.dates.scope import scope_of
from booking.web.staff.dates.words import SPOKEN, STATES, state_label
from booking.web.staff.doors import acting
from booking.web.staff.forms import StaffForm
from booking.web.staff.pages import staff_address

MOST_PAGES = 10_000
ORDERS = ("start", "last", "offering", "places")


def date_list() -> ResponseReturnValue:
    """Show the dates to come, or those that are looked for."""
    person, now, spoken = acting(), roof().clock(), language()
    asked = _typed(request.args)
    filters = _filters(asked)
    found = staff_dates.dates(
        person.house_id, scope=scope_of(person), filters=filters, language=spoken, now=now
    )
    return render_template(
        "staff/dates/list.html",
        rows=[date_line(one) for one in found.dates],
        total=found.total,
        asked=asked,
        is_filtered=any(value for name, value in asked.items() if name not in ("from", "order", "page")),
        fields=_fields(asked),
        pages=_pages(asked, filters, found),
        may_edit=person.may("dates.edit"),
        form=StaffForm(),
        done=_done(request.args.get("done", "")),
        all_href=staff_address("date_list"),
    )


def _done(done: str) -> str:
    words = {
        "cancelled": _("The dates are cancelled."),
        "dropped": _("The draft is deleted."),
        "none_ticked": _("Tick the dates first that it is about."),
    }
    return words.get(done, "")


def _typed(args: Mapping[str, str]) -> dict[str, str]:
    """Return what is asked for; what makes no sense is left out. Without anything: from today on."""
    known = {
        "offering": _number(args.get("offering")),
        "programme": _number(args.get("programme")),
        "state": args.get("state", "") if args.get("state") in STATES else "",
        "from": _day(args.get("from")),
        "until": _day(args.get("until")),
        "host": _number(args.get("host")),
        "room": _number(args.get("room")),
        "unstaffed": "1" if args.get("unstaffed") else "",
        "places": args.get("places", "") if args.get("places") in ("free", "full") else "",
        "spoken": args.get("spoken", "") if args.get("spoken") in SPOKEN else "",
        "order": args.get("order", "") if args.get("order") in ORDERS else "",
        "page": _number(args.get("page")),
    }
    if not set(args) - {"done"}:
        known["from"] = local_date(roof().clock(), house().zone).isoformat()
    return known


def _number(text: str | None) -> str:
    typed = (text or "").strip()
    return typed if typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed) else ""


def _day(text: str | None) -> str:
    try:
        found = date.fromisoformat((text or "").strip())
    except ValueError:
        return ""
    return found.isoformat() if 1970 < found.year < 2100 else ""


def _filters(asked: Mapping[str, str]) -> Filters:
    zone = house().zone
    first, last = asked["from"], asked["until"]
    return Filters(
        offering_id=_id(asked["offering"]),
        programme_id=_id(asked["programme"]),
        state=asked["state"],
        first=day_bounds(date.fromisoformat(first), zone)[0] if first else None,
        last=day_bounds(date.fromisoformat(last), zone)[1] if last else None,
        host_id=_id(asked["host"]),
        place_id=_id(asked["room"]),
        is_unstaffed=bool(asked["unstaffed"]),
        places=asked["places"],
        language=asked["spoken"],
        order=asked["order"] or "start",
        page=min(int(asked["page"] or 1), MOST_PAGES),
    )


def _id(text: str) -> int | None:
    return int(text) if text else None


def _fields(asked: Mapping[str, str]) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """Return each filter with given answers: name, label, answers, and the chosen one."""
    person, spoken = acting(), language()
    offerings = date_options.offerings(person.house_id, programme_ids=person.programme_ids, language=spoken)
    hosts, places = date_options.hosts(person.house_id), date_options.places(person.house_id)
    programmes = date_options.programmes(person.house_id)
    known: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("offering", _("Offering"), [(str(key), title) for key, title in offerings]),
        ("programme", _("Programme"), [(str(key), named(names)) for key, names in programmes]),
        ("state", _("State"), [(state, state_label(state)) for state in STATES]),
        ("host", _("Person"), [(str(key), name) for key, name in hosts]),
        ("room", _("Room"), [(str(key), named(names)) for key, names in places]),
        ("spoken", _("Language"), [(one, wording.say_language(one, spoken)) for one in SPOKEN]),
        ("places", _("Places"), [("free", _("with free places")), ("full", _("full"))]),
        ("order", _("Order"), _orders()),
    ]
    return [(name, label, answers, asked[name]) for name, label, answers in known if answers]


def _orders() -> list[tuple[str, str]]:
    return [
        ("start", _("earliest first")),
        ("last", _("latest first")),
        ("offering", _("by offering")),
        ("places", _("most free places first")),
    ]


def _pages(asked: Mapping[str, str], filters: Filters, found: Found) -> dict[str, Any]:
    last = max(1, -(-found.total // PAGE))
    return {
        "now": filters.page,
        "last": last,
        "previous_href": _href(asked, min(filters.page - 1, last)) if filters.page > 1 else "",
        "next_href": _href(asked, filters.page + 1) if filters.page < last else "",
    }


def _href(asked: Mapping[str, str], page: int) -> str:
    values = {name: value for name, value in asked.items() if value and name != "page"}
    return staff_address("date_list", **values, **({"page": page} if page > 1 else {"page": 1}))
