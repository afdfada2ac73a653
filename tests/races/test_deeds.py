"""Deeds of several processes on the same rows: the guard decides, nothing deadlocks, nothing is half done."""

import pytest

from booking.catalogue.service import NeedDetails
from tests.builders import a_booking, a_host, a_need, a_pool, a_room, an_occurrence, an_offering, house_id
from tests.races.aftermath import drop_guards, holds_together, value
from tests.races.crowd import Act, an_hour

pytestmark = pytest.mark.race

ROUNDS = 4


def book(occurrence_id, n, adults=1):
    return Act(
        "book", {"occurrence_id": occurrence_id, "once": f"race-{occurrence_id}-{n}", "adults": adults}
    )


def resource_of(column, number):
    return value(f"SELECT id FROM resource WHERE {column} = :number", number=number)


def test_the_same_date_by_many_processes(race, clock):
    occurrence_id = an_occurrence(clock, seats=5)

    went = race(*(book(occurrence_id, n) for n in range(32)))

    assert went == {"done": 5, "Taken": 27}
    holds_together()


def test_without_the_guard_many_processes_oversell(race, clock):
    occurrence_id = an_occurrence(clock, seats=5)
    drop_guards()

    assert race(*(book(occurrence_id, n) for n in range(32)))["done"] > 5


def test_a_date_is_cancelled_while_people_book_it(race, clock):
    for _ in range(ROUNDS):
        occurrence_id = an_occurrence(clock, seats=40)
        acts = [book(occurrence_id, n) for n in range(20)]

        went = race(*acts[:10], Act("cancel_occurrence", {"occurrence_id": occurrence_id}), *acts[10:])

        assert set(went) <= {"done", "Cancelled"}
        assert value("SELECT state FROM occurrence WHERE id = :id", id=occurrence_id) == "cancelled"
        told = "SELECT count(*) FROM outgoing_mail m JOIN booking b ON m.thread = 'booking:' || b.id"
        told += " WHERE b.occurrence_id = :id AND m.method = 'CANCEL'"
        assert value(told, id=occurrence_id) == went["done"] - 1, "everybody who got in is told"
        holds_together()


@pytest.mark.parametrize("scarce", ["host", "room", "equipment"])
def test_two_dates_want_the_same_at_one_time(race, clock, scarce):
    for day in range(1, 1 + ROUNDS):
        plans = [_plan(clock, scarce, day) for _ in range(1)]

        went = race(*(Act("publish", plan) for plan in plans * 8))

        assert went == {"done": 1, "Taken": 7}
        holds_together()


def test_without_the_guard_one_host_gives_two_tours_at_once(race, clock):
    plan = _plan(clock, "host", 1)
    drop_guards()

    assert race(*(Act("publish", plan) for _ in range(8)))["done"] > 1


def test_a_capacity_is_lowered_while_people_book(race, clock):
    for _ in range(ROUNDS):
        resource_id = resource_of("pool_id", a_pool(10))
        needs = {"house_id": house_id(), "offering_id": _with_pool(resource_id), "seats": 1, "language": "de"}
        more = {"host_ids": (), "place_id": None} | an_hour(clock)
        publish = Act("publish", needs | more)

        went = race(*[publish] * 10, Act("lower", {"resource_id": resource_id, "capacity": 4}))

        capacity = value("SELECT capacity FROM resource WHERE id = :id", id=resource_id)
        used = value("SELECT sum(quantity) FROM allocation WHERE resource_id = :id", id=resource_id)
        assert set(went) <= {"done", "Taken", "CapacityInUse"}
        assert used <= capacity
        assert went["CapacityInUse"] == (capacity == 10)
        holds_together()


@pytest.mark.parametrize("deeds", [("cancel", "cancel"), ("erase", "cancel"), ("erase", "erase")])
def test_one_booking_is_ended_many_times_at_once(race, clock, deeds):
    for _ in range(ROUNDS):
        occurrence_id = an_occurrence(clock, seats=3)
        booking_id = a_booking(occurrence_id, clock).booking_id
        acts = [Act(deed, {"booking_id": booking_id}) for deed in deeds * 6]

        went = race(*acts)

        assert set(went) <= {"done", "Gone"}
        assert went["done"] >= 1
        thread = f"booking:{booking_id}"
        cancels = "SELECT count(*) FROM outgoing_mail WHERE thread = :thread AND method = 'CANCEL'"
        assert value(cancels, thread=thread) in (1, 2 if "erase" in deeds else 1)
        assert value("SELECT sequence FROM booking WHERE id = :id", id=booking_id) == 1
        left = "SELECT count(*) FROM allocation a JOIN resource r ON r.id = a.resource_id"
        assert value(f"{left} WHERE r.occurrence_id = :id", id=occurrence_id) == 0
        holds_together()


def test_everything_at_once_on_a_few_dates(race, clock):
    """No order of locks that two deeds take differently: every pair of them meets here."""
    host, room = a_host(), a_room()
    offering_id = an_offering(seats=6, party_max=6, needs=(a_need(kind="room", place_id=room),))
    shared = {"offering_id": offering_id, "host_ids": (host,), "place_id": room, "seats": 6}
    dates = [an_occurrence(clock, **shared | an_hour(clock, days=day)) for day in (1, 2)]
    booked = [a_booking(date, clock, party={"adults": 1}).booking_id for date in dates for _ in range(3)]
    plan = shared | {"house_id": house_id(), "language": "de"} | an_hour(clock, days=1)

    went = race(
        *(book(date, n) for date in dates for n in range(6)),
        *(Act("cancel", {"booking_id": booking_id}) for booking_id in booked),
        *(Act("erase", {"booking_id": booking_id}) for booking_id in booked),
        *(Act("change_address", {"booking_id": one, "email": "new@example.org"}) for one in booked),
        Act("cancel_occurrence", {"occurrence_id": dates[0]}),
        *(Act("publish", plan) for _ in range(3)),
    )

    assert set(went) <= {"done", "Taken", "Cancelled", "Gone", "NotCancellable"}
    holds_together()


def _plan(clock, scarce, day):
    """Return a plan that takes all there is of one thing."""
    hosts: tuple[int, ...] = ()
    needs: tuple[NeedDetails, ...] = ()
    place_id = None
    if scarce == "host":
        hosts = (a_host(),)
    elif scarce == "room":
        place_id = a_room()
        needs = (a_need(kind="room", place_id=place_id),)
    else:
        needs = (a_need(kind="pool", pool_id=a_pool(2), people_per_unit=4),)
    offering_id = an_offering(seats=8, party_max=8, needs=needs)
    fixed = {"house_id": house_id(), "offering_id": offering_id, "seats": 8, "language": "de"}
    return fixed | {"host_ids": hosts, "place_id": place_id} | an_hour(clock, days=day)


def _with_pool(resource_id):
    pool_id = value("SELECT pool_id FROM resource WHERE id = :id", id=resource_id)
    needs = (a_need(kind="pool", pool_id=pool_id, quantity=1),)
    return an_offering(seats=1, party_max=1, needs=needs)
