"""Publishing: the seats that the equipment gives, and what is busy."""

from datetime import timedelta
from itertools import pairwise

import pytest

from booking.db import db, unit_of_work
from booking.errors import NotFound
from booking.schedule import queries, service, taking
from booking.schedule.models import Allocation, Occurrence
from booking.schedule.refusals import CapacityInUse, Taken
from tests.builders import (
    a_booking,
    a_host,
    a_need,
    a_pool,
    a_room,
    an_occurrence,
    an_offering,
    house_id,
)
from tests.deeds.reading import load_of, rows_of, written

MINUTE = timedelta(minutes=1)


def repaired(pool_id, units, clock, *, days=1):
    """Take units out of use, from now on."""
    until = clock() + timedelta(days=days)
    return unit_of_work(lambda: service.repair(pool_id, units, starts_at=clock(), ends_at=until, now=clock()))


def seen(occurrence_id, clock):
    return unit_of_work(lambda: queries.date(occurrence_id, house_id=house_id(), language="de", now=clock()))


def test_a_headset_in_repair_lowers_the_seats_and_the_date_says_why(app, clock):
    pool_id = a_pool(8)
    needs = (a_need(kind="pool", pool_id=pool_id, people_per_unit=1),)
    offering_id = an_offering(seats=8, party_max=8, needs=needs)
    claim_id = repaired(pool_id, 1, clock, days=2)

    date = seen(an_occurrence(clock, offering_id=offering_id, seats=8), clock)

    assert (date.seats, date.planned_seats, date.left) == (7, 8, 7)
    assert date.limited_by == {"de": "VR-Brillen", "en": "VR headsets"}
    assert load_of(pool_id=pool_id) == 8
    later = clock() + timedelta(days=3)
    assert (
        seen(an_occurrence(clock, offering_id=offering_id, seats=8, starts_at=later), clock).limited_by == {}
    )
    unit_of_work(lambda: taking.release(claim_id))
    assert load_of(pool_id=pool_id) == 7 + 8


def test_a_kit_for_two_people_serves_two_people(app, clock):
    pool_id = a_pool(4)
    needs = (a_need(kind="pool", pool_id=pool_id, people_per_unit=2),)
    offering_id = an_offering(seats=9, party_max=9, needs=needs)

    odd = an_occurrence(clock, offering_id=offering_id, seats=5)
    assert load_of(pool_id=pool_id) == 3
    assert seen(an_occurrence(clock, offering_id=offering_id, seats=9), clock).seats == 2

    assert seen(odd, clock).seats == 5
    assert load_of(pool_id=pool_id) == 4


def test_without_any_equipment_left_nothing_is_published(app, clock):
    pool_id = a_pool(2)
    needs = (a_need(kind="pool", pool_id=pool_id, people_per_unit=1),)
    offering_id = an_offering(seats=8, party_max=8, needs=needs)
    repaired(pool_id, 2, clock, days=2)
    before = written()

    with pytest.raises(Taken):
        an_occurrence(clock, offering_id=offering_id, seats=8)

    assert written() == before
    assert rows_of(Occurrence.id) == []


def test_a_host_is_busy_until_the_buffers_of_both_dates_are_over(app, clock):
    host_id = a_host()
    offering_id = an_offering(needs=(a_need(kind="host", before_minutes=15, after_minutes=10),))
    start = clock() + timedelta(days=1)
    plan = {"offering_id": offering_id, "host_ids": (host_id,)}
    an_occurrence(clock, starts_at=start, **plan)

    with pytest.raises(Taken):
        an_occurrence(clock, starts_at=start + timedelta(minutes=60 + 25) - MINUTE, **plan)
    with pytest.raises(Taken):
        an_occurrence(clock, starts_at=start - timedelta(minutes=60 + 25) + MINUTE, **plan)

    an_occurrence(clock, starts_at=start + timedelta(minutes=60 + 25), **plan)
    an_occurrence(clock, starts_at=start - timedelta(minutes=60 + 25), **plan)
    an_occurrence(clock, starts_at=start, offering_id=offering_id, host_ids=(a_host(),))


def test_a_room_is_for_one_date_at_a_time_and_a_shared_one_for_so_many_people(app, clock):
    room, foyer = a_room(), a_room(is_shared=True, people_limit=25)
    (resource_id,) = unit_of_work(
        lambda: list(
            db.session.scalars(db.text("SELECT id FROM resource WHERE place_id = :id"), {"id": foyer})
        )
    )
    unit_of_work(lambda: service.change_capacity(resource_id, 25, now=clock()))
    workshop = an_offering(needs=(a_need(kind="room", place_id=room),))
    opening = an_offering(seats=25, party_max=25, needs=(a_need(kind="room", place_id=foyer),))

    an_occurrence(clock, offering_id=workshop)
    with pytest.raises(Taken):
        an_occurrence(clock, offering_id=workshop)
    an_occurrence(clock, offering_id=opening, seats=15)
    with pytest.raises(Taken):
        an_occurrence(clock, offering_id=opening, seats=11)
    an_occurrence(clock, offering_id=opening, seats=10)

    assert load_of(place_id=foyer) == 25


def test_a_date_takes_nothing_of_another_house(app, clock):
    other_house = house_id("library")
    before = written()

    with pytest.raises(NotFound):
        an_occurrence(clock, house_id=other_house, offering_id=an_offering())
    foreign = an_offering(house_id=other_house)
    with pytest.raises(NotFound):
        an_occurrence(clock, house_id=other_house, offering_id=foreign, host_ids=(a_host(),))
    with pytest.raises(NotFound):
        an_occurrence(clock, house_id=other_house, offering_id=foreign, place_id=a_room())

    assert written() == before


def test_a_capacity_is_not_lowered_below_what_is_booked(app, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    (resource_id,) = rows_of(Allocation.resource_id)[0]

    with pytest.raises(CapacityInUse):
        unit_of_work(lambda: service.change_capacity(resource_id, 2, now=clock()))

    unit_of_work(lambda: service.change_capacity(resource_id, 3, now=clock()))
    unit_of_work(lambda: service.change_capacity(resource_id, 2, now=clock.forward(days=2)))


def test_a_repair_longer_than_31_days_is_stored_in_pieces_that_touch(app, clock):
    repaired(a_pool(3), 2, clock, days=75)

    pieces = rows_of(Allocation.starts_at, Allocation.ends_at, Allocation.quantity)

    assert [(end - start) // 86400 for start, end, _ in pieces] == [31, 31, 13]
    assert all(one[1] == two[0] for one, two in pairwise(pieces))
