"""Views: start page, programme, offering, occurrence."""

from datetime import date, timedelta

from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.catalogue import queries as catalogue
from booking.houses.facts import LANGUAGES
from booking.messages import wording
from booking.schedule import queries
from booking.schedule.closures import closed_days
from booking.schedule.queries import Date
from booking.timekit.instants import day_bounds, local_date
from booking.web import repeats
from booking.web.context import address, house, house_text, language
from booking.web.labels import kind_label
from booking.web.public.next_times import times_to_choose
from booking.web.public.rows import DateRow, DayRow, date_row, day_heading, named, offering_row, where
from booking.web.roof import roof

PAGE_DAYS = 14
FURTHEST = timedelta(days=3650)
OFFERING_DAYS = 60


def root() -> ResponseReturnValue:
    """Lead to the language that the browser prefers."""
    wanted = request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    answer = redirect(f"/{wanted}/")
    answer.headers["Vary"] = "Accept-Language"
    return answer


def start() -> ResponseReturnValue:
    """The first page: what this is, and the next dates with free places."""
    dates = queries.next_bookable(house().id, language=language(), now=roof().clock(), most=6)
    return cacheable(
        render_template(
            "public/start.html",
            dates=[date_row(one) for one in dates],
            programme_href=address("programme"),
            welcome=house_text("welcome"),
        )
    )


def programme() -> ResponseReturnValue:
    """The dates of two weeks by day, closed days with their reason, filtered by kind."""
    kinds = [kind for kind in catalogue.kinds(house().id) if kind in ("tour", "talk", "workshop")]
    kind = request.args.get("kind") if request.args.get("kind") in kinds else None
    today = local_date(roof().clock(), house().zone)
    first = _first_day(today)
    days = _days(first, kind=kind)
    last = first + timedelta(days=PAGE_DAYS - 1)
    return cacheable(
        render_template(
            "public/programme.html",
            days=days,
            kinds=_kind_links(kinds, kind, first, today),
            previous_href=_page_href(max(first - timedelta(days=PAGE_DAYS), today), kind)
            if first > today
            else None,
            next_href=_page_href(first + timedelta(days=PAGE_DAYS), kind) if _goes_on_after(last) else None,
            span=wording.say_span(first, last, language()),
        )
    )


def offering(key: str) -> ResponseReturnValue:
    """One offering with its next dates, or the next free times of a consultation."""
    page = catalogue.offering(key, house_id=house().id, language=language())
    is_by_date = page.booked_by == "date"
    return cacheable(
        render_template(
            "public/offering.html",
            offering=offering_row(page),
            dates=_next_dates(page.id) if is_by_date else [],
            choice=None if is_by_date else times_to_choose(key),
            queue_href=address("queue", key=page.key) if page.is_walk_in else None,
        )
    )


def _next_dates(offering_id: int) -> list[DateRow]:
    now, spoken, last = roof().clock(), language(), timedelta(days=OFFERING_DAYS)
    found = queries.dates(
        house().id, language=spoken, now=now, first=now, last=now + last, offering_id=offering_id
    )
    return [date_row(one) for one in found]


def occurrence(occurrence_id: int) -> ResponseReturnValue:
    """One date: what, when, where, how many places; past and cancelled ones answer 410."""
    date = queries.date(occurrence_id, house_id=house().id, language=language(), now=roof().clock())
    page = catalogue.offering(date.offering_key, house_id=house().id, language=language())
    is_open = date.state in ("free", "few")
    body = render_template(
        "public/occurrence.html",
        date=date_row(date),
        offering=offering_row(page),
        facts=_date_facts(date),
        notes=_notes(date),
        booking_href=address("book", occurrence_id=date.id) if is_open else None,
        alternatives=[] if is_open else alternatives(date),
    )
    return cacheable(body, status=410 if date.state in ("past", "cancelled") else 200)


def alternatives(date: Date, *, people: int = 1) -> list[DateRow]:
    """Return other dates of the same offering with places for so many; of any offering if there are none."""
    now, spoken = roof().clock(), language()
    same = queries.next_bookable(
        house().id, language=spoken, now=now, offering_id=date.offering_id, people=people, most=5
    )
    found = same or queries.next_bookable(house().id, language=spoken, now=now, people=people, most=5)
    return [date_row(one) for one in found if one.id != date.id]


def cacheable(body: str, *, status: int = 200) -> Response:
    """Return an answer that caches must ask about each time, by ETag."""
    answer = make_response(body, status)
    answer.headers["Cache-Control"] = "no-cache"
    if status == 200:
        answer.add_etag()
        repeats.remember(answer)
        answer.make_conditional(request)
    return answer


def _first_day(today: date) -> date:
    """Return the day from which the programme is shown: asked for, but not before today nor ten years ahead."""
    try:
        asked = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return today
    return min(max(asked, today), today + FURTHEST)


def _goes_on_after(day: date) -> bool:
    """Return whether anything is published after a local day, so that nobody pages through empty weeks."""
    last = queries.last_start(house().id)
    return last is not None and local_date(last, house().zone) > day


def _days(first: date, *, kind: str | None) -> list[DayRow]:
    zone, spoken, now = house().zone, language(), roof().clock()
    last = first + timedelta(days=PAGE_DAYS - 1)
    begins, ends = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    found = queries.dates(house().id, language=spoken, now=now, first=begins, last=ends, kind=kind)
    closed = closed_days(house(), first, last, language=spoken)
    by_day: dict[date, list[DateRow]] = {}
    for one in found:
        by_day.setdefault(local_date(one.starts_at, zone), []).append(date_row(one))
    return [
        DayRow(day_heading(day), day.isoformat(), _closed(closed.get(day)), by_day.get(day, []))
        for day in sorted(by_day.keys() | closed.keys())
    ]


def _closed(reason: str | None) -> str | None:
    return _("Closed: %(reason)s", reason=reason) if reason else None


def _kind_links(kinds: list[str], chosen: str | None, first: date, today: date) -> list[dict[str, object]]:
    shown: date | None = first if first != today else None
    links: list[dict[str, object]] = [
        {"label": _("All"), "href": _page_href(shown, None), "current": chosen is None}
    ]
    return links + [
        {"label": _kind_plural(kind), "href": _page_href(shown, kind), "current": kind == chosen}
        for kind in kinds
    ]


def _kind_plural(kind: str) -> str:
    return {"tour": _("Guided tours"), "talk": _("Talks"), "workshop": _("Workshops")}.get(
        kind
    ) or kind_label(kind)


def _page_href(first: date | None, kind: str | None) -> str:
    values = {"from": first.isoformat() if first else None, "kind": kind}
    return address("programme", **{name: value for name, value in values.items() if value})


def _date_facts(date: Date) -> list[tuple[str, str]]:
    facts = [(_("When"), date_row(date).when), (_("Where"), where(date.place_names, date.place_address))]
    facts.append((_("Language"), wording.say_language(date.language, language())))
    facts.append((_("Step-free"), _("yes") if date.is_step_free else _("no")))
    facts.append((_("Price"), _("free of charge")))
    if date.state in ("free", "few"):
        facts.append((_("Book online until"), wording.say_instant(date.last_call, house().zone, language())))
    return facts


def _notes(date: Date) -> list[str]:
    notes = []
    if date.limited_by:
        notes.append(
            _(
                "%(seats)s instead of %(planned)s places, because not all of the equipment is ready: %(pool)s.",
                seats=date.seats,
                planned=date.planned_seats,
                pool=named(date.limited_by),
            )
        )
    if date.state == "cancelled" and date.cancel_reason:
        notes.append(_("Cancelled: %(reason)s", reason=named(date.cancel_reason)))
    return notes
