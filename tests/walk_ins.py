"""Builders of walk-ins: an offering with somebody at its table, numbers that were drawn, desks that call them."""

from itertools import count
from typing import Any

from booking.bookings import desks, walk_in_queries, walking_in
from booking.bookings.walk_in_queries import DeskPage, Drawn, Placed, Queue
from booking.db import unit_of_work
from booking.links import queries as links
from booking.timekit.clock import StoppedClock
from booking.timekit.instants import local_date
from tests.builders import house_id
from tests.hours import ZONE, a_consultation, an_expert, the_house

MORNING = "mon-fri 09:00-12:00"
_numbers = count(1)
_TEXTS = {
    language: {"title": title, "summary": title, "description": title}
    for language, title in (("de", "Leipzig App: Hilfe"), ("en", "Leipzig App: help"))
}


def a_walk_in(*hours: str, hosts: int = 1, **wanted: Any) -> int:
    """Write an offering to which people come without booking, half an hour each by its plan, and return its id."""
    details = {"is_walk_in": True, "seats": 4, "party_max": 2, "texts": _TEXTS} | wanted
    offering_id = a_consultation(**details)
    for _ in range(hosts):
        an_expert(offering_id, *(hours or (MORNING,)))
    return offering_id


def draw(offering_id: int, clock: StoppedClock, *, once: str = "", key: str = "leipzig") -> Drawn:
    """Draw a number as a visitor does."""
    house, form = the_house(key), once or f"draw-{next(_numbers)}"
    return unit_of_work(lambda: walking_in.draw(offering_id, house=house, once=form, now=clock()))


def leave(ticket_id: int, clock: StoppedClock) -> None:
    """Give a number back."""
    house = the_house()
    unit_of_work(lambda: walking_in.leave(ticket_id, house=house, now=clock()))


def a_desk(offering_id: int, clock: StoppedClock, label: str = "") -> DeskPage:
    """Set up a desk."""
    house = the_house()

    def deed() -> DeskPage:
        link_id = desks.set_up(offering_id, label, house=house, now=clock())
        desk_id = links.subject_of(link_id, purpose="desk", house_id=house.id, now=clock())
        return walk_in_queries.desk(desk_id, language="de")

    return unit_of_work(deed)


def call_next(desk: DeskPage, clock: StoppedClock, *, last: int | None = None) -> int:
    """Call the next number from a page of the desk that is up to date, unless told what it showed as called last."""
    house = the_house()
    shown = _last(desk, clock) if last is None else last
    return unit_of_work(lambda: desks.call_next(desk, last=shown, house=house, now=clock()))


def move(desk: DeskPage, ticket_id: int, wanted: str, clock: StoppedClock, *, seen: str = "called") -> None:
    """Press a button of the desk for one number."""
    house = the_house()
    unit_of_work(lambda: desks.move(desk, ticket_id, wanted, seen=seen, house=house, now=clock()))


def queue_of(offering_id: int, clock: StoppedClock) -> Queue:
    """Return the queue of today."""
    return unit_of_work(lambda: walk_in_queries.queue(offering_id, day=local_date(clock(), ZONE)))


def numbers(placed: tuple[Placed, ...]) -> list[int]:
    """Return the numbers of tickets."""
    return [one.number for one in placed]


def walk_in_key(offering_id: int) -> str:
    """Return the key of a walk-in offering of Leipzig."""
    house = house_id()
    found = unit_of_work(lambda: walk_in_queries.walk_ins(house, language="de"))
    return next(one.key for one in found if one.id == offering_id)


def _last(desk: DeskPage, clock: StoppedClock) -> int:
    found = unit_of_work(lambda: walk_in_queries.last_call(desk.id, day=local_date(clock(), ZONE)))
    return found.id if found else 0
