"""Hosts are entered and changed: plannable at once, never twice under one key, not set inactive unknowingly."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import changing
from booking.db import unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from booking.people.models import Host
from booking.schedule import host_queries, hosting
from booking.schedule.host_models import HostTopic
from booking.schedule.host_queries import HostFilter
from booking.schedule.hosting import HostWish
from booking.schedule.models import Resource, Skill
from booking.schedule.staff_refusals import StillPlanned, UnknownLanguage
from tests.builders import a_host, a_topic, an_occurrence, house_id
from tests.conftest import MONDAY
from tests.deeds.reading import events, rows_of
from tests.holds import a_slot_booking
from tests.hours import a_consultation, a_taken_slot, an_expert, at

ADA = HostWish("interpreter", "Ada", "Öztürk", ("de", "dgs"), email="ada@example.org")


def enter(wish=ADA, key="leipzig"):
    deed = partial(hosting.enter, wish, house_id=house_id(key), now=MONDAY, actor="staff:7")
    return unit_of_work(deed)


def change(host_id, wish, *, version=1, despite=0, key="leipzig", now=MONDAY):
    deed = partial(hosting.change, host_id, wish, house_id=house_id(key), version=version, despite=despite)
    unit_of_work(partial(deed, now=now, actor="staff:7"))


def page(host_id, key="leipzig"):
    house = house_id(key)
    return unit_of_work(lambda: host_queries.host(host_id, house_id=house))


def listed(key="leipzig", **wanted):
    house = house_id(key)
    asked = HostFilter(**wanted)
    return unit_of_work(lambda: host_queries.hosts(house, wanted=asked, language="de"))


def test_whoever_is_entered_can_be_planned_at_once(app, clock):
    host_id = enter()

    occurrence = an_occurrence(clock, host_ids=(host_id,))

    assert occurrence
    assert rows_of(Resource.host_id, Resource.capacity, where=Resource.host_id == host_id) == [(host_id, 1)]
    assert page(host_id).email == "ada@example.org"
    assert events()[0] == "host.entered"


def test_no_two_hosts_of_a_house_share_a_key(app):
    names = ("Mira", "Mira", "Jörg", "Ömer-Can", "李", "Weiß")
    for name in names:
        enter(replace(ADA, first_name=name))
    enter(replace(ADA, first_name="Mira"), key="library")

    assert rows_of(Host.key) == [
        (key,) for key in ("mira", "mira-2", "joerg", "oemer-can", "host", "weiss", "mira")
    ]


def test_what_a_host_can_give_is_written_whole(app):
    one, two, topic = a_consultation(), a_consultation(), a_topic()
    host_id = enter(replace(ADA, skills={one: False}, topics=frozenset({topic})))

    change(host_id, replace(ADA, kind="expert", skills={two: True}))

    assert rows_of(Skill.offering_id, Skill.is_fixed) == [(two, True)]
    assert rows_of(HostTopic.topic_id) == []
    (*_, (changes,)) = rows_of(Event.changes)
    assert changes == {
        "kind": ["interpreter", "expert"],
        "skills": [[one], [two]],
        "fixed": [[], [two]],
        "topic_ids": [[topic], []],
    }


def test_the_journal_knows_no_name_and_no_address(app):
    host_id = enter()
    change(host_id, replace(ADA, first_name="Adele", last_name="Neu", email="neu@example.org"))

    told = str(rows_of(Event.deed, Event.changes, Event.counts))
    assert "Ad" not in told
    assert "@" not in told


def test_of_two_who_change_somebody_the_second_is_told(app):
    host_id = enter()
    change(host_id, replace(ADA, first_name="Eva"))

    with pytest.raises(Stale):
        change(host_id, replace(ADA, first_name="Ida"))

    assert (page(host_id).first_name, page(host_id).version) == ("Eva", 2)


def test_what_another_house_has_is_not_found(app):
    host_id, library = enter(), house_id("library")
    foreign = (
        replace(ADA, skills={a_consultation(house_id=library): False}),
        replace(ADA, topics=frozenset({a_topic(house_id=library)})),
    )

    for wish in foreign:
        with pytest.raises(NotFound):
            enter(wish)
        with pytest.raises(NotFound):
            change(host_id, wish)
    with pytest.raises(NotFound):
        change(host_id, ADA, key="library")
    with pytest.raises(NotFound):
        page(host_id, "library")
    assert listed("library") == []
    assert rows_of(Host.version) == [(1,)]


def test_a_language_that_nobody_knows_is_refused(app):
    with pytest.raises(UnknownLanguage):
        enter(replace(ADA, languages=("de", "klingon")))


def test_nobody_is_set_inactive_unknowingly(app, clock):
    host_id, wish = enter(), replace(ADA, is_active=False)
    an_occurrence(clock, host_ids=(host_id,))
    an_occurrence(clock, host_ids=(host_id,), starts_at=clock() + timedelta(days=2))

    with pytest.raises(StillPlanned) as refusal:
        change(host_id, wish)
    with pytest.raises(StillPlanned):
        change(host_id, wish, despite=1)
    assert refusal.value.facts == {"num": 2}
    assert page(host_id).is_active

    change(host_id, wish, despite=2)

    assert not page(host_id).is_active


def test_somebody_without_dates_to_come_is_set_inactive_at_once(app, clock):
    offering, host_id = a_consultation(), enter()
    an_occurrence(clock, host_ids=(host_id,))
    a_taken_slot(offering, (enter(),), at("2027-01-13 10:00"), at("2027-01-13 10:30"))

    change(host_id, replace(ADA, is_active=False), now=MONDAY + timedelta(days=2))

    assert not page(host_id).is_active


def test_a_slot_counts_while_somebody_has_it(app, clock):
    offering = a_consultation()
    host_id = an_expert(offering, "wed 15:00-19:00")

    def planned():
        return unit_of_work(lambda: hosting.planned_dates(host_id, now=MONDAY))

    assert planned() == 0
    booked = a_slot_booking(offering, at("2027-01-13 15:00"), clock)
    assert planned() == 1

    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))

    assert planned() == 0


def test_hosts_are_found_by_every_filter(app, clock):
    offering, topic = a_consultation(), a_topic()
    enter(replace(ADA, skills={offering: False}, topics=frozenset({topic})))
    enter(HostWish("guide", "Ben", "Ada", ("en",), is_active=False))
    a_host(first_name="Änne", last_name="Kurz", kind="expert")

    def names(**wanted):
        return [one.first_name for one in listed(**wanted)]

    assert names() == ["Ada", "Änne"] or names() == ["Änne", "Ada"]
    assert names(is_active=False) == ["Ben"]
    assert sorted(names(is_active=None)) == ["Ada", "Ben", "Änne"]
    assert names(kind="expert") == names(words="änne kurz") == ["Änne"]
    assert names(language="dgs") == names(offering_id=offering) == names(topic_id=topic) == ["Ada"]
    assert sorted(names(words="ada", is_active=None)) == ["Ada", "Ben"]
    assert names(words="100%") == []
