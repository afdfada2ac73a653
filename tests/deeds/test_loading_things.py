"""Free times through the database: rooms with hours and without, pools, and things of which one suffices."""

from datetime import timedelta

import pytest

from booking.catalogue.refusals import UnlikeAlternatives
from booking.db import unit_of_work
from booking.schedule import service
from booking.schedule.hours import Of
from tests.builders import a_need, a_pool, a_room, house_id
from tests.conftest import MONDAY
from tests.hours import (
    a_consultation,
    a_taken_slot,
    an_expert,
    at,
    away,
    away_between,
    free,
    hours_of_room,
    on,
    query_of,
    resource_of,
    take,
)
from tests.pure.test_slots import DAY

NOW = MONDAY
WEDNESDAY = f"{DAY} "
ALL_FOUR = "10:00 10:30 11:00 11:30"


def offered(*needs, **wanted):
    """Write a consultation with its needs and an expert on Wednesday from ten to twelve."""
    offering_id = a_consultation(needs=needs, **wanted)
    an_expert(offering_id, "wed 10:00-12:00")
    return offering_id


def found(offering_id, **asked):
    return free(offering_id, DAY, now=NOW, **asked)


def taken(begin, end, **owner):
    return take(at(WEDNESDAY + begin), at(WEDNESDAY + end), **owner)


def test_one_of_two_booths_suffices(lab):
    one, two = a_room(), a_room()
    offering_id = offered(*(a_need(kind="room", place_id=room, choice=1) for room in (one, two)))
    taken("10:00", "10:45", place_id=one)
    taken("10:30", "12:00", place_id=two)

    (need,) = query_of(offering_id, DAY, now=NOW).needs
    assert [room.id for room in need.candidates] == [resource_of(place_id=one), resource_of(place_id=two)]
    assert found(offering_id) == "10:00 11:00 11:30"


def test_both_are_needed_without_a_choice_and_one_of_each_with_two_choices(lab):
    one, two, three = a_room(), a_room(), a_room()
    both = offered(*(a_need(kind="room", place_id=room) for room in (one, two)))
    chosen = offered(
        a_need(kind="room", place_id=one, choice=1),
        a_need(kind="room", place_id=two, choice=2),
        a_need(kind="room", place_id=three, choice=2),
    )
    taken("10:00", "10:30", place_id=one)
    taken("11:00", "11:30", place_id=two)

    assert found(both) == "10:30 11:30"
    assert found(chosen) == "10:30 11:00 11:30"


@pytest.mark.parametrize("unlike", [{"before_minutes": 5}, {"medium": "on_site"}, {"kind": "pool"}])
def test_alternatives_are_alike(lab, unlike):
    thing = {"kind": "room", "choice": 1}
    first = a_need(**thing, place_id=a_room())
    second = {"pool_id": a_pool(1)} if "kind" in unlike else {"place_id": a_room()}

    with pytest.raises(UnlikeAlternatives):
        a_consultation(needs=(first, a_need(**(thing | second | unlike))))


def test_a_room_is_needed_on_site_alone(lab):
    room = a_room()
    media = ("on_site", "video", "phone")
    offering_id = offered(a_need(kind="room", place_id=room, medium="on_site"), media=media)
    taken("10:00", "11:30", place_id=room)

    assert found(offering_id) == "11:30"
    assert found(offering_id, medium="video") == found(offering_id, medium="phone") == ALL_FOUR


def test_buffers_of_the_room_are_its_own(lab):
    room = a_room()
    offering_id = offered(
        a_need(kind="host", before_minutes=0, after_minutes=60),
        a_need(kind="room", place_id=room, before_minutes=15, after_minutes=5),
    )
    taken("10:45", "10:46", place_id=room)

    assert found(offering_id) == "10:00 11:30"


ROOMS = [  # hours, what happens to the room on Wednesday, starts
    ((), None, ALL_FOUR),
    (("wed 10:30-11:30",), None, "10:30 11:00"),
    (("thu 10:30-11:30",), None, ""),  # it has hours, and none today
    (("wed 11:00-01:00",), None, "11:00 11:30"),
    (("wed 10:00-12:00",), ("10:00-10:30",), "10:00"),
    ((), ("11:00-12:00",), "11:00 11:30"),  # open at any time, but on this day
    ((), (), ""),
    (("wed 10:00-12:00",), "away", ""),
    ((), "away", ""),
    ((), "away for an hour", "11:00 11:30"),
    ((), "away on another day", ALL_FOUR),
]


@pytest.mark.parametrize(("hours", "change", "starts"), ROOMS)
def test_a_room_has_opening_hours_if_it_is_given_some(lab, hours, change, starts):
    room = a_room()
    of, offering_id = Of(place_id=room), offered(a_need(kind="room", place_id=room))
    hours_of_room(room, *hours)
    if isinstance(change, tuple):
        on(DAY, *change, of=of)
    elif change == "away for an hour":
        away_between(WEDNESDAY + "09:59", WEDNESDAY + "11:00", of=of)
    elif change is not None:
        away(DAY + timedelta(days=int(change == "away on another day")), of=of)

    assert found(offering_id) == starts


def test_a_meeting_point_is_always_there(lab):
    need = a_need(kind="room", place_id=a_meeting_point())

    assert found(offered(need)) == ALL_FOUR


def a_meeting_point():
    from booking.catalogue import service as catalogue

    details = catalogue.PlaceDetails(f"point-{DAY}", "meeting_point", {"de": "Rathaus"})
    house = house_id()
    return unit_of_work(lambda: catalogue.enter_place(details, house_id=house))


POOLS = [  # units of the pool, need, people, starts; five are taken until eleven, two in repair from half past ten
    (8, {"quantity": 1}, 1, ALL_FOUR),
    (8, {"quantity": 2}, 1, "10:00 11:00 11:30"),
    (8, {"quantity": 4}, 1, "11:00 11:30"),
    (8, {"quantity": 7}, 1, ""),
    (8, {"quantity": 9}, 1, ""),
    (8, {"people_per_unit": 1}, 1, ALL_FOUR),
    (8, {"people_per_unit": 1}, 3, "10:00 11:00 11:30"),
    (8, {"people_per_unit": 2}, 2, ALL_FOUR),
    (8, {"people_per_unit": 2}, 3, "10:00 11:00 11:30"),
    (9, {"people_per_unit": 1}, 3, "10:00 11:00 11:30"),
    (9, {"quantity": 7}, 1, "11:00 11:30"),
]


@pytest.mark.parametrize(("units", "wanted", "people", "starts"), POOLS)
def test_units_are_free_as_many_as_the_party_needs(lab, units, wanted, people, starts):
    pool = a_pool(units)
    offering_id = offered(a_need(kind="pool", pool_id=pool, **wanted))
    taken("10:00", "11:00", pool_id=pool, units=5)
    begin, end = at(WEDNESDAY + "10:30"), at("2027-01-20 10:00")
    unit_of_work(lambda: service.repair(pool, 2, starts_at=begin, ends_at=end, now=NOW))

    assert found(offering_id, party=people) == starts


def test_equipment_of_a_shared_slot_is_there_for_its_published_seats(lab):
    pool = a_pool(4)
    need = a_need(kind="pool", pool_id=pool, people_per_unit=2)
    private, shared = (
        offered(need, seats=6, party_max=6, is_shared=is_shared) for is_shared in (False, True)
    )
    taken("10:00", "11:00", pool_id=pool, units=2)

    assert found(private, party=4) == ALL_FOUR
    assert found(private, party=5) == "11:00 11:30"
    assert found(shared, party=1) == "11:00 11:30"


def test_a_shared_room_takes_as_many_people_as_it_holds(lab):
    foyer = a_room(is_shared=True, people_limit=25)
    resource_id = resource_of(place_id=foyer)
    unit_of_work(lambda: service.change_capacity(resource_id, 25, now=NOW))
    offering_id = offered(a_need(kind="room", place_id=foyer))
    taken("10:30", "11:00", place_id=foyer, units=23)

    assert found(offering_id, party=2) == ALL_FOUR
    assert found(offering_id, party=3) == "10:00 11:00 11:30"


def test_the_room_of_a_party_that_moves_is_free_for_it_even_with_another_host(lab):
    room = a_room()
    need = a_need(kind="room", place_id=room)
    offering_id = a_consultation(is_shared=True, needs=(need,))
    one, two = an_expert(offering_id, "wed 10:00-10:30"), an_expert(offering_id, "wed 10:00-10:30")
    begin, end = at(WEDNESDAY + "10:00"), at(WEDNESDAY + "10:30")
    slot = a_taken_slot(offering_id, (one,), begin, end, is_shared=True, place_ids=(room,))
    moving = slot.party_claims[0]

    assert found(offering_id, host_id=two) == ""
    assert found(offering_id, host_id=two, moving=moving) == "10:00"
