"""The journal read again: whose events somebody reads, those of other houses, and what is kept for twelve months."""

from datetime import timedelta
from functools import partial

from booking.bookings import history, history_names
from booking.db import unit_of_work
from booking.journal import queries, retention
from booking.journal import service as journal
from booking.journal.queries import Mark, Wanted
from tests.builders import a_host, a_pool, a_room, a_topic, an_occurrence, an_offering, house_id
from tests.deeds.reading import events
from tests.staff import a_programme, a_staff


def record(clock, deed="offering.changed", *, of=("offering", 1), house=None, actor="system", **more):
    house = house or house_id()
    about = {"object_kind": of[0], "object_id": of[1]}
    unit_of_work(lambda: journal.record(deed, house_id=house, actor=actor, now=clock(), **about, **more))


def ids(found):
    return [one.object_id for one in found]


def test_changes_are_read_as_they_were_written(app, clock):
    record(clock, changes={"seats": [15, 12], "host_ids": [[1], []]}, bookings=3)

    (found,) = unit_of_work(lambda: queries.log(house_id()))

    assert (found.changes, found.counts) == ({"seats": [15, 12], "host_ids": [[1], []]}, {"bookings": 3})


def test_each_house_reads_its_own(app, clock):
    library = house_id("library")
    record(clock, of=("offering", 1))
    record(clock, of=("offering", 2), house=library)

    assert ids(unit_of_work(lambda: queries.log(house_id()))) == [1]
    assert ids(unit_of_work(lambda: queries.log(library))) == [2]
    assert unit_of_work(lambda: queries.of_object("offering", 2, house_id=house_id())) == []
    assert unit_of_work(lambda: history.log(a_staff("auditor", house_id=library)))[0].object_id == 2


def test_names_are_those_of_the_own_house(app, clock):
    wanted = {
        "occurrence": {an_occurrence(clock)},
        "offering": {an_offering()},
        "host": {a_host()},
        "place": {a_room()},
        "pool": {a_pool(3)},
        "topic": {a_topic()},
        "programme": {a_programme()},
        "staff": {a_staff("desk").staff_id},
    }

    def named(house):
        return unit_of_work(lambda: history_names.things(wanted, house_id=house, language="de"))

    assert {kind for kind, _id in named(house_id())} == set(wanted)
    assert named(house_id("library")) == {}
    assert unit_of_work(lambda: history_names.staff_names(house_id("library"))) == []


def test_the_next_page_begins_behind_the_mark_also_within_one_second(app, clock):
    for number in range(1, 8):
        record(clock, of=("offering", number))

    def read():
        first = queries.log(house_id(), most=3)
        second = queries.log(house_id(), before=queries.mark_of(first[-1]), most=3)
        return ids(first), ids(second)

    assert unit_of_work(read) == ([7, 6, 5], [4, 3, 2])
    assert unit_of_work(lambda: queries.log(house_id(), before=Mark(clock() - timedelta(days=1), 1))) == []


def test_bounds_take_the_first_instant_and_leave_out_the_last(app, clock):
    first = clock()
    record(clock, of=("offering", 1))
    clock.forward(hours=1)
    record(clock, of=("offering", 2))

    wanted = Wanted(first=first, until=first + timedelta(hours=1))

    assert ids(unit_of_work(lambda: queries.log(house_id(), wanted))) == [1]


def test_who_coordinates_nothing_reads_nothing(app, clock):
    record(clock, of=("place", 1))

    for role in ("guide", "expert", "desk"):
        assert unit_of_work(partial(history.log, a_staff(role))) == []


def test_after_twelve_months_events_are_gone_and_no_day_before(app, clock):
    record(clock, "offering.entered")
    clock.forward(days=1)
    record(clock, "offering.changed")
    clock.forward(days=363)

    assert retention.run(now=clock()) == 0
    clock.forward(days=1)
    assert retention.run(now=clock()) == 1
    assert events() == ["offering.changed"]


def test_many_old_events_go_in_batches(app, clock):
    for number in range(7):
        record(clock, of=("offering", number + 1))
    clock.forward(days=400)

    assert retention.run(now=clock(), batch=3) == 7
    assert events() == []


def test_the_nightly_command_forgets_old_events(app, clock):
    record(clock)
    at = (clock() + timedelta(days=366)).isoformat()

    ran = app.test_cli_runner().invoke(args=["privacy", "run", "--now", at])

    assert ran.exit_code == 0, ran.output
    assert events() == []
