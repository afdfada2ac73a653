"""How many statements the pages of a move need: the same for five times and for two hundred."""

from datetime import timedelta

from booking.web.public.secrets import secret_of
from tests.builders import a_booking, an_occurrence, an_offering
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, at
from tests.web.ways import path, statements

MOST = 14


def asked(visitor, address):
    """Return how many statements a page took, and how many links it has."""
    visitor.get(address)  # the house is remembered from here on
    with statements() as seen:
        page = visitor.get(address)
    assert page.status == 200
    return len([one for one in seen if one.startswith("SELECT")]), len(set(page.links()))


def test_the_list_of_dates_asks_as_often_for_many_as_for_few(visitor, clock):
    offering_id = an_offering()

    def publish(*numbers):
        for number in numbers:
            start = clock() + timedelta(days=2, minutes=5 * number)
            an_occurrence(clock, offering_id=offering_id, starts_at=start)

    secret = secret_of(a_booking(an_occurrence(clock, offering_id=offering_id), clock).link_id)
    publish(*range(5))
    few = asked(visitor, path(visitor.app, "move", secret=secret))
    publish(*range(5, 150))

    many = asked(visitor, path(visitor.app, "move", secret=secret))

    assert many[1] - few[1] == 145
    assert many[0] == few[0] <= MOST


def test_the_list_of_free_times_asks_as_often_for_many_experts_as_for_one(visitor, clock):
    offering_id = a_consultation()
    an_expert(offering_id, "wed 15:00-16:00")
    secret = secret_of(a_slot_booking(offering_id, at("2027-01-13 15:00"), clock).link_id)
    few = asked(visitor, path(visitor.app, "move", secret=secret))
    for _ in range(9):
        an_expert(offering_id, "mon-fri 09:00-17:00")

    many = asked(visitor, path(visitor.app, "move", secret=secret))

    assert many[1] > few[1] + 100
    assert many[0] == few[0] <= MOST + 12
    print(f"{few[0]} statements for the free times of a move")
