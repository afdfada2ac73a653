"""Desks: set up with a secret address, closed again; they draw for others, and stop giving out numbers."""

from datetime import timedelta

import pytest

from booking.bookings import desks, walk_in_queries
from booking.bookings import walk_in_refusals as refusals
from booking.bookings.walk_in_models import Desk, QueueDay
from booking.db import unit_of_work
from booking.errors import Gone
from booking.journal.models import Event
from booking.links import queries as links
from tests.builders import house_id
from tests.deeds.reading import rows_of
from tests.hours import the_house
from tests.walk_ins import a_desk, a_walk_in, call_next, draw, move, queue_of


@pytest.fixture
def offering_id(app):
    return a_walk_in("daily 00:00-24:00")


@pytest.fixture
def desk(offering_id, clock):
    return a_desk(offering_id, clock)


def test_the_desk_draws_for_somebody_also_when_nobody_else_can(clock, app):
    offering_id = a_walk_in("sun 09:00-10:00")
    desk = a_desk(offering_id, clock)
    with pytest.raises(refusals.NotOpen):
        draw(offering_id, clock)

    def draw_here():
        return unit_of_work(lambda: desks.draw(desk, house=the_house(), once="slip", now=clock()))

    assert (draw_here().number, draw_here().number) == (1, 1)
    assert rows_of(Event.actor, where=Event.deed == "ticket.drawn") == [(f"desk:{desk.id}",)]


def test_a_desk_that_stops_gives_no_more_numbers_until_it_goes_on_or_the_next_day(desk, offering_id, clock):
    draw(offering_id, clock)
    unit_of_work(lambda: desks.stop(desk, house=the_house(), now=clock()))

    assert queue_of(offering_id, clock).is_stopped
    with pytest.raises(refusals.NoMoreNumbers):
        draw(offering_id, clock)
    assert unit_of_work(lambda: desks.draw(desk, house=the_house(), once="x", now=clock())).number == 2
    assert call_next(desk, clock) == 1

    unit_of_work(lambda: desks.resume(desk, house=the_house(), now=clock()))
    assert draw(offering_id, clock).number == 3
    unit_of_work(lambda: desks.stop(desk, house=the_house(), now=clock()))
    clock.forward(days=1)
    assert draw(offering_id, clock).number == 1
    assert rows_of(QueueDay.numbers) == [(3,), (1,)]


def set_up(offering_id, clock, label=""):
    return unit_of_work(lambda: desks.set_up(offering_id, label, house=the_house(), now=clock()))


def opens(link_id, clock):
    def asked():
        return links.subject_of(link_id, purpose="desk", house_id=house_id(), now=clock())

    try:
        return unit_of_work(asked) > 0
    except Gone:
        return False


def test_a_desk_is_set_up_once_and_keeps_its_address_for_years(offering_id, clock):
    link_id = set_up(offering_id, clock, "Tisch 1")

    assert set_up(offering_id, clock, "Tisch 1") == link_id
    assert set_up(offering_id, clock, "Tisch 2") != link_id
    assert sorted(rows_of(Desk.label)) == [("Tisch 1",), ("Tisch 2",)]
    clock.forward(days=4 * 365)
    assert opens(link_id, clock)


def test_a_desk_that_is_closed_opens_nothing_any_more_and_can_be_set_up_anew(offering_id, clock):
    link_id, other = set_up(offering_id, clock), set_up(offering_id, clock, "Tisch 2")

    def close(label=""):
        return unit_of_work(lambda: desks.close(offering_id, label, house=the_house(), now=clock()))

    assert close()
    assert not close("Tisch 3")

    assert (opens(link_id, clock), opens(other, clock)) == (False, True)
    again = set_up(offering_id, clock)
    assert (again != link_id, opens(again, clock)) == (True, True)
    assert len(rows_of(Desk.id)) == 2


def test_how_long_the_last_visits_took_is_told_of_the_last_ten(desk, offering_id, clock):
    for minutes in range(1, 13):
        drawn = draw(offering_id, clock)
        call_next(desk, clock)
        clock.forward(minutes=minutes)
        move(desk, drawn.ticket_id, "served", clock)

    assert queue_of(offering_id, clock).served == tuple(float(minutes) for minutes in range(3, 13))


def test_queues_of_several_offerings_are_told_apart(desk, offering_id, clock):
    other = a_walk_in("daily 00:00-24:00")
    draw(offering_id, clock)
    draw(other, clock)
    call_next(desk, clock)
    today = (clock() + timedelta(hours=1)).date()

    found = unit_of_work(lambda: walk_in_queries.queues([offering_id, other, 999_999], day=today))

    assert [len(found[one].called) for one in (offering_id, other, 999_999)] == [1, 0, 0]
    assert [len(found[one].waiting) for one in (offering_id, other, 999_999)] == [0, 1, 0]
    assert [found[one].numbers for one in (offering_id, other, 999_999)] == [1, 1, 0]
