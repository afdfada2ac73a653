"""Staff edit rooms, equipment, topics and programmes: the guard keeps what is planned, nobody overwrites another."""

from datetime import timedelta
from typing import Any

import pytest

from booking.catalogue import thing_lists, topic_editing
from booking.catalogue.models import Place, Pool, Programme, Topic
from booking.catalogue.service import PlaceDetails, TopicDetails
from booking.catalogue.staff_refusals import StillUsed
from booking.db import unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from booking.schedule import publishing, thing_editing, thing_uses
from booking.schedule.models import Resource
from booking.schedule.refusals import CapacityInUse, Taken
from booking.schedule.staff_refusals import ThingBusy
from booking.schedule.thing_editing import PoolDetails
from tests.builders import a_need, a_pool, a_room, a_topic, an_occurrence, an_offering, house_id
from tests.deeds.reading import events, rows_of
from tests.staff import a_programme, a_staff

NAMES = {"de": "Große Halle", "en": "Hall"}


@pytest.fixture
def editor(app):
    """Somebody who runs every programme."""
    return a_staff("coordinator")


def placed(place_id, editor, clock, *, version=1, **values):
    return unit_of_work(
        lambda: thing_editing.change_place(place_id, values, version=version, editor=editor, now=clock())
    )


def pooled(pool_id, editor, clock, *, version=1, **wanted):
    values: dict[str, Any] = {"names": {"de": "VR-Brillen", "en": "VR headsets"}, "units": 8} | wanted
    details = PoolDetails(**values)
    return unit_of_work(
        lambda: thing_editing.change_pool(pool_id, details, version=version, editor=editor, now=clock())
    )


def capacities():
    return [capacity for (capacity,) in rows_of(Resource.capacity)]


def test_a_new_room_is_counted_once_and_a_shared_one_by_people(editor, clock):
    shared = PlaceDetails("", "room", NAMES, people_limit=25, is_shared=True)
    for details in (PlaceDetails("", "room", NAMES), shared, PlaceDetails("", "meeting_point", NAMES)):
        unit_of_work(lambda: thing_editing.create_place(details, editor=editor, now=clock()))  # noqa: B023

    assert rows_of(Place.key) == [("grosse-halle",), ("grosse-halle-2",), ("grosse-halle-3",)]
    assert capacities() == [1, 25]
    assert events() == ["place.entered"] * 3


def test_a_room_gets_other_names_and_the_journal_tells_both(editor, clock):
    room = a_room()

    told = placed(room, editor, clock, names=NAMES, people_limit=30, address="Ring 1")

    assert told["people_limit"] == [None, 30]
    assert rows_of(Event.object_id, Event.changes) == [(room, told)]
    with pytest.raises(Stale):
        placed(room, editor, clock, names={"de": "Anders"})
    assert rows_of(Place.names) == [(NAMES,)]


def test_a_shared_room_is_not_made_smaller_than_the_dates_ahead(editor, clock):
    room = unit_of_work(
        lambda: thing_editing.create_place(
            PlaceDetails("", "room", NAMES, people_limit=25, is_shared=True), editor=editor, now=clock()
        )
    )
    offering_id = an_offering(seats=15, needs=(a_need(kind="room", place_id=room),))
    an_occurrence(clock, offering_id=offering_id, place_id=room)

    with pytest.raises(CapacityInUse):
        placed(room, editor, clock, people_limit=14)
    with pytest.raises(ThingBusy):
        placed(room, editor, clock, is_shared=False)
    assert capacities() == [25, 15]
    placed(room, editor, clock, people_limit=15)

    found = unit_of_work(lambda: thing_uses.uses(house_id=house_id(), place_id=room, now=clock()))
    assert [(use.title, use.quantity) for use in thing_uses.in_the_way(found, capacity=14)] == [
        ("Rundgang", 15)
    ]


def test_a_room_for_one_date_at_a_time_takes_no_fewer_people_than_are_expected(editor, clock):
    room = a_room(people_limit=20)
    offering_id = an_offering(seats=15, needs=(a_need(kind="room", place_id=room),))
    an_occurrence(clock, offering_id=offering_id, place_id=room)

    with pytest.raises(CapacityInUse):
        placed(room, editor, clock, people_limit=14)

    assert rows_of(Place.people_limit) == [(20,)]


def test_a_room_that_is_needed_or_used_ahead_stays_in_use(editor, clock):
    needed, used, free = a_room(), a_room(), a_room()
    an_offering(needs=(a_need(kind="room", place_id=needed),))
    archived = an_offering(needs=(a_need(kind="room", place_id=used),), state="archived")
    an_occurrence(clock, offering_id=archived, place_id=used)

    with pytest.raises(StillUsed):
        placed(needed, editor, clock, is_active=False)
    with pytest.raises(ThingBusy):
        placed(used, editor, clock, is_active=False)
    placed(free, editor, clock, is_active=False)
    placed(free, editor, clock, version=2, is_active=True)

    assert [place.is_active for place in unit_of_work(lambda: thing_lists.places(house_id()))] == [True] * 3


def test_fewer_units_than_are_planned_are_refused_by_the_guard(editor, clock):
    pool = a_pool(8)
    offering_id = an_offering(
        seats=6, party_max=6, needs=(a_need(kind="pool", pool_id=pool, people_per_unit=1),)
    )
    date = an_occurrence(clock, offering_id=offering_id, seats=6)

    with pytest.raises(CapacityInUse):
        pooled(pool, editor, clock, units=5)
    with pytest.raises(ThingBusy):
        pooled(pool, editor, clock, is_active=False)
    assert rows_of(Pool.units, Pool.version) == [(8, 1)]
    assert capacities() == [8, 6]

    found = unit_of_work(lambda: thing_uses.uses(house_id=house_id(), pool_id=pool, now=clock()))
    (blocker,) = thing_uses.in_the_way(found, capacity=5)
    assert (blocker.occurrence_id, thing_uses.too_few(found, blocker, capacity=5)) == (date, 1)

    pooled(pool, editor, clock, units=6)
    assert capacities() == [6, 6]
    with pytest.raises(Taken):
        an_occurrence(clock, offering_id=offering_id, seats=6)


def test_more_units_serve_more_people_at_once(editor, clock):
    pool = a_pool(4)
    offering_id = an_offering(
        seats=6, party_max=6, needs=(a_need(kind="pool", pool_id=pool, people_per_unit=1),)
    )

    pooled(pool, editor, clock, units=6)

    date = an_occurrence(clock, offering_id=offering_id, seats=6)
    assert rows_of(Resource.capacity, where=Resource.occurrence_id == date) == [(6,)]


def test_things_of_another_house_are_not_there(editor, clock):
    library = house_id("library")
    room, pool, topic = a_room(house_id=library), a_pool(3, house_id=library), a_topic(house_id=library)
    programme = a_programme(house_id=library)
    details = TopicDetails("", NAMES)

    for deed in (
        lambda: placed(room, editor, clock, people_limit=3),
        lambda: pooled(pool, editor, clock),
        lambda: unit_of_work(
            lambda: topic_editing.change_topic(topic, details, version=1, editor=editor, now=clock())
        ),
        lambda: unit_of_work(
            lambda: topic_editing.delete_topic(topic, version=1, editor=editor, now=clock())
        ),
        lambda: unit_of_work(
            lambda: topic_editing.rename_programme(programme, NAMES, version=1, editor=editor, now=clock())
        ),
        lambda: unit_of_work(
            lambda: topic_editing.delete_programme(programme, version=1, editor=editor, now=clock())
        ),
        lambda: thing_lists.place(room, house_id=house_id()),
        lambda: thing_lists.pool(pool, house_id=house_id()),
        lambda: thing_lists.topic(topic, house_id=house_id()),
        lambda: thing_lists.programme(programme, house_id=house_id()),
    ):
        with pytest.raises(NotFound):
            deed()
    assert unit_of_work(lambda: thing_uses.uses(house_id=house_id(), place_id=room, now=clock())) == []
    assert events() == []


def test_a_topic_is_entered_changed_and_deleted_when_nothing_has_it(editor, clock):
    details = TopicDetails("", NAMES, texts={"de": {"lead": "Hier."}}, position=3)
    topic = unit_of_work(lambda: topic_editing.create_topic(details, editor=editor, now=clock()))
    other = TopicDetails("", NAMES, texts={"de": {"lead": "Dort."}}, position=3)

    told = unit_of_work(
        lambda: topic_editing.change_topic(topic, other, version=1, editor=editor, now=clock())
    )

    assert rows_of(Topic.key, Topic.version) == [("grosse-halle", 2)]
    assert told == {"texts": [{"de": {"lead": "Hier."}}, {"de": {"lead": "Dort."}}]}
    offering_id = an_offering(topic_ids=(topic,), state="archived")
    with pytest.raises(StillUsed):
        unit_of_work(lambda: topic_editing.delete_topic(topic, version=2, editor=editor, now=clock()))
    with pytest.raises(Stale):
        unit_of_work(lambda: topic_editing.delete_topic(topic, version=1, editor=editor, now=clock()))
    assert offering_id
    unused = a_topic()
    unit_of_work(lambda: topic_editing.delete_topic(unused, version=1, editor=editor, now=clock()))
    assert len(rows_of(Topic.id)) == 1


def test_a_programme_is_made_by_who_runs_all_and_renamed_by_who_runs_it(editor, clock):
    made = unit_of_work(lambda: topic_editing.create_programme(NAMES, editor=editor, now=clock()))
    own, new = a_staff("coordinator", programmes=[made]), {"de": "Neu"}
    other = a_staff("coordinator", programmes=[a_programme()])

    unit_of_work(lambda: topic_editing.rename_programme(made, new, version=1, editor=own, now=clock()))

    assert rows_of(Programme.names, where=Programme.id == made) == [(new,)]
    for deed in (
        lambda: topic_editing.rename_programme(made, NAMES, version=2, editor=other, now=clock()),
        lambda: topic_editing.create_programme(NAMES, editor=own, now=clock()),
        lambda: topic_editing.delete_programme(made, version=2, editor=own, now=clock()),
    ):
        with pytest.raises(NotFound):
            unit_of_work(deed)
    offering = an_offering(programme_id=made)
    with pytest.raises(StillUsed):
        unit_of_work(lambda: topic_editing.delete_programme(made, version=2, editor=editor, now=clock()))
    assert offering
    empty = a_programme()
    unit_of_work(lambda: topic_editing.delete_programme(empty, version=1, editor=editor, now=clock()))


def test_nothing_is_planned_with_a_room_between_check_and_change(editor, clock):
    """The room is locked first, so a date that is being published waits, or is seen."""
    room = a_room(people_limit=20)
    offering_id = an_offering(seats=15, needs=(a_need(kind="room", place_id=room),), state="archived")
    starts_at = clock() + timedelta(days=1)
    plan = publishing.Plan(
        house_id(), offering_id, starts_at, starts_at + timedelta(hours=1), 15, "de", (), room
    )

    def both():
        publishing.publish(plan, now=clock())
        thing_editing.change_place(room, {"is_active": False}, version=1, editor=editor, now=clock())

    with pytest.raises(ThingBusy):
        unit_of_work(both)
    assert rows_of(Place.is_active) == [(True,)]
