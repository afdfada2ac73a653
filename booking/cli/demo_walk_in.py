"""The walk-ins of the demo: a desk for each offering, and a queue where somebody is there today."""

from datetime import datetime, timedelta

import click

from booking.bookings import desks, walk_in_hours, walk_in_queries
from booking.bookings.ticket_states import SERVED
from booking.bookings.walk_in_queries import DeskPage, WalkIn
from booking.cli.walk_in import address_of_desk
from booking.db import unit_of_work
from booking.houses.facts import House
from booking.links import queries as links
from booking.timekit.instants import local_date

DRAWN = (55, 50, 35, 20, 10, 5)  # minutes ago
SERVED_FROM, SERVED_UNTIL, CALLED = 45, 20, 20


def fill(house: House, *, now: datetime) -> None:
    """Set up a desk for each walk-in offering and say its address; let some people come if it is open."""
    for walk_in in unit_of_work(lambda: walk_in_queries.walk_ins(house.id, language="de")):
        address = address_of_desk(house, walk_in)
        click.echo(f"{walk_in.title}, Schalter: {address}")
        unit_of_work(lambda: _queue(house, walk_in, now=now))  # noqa: B023 - called at once


def _queue(house: House, walk_in: WalkIn, *, now: datetime) -> None:
    is_early = local_date(now - timedelta(hours=1), house.zone) != local_date(now, house.zone)
    if is_early or not walk_in_hours.opening(walk_in.id, house=house, now=now).is_open:
        return
    desk = _desk(house, walk_in, now=now)
    drawn = [
        desks.draw(desk, house=house, once=f"demo-{walk_in.id}-{ago}", now=now - timedelta(minutes=ago))
        for ago in DRAWN
    ]
    first = drawn[0].ticket_id
    begun, ended, called = (now - timedelta(minutes=ago) for ago in (SERVED_FROM, SERVED_UNTIL, CALLED))
    desks.call_next(desk, last=0, house=house, now=begun)
    desks.move(desk, first, SERVED, seen="called", house=house, now=ended)
    desks.call_next(desk, last=first, house=house, now=called)


def _desk(house: House, walk_in: WalkIn, *, now: datetime) -> DeskPage:
    link_id = desks.set_up(walk_in.id, "", house=house, now=now)
    desk_id = links.subject_of(link_id, purpose="desk", house_id=house.id, now=now)
    return walk_in_queries.desk(desk_id, language="de")
