"""Two houses under one roof: neither sees, nor can take, what belongs to the other."""

import inspect
from datetime import timedelta
from functools import partial

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
from booking.catalogue import queries as catalogue
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.houses.models import HouseHostname
from booking.links import queries as links
from booking.schedule import closures, expert_queries, feeds, interpreters, loading, service
from booking.schedule import queries as dates
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.house_questions import DAY, QUESTIONS, Owned, Question
from tests.deeds.post import Carrier, deliver
from tests.deeds.reading import mails, rows_of
from tests.holds import a_hold
from tests.hours import a_consultation, an_expert
from tests.needs import a_loop, a_signer, booked_with
from tests.walk_ins import a_desk, a_walk_in


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
