"""Staff and the public want the same places at one moment: the guard decides, and no change of anybody is lost."""

import pytest

from tests.builders import a_booking, an_occurrence, an_offering
from tests.races.aftermath import drop_guards, holds_together, value
from tests.races.crowd import Act

pytestmark = pytest.mark.race

ROUNDS = 3
SEATS, KEPT = 6, 4


def a_date(clock, **wanted):
    """Publish a date of which staff hold four of six places back."""
    return an_occurrence(clock, **({"seats": SEATS} | wanted))


def calls(occurrence_id, count):
    return [
        Act("call", {"occurrence_id": occurrence_id, "once": f"call-{occurrence_id}-{n}"})
        for n in range(count)
    ]


def visitors(occurrence_id, count):
    return [
        Act("book", {"occurrence_id": occurrence_id, "once": f"race-{occurrence_id}-{n}"})
        for n in range(count)
    ]


def kept_back(race, occurrence_id):
    assert race(Act("hold_back", {"occurrence_id": occurrence_id, "places": KEPT})) == {"done": 1}


def booked(occurrence_id, *, channel):
    wanted = "SELECT count(*) FROM booking WHERE occurrence_id = :id AND channel = :channel AND state = 'confirmed'"
    return value(wanted, id=occurrence_id, channel=channel)


def test_the_public_gets_what_is_not_held_back_and_staff_the_rest(race, clock):
    for _ in range(ROUNDS):
        day = a_date(clock)
        kept_back(race, day)

        went = race(*(act for pair in zip(calls(day, 12), visitors(day, 12), strict=True) for act in pair))

        assert went == {"done": SEATS, "Taken": 24 - SEATS}
        assert booked(day, channel="online") <= SEATS - KEPT
        assert booked(day, channel="staff") >= KEPT
        holds_together()


def test_without_the_guard_staff_and_public_oversell(race, clock):
    day = a_date(clock)
    kept_back(race, day)
    drop_guards()

    assert race(*calls(day, 12), *visitors(day, 12))["done"] > SEATS


def test_places_are_held_back_while_people_book_them(race, clock):
    for _ in range(ROUNDS):
        day = a_date(clock)
        acts = visitors(day, 10)

        went = race(*acts[:5], Act("hold_back", {"occurrence_id": day, "places": KEPT}), *acts[5:])

        assert set(went) <= {"done", "Taken", "NotEnoughToHoldBack"}
        kept = value("SELECT coalesce(sum(places), 0) FROM held_back WHERE occurrence_id = :id", id=day)
        assert booked(day, channel="online") + kept <= SEATS
        holds_together()


def test_two_desks_hold_back_at_once_and_one_of_them_is_told(race, clock):
    day = a_date(clock)

    went = race(*(Act("hold_back", {"occurrence_id": day, "places": n}) for n in (1, 2, 3, 4)))

    assert went == {"done": 1, "Stale": 3}
    holds_together()


def test_two_people_change_a_booking_at_once_and_nothing_is_lost(race, clock):
    for _ in range(ROUNDS):
        offering_id = an_offering(seats=9, party_max=9)
        days = [a_date(clock, offering_id=offering_id, seats=9) for _ in range(3)]
        booking_id = a_booking(days[0], clock, party={"adults": 2}).booking_id

        went = race(
            Act("move_for", {"booking_id": booking_id, "occurrence_id": days[1], "seen": 1}),
            Act("move_for", {"booking_id": booking_id, "occurrence_id": days[2], "seen": 1}),
            Act("cancel_for", {"booking_id": booking_id, "seen": 1}),
            Act("change_party", {"booking_id": booking_id, "adults": 3}),
        )

        assert went["done"] >= 1
        assert set(went) <= {"done", "Stale", "NotMovable", "NotCancellable"}
        told = "SELECT count(*) FROM event WHERE object_kind = 'booking' AND object_id = :id"
        told += " AND actor = 'staff:7'"
        assert value(told, id=booking_id) <= 1, "two members of staff changed what one of them saw"
        holds_together()
