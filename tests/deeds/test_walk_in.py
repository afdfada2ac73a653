"""Coming without booking: numbers are drawn while somebody is there, one after the other, and given back."""

from datetime import date

import pytest

from booking.bookings import retention, walk_in_queries
from booking.bookings import walk_in_refusals as refusals
from booking.bookings.personal import PERSONAL
from booking.bookings.walk_in_models import QueueDay, Ticket
from booking.bookings.walking_in import MOST_WAITING
from booking.db import unit_of_work
from booking.errors import DomainError, Gone, NotFound
from booking.journal.models import Event
from booking.links import queries as links
from tests.builders import an_offering, house_id
from tests.deeds.reading import events, rows_of
from tests.hours import at
from tests.walk_ins import a_desk, a_walk_in, call_next, draw, leave, move, numbers, queue_of

TODAY = date(2027, 1, 11)  # a Monday, ten o'clock


def refused(offering_id, clock):
    """Return the name of the refusal of a draw, which writes nothing."""
    before = rows_of(Ticket.id), rows_of(QueueDay.numbers)
    with pytest.raises(DomainError) as refusal:
        draw(offering_id, clock)
    assert (rows_of(Ticket.id), rows_of(QueueDay.numbers)) == before
    return type(refusal.value).__name__


def test_numbers_follow_one_another_from_one_on(app, clock):
    offering_id = a_walk_in()

    assert [draw(offering_id, clock).number for _ in range(4)] == [1, 2, 3, 4]
    assert numbers(queue_of(offering_id, clock).waiting) == [1, 2, 3, 4]
    assert rows_of(Ticket.state, Ticket.day, Ticket.drawn_at)[0] == ("waiting", TODAY, clock())


def test_each_offering_counts_for_itself_and_each_day_anew(app, clock):
    first, second = a_walk_in(), a_walk_in()
    draw(first, clock)

    assert draw(second, clock).number == 1
    clock.forward(days=1)
    assert draw(first, clock).number == 1
    assert numbers(queue_of(first, clock).waiting) == [1]


def test_a_form_that_is_sent_twice_draws_one_number(app, clock):
    offering_id = a_walk_in()

    assert draw(offering_id, clock, once="the-form") == draw(offering_id, clock, once="the-form")
    assert len(rows_of(Ticket.id)) == 1
    assert events().count("ticket.drawn") == 1


def test_a_form_that_drew_a_number_gives_it_again_after_the_doors_closed(app, clock):
    offering_id = a_walk_in()
    drawn = draw(offering_id, clock, once="the-form")
    clock.forward(hours=5)

    assert draw(offering_id, clock, once="the-form") == drawn


def test_a_form_of_one_queue_draws_nothing_in_another(app, clock):
    first, second = a_walk_in(), a_walk_in()
    draw(first, clock, once="the-form")

    with pytest.raises(refusals.FormUsedElsewhere):
        draw(second, clock, once="the-form")
    assert len(rows_of(Ticket.id)) == 1


def test_numbers_are_drawn_from_the_first_minute_to_the_last_and_not_a_second_longer(app, clock):
    offering_id = a_walk_in("mon 10:00-12:00")

    assert draw(offering_id, clock).number == 1
    clock.forward(hours=2, seconds=-1)
    assert draw(offering_id, clock).number == 2
    clock.forward(seconds=1)
    assert refused(offering_id, clock) == "NotOpen"


def test_more_than_a_hundred_cannot_wait(app, clock):
    offering_id = a_walk_in()
    for _ in range(MOST_WAITING):
        draw(offering_id, clock)

    assert refused(offering_id, clock) == "QueueFull"
    desk = a_desk(offering_id, clock)
    call_next(desk, clock)
    assert draw(offering_id, clock).number == MOST_WAITING + 1


def test_a_number_that_is_given_back_is_not_called_any_more(app, clock):
    offering_id = a_walk_in()
    first, second = draw(offering_id, clock), draw(offering_id, clock)

    leave(first.ticket_id, clock)
    leave(first.ticket_id, clock)

    assert rows_of(Ticket.state, Ticket.ended_at)[0] == ("left", clock())
    assert events().count("ticket.left") == 1
    assert queue_of(offering_id, clock).before(second.number) == 0
    assert call_next(a_desk(offering_id, clock), clock) == 2
    assert draw(offering_id, clock).number == 3


def test_also_a_number_that_was_called_can_be_given_back(app, clock):
    offering_id = a_walk_in()
    drawn = draw(offering_id, clock)
    call_next(a_desk(offering_id, clock), clock)

    leave(drawn.ticket_id, clock)

    assert rows_of(Ticket.state) == [("left",)]


def test_a_number_that_had_its_turn_or_another_day_cannot_be_given_back(app, clock):
    offering_id = a_walk_in()
    served, waiting = draw(offering_id, clock), draw(offering_id, clock)
    desk = a_desk(offering_id, clock)
    call_next(desk, clock)
    move(desk, served.ticket_id, "served", clock)

    with pytest.raises(refusals.TicketOver):
        leave(served.ticket_id, clock)
    clock.forward(days=1)
    for ticket_id in (waiting.ticket_id, 999_999):
        with pytest.raises(refusals.OtherDay):
            leave(ticket_id, clock)
    assert rows_of(Ticket.state) == [("served",), ("waiting",)]


def test_the_link_of_a_number_ends_in_the_night_after_its_day(app, clock):
    drawn = draw(a_walk_in(), clock)

    def opened(now):
        return unit_of_work(
            lambda: links.subject_of(drawn.link_id, purpose="ticket", house_id=house_id(), now=now)
        )

    assert opened(at("2027-01-12 05:59")) == drawn.ticket_id
    with pytest.raises(Gone):
        opened(at("2027-01-12 06:00"))


def test_a_ticket_says_nothing_of_whose_it_is(app, clock):
    draw(a_walk_in(), clock)

    assert [name for name in PERSONAL if name.startswith(("ticket.", "queue_day.", "desk."))] == []
    assert rows_of(Event.actor, Event.counts, where=Event.deed == "ticket.drawn") == [
        ("visitor", {"number": 1})
    ]


def test_tickets_are_forgotten_after_seven_days_and_what_happened_stays_in_the_journal(app, clock):
    offering_id = a_walk_in("daily 00:00-24:00")
    draw(offering_id, clock)
    clock.forward(days=7)
    draw(offering_id, clock)
    retention.run(now=clock())
    assert len(rows_of(Ticket.id)) == len(rows_of(QueueDay.offering_id)) == 2

    retention.run(now=clock.forward(days=1))

    assert rows_of(Ticket.day) == rows_of(QueueDay.day) == [(date(2027, 1, 18),)]
    assert events().count("ticket.drawn") == 2


def test_only_published_walk_ins_of_the_house_have_a_queue(app, clock):
    def asked(key, house="leipzig"):
        return unit_of_work(lambda: walk_in_queries.walk_in(key, house_id=house_id(house), language="en"))

    a_walk_in(key="help", minutes=20)
    an_offering(key="tour")
    a_walk_in(key="draft", state="draft")

    assert (asked("help").title, asked("help").minutes) == ("Leipzig App: help", 20)
    for key, house in (("tour", "leipzig"), ("draft", "leipzig"), ("help", "library"), ("none", "leipzig")):
        with pytest.raises(NotFound):
            asked(key, house)
