"""Two houses under one roof: neither sees, nor can take, what belongs to the other."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from booking.bookings import (
    access_queries,
    changing,
    hold_queries,
    seat_queries,
    walk_in_hours,
    walk_in_queries,
)
from booking.bookings import queries as bookings
from booking.bookings.refusals import FormUsed
from booking.bookings.service import Booked
from booking.catalogue import queries as catalogue
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.houses.models import HouseHostname
from booking.links import queries as links
from booking.schedule import closures, expert_queries, feeds, interpreters, loading, service
from booking.schedule import queries as dates
from booking.timekit.clock import StoppedClock
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.deeds.reading import mails, rows_of
from tests.holds import a_hold
from tests.hours import a_consultation, an_expert
from tests.needs import a_loop, a_signer, booked_with
from tests.walk_ins import a_desk, a_walk_in


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


@pytest.fixture
def owned(app, clock) -> Owned:
    """A house with something of everything beside one that has nothing."""
    offering_id = an_offering(key="rundgang")
    occurrence_id = an_occurrence(clock, offering_id=offering_id)
    leipzig = house_id()
    an_expert(a_consultation(key="ki"), key="mira")
    unit_of_work(lambda: service.close(leipzig, DAY, DAY, reasons={"de": "Umbau"}))
    walk_in = a_walk_in("daily 00:00-24:00", key="help")
    a_desk(walk_in, clock)
    a_signer(), a_loop()
    far = an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=21))
    booked_with(far, clock, "quiet", email="bruno@example.org")
    booking = a_booking(occurrence_id, clock, once="the-key")
    held = a_hold(occurrence_id, clock, once="form-of-a-hold")
    return Owned("rundgang", occurrence_id, booking, clock, walk_in, held.hold_id)


def answer(question: Question, owned: Owned, house: int) -> object:
    """Return what is found, or nothing where that is refused."""
    try:
        return unit_of_work(lambda: question(owned, house))
    except NotFound:
        return None


def test_every_question_that_names_a_house_is_asked_here():
    modules = (
        catalogue,
        dates,
        expert_queries,
        interpreters,
        access_queries,
        feeds,
        closures,
        loading,
        bookings,
        seat_queries,
        hold_queries,
        links,
        walk_in_queries,
        walk_in_hours,
    )
    asking = {
        f"{module.__name__.removeprefix('booking.')}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and {"house_id", "house"} & set(inspect.signature(function).parameters)
    }

    assert asking == set(QUESTIONS)


def test_each_house_finds_its_own_and_nothing_of_the_other(owned):
    leipzig, library = house_id(), house_id("library")

    found = {name: answer(question, owned, leipzig) for name, question in QUESTIONS.items()}
    foreign = {name: answer(question, owned, library) for name, question in QUESTIONS.items()}

    assert [name for name, value in found.items() if not value] == []
    assert {name: value for name, value in foreign.items() if value} == {}


def test_the_key_of_a_form_of_one_house_opens_nothing_in_the_other(owned, clock):
    library = house_id("library")
    offering_id = an_offering(house_id=library, key="rundgang")
    there = an_occurrence(clock, house_id=library, offering_id=offering_id)

    with pytest.raises(FormUsed):
        a_booking(there, clock, house_id=library, once="the-key")

    assert a_booking(there, clock, house_id=library, once="another").booking_id != owned.booked.booking_id


def test_links_of_one_house_are_not_sent_by_the_other(owned, clock):
    carrier, library = Carrier(), house_id("library")
    deliver(Carrier(), clock)
    ask = partial(changing.ask_for_links, "amina@example.org", language="de", now=clock())

    unit_of_work(partial(ask, house_id=library))
    deliver(carrier, clock)

    assert carrier.carried == []
    assert mails()[-1] == ("links", None, "skipped", "")


def test_a_house_is_found_by_its_host_name_and_the_default_one_otherwise(app):
    def at(hostname, default="leipzig"):
        return unit_of_work(lambda: houses.house_at(hostname, default=default).key)

    named = {hostname: at(hostname) for (hostname,) in rows_of(HouseHostname.hostname)}

    assert set(named.values()) == {"leipzig", "library"}
    assert at("unheard-of.example") == "leipzig"
    assert at("unheard-of.example", default="library") == "library"
    with pytest.raises(NotFound):
        at("unheard-of.example", default="nobody")
    with pytest.raises(NotFound):
        unit_of_work(lambda: houses.house(999_999))
    assert [house.key for house in unit_of_work(houses.all_houses)] == ["leipzig", "library"]
