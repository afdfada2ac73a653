"""Desks: numbers are called in their order and never twice, also from stale pages and by two desks at once."""

import pytest

from booking.bookings import desks
from booking.bookings import walk_in_refusals as refusals
from booking.bookings.walk_in_models import Ticket
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.journal.models import Event
from tests.deeds.reading import events, rows_of
from tests.hours import the_house
from tests.walk_ins import a_desk, a_walk_in, call_next, draw, leave, move, numbers, queue_of


@pytest.fixture
def offering_id(app):
    return a_walk_in("daily 00:00-24:00")


@pytest.fixture
def desk(offering_id, clock):
    return a_desk(offering_id, clock)


def tickets():
    """Return number, state, desk and calls of every ticket."""
    return rows_of(Ticket.number, Ticket.state, Ticket.desk_id, Ticket.calls)


def nothing_changes(deed):
    """Run a deed that is refused, and return the refusal."""
    before = rows_of(*Ticket.__table__.columns), events()
    with pytest.raises(DomainError) as refusal:
        deed()
    assert (rows_of(*Ticket.__table__.columns), events()) == before
    return refusal.value


def test_numbers_are_called_in_the_order_in_which_they_were_drawn(desk, offering_id, clock):
    for _ in range(3):
        draw(offering_id, clock)

    assert [call_next(desk, clock) for _ in range(3)] == [1, 2, 3]
    assert numbers(queue_of(offering_id, clock).called) == [3, 2, 1]
    assert isinstance(nothing_changes(lambda: call_next(desk, clock)), refusals.NobodyWaits)


def test_a_second_press_on_the_same_page_calls_nobody_else(desk, offering_id, clock):
    for _ in range(3):
        draw(offering_id, clock)
    call_next(desk, clock, last=0)

    refusal = nothing_changes(lambda: call_next(desk, clock, last=0))

    assert isinstance(refusal, refusals.DeskMovedOn)
    assert refusal.facts == {"number": 1}
    assert numbers(queue_of(offering_id, clock).waiting) == [2, 3]


def test_a_press_is_stale_also_when_the_number_it_called_is_over_by_now(desk, offering_id, clock):
    first = draw(offering_id, clock)
    draw(offering_id, clock)
    call_next(desk, clock, last=0)
    move(desk, first.ticket_id, "served", clock)

    assert isinstance(nothing_changes(lambda: call_next(desk, clock, last=0)), refusals.DeskMovedOn)
    assert call_next(desk, clock, last=first.ticket_id) == 2


def test_after_a_number_went_back_a_page_that_shows_it_as_called_is_stale(desk, offering_id, clock):
    first = draw(offering_id, clock)
    call_next(desk, clock)
    move(desk, first.ticket_id, "waiting", clock)

    assert isinstance(
        nothing_changes(lambda: call_next(desk, clock, last=first.ticket_id)), refusals.PageOutdated
    )
    assert call_next(desk, clock, last=0) == 1


def test_two_desks_share_a_queue_and_each_has_its_own_last_call(offering_id, clock):
    left, right = a_desk(offering_id, clock, "Tisch 1"), a_desk(offering_id, clock, "Tisch 2")
    for _ in range(4):
        draw(offering_id, clock)

    assert [call_next(one, clock) for one in (left, right, right, left)] == [1, 2, 3, 4]

    assert [(number, desk_id) for number, _, desk_id, _ in tickets()] == [
        (1, left.id),
        (2, right.id),
        (3, right.id),
        (4, left.id),
    ]
    assert {one.number: one.label for one in queue_of(offering_id, clock).called}[2] == "Tisch 2"


def test_a_visit_ends_as_served_and_tells_how_long_visits_take(desk, offering_id, clock):
    drawn = draw(offering_id, clock)
    clock.forward(minutes=10)
    call_next(desk, clock)
    clock.forward(minutes=25)

    move(desk, drawn.ticket_id, "served", clock)
    move(desk, drawn.ticket_id, "served", clock)

    assert queue_of(offering_id, clock).served == (25.0,)
    counts = rows_of(Event.deed, Event.actor, Event.counts, where=Event.object_kind == "ticket")
    assert counts == [
        ("ticket.drawn", "visitor", {"number": 1}),
        ("ticket.called", f"desk:{desk.id}", {"minutes": 10}),
        ("ticket.served", f"desk:{desk.id}", {"minutes": 25}),
    ]


def test_who_did_not_come_can_be_called_once_more_and_then_served(desk, offering_id, clock):
    drawn = draw(offering_id, clock)
    call_next(desk, clock)
    move(desk, drawn.ticket_id, "missed", clock)
    assert numbers(queue_of(offering_id, clock).missed) == [1]
    clock.forward(minutes=5)

    move(desk, drawn.ticket_id, "called", clock, seen="missed")
    assert rows_of(Ticket.state, Ticket.called_at, Ticket.calls, Ticket.ended_at) == [
        ("called", clock(), 2, None)
    ]
    move(desk, drawn.ticket_id, "served", clock)

    assert tickets() == [(1, "served", desk.id, 2)]


def test_a_number_called_by_mistake_goes_back_to_its_old_place(desk, offering_id, clock):
    first, _ = draw(offering_id, clock), draw(offering_id, clock)
    call_next(desk, clock)

    move(desk, first.ticket_id, "waiting", clock)

    assert rows_of(Ticket.state, Ticket.desk_id, Ticket.called_at, Ticket.calls)[0] == (
        "waiting",
        None,
        None,
        0,
    )
    assert numbers(queue_of(offering_id, clock).waiting) == [1, 2]


def test_any_waiting_number_can_be_called_or_taken_out(desk, offering_id, clock):
    first, second, third = (draw(offering_id, clock) for _ in range(3))

    move(desk, second.ticket_id, "called", clock, seen="waiting")
    move(desk, third.ticket_id, "left", clock, seen="waiting")

    assert [state for _, state, _, _ in tickets()] == ["waiting", "called", "left"]
    assert call_next(desk, clock, last=second.ticket_id) == first.number


def test_a_button_of_a_stale_page_changes_nothing(desk, offering_id, clock):
    """The page showed number 1 as waiting; by now it was called, and did not come."""
    drawn = draw(offering_id, clock)
    call_next(desk, clock)
    move(desk, drawn.ticket_id, "missed", clock)

    for wanted, seen in (("called", "waiting"), ("left", "waiting"), ("served", "called")):
        refusal = nothing_changes(lambda: move(desk, drawn.ticket_id, wanted, clock, seen=seen))  # noqa: B023
        assert isinstance(refusal, refusals.TicketMoved)
        assert refusal.facts == {"number": 1}


@pytest.mark.parametrize("wanted", ["served", "missed", "waiting"])
def test_nothing_leads_there_from_where_it_was_seen(desk, offering_id, clock, wanted):
    drawn = draw(offering_id, clock)
    if wanted == "waiting":
        move(desk, drawn.ticket_id, "left", clock, seen="waiting")
    seen = "left" if wanted == "waiting" else "waiting"

    refusal = nothing_changes(lambda: move(desk, drawn.ticket_id, wanted, clock, seen=seen))

    assert isinstance(refusal, refusals.TicketMoved)


def test_a_number_is_called_again_by_whichever_desk_and_counted(offering_id, clock):
    left, right = a_desk(offering_id, clock, "Tisch 1"), a_desk(offering_id, clock, "Tisch 2")
    drawn = draw(offering_id, clock)
    call_next(left, clock)
    called_at = clock()
    clock.forward(minutes=3)

    unit_of_work(lambda: desks.call_again(right, drawn.ticket_id, house=the_house(), now=clock()))

    assert tickets() == [(1, "called", right.id, 2)]
    assert rows_of(Ticket.called_at) == [(called_at,)]
    move(left, drawn.ticket_id, "served", clock)
    refusal = nothing_changes(
        lambda: unit_of_work(lambda: desks.call_again(right, drawn.ticket_id, house=the_house(), now=clock()))
    )
    assert isinstance(refusal, refusals.TicketMoved)


def test_a_desk_moves_no_number_of_another_queue_nor_of_another_day(desk, offering_id, clock):
    other = draw(a_walk_in("daily 00:00-24:00"), clock)
    own = draw(offering_id, clock)

    with pytest.raises(NotFound):
        move(desk, other.ticket_id, "called", clock, seen="waiting")
    with pytest.raises(NotFound):
        move(desk, 999_999, "called", clock, seen="waiting")
    clock.forward(days=1)
    with pytest.raises(NotFound):
        move(desk, own.ticket_id, "called", clock, seen="waiting")
    assert {state for _, state, _, _ in tickets()} == {"waiting"}


def test_a_number_of_yesterday_is_not_called_today(desk, offering_id, clock):
    draw(offering_id, clock)
    clock.forward(days=1)

    with pytest.raises(refusals.NobodyWaits):
        call_next(desk, clock)
    draw(offering_id, clock)
    assert call_next(desk, clock) == 1


def test_a_number_that_the_visitor_gave_back_cannot_be_served(desk, offering_id, clock):
    drawn = draw(offering_id, clock)
    call_next(desk, clock)
    leave(drawn.ticket_id, clock)

    assert isinstance(
        nothing_changes(lambda: move(desk, drawn.ticket_id, "served", clock)), refusals.TicketMoved
    )
    assert call_next_is_possible(desk, offering_id, clock)


def call_next_is_possible(desk, offering_id, clock):
    draw(offering_id, clock)
    return call_next(desk, clock) == 2
