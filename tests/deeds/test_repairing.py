"""Equipment out of service: taken like everything else, in pieces of 31 days, and back earlier on request."""

from datetime import timedelta

import pytest

from booking.db import unit_of_work
from booking.errors import NotFound
from booking.schedule import repairing, thing_uses
from booking.schedule.models import Allocation, Claim, Repair
from booking.schedule.repairing import WantedRepair
from booking.schedule.staff_refusals import MoreThanThere, RepairOver, UnitsInUse
from booking.timekit.instants import to_epoch
from tests.builders import a_need, a_pool, an_occurrence, an_offering, house_id
from tests.deeds.reading import events, load_of, rows_of
from tests.staff import a_staff

DAY = timedelta(days=1)


@pytest.fixture
def editor(app):
    """Somebody who runs every programme."""
    return a_staff("coordinator")


def begun(pool_id, units, editor, clock, *, days=1, after=timedelta(0)):
    wanted = WantedRepair(units, clock() + after, clock() + after + days * DAY, "Bügel gebrochen")
    return unit_of_work(lambda: repairing.begin(pool_id, wanted, editor=editor, now=clock()))


def ended(repair_id, editor, clock):
    unit_of_work(lambda: repairing.end(repair_id, editor=editor, now=clock()))


def with_headsets(clock, pool_id, *, seats=6):
    need = a_need(kind="pool", pool_id=pool_id, people_per_unit=1)
    offering_id = an_offering(seats=seats, party_max=seats, needs=(need,))
    return an_occurrence(clock, offering_id=offering_id, seats=seats)


def test_a_repair_takes_units_and_is_listed(editor, clock):
    pool = a_pool(8)

    begun(pool, 1, editor, clock, days=3)

    (line,) = unit_of_work(lambda: thing_uses.repairs(house_id(), pool_id=pool))
    assert (line.units, line.ends_at - line.starts_at, line.note) == (1, 3 * DAY, "Bügel gebrochen")
    assert load_of(pool_id=pool) == 1
    assert events() == ["pool.repair_began"]


def test_a_long_repair_is_one_deed_in_pieces_of_31_days(editor, clock):
    pool = a_pool(8)

    begun(pool, 1, editor, clock, days=100)

    spans = rows_of(Allocation.starts_at, Allocation.ends_at)
    assert [(end - start) // 86_400 for start, end in spans] == [31, 31, 31, 7]
    assert len(rows_of(Repair.id)) == 1


def test_a_repair_that_would_break_a_date_is_refused_and_names_it(editor, clock):
    pool = a_pool(8)
    date = with_headsets(clock, pool)
    wanted = WantedRepair(3, clock(), clock() + 2 * DAY)

    with pytest.raises(UnitsInUse):
        begun(pool, 3, editor, clock, days=2)

    blockers = unit_of_work(lambda: repairing.conflicts(pool, wanted, editor=editor, units=8, now=clock()))
    assert [(use.occurrence_id, use.title) for use in blockers] == [(date, "Rundgang")]
    assert rows_of(Repair.id) == []
    assert begun(pool, 2, editor, clock, days=2)
    assert begun(pool, 6, editor, clock, after=2 * DAY)


def test_a_repair_counts_what_else_is_broken_and_what_is_over_does_not(editor, clock):
    pool = a_pool(8)
    begun(pool, 5, editor, clock, days=1)

    with pytest.raises(UnitsInUse):
        begun(pool, 4, editor, clock, days=2)
    assert begun(pool, 4, editor, clock, after=DAY)
    with pytest.raises(MoreThanThere):
        begun(pool, 9, editor, clock, after=9 * DAY)


def test_units_come_back_earlier_from_the_instant_on(editor, clock):
    pool = a_pool(8)
    repair = begun(pool, 1, editor, clock, days=100)
    clock.forward(days=40)

    ended(repair, editor, clock)

    (line,) = unit_of_work(lambda: thing_uses.repairs(house_id()))
    assert line.ends_at == clock()
    assert max(end for (end,) in rows_of(Allocation.ends_at)) == to_epoch(clock())
    assert len(rows_of(Allocation.id)) == 2
    with pytest.raises(RepairOver):
        ended(repair, editor, clock)
    assert events() == ["pool.repair_began", "pool.repair_ended"]


def test_a_repair_that_has_not_begun_is_taken_away(editor, clock):
    pool = a_pool(8)
    repair = begun(pool, 1, editor, clock, after=DAY)

    ended(repair, editor, clock)

    assert rows_of(Repair.id) == rows_of(Claim.id) == []
    assert load_of(pool_id=pool) == 0


def test_equipment_and_repairs_of_another_house_are_not_there(editor, clock):
    foreign = a_pool(8, house_id=house_id("library"))
    stranger = a_staff("coordinator", house_id=house_id("library"))
    repair = begun(foreign, 1, stranger, clock)

    with pytest.raises(NotFound):
        begun(foreign, 1, editor, clock)
    with pytest.raises(NotFound):
        ended(repair, editor, clock)
    with pytest.raises(NotFound):
        unit_of_work(lambda: thing_uses.repair(repair, house_id=house_id()))
    assert unit_of_work(lambda: thing_uses.repairs(house_id())) == []
    assert load_of(pool_id=foreign) == 1


def test_dates_with_fewer_seats_because_of_a_repair_are_told(editor, clock):
    pool = a_pool(8)
    begun(pool, 2, editor, clock, days=3)
    date = with_headsets(clock, pool, seats=8)

    found = unit_of_work(
        lambda: thing_uses.limited_by(pool, house_id=house_id(), since=clock(), until=None, language="en")
    )

    assert [(row[0], row[1], row[4], row[5]) for row in found] == [(date, "Guided tour", 6, 8)]
