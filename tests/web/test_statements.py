"""How many statements a page needs: the same for five dates and for two hundred; few while a booking locks."""

from datetime import timedelta

import pytest

from tests.builders import an_occurrence, an_offering
from tests.visitors import Visitor
from tests.web.ways import PARTY, book, details, form_of, path, statements

MOST_WHILE_LOCKED = {"hold": 12, "hold again": 17, "booking": 11}


@pytest.fixture
def offering_id(app):
    return an_offering(key="tour")


def publish(clock, offering_id, number):
    first = clock() + timedelta(days=1)
    return [
        an_occurrence(clock, offering_id=offering_id, starts_at=first + timedelta(minutes=15 * step))
        for step in range(number)
    ]


def asked(visitor, address):
    """Return how many statements a page took, and how many dates it shows."""
    asks = f"{address}{'&' if '?' in address else '?'}n="  # each time anew: nobody remembers the answer
    visitor.get(f"{asks}1")  # the house is remembered from here on
    with statements() as seen:
        page = visitor.get(f"{asks}2")
    return len([one for one in seen if one.startswith("SELECT")]), len(set(page.links()))


PAGES = {  # address: the most statements, whether all dates are on it
    "/de/": (7, False),
    "/de/programm": (6, True),
    "/de/programm?kind=tour": (6, True),
    "/de/programm?view=month": (6, True),
    "/de/programm?view=week&kind=tour": (6, True),
    "/de/programm?free=1&people=2&access=step_free": (6, False),
    "/de/programm?q=nothing-that-fits": (7, False),
    "/de/angebote": (10, False),
    "/de/besuch": (2, False),
    "/de/themen": (1, False),
    "/de/angebote/tour": (4, True),
    "/de/termine/1": (4, False),
    "/de/termine/1/buchen": (4, False),
}


def test_a_page_asks_as_often_for_two_hundred_dates_as_for_five(visitor, clock, offering_id):
    publish(clock, offering_id, 5)
    few = {address: asked(visitor, address) for address in PAGES}
    publish(clock, offering_id, 195)

    many = {address: asked(visitor, address) for address in PAGES}

    for address, (most, shows_all) in PAGES.items():
        assert few[address][0] == many[address][0] <= most, address
        assert (many[address][1] - few[address][1] == 195) == shows_all, address


@pytest.mark.parametrize("made", ["hold", "hold again", "booking"])
def test_keeping_places_and_booking_hold_their_lock_for_few_statements(visitor, clock, offering_id, made):
    occurrence_id = publish(clock, offering_id, 1)[0]
    book(visitor, occurrence_id)  # from here on nothing is done for the first time
    address, form = details(visitor, occurrence_id)
    if made.startswith("hold"):
        somebody = visitor if made == "hold again" else Visitor(visitor.app)
        address = path(visitor.app, "book", occurrence_id=occurrence_id)
        visitor, form = somebody, form_of(somebody, occurrence_id) | PARTY

    deed, total = writing(visitor, address, form)

    assert any(f"INTO {made.partition(' ')[0]} " in one for one in deed)
    print(f"{made}: {len(deed)} statements between BEGIN and COMMIT, {total} in all", *deed, sep="\n  ")
    assert len(deed) <= MOST_WHILE_LOCKED[made]


def writing(visitor, address, form):
    """Send a form, and return the statements of its last transaction and how many there were in all."""
    with statements() as seen:
        answer = visitor.client.post(address, data=form)
    assert answer.status_code == 303
    *_, deed = units(seen)
    return deed, len(seen)


def units(seen):
    """Return the statements of each transaction that wrote, without BEGIN and COMMIT."""
    begun: list[str] | None = None
    for statement in seen:
        if statement == "BEGIN IMMEDIATE":
            begun = []
        elif statement == "COMMIT" and begun is not None:
            yield begun
            begun = None
        elif begun is not None:
            begun.append(statement)
