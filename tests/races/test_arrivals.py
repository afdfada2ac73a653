"""Check-in by several desks at once: counted once, nothing overwritten, and never of a booking that was cancelled."""

from datetime import timedelta

import pytest

from tests.builders import a_booking, an_occurrence
from tests.races.aftermath import holds_together, value
from tests.races.crowd import Act

pytestmark = pytest.mark.race

ROUNDS = 4


@pytest.fixture
def today(app, clock):
    return an_occurrence(clock, starts_at=clock() + timedelta(hours=3))


def party(clock, occurrence_id, n=0):
    return a_booking(occurrence_id, clock, email=f"{n}@example.org", party={"adults": 3}).booking_id


def came(booking_id):
    return value("SELECT coalesce(sum(people), 0) FROM attendance WHERE booking_id = :id", id=booking_id)


def state(booking_id):
    return value("SELECT state FROM booking WHERE id = :id", id=booking_id)


def checked_in(booking_id):
    deed = "booking.checked_in"
    return value(
        "SELECT count(*) FROM event WHERE deed = :deed AND object_id = :id", deed=deed, id=booking_id
    )


def test_many_desks_check_the_same_party_in_and_it_is_noted_once(race, clock, today):
    booking_id = party(clock, today)

    went = race(*(Act("check_in", {"booking_id": booking_id, "version": 0}) for _ in range(16)))

    assert went == {"done": 16}
    assert (state(booking_id), came(booking_id), checked_in(booking_id)) == ("attended", 3, 1)
    holds_together()


def test_of_two_desks_with_other_numbers_one_is_told(race, clock, today):
    for n in range(ROUNDS):
        booking_id = party(clock, today, n)
        acts = [
            Act("check_in", {"booking_id": booking_id, "came": {"adults": number}, "version": 0})
            for number in (1, 2)
        ]
        assert race(*acts) == {"done": 1, "Stale": 1}
        assert came(booking_id) in (1, 2)
        assert checked_in(booking_id) == 1
    holds_together()


def test_a_booking_is_either_cancelled_or_checked_in(race, clock, today):
    ends = set()
    for n in range(2 * ROUNDS):
        booking_id = party(clock, today, n)
        acts = [Act("check_in", {"booking_id": booking_id}), Act("cancel", {"booking_id": booking_id})]
        went = race(*(acts if n % 2 else reversed(acts)))
        assert went["done"] == 1, went
        ends.add(state(booking_id))
        assert came(booking_id) == (3 if state(booking_id) == "attended" else 0)
        if state(booking_id) == "attended":
            race(Act("undo_check_in", {"booking_id": booking_id}))
            race(Act("cancel", {"booking_id": booking_id}))
    assert ends <= {"attended", "cancelled_by_visitor"}
    holds_together()


def test_groups_parties_cancellations_and_undoing_at_once_leave_nothing_broken(race, clock, today):
    some = [party(clock, today, n) for n in range(5)]

    went = race(
        *(Act("check_in_date", {"occurrence_id": today}) for _ in range(3)),
        *(Act("check_in", {"booking_id": one, "came": {"adults": 2}}) for one in some),
        *(Act("undo_check_in", {"booking_id": one}) for one in some),
        *(Act("cancel", {"booking_id": one}) for one in some[:2]),
        Act("cancel_occurrence", {"occurrence_id": today}),
        Act("change_party", {"booking_id": some[4], "adults": 1}),
    )

    assert not [one for one in went if one.startswith("FAULT")], went
    holds_together()
