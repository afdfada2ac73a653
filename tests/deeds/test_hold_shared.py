"""Slots of several people: parties share one date until the last has left; two hosts give one together."""

from datetime import date, timedelta
from functools import partial

import pytest

from booking.bookings import calling_off, changing, retention
from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.schedule.models import Claim, Occurrence, OccurrenceHost
from booking.schedule.refusals import SlotGone
from tests.builders import a_need, a_pool, a_room
from tests.deeds.reading import load_of, rows_of
from tests.holds import a_slot_booking, a_slot_hold, booked
from tests.hours import a_consultation, an_expert, at, free

WEDNESDAY = date(2027, 1, 13)
THREE = at("2027-01-13 15:00")
HALF_PAST = at("2027-01-13 15:30")
HOURS = "wed 15:00-16:00"


def cancel(booking, clock):
    unit_of_work(partial(changing.cancel, booking.booking_id, now=clock()))


def hosts_of_dates():
    return [host_id for (host_id,) in rows_of(OccurrenceHost.host_id)]


def claim_of_date():
    ((expires_at,),) = rows_of(Claim.expires_at, where=Claim.id == Occurrence.claim_id)
    return expires_at


def a_shared_table(**wanted):
    """The app table: four seats, one helper, one table."""
    table, tablets = a_room(), a_pool(2)
    needs = (a_need(kind="room", place_id=table), a_need(kind="pool", pool_id=tablets))
    details = {"seats": 4, "party_max": 2, "is_shared": True, "needs": needs}
    return a_consultation(**(details | wanted)), table, tablets


def left_at_three(offering_id, clock):
    return "15:00" in free(offering_id, WEDNESDAY, now=clock())


def test_parties_share_a_slot_until_its_seats_are_gone(app, clock):
    offering_id, table, tablets = a_shared_table()
    expert = an_expert(offering_id, HOURS)

    for name in ("one", "two"):
        a_slot_booking(offering_id, THREE, clock, once=name, party={"adults": 2})

    assert len(rows_of(Occurrence.id)) == 1
    assert [load_of(host_id=expert), load_of(place_id=table), load_of(pool_id=tablets)] == [1, 1, 1]
    assert not left_at_three(offering_id, clock)
    with pytest.raises(SlotGone):
        a_slot_hold(offering_id, THREE, clock)


def test_who_only_holds_shares_as_well(app, clock):
    offering_id, *_ = a_shared_table()
    an_expert(offering_id, HOURS)

    first = a_slot_hold(offering_id, THREE, clock, party={"adults": 2})
    clock.forward(minutes=5)
    second = a_slot_hold(offering_id, THREE, clock, party={"adults": 2})
    clock.forward(minutes=11)  # the first is over, the second is not
    a_slot_booking(offering_id, THREE, clock, party={"adults": 1})
    booked(second, clock)

    assert len(rows_of(Occurrence.id)) == 1
    assert load_of(occurrence_id=rows_of(Occurrence.id)[0][0]) == 3
    assert first.hold_id != second.hold_id


def test_the_last_one_who_leaves_frees_everything(app, clock):
    offering_id, table, tablets = a_shared_table()
    expert = an_expert(offering_id, HOURS)
    first, second = (a_slot_booking(offering_id, THREE, clock, once=name) for name in ("one", "two"))

    cancel(first, clock)
    assert [load_of(host_id=expert), load_of(place_id=table), load_of(pool_id=tablets)] == [1, 1, 1]
    cancel(second, clock)

    assert [load_of(host_id=expert), load_of(place_id=table), load_of(pool_id=tablets)] == [0, 0, 0]


def test_after_everybody_has_left_the_next_one_brings_the_date_back(app, clock):
    offering_id, table, _ = a_shared_table()
    expert = an_expert(offering_id, HOURS)
    cancel(a_slot_booking(offering_id, THREE, clock), clock)

    a_slot_booking(offering_id, THREE, clock, party={"adults": 2})

    assert len(rows_of(Occurrence.id)) == 1
    assert (load_of(host_id=expert), load_of(place_id=table)) == (1, 1)
    assert claim_of_date() is None


def test_when_a_booking_leaves_and_a_hold_stays_the_host_is_kept_as_long_as_the_hold(app, clock):
    offering_id, *_ = a_shared_table()
    expert = an_expert(offering_id, HOURS)
    booking = a_slot_booking(offering_id, THREE, clock, once="one")
    a_slot_hold(offering_id, THREE, clock, once="two")

    cancel(booking, clock)

    assert claim_of_date() == int((clock() + timedelta(minutes=15)).timestamp())
    clock.forward(minutes=15)
    retention.run(now=clock())
    assert load_of(host_id=expert) == 0


def test_a_shared_slot_that_the_house_called_off_can_be_given_again(app, clock):
    offering_id, *_ = a_shared_table()
    an_expert(offering_id, HOURS)
    a_slot_booking(offering_id, THREE, clock)
    ((occurrence_id,),) = rows_of(Occurrence.id)

    unit_of_work(
        partial(
            calling_off.cancel_occurrence,
            occurrence_id,
            reasons={"de": "krank"},
            actor="staff:1",
            now=clock(),
        )
    )
    a_slot_booking(offering_id, THREE, clock)

    assert sorted(state for (state,) in rows_of(Occurrence.state)) == ["cancelled", "published"]
    assert sorted(state for (state,) in rows_of(Booking.state)) == ["cancelled_by_house", "confirmed"]


def test_a_second_helper_opens_a_second_table_when_the_first_is_full(app, clock):
    tables = [a_room(), a_room()]
    needs = tuple(a_need(kind="room", place_id=table, choice=1) for table in tables)
    offering_id = a_consultation(seats=2, party_max=2, is_shared=True, needs=needs)
    helpers = {an_expert(offering_id, HOURS) for _ in range(2)}

    for name in ("one", "two", "three"):
        a_slot_booking(offering_id, THREE, clock, once=name, party={"adults": 1})

    assert len(rows_of(Occurrence.id)) == 2
    assert {host for (host,) in rows_of(Occurrence.shared_host_id)} == helpers


def test_two_experts_together_are_both_taken(app, clock):
    offering_id = a_consultation(host_mode="all")
    experts = [an_expert(offering_id, HOURS) for _ in range(2)]

    a_slot_booking(offering_id, THREE, clock)

    assert sorted(hosts_of_dates()) == sorted(experts)
    assert [load_of(host_id=expert) for expert in experts] == [1, 1]


def test_the_fixed_expert_comes_with_one_other(app, clock):
    offering_id = a_consultation(host_mode="fixed_and_any")
    fixed = an_expert(offering_id, HOURS, is_fixed=True)
    others = [an_expert(offering_id, HOURS) for _ in range(2)]

    a_slot_booking(offering_id, THREE, clock)

    assert load_of(host_id=fixed) == 1
    assert sorted(load_of(host_id=other) for other in others) == [0, 1]
