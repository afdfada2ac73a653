"""Consultations that are moved by several processes at once: one expert, one time; shared ones, too."""

from datetime import timedelta

import pytest

from booking.db import db
from tests.builders import a_need, a_room
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, at
from tests.races.aftermath import drop_guards, every_change_has_its_mail, holds_together, value
from tests.races.crowd import Act

pytestmark = pytest.mark.race

HOURS = "wed 10:00-19:00"
ROUNDS = 3


def start(n=0.0):
    return at("2027-01-13 10:00") + timedelta(minutes=30 * n)


def bookings(clock, offering_id, *starts):
    return [a_slot_booking(offering_id, one, clock, client=f"{n}").booking_id for n, one in enumerate(starts)]


def move(booking_id, offering_id, starts_at, **slot):
    needs = {"booking_id": booking_id, "offering_id": offering_id, "starts_at": starts_at}
    return Act("move_slot", needs | slot)


def hold(offering_id, starts_at, once):
    needs = {"offering_id": offering_id, "starts_at": starts_at, "once": f"{once}-{starts_at}"}
    return Act("hold_slot", needs | {"book": True})


def confirmed():
    return value("SELECT count(*) FROM booking WHERE state = 'confirmed'")


def load_of_host(host_id):
    taken = "SELECT coalesce(sum(a.quantity), 0) FROM allocation a JOIN resource r ON r.id = a.resource_id"
    return value(f"{taken} WHERE r.host_id = :id", id=host_id)


def test_many_want_the_last_free_time(race, clock):
    offering_id = a_consultation(needs=(a_need(kind="room", place_id=a_room()),))
    expert = an_expert(offering_id, HOURS)
    movers = bookings(clock, offering_id, *(start(n) for n in range(12)))

    went = race(*(move(one, offering_id, start(12)) for one in movers))

    assert went == {"done": 1, "SlotGone": 11}
    assert load_of_host(expert) == confirmed() == 12
    every_change_has_its_mail()
    holds_together()


def test_without_the_guard_two_are_moved_to_one_expert(race, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)
    movers = bookings(clock, offering_id, *(start(n) for n in range(12)))
    drop_guards()
    moved = 0
    for n in range(12, 17):
        moved = max(moved, race(*(move(one, offering_id, start(n)) for one in movers))["done"])

    assert moved > 1 or db.engine.dialect.name == "sqlite"  # which has one writer at a time


def test_everybody_moves_one_time_on_and_nobody_is_lost(race, clock):
    """Each wants the time of the next: all lock what two of them hold."""
    offering_id = a_consultation(needs=(a_need(kind="room", place_id=a_room()),))
    expert = an_expert(offering_id, HOURS)
    movers = bookings(clock, offering_id, *(start(n) for n in range(8)))
    for _ in range(ROUNDS):
        went = race(*(move(one, offering_id, start(n + 1)) for n, one in enumerate(movers)))

        assert set(went) <= {"done", "SlotGone", "Taken"}
        assert load_of_host(expert) == confirmed() == 8
        every_change_has_its_mail()
        holds_together()


def test_one_booking_goes_to_overlapping_times_and_other_experts_at_once(race, clock):
    offering_id = a_consultation(step_minutes=15)
    experts = [an_expert(offering_id, HOURS) for _ in range(2)]
    (booking_id,) = bookings(clock, offering_id, start())
    acts = [
        move(booking_id, offering_id, start(n / 2), host_id=expert) for n in range(4) for expert in experts
    ]

    went = race(*acts * 2)

    assert set(went) <= {"done", "Overtaken"}, "who comes too late too often is told so"
    assert went["done"] >= 4
    assert sum(map(load_of_host, experts)) == 1
    every_change_has_its_mail()
    holds_together()


@pytest.mark.parametrize("end", ["cancel", "erase"])
def test_a_consultation_is_moved_and_ended_at_once(race, clock, end):
    """Nobody is overtaken too often here: six movers are fewer than the tries of a deed."""
    offering_id = a_consultation()
    expert = an_expert(offering_id, HOURS)
    for n in range(ROUNDS):
        (booking_id,) = bookings(clock, offering_id, start(4 * n))
        acts = [move(booking_id, offering_id, start(4 * n + k)) for k in (1, 2, 1)]

        went = race(*acts, Act(end, {"booking_id": booking_id}), *acts)

        assert set(went) <= {"done", "NotMovable", "Gone"}
        assert (load_of_host(expert), confirmed()) == (0, 0)
        holds_together()


def test_parties_of_shared_times_move_to_and_fro_while_others_come_and_go(race, clock):
    offering_id = a_consultation(is_shared=True, seats=4, party_max=4)
    experts = [an_expert(offering_id, HOURS) for _ in range(2)]
    first = bookings(clock, offering_id, *[start()] * 4)
    second = bookings(clock, offering_id, *[start(2)] * 3)

    went = race(
        *(move(one, offering_id, start(1)) for one in first),
        *(move(one, offering_id, start(1)) for one in second),
        *(move(one, offering_id, start()) for one in second),
        *(Act("cancel", {"booking_id": one}) for one in first[:2]),
        *(hold(offering_id, start(1), n) for n in range(6)),
    )

    assert set(went) <= {"done", "SlotGone", "Taken", "NotMovable"}
    for n in range(3):
        seats = (
            "SELECT coalesce(sum(a.quantity), 0) FROM allocation a JOIN resource r ON r.id = a.resource_id"
        )
        seats += " JOIN occurrence o ON o.id = r.occurrence_id WHERE o.starts_at = :at"
        assert value(seats, at=int(start(n).timestamp())) <= 8
    empty = "SELECT count(*) FROM occurrence o WHERE EXISTS (SELECT 1 FROM allocation a WHERE a.claim_id = o.claim_id)"
    empty += " AND NOT EXISTS (SELECT 1 FROM allocation a JOIN resource r ON r.id = a.resource_id"
    empty += " WHERE r.occurrence_id = o.id)"
    assert value(empty) == 0, "an expert waits for nobody"
    assert sum(map(load_of_host, experts)) <= 4
    every_change_has_its_mail()
    holds_together()
