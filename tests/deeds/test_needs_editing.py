"""Staff say what each run of an offering needs: people, either of several rooms, equipment by number or by people."""

import pytest
from sqlalchemy import update

from booking.catalogue import draft_queries, needs_editing
from booking.catalogue.models import Need, Place
from booking.catalogue.needs_editing import WantedNeed
from booking.catalogue.staff_refusals import NotReady, ThingGone
from booking.db import execute, unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from tests.builders import a_need, a_pool, a_room, an_occurrence, an_offering, house_id
from tests.deeds.reading import load_of, rows_of
from tests.staff import a_staff

HOSTS = a_need(kind="host")


@pytest.fixture
def editor(app):
    """Somebody who runs every programme."""
    return a_staff("coordinator")


def put(offering_id, editor, clock, *, need_id=None, version=1, **wanted):
    need = WantedNeed(**{"thing_ids": ()} | wanted)
    unit_of_work(
        lambda: needs_editing.put(
            offering_id, need, need_id=need_id, version=version, editor=editor, now=clock()
        )
    )


def seen(offering_id, editor):
    return unit_of_work(lambda: draft_queries.draft(offering_id, editor=editor)).needs


def test_either_of_two_rooms_is_one_need_of_two_rows(editor, clock):
    offering_id, one, other = an_offering(state="draft"), a_room(), a_room()

    put(offering_id, editor, clock, kind="room", thing_ids=(one, other), before_minutes=5, medium="on_site")

    (need,) = seen(offering_id, editor)
    assert [thing.id for thing in need.things] == [one, other]
    assert (need.before_minutes, need.medium, len(need.rows)) == (5, "on_site", 2)
    assert rows_of(Need.choice) == [(1,), (1,)]


def test_a_need_is_changed_and_taken_away_as_a_whole(editor, clock):
    one, other, pool = a_room(), a_room(), a_pool(8)
    offering_id = an_offering(
        state="draft",
        needs=(
            a_need(kind="room", place_id=one, choice=1),
            a_need(kind="room", place_id=other, choice=1),
            a_need(kind="pool", pool_id=pool, people_per_unit=2),
        ),
    )
    rooms, kits = seen(offering_id, editor)

    put(offering_id, editor, clock, need_id=rooms.id, kind="room", thing_ids=(other,), after_minutes=10)
    put(offering_id, editor, clock, need_id=kits.id, version=2, kind="pool", thing_ids=(pool,), quantity=3)

    left = seen(offering_id, editor)
    assert [(need.kind, need.quantity, need.people_per_unit, need.after_minutes) for need in left] == [
        ("room", 1, None, 10),
        ("pool", 3, None, 0),
    ]
    unit_of_work(lambda: needs_editing.drop(offering_id, left[0].id, version=3, editor=editor, now=clock()))
    assert [need.kind for need in seen(offering_id, editor)] == ["pool"]
    told = rows_of(Event.changes, where=Event.deed == "offering.needs_changed")
    assert told[-1][0]["need"][1] is None
    assert told[0][0]["need"][0]["things"] == ["Foyer", "Foyer"]


def test_saving_a_need_as_it_is_changes_nothing(editor, clock):
    room = a_room()
    offering_id = an_offering(state="draft", needs=(a_need(kind="room", place_id=room),))
    (need,) = seen(offering_id, editor)

    put(offering_id, editor, clock, need_id=need.id, kind="room", thing_ids=(room,))

    assert seen(offering_id, editor)[0].id == need.id
    assert rows_of(Event.deed) == []


def test_a_room_that_somebody_retired_or_that_is_of_another_house_cannot_be_chosen(editor, clock):
    offering_id, retired, foreign = an_offering(state="draft"), a_room(), a_room(house_id=house_id("library"))
    pool = a_pool(3, house_id=house_id("library"))
    unit_of_work(lambda: execute(update(Place).where(Place.id == retired).values(is_active=False)))

    for kind, things in (("room", (retired,)), ("room", (foreign,)), ("pool", (pool,)), ("room", ())):
        with pytest.raises(ThingGone):
            put(offering_id, editor, clock, kind=kind, thing_ids=things)

    assert seen(offering_id, editor) == ()


def test_a_public_offering_keeps_its_host_and_a_room_that_is_large_enough(editor, clock):
    large, small = a_room(people_limit=20), a_room(people_limit=4)
    offering_id = an_offering(needs=(HOSTS, a_need(kind="room", place_id=large)))
    host, room = seen(offering_id, editor)

    with pytest.raises(NotReady) as lost:
        unit_of_work(lambda: needs_editing.drop(offering_id, host.id, version=1, editor=editor, now=clock()))
    assert lost.value.faults == ("host",)
    with pytest.raises(NotReady) as lost:
        put(offering_id, editor, clock, need_id=room.id, kind="room", thing_ids=(large, small))
    assert lost.value.faults == ("room_small",)
    assert len(seen(offering_id, editor)) == 2


def test_dates_that_are_planned_keep_what_they_took(editor, clock):
    pool = a_pool(8)
    offering_id = an_offering(needs=(HOSTS, a_need(kind="pool", pool_id=pool, quantity=2)))
    an_occurrence(clock, offering_id=offering_id)

    put(
        offering_id,
        editor,
        clock,
        need_id=seen(offering_id, editor)[1].id,
        kind="pool",
        thing_ids=(pool,),
        quantity=5,
    )

    assert load_of(pool_id=pool) == 2


def test_a_need_of_another_offering_or_an_older_form_is_refused(editor, clock):
    offering_id = an_offering(state="draft")
    foreign = an_offering(needs=(HOSTS,))
    need = seen(foreign, editor)[0]

    with pytest.raises(NotFound):
        put(offering_id, editor, clock, need_id=need.id, kind="host")
    with pytest.raises(NotFound):
        unit_of_work(lambda: needs_editing.drop(offering_id, need.id, version=1, editor=editor, now=clock()))
    put(offering_id, editor, clock, kind="host")
    with pytest.raises(Stale):
        put(offering_id, editor, clock, kind="host")
    assert len(seen(foreign, editor)) == 1
