"""Moves of several processes at once: never oversold, never on two dates, never lost, and a mail for every change."""

import multiprocessing
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import cycle

import pytest

from booking.app import create_app
from booking.bookings import moving
from booking.db import unit_of_work
from tests.builders import a_booking, an_occurrence, an_offering
from tests.machines import kill
from tests.races.aftermath import drop_guards, every_change_has_its_mail, holds_together, value
from tests.races.crowd import Act

pytestmark = pytest.mark.race

ROUNDS = 4
KILLS = 5


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=20, party_max=20)


def dates(clock, offering_id, *seats, minutes=24 * 60):
    """Publish dates with so many seats, a day apart unless told otherwise."""
    first = clock() + timedelta(days=1)
    return [
        an_occurrence(
            clock, offering_id=offering_id, seats=some, starts_at=first + n * timedelta(minutes=minutes)
        )
        for n, some in enumerate(seats)
    ]


def bookings(clock, occurrence_id, number, people=1):
    return [
        a_booking(occurrence_id, clock, party={"adults": people}, email=f"{n}@example.org").booking_id
        for n in range(number)
    ]


def move(booking_id, occurrence_id):
    return Act("move", {"booking_id": booking_id, "occurrence_id": occurrence_id})


def book(occurrence_id, n):
    return Act("book", {"occurrence_id": occurrence_id, "once": f"race-{occurrence_id}-{n}"})


def load(occurrence_id):
    taken = "SELECT coalesce(sum(a.quantity), 0) FROM allocation a JOIN resource r ON r.id = a.resource_id"
    return value(f"{taken} WHERE r.occurrence_id = :id", id=occurrence_id)


def test_twenty_move_into_three_places(race, clock, offering_id):
    full, free = dates(clock, offering_id, 20, 3)
    movers = bookings(clock, full, 20)

    went = race(*(move(one, free) for one in movers))

    assert went == {"done": 3, "Taken": 17}
    assert (load(full), load(free)) == (17, 3)
    every_change_has_its_mail()
    holds_together()


def test_without_the_guard_more_move_in_than_fit(race, clock, offering_id):
    full, free = dates(clock, offering_id, 20, 3)
    movers = bookings(clock, full, 20)
    drop_guards()

    assert race(*(move(one, free) for one in movers))["done"] > 3


def test_two_who_want_each_others_last_places_keep_their_own(race, clock, offering_id):
    for _ in range(ROUNDS):
        one, other = dates(clock, offering_id, 2, 2)
        (here,), (there,) = bookings(clock, one, 1, people=2), bookings(clock, other, 1, people=2)

        assert race(*[move(here, other), move(there, one)] * 4) == {"Taken": 8}
        assert (load(one), load(other)) == (2, 2)
    holds_together()


def test_many_swap_dates_through_one_free_place(race, clock, offering_id):
    """Both directions lock both dates: who sorts them differently meets the other half way."""
    one, other = dates(clock, offering_id, 9, 9)
    here, there = bookings(clock, one, 8), bookings(clock, other, 8)

    went = race(*(act for a, b in zip(here, there, strict=True) for act in (move(a, other), move(b, one))))

    assert set(went) <= {"done", "Taken"}
    assert went["done"] >= 1
    assert load(one) + load(other) == 16
    every_change_has_its_mail()
    holds_together()


def test_one_booking_is_moved_to_overlapping_dates_at_once(race, clock, offering_id):
    at = dates(clock, offering_id, 5, 5, 5, minutes=20)
    (booking_id,) = bookings(clock, at[0], 1, people=5)

    went = race(*(move(booking_id, to) for to in at * 8))

    assert set(went) <= {"done", "Overtaken"}, "who comes too late too often is told so"
    assert went["done"] >= 4
    assert sorted(map(load, at)) == [0, 0, 5]
    every_change_has_its_mail()
    holds_together()


def test_a_button_that_is_pressed_many_times_moves_once(race, clock, offering_id):
    for _ in range(ROUNDS):
        old, new = dates(clock, offering_id, 5, 5)
        (booking_id,) = bookings(clock, old, 1)

        assert race(*[move(booking_id, new)] * 12) == {"done": 12}
        assert value("SELECT sequence FROM booking WHERE id = :id", id=booking_id) == 1
    every_change_has_its_mail()
    holds_together()


@pytest.mark.parametrize("end", ["cancel", "erase"])
def test_a_booking_is_moved_and_ended_at_once(race, clock, offering_id, end):
    for _ in range(ROUNDS):
        old, new = dates(clock, offering_id, 5, 5)
        (booking_id,) = bookings(clock, old, 1, people=3)

        acts = [move(booking_id, new)] * 5
        went = race(*acts, Act(end, {"booking_id": booking_id}), *acts)

        assert set(went) <= {"done", "NotMovable", "Gone"}
        assert value("SELECT state FROM booking WHERE id = :id", id=booking_id) == "cancelled_by_visitor"
        assert (load(old), load(new)) == (0, 0)
        last = "SELECT method FROM outgoing_mail WHERE thread = :thread ORDER BY id DESC LIMIT 1"
        assert value(last, thread=f"booking:{booking_id}") == "CANCEL"
    if end == "cancel":
        every_change_has_its_mail()
    holds_together()


def test_a_date_is_called_off_while_people_move_out_and_in(race, clock, offering_id):
    for _ in range(ROUNDS):
        off, other = dates(clock, offering_id, 20, 20)
        out, into = bookings(clock, off, 8), bookings(clock, other, 8)

        went = race(
            *(move(one, other) for one in out),
            Act("cancel_occurrence", {"occurrence_id": off}),
            *(move(one, off) for one in into),
        )

        assert set(went) <= {"done", "NotMovable", "Cancelled"}
        assert load(off) == 0
        left = "SELECT count(*) FROM booking WHERE occurrence_id = :id AND state = 'confirmed'"
        assert value(left, id=off) == 0
    every_change_has_its_mail()
    holds_together()


def test_parties_grow_and_shrink_while_others_move_in_and_book(race, clock, offering_id):
    full, free = dates(clock, offering_id, 10, 10)
    growing, shrinking = bookings(clock, full, 4), bookings(clock, full, 2, people=3)
    movers = bookings(clock, free, 4)

    went = race(
        *(Act("change_party", {"booking_id": one, "adults": 3}) for one in growing),
        *(Act("change_party", {"booking_id": one, "adults": 1}) for one in shrinking),
        *(move(one, full) for one in movers),
        *(book(full, n) for n in range(4)),
    )

    assert set(went) <= {"done", "TooFewLeft", "Taken"}
    assert load(full) <= 10
    every_change_has_its_mail()
    holds_together()


def test_who_is_killed_while_moving_has_moved_or_not(app, settings, clock, offering_id):
    """A process moves one booking to and fro without end; kill -9 meets it anywhere."""
    to_and_fro = dates(clock, offering_id, 3, 3)
    (booking_id,) = bookings(clock, to_and_fro[0], 1, people=3)
    acknowledged = 0
    for _ in range(KILLS):
        acknowledged += sum(_moved_until_killed(settings, clock, booking_id, to_and_fro))

        assert sorted(map(load, to_and_fro)) == [0, 3]
        every_change_has_its_mail()
        holds_together()
    assert KILLS * 19 <= acknowledged <= value("SELECT sequence FROM booking") <= acknowledged + KILLS


def _moved_until_killed(settings, clock, booking_id, to_and_fro):
    """Return what the process told of each move: whether it moved, after it was certain."""
    context = multiprocessing.get_context("spawn")
    listening, telling = context.Pipe(duplex=False)
    process = context.Process(
        target=_move_without_end, args=(settings, clock, booking_id, to_and_fro, telling)
    )
    process.start()
    telling.close()
    assert listening.poll(60), "it did not begin to move"
    told = [listening.recv() for _ in range(20)]
    assert process.pid is not None
    kill(process.pid)
    process.join(30)
    with suppress(EOFError):
        while True:
            told.append(listening.recv())
    return told


def _move_without_end(settings, clock, booking_id, to_and_fro, telling):
    with create_app(settings, clock=clock).app_context():
        for occurrence_id in cycle(to_and_fro):
            deed = partial(moving.move_to_date, booking_id, occurrence_id, now=clock())
            telling.send(unit_of_work(deed))
