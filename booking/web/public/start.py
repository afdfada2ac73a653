"""Views: the start page, and the way to it in the language of the browser."""

from dataclasses import dataclass

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from booking.bookings import walk_in_queries
from booking.catalogue import queries as catalogue
from booking.catalogue import topics as topic_queries
from booking.schedule import queries
from booking.schedule.queries import Date
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import address, house, house_text, language
from booking.web.linked_data import place_of_house
from booking.web.pictures import picture_row
from booking.web.public.answers import cacheable
from booking.web.public.opening_rows import doors
from booking.web.public.rows import DateRow, date_rows
from booking.web.public.topics import cards
from booking.web.roof import roof
from booking.web.sharing import tell
from booking.web.variants import preferred

MOST_DATES = 4


@dataclass(frozen=True, slots=True)
class ServingRow:
    """A queue in which numbers are called at this moment."""

    title: str
    numbers: tuple[int, ...]
    href: str


def root() -> ResponseReturnValue:
    """Lead to the language that the browser prefers."""
    answer = redirect(f"/{preferred()}/")
    answer.headers["Vary"] = "Accept-Language"
    return answer


def start() -> ResponseReturnValue:
    """The first page: what this place is, what is on today and next, and the ways in."""
    today = _today()
    pages = topic_queries.topics(house().id, language=language())
    tell(linked=[place_of_house()])
    return cacheable(
        render_template(
            "public/start.html",
            welcome=house_text("welcome"),
            picture=picture_row("house"),
            doors=doors(),
            today=date_rows(today),
            dates=_next_dates(today),
            serving=_serving(),
            has_school="school" in catalogue.kinds(house().id),
            topics=cards(pages, kind="topic"),
            cooperations=cards(pages, kind="cooperation"),
            programme_href=address("programme"),
        )
    )


def _today() -> list[Date]:
    """Return the dates of today that are not over."""
    now, zone = roof().clock(), house().zone
    first, last = day_bounds(local_date(now, zone), zone)
    found = queries.dates(house().id, language=language(), now=now, first=first, last=last)
    return [one for one in found if one.ends_at > now and one.state != "cancelled"]


def _next_dates(today: list[Date]) -> list[DateRow]:
    """Return the next dates with places that are not listed for today already."""
    listed = {one.id for one in today}
    now = roof().clock()
    most = MOST_DATES + len(listed)
    found = queries.next_bookable(house().id, language=language(), now=now, most=most)
    return date_rows([one for one in found if one.id not in listed][:MOST_DATES])


def _serving() -> list[ServingRow]:
    walk_ins = walk_in_queries.walk_ins(house().id, language=language())
    day = local_date(roof().clock(), house().zone)
    queues = walk_in_queries.queues([one.id for one in walk_ins], day=day) if walk_ins else {}
    return [
        ServingRow(
            one.title, tuple(placed.number for placed in queues[one.id].called), address("queue", key=one.key)
        )
        for one in walk_ins
        if queues[one.id].called
    ]
