"""Every question that names a house, and what Leipzig has that it may be asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from booking.bookings import (
    access_queries,
    hold_queries,
    seat_queries,
    walk_in_hours,
    walk_in_queries,
)
from booking.bookings import queries as bookings
from booking.bookings.service import Booked
from booking.catalogue import queries as catalogue
from booking.houses import queries as houses
from booking.links import queries as links
from booking.schedule import closures, expert_queries, feeds, interpreters, loading
from booking.schedule import queries as dates
from booking.timekit.clock import StoppedClock
from tests.builders import house_id


@dataclass(frozen=True)
class Owned:
    """What Leipzig has: an offering, a date of it, and Amina's booking."""

    key: str
    occurrence_id: int
    booked: Booked
    clock: StoppedClock
    walk_in: int
    hold_id: int


def _span(owned: Owned) -> dict[str, Any]:
    now = owned.clock()
    return {"now": now, "first": now - timedelta(days=9), "last": now + timedelta(days=9), "language": "de"}


def _tour(owned: Owned) -> dict[str, int]:
    leipzig = house_id()
    return {"offering_id": catalogue.offering(owned.key, house_id=leipzig, language="de").id}


def _loaded(ask: Callable[..., Mapping[int, object]], owned: Owned, house: int) -> list[int]:
    now = owned.clock()
    until, asked = now + timedelta(days=9), loading.Asked()
    found = ask(houses.house(house), [owned.walk_in], asked=asked, since=now, until=until, now=now)
    return sorted(found)


def _visit(owned: Owned) -> interpreters.Visit:
    now = owned.clock()
    return interpreters.Visit(owned.walk_in, "on_site", now, now + timedelta(hours=1))


Question = Callable[[Owned, int], object]

DAY = date(2027, 1, 20)

QUESTIONS: Mapping[str, Question] = {
    "catalogue.queries.offering": lambda own, house: (
        catalogue.offering(own.key, house_id=house, language="de").key
    ),
    "catalogue.queries.kinds": lambda own, house: catalogue.kinds(house),
    "schedule.queries.dates": lambda own, house: [one.id for one in dates.dates(house, **_span(own))],
    "schedule.queries.next_bookable": lambda own, house: [
        one.id for one in dates.next_bookable(house, language="de", now=own.clock())
    ],
    "schedule.queries.date": lambda own, house: (
        dates.date(own.occurrence_id, house_id=house, language="de", now=own.clock()).id
    ),
    "schedule.expert_queries.consultations": lambda own, house: [
        one.id for one in expert_queries.consultations(house, language="de")
    ],
    "schedule.expert_queries.consultation": lambda own, house: (
        expert_queries.consultation("ki", house_id=house, language="de").id
    ),
    "schedule.expert_queries.with_expert": lambda own, house: (
        expert_queries.with_expert("mira", house_id=house, language="de")[0].id
    ),
    "schedule.queries.last_starts": lambda own, house: dates.last_starts(house, now=own.clock()),
    "schedule.feeds.feed_dates": lambda own, house: feeds.feed_dates(house, **_span(own)),
    "schedule.closures.closed_days": lambda own, house: dict(
        closures.closed_days(houses.house(house), DAY, DAY, language="de")
    ),
    "schedule.closures.closing": lambda own, house: (
        closures.closing(houses.house(house), DAY, DAY, language="de").closures
    ),
    "schedule.loading.slot_queries": lambda own, house: _loaded(loading.slot_queries, own, house),
    "schedule.loading.staff_queries": lambda own, house: _loaded(loading.staff_queries, own, house),
    "bookings.seat_queries.bookable": lambda own, house: bool(
        seat_queries.bookable(own.occurrence_id, house_id=house)
    ),
    "bookings.queries.ahead_of": lambda own, house: bookings.ahead_of(
        "amina@example.org", house_id=house, now=own.clock()
    ),
    "bookings.hold_queries.by_key": lambda own, house: getattr(
        hold_queries.by_key("form-of-a-hold", house_id=house), "id", None
    ),
    "bookings.hold_queries.earlier": lambda own, house: [
        one.id for one in hold_queries.earlier((own.hold_id,), **_tour(own), house_id=house, now=own.clock())
    ],
    "bookings.hold_queries.activity": lambda own, house: (
        hold_queries.activity("somebody", house_id=house, now=own.clock()).of_house
    ),
    "bookings.walk_in_queries.walk_in": lambda own, house: (
        walk_in_queries.walk_in("help", house_id=house, language="de").id
    ),
    "bookings.walk_in_queries.walk_ins": lambda own, house: [
        one.id for one in walk_in_queries.walk_ins(house, language="de")
    ],
    "bookings.walk_in_queries.desks": lambda own, house: [
        one.id for one in walk_in_queries.desks(house, language="de")
    ],
    "bookings.walk_in_hours.opening": lambda own, house: (
        walk_in_hours.opening(own.walk_in, house=houses.house(house), now=own.clock()).hosts
    ),
    "bookings.walk_in_hours.openings": lambda own, house: sum(
        one.hosts
        for one in walk_in_hours.openings([own.walk_in], house=houses.house(house), now=own.clock()).values()
    ),
    "bookings.access_queries.tasks": lambda own, house: access_queries.tasks(house, language="de"),
    "schedule.interpreters.signers": lambda own, house: interpreters.signers(
        houses.house(house), _visit(own), language="dgs", now=own.clock()
    ),
    "schedule.interpreters.units": lambda own, house: interpreters.units(
        house, "induction-loop", _visit(own), now=own.clock()
    ),
    "links.queries.subject_of": lambda own, house: links.subject_of(
        own.booked.link_id, purpose="manage", house_id=house, now=own.clock()
    ),
}
"""Each question that names a house, asked for what Leipzig has."""
