"""Free times through the database: changed days, absences, holds, bookings that move, and parties that share a slot."""

from datetime import date, timedelta

import pytest

from booking.db import unit_of_work
from booking.schedule import service
from booking.schedule.hours import Of
from booking.schedule.slots import free_slots
from tests.builders import a_need
from tests.conftest import MONDAY
from tests.hours import (
    TakenSlot,
    a_consultation,
    a_taken_slot,
    an_expert,
    at,
    away,
    busy,
    free,
    hours_of,
    on,
    query_of,
    said,
    take,
)
from tests.pure.test_slots import DAY

WEDNESDAY = f"{DAY} "
MORNING = "wed 10:00-12:00"
NOW = MONDAY


def found(offering_id, **asked):
    return free(offering_id, DAY, now=NOW, **asked)


def slot_at(wall, offering_id, *host_ids, **more) -> TakenSlot:
    begin = at(WEDNESDAY + wall)
    return a_taken_slot(offering_id, host_ids, begin, begin + timedelta(minutes=30), **more)


NIGHTS = [  # hours, changed days of the 13th and 14th (None: none), starts of both
    ("wed 23:00-01:00", None, None, "01-13/23:00 01-13/23:30 01-14/00:00 01-14/00:30"),
    ("wed 23:00-01:00", None, (), "01-13/23:00 01-13/23:30"),  # the next date has its own word
    ("wed 23:00-01:00", (), None, "01-14/00:00 01-14/00:30"),
    ("tue 23:00-01:00", (), None, ""),  # also a spill-over from the day before
    ("tue 23:00-01:00", ("22:00-22:30",), None, "01-13/22:00"),
    ("wed 10:00-11:00", ("23:00-00:30",), None, "01-13/23:00 01-13/23:30 01-14/00:00"),
    ("wed 10:00-11:00", ("23:00-00:30",), ("08:00-08:30",), "01-13/23:00 01-13/23:30 01-14/08:00"),
    ("wed 10:00-11:00", ("09:00-09:30", "12:00-12:30"), None, "01-13/09:00 01-13/12:00"),
    ("wed 10:00-11:00", ("09:00-10:00", "09:00-09:30"), None, "01-13/09:00 01-13/09:30"),
]


@pytest.mark.parametrize(("hours", "first", "second", "starts"), NIGHTS)
def test_a_changed_day_replaces_its_minutes_and_those_that_spill_over(lab, hours, first, second, starts):
    offering_id, tomorrow = a_consultation(), DAY + timedelta(days=1)
    of = Of(host_id=an_expert(offering_id, hours))
    for day, windows in ((DAY, first), (tomorrow, second)):
        if windows is not None:
            on(day, *windows, of=of)

    assert free(offering_id, DAY, tomorrow, now=NOW) == starts


def test_a_day_changed_twice_is_as_it_was_said_last(lab):
    offering_id = a_consultation()
    of = Of(host_id=an_expert(offering_id, MORNING))
    on(DAY, "08:00-09:00", of=of)
    on(DAY, "17:00-17:30", of=of)

    assert found(offering_id) == "17:00"


def test_an_absence_of_days_includes_the_last_one(lab):
    offering_id = a_consultation()
    of = Of(host_id=an_expert(offering_id, "tue-fri 10:00-10:30"))
    away(DAY, DAY + timedelta(days=1), of=of)

    week = free(offering_id, DAY - timedelta(days=1), DAY + timedelta(days=2), now=NOW)

    assert week == "01-12/10:00 01-15/10:00"


def test_a_hold_blocks_until_it_expires_and_a_booking_for_ever(lab):
    offering_id = a_consultation()
    host_id = an_expert(offering_id, MORNING)
    take(at(WEDNESDAY + "10:00"), at(WEDNESDAY + "10:30"), host_id=host_id, until=NOW)
    take(at(WEDNESDAY + "10:30"), at(WEDNESDAY + "11:00"), host_id=host_id, until=NOW + timedelta(seconds=1))
    take(at(WEDNESDAY + "11:00"), at(WEDNESDAY + "11:30"), host_id=host_id)

    assert found(offering_id) == "10:00 11:30"


def test_buffers_of_both_sides_add_up_and_are_not_alike(lab):
    needs = (a_need(kind="host", before_minutes=5, after_minutes=25),)
    offering_id = a_consultation(needs=needs, step_minutes=10)
    host_id = an_expert(offering_id, "wed 10:00-13:00")
    slot_at("11:20", offering_id, host_id, before=300, after=1500)

    assert found(offering_id) == "10:00 10:10 10:20 12:20 12:30"


def test_the_booking_that_moves_does_not_count(lab):
    offering_id = a_consultation()
    host_id = an_expert(offering_id, MORNING)
    own, others = slot_at("10:30", offering_id, host_id), slot_at("11:30", offering_id, host_id)

    assert found(offering_id) == "10:00 11:00"
    assert found(offering_id, moving=own.claim_id) == "10:00 10:30 11:00"
    assert found(offering_id, moving=others.claim_id) == "10:00 11:00 11:30"


def places(offering_id, **asked):
    slots = free_slots(query_of(offering_id, DAY, now=NOW, **asked))
    return " ".join(f"{said(slot.start, '%H:%M')}={slot.left}" for slot in slots)


def test_parties_share_a_slot_until_its_seats_are_taken(lab):
    offering_id = a_consultation(is_shared=True, seats=4, party_max=4)
    host_id = an_expert(offering_id, MORNING)
    more = {"is_shared": True, "seats": 4}
    slot_at("10:30", offering_id, host_id, parties=(2, 1), **more)
    slot_at("11:00", offering_id, host_id, parties=(4,), **more)
    slot_at("11:30", offering_id, host_id, parties=(3,), until=NOW, **more)

    assert places(offering_id) == "10:00=4 10:30=1 11:30=4"
    assert places(offering_id, party=2) == "10:00=4 11:30=4"


def test_a_party_that_moves_within_shared_slots_leaves_its_seats_behind(lab):
    offering_id = a_consultation(is_shared=True, seats=4, party_max=4)
    host_id = an_expert(offering_id, "wed 10:00-11:00")
    more = {"is_shared": True, "seats": 4}
    together = slot_at("10:00", offering_id, host_id, parties=(2, 1), **more)
    alone = slot_at("10:30", offering_id, host_id, parties=(3,), **more)

    assert places(offering_id, party=3) == ""
    assert places(offering_id, party=3, moving=together.party_claims[0]) == "10:00=3"
    assert places(offering_id, party=3, moving=alone.party_claims[0]) == "10:30=4"


def test_a_shared_slot_of_another_medium_or_offering_is_joined_by_nobody_and_blocks(lab):
    media = {"media": ("on_site", "video"), "is_shared": True, "seats": 4, "party_max": 4}
    offering_id, other = a_consultation(**media), a_consultation(**media)
    host_id = an_expert(offering_id, "wed 10:00-11:00")
    unit_of_work(lambda: service.teach(host_id, other))
    slot_at("10:00", offering_id, host_id, is_shared=True, medium="video", seats=4)

    assert places(offering_id) == "10:30=4"
    assert places(offering_id, medium="video") == "10:00=3 10:30=4"
    assert places(other, medium="video") == "10:30=4"


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_hold_counts_towards_a_limit_until_it_expires(lab, is_shared):
    offering_id = a_consultation(is_shared=is_shared, per_day=1)
    host_id = an_expert(offering_id, MORNING)
    slot_at("08:00", offering_id, host_id, is_shared=is_shared, until=NOW + timedelta(seconds=1))

    assert found(offering_id) == ""
    later = free(offering_id, DAY, now=NOW + timedelta(seconds=1))
    assert later == "10:00 10:30 11:00 11:30"


def test_what_began_weeks_ago_blocks_until_it_ends(lab):
    offering_id = a_consultation()
    taken, imported = an_expert(offering_id, MORNING), an_expert(offering_id, MORNING)
    take(at("2026-12-20 10:00"), at(WEDNESDAY + "11:00"), host_id=taken)
    busy(imported, ("2026-11-01 10:00", WEDNESDAY + "11:30"))

    assert found(offering_id, host_id=taken) == "11:00 11:30"
    assert found(offering_id, host_id=imported) == "11:30"


def test_what_lies_outside_the_days_asked_for_is_in_the_way_of_long_buffers(lab):
    needs = (a_need(kind="host", before_minutes=60, after_minutes=90),)
    offering_id = a_consultation(needs=needs)
    host_id = an_expert(offering_id, "wed 00:00-01:00", "wed 22:30-24:00")
    busy(host_id, ("2027-01-12 22:00", "2027-01-12 23:20"), ("2027-01-14 01:10", "2027-01-14 01:20"))

    assert found(offering_id) == "00:30 22:30 23:00"


def test_a_day_that_was_closed_a_week_ago_still_begins_the_grid_of_hours_that_never_end(lab):
    offering_id = a_consultation(step_minutes=50)
    host_id = an_expert(offering_id)
    hours_of(host_id, "daily 10:00-06:00", "daily 05:00-11:00", valid_from=date(2027, 1, 1))
    assert found(offering_id).startswith("00:20 01:10 ")  # 50 minutes from five o'clock on 1 January on

    on(date(2027, 1, 5), of=Of(host_id=host_id))

    assert found(offering_id).startswith(
        "00:30 01:20 "
    )  # from ten o'clock of that day, whose night is open again
