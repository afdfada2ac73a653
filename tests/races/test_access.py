"""Access needs of many at once: the only interpreter is taken once, the others become tasks, nobody is refused."""

from datetime import timedelta

import pytest

from booking.bookings.access_models import AccessNeed
from booking.schedule.models import Allocation
from tests.builders import an_occurrence, an_offering
from tests.deeds.reading import load_of, rows_of
from tests.holds import a_hold
from tests.hours import at
from tests.needs import a_loop, a_signer, booked_with
from tests.races.aftermath import drop_guards, holds_together, value
from tests.races.crowd import Act

pytestmark = pytest.mark.race

ROUNDS = 3
FAR = at("2027-02-02 10:00")


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=30, party_max=30, cancel_until_minutes=60)


@pytest.fixture
def dates(clock, offering_id):
    """Publish dates of an hour, ten minutes apart: up to six of them overlap."""

    def publish(number, week=0):
        first = FAR + timedelta(weeks=week)
        return [
            an_occurrence(
                clock, offering_id=offering_id, seats=30, starts_at=first + timedelta(minutes=10 * n)
            )
            for n in range(number)
        ]

    return publish


def book(hold, *kinds):
    return Act(
        "book_needing", {"hold_id": hold.hold_id, "kinds": kinds, "email": f"{hold.hold_id}@example.org"}
    )


def told():
    return value("SELECT count(*) FROM outgoing_mail WHERE kind = 'task' AND state = 'owed'")


def counted(kind):
    count = f"SELECT count(*) FROM access_need WHERE kind = '{kind}' AND state = "
    return value(count + "'arranged'"), value(count + "'open'")


@pytest.mark.parametrize("kind", ["dgs", "induction_loop"])
def test_two_bookings_want_the_only_one_at_once(race, clock, dates, kind):
    owner = {"host_id": a_signer()} if kind == "dgs" else {"pool_id": a_loop(1)}
    for n in range(ROUNDS):
        holds = [a_hold(one, clock) for one in dates(2, week=n)]

        assert race(*(book(one, kind) for one in holds)) == {"done": 2}
        assert counted(kind) == (n + 1, n + 1)
        assert load_of(**owner) == n + 1
        assert told() == n + 1
    holds_together()


def test_many_want_three_interpreters_and_each_is_taken_once(race, clock, dates):
    signers = [a_signer() for _ in range(3)]
    holds = [a_hold(one, clock) for one in dates(5) for _ in range(3)]

    assert race(*(book(one, "dgs", "quiet") for one in holds)) == {"done": 15}

    assert [load_of(host_id=one) for one in signers] == [1, 1, 1]
    assert counted("dgs") == (9, 6), "three on each of three dates share one"
    assert counted("quiet") == (0, 15)
    assert told() == 15
    holds_together()


def test_without_the_guard_nobody_interprets_twice_either(race, clock, dates):
    """The lock alone suffices: it is what keeps a second one from being refused."""
    ada = a_signer()
    holds = [a_hold(one, clock) for one in dates(6)]
    drop_guards()

    assert race(*(book(one, "dgs") for one in holds)) == {"done": 6}

    assert load_of(host_id=ada) == 1


def test_those_who_share_an_interpreter_leave_and_come_at_once(race, clock, dates):
    ada, week = a_signer(), 0
    for week in range(ROUNDS):
        (occurrence_id,) = dates(1, week=week)
        leave = [
            booked_with(occurrence_id, clock, "dgs", email=f"out{week}{n}@example.org").booking_id
            for n in range(4)
        ]
        come = [a_hold(occurrence_id, clock) for _ in range(4)]

        went = race(
            *(Act("cancel", {"booking_id": one}) for one in leave), *(book(one, "dgs") for one in come)
        )

        assert went == {"done": 8}
        assert counted("dgs") == (4 * (week + 1), 0)
        assert load_of(host_id=ada) == week + 1
        assert rows_of(Allocation.id, where=Allocation.claim_id.in_(claims())) != []
        holds_together()


def claims():
    return [claim for (claim,) in rows_of(AccessNeed.claim_id)]


def test_moving_cancelling_and_changing_end_in_one_order(race, clock, dates):
    ada, loop = a_signer(), a_loop(1)
    one, other = dates(1)[0], dates(1, week=1)[0]
    here = [
        booked_with(one, clock, "dgs", "induction_loop", email=f"a{n}@example.org").booking_id
        for n in range(4)
    ]
    there = [
        booked_with(other, clock, "dgs", "induction_loop", email=f"b{n}@example.org").booking_id
        for n in range(4)
    ]

    went = race(
        *(Act("move", {"booking_id": id_, "occurrence_id": other}) for id_ in here),
        *(Act("move", {"booking_id": id_, "occurrence_id": one}) for id_ in there),
        *(Act("change_needs", {"booking_id": id_, "kinds": ("induction_loop",)}) for id_ in here + there),
        Act("cancel", {"booking_id": here[0]}),
        Act("erase", {"booking_id": there[0]}),
        Act("cancel_occurrence", {"occurrence_id": other}),
    )

    assert set(went) <= {"done", "NotMovable", "NotCancellable", "Cancelled", "Gone"}
    assert load_of(host_id=ada) <= 1
    assert load_of(pool_id=loop) <= 1
    assert value("SELECT count(*) FROM access_need WHERE state <> 'arranged'") == 0
    holds_together()
