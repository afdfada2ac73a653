"""Free times through the database: who takes a slot, with whom, in which medium and language, and what blocks."""

import pytest
from sqlalchemy import update

from booking.db import db, unit_of_work
from booking.people.models import Host
from booking.schedule import service
from booking.schedule.slots import free_slots
from tests.builders import a_host
from tests.conftest import MONDAY
from tests.hours import (
    a_consultation,
    an_expert,
    busy,
    free,
    hours_of,
    query_of,
    said,
)
from tests.pure.test_slots import DAY

WEDNESDAY = f"{DAY} "
MORNING = "wed 10:00-12:00"
ALL_FOUR = "10:00 10:30 11:00 11:30"
NOW = MONDAY


def found(offering_id, **asked):
    return free(offering_id, DAY, now=NOW, **asked)


def takers(offering_id, **asked):
    """Return the hosts of each start: `10:30` to their ids."""
    slots = free_slots(query_of(offering_id, DAY, now=NOW, **asked))
    return {said(slot.start, "%H:%M"): slot.hosts for slot in slots}


def dismissed(host_id):
    unit_of_work(lambda: db.session.execute(update(Host).where(Host.id == host_id).values(is_active=False)))


@pytest.fixture
def team(lab):
    """Two experts: one is busy from ten to half past, the other begins at a quarter past ten."""

    def made(mode, fixed=()):
        offering_id = a_consultation(host_mode=mode)
        one = an_expert(offering_id, MORNING, is_fixed=1 in fixed)
        two = an_expert(offering_id, "wed 10:15-12:00", is_fixed=2 in fixed)
        busy(one, (WEDNESDAY + "10:00", WEDNESDAY + "10:30"))
        busy(two, (WEDNESDAY + "11:00", WEDNESDAY + "12:00"))
        return offering_id, one, two

    return made


def test_any_host_suffices_on_the_own_grid_of_each(team):
    offering_id, one, two = team("any")

    assert takers(offering_id) == {"10:15": (two,), "10:30": (one,), "11:00": (one,), "11:30": (one,)}


def test_all_hosts_meet_on_the_grid_of_the_first(team):
    offering_id, one, two = team("all")

    assert takers(offering_id) == {"10:30": (one, two)}


def test_a_fixed_host_and_one_other_meet_on_the_grid_of_the_fixed_one(team):
    offering_id, one, two = team("fixed_and_any", fixed=(1,))
    assert takers(offering_id) == {"10:30": (one, two)}

    other_way_round, *_ = team("fixed_and_any", fixed=(2,))
    assert takers(other_way_round) == {}


def test_fixed_and_any_without_anybody_fixed_is_any(team):
    offering_id, one, two = team("fixed_and_any")

    assert takers(offering_id)["10:15"] == (two,)
    assert takers(offering_id)["11:00"] == (one,)


def test_without_a_fixed_host_who_has_left_the_house_nothing_is_offered(team):
    offering_id, one, _ = team("fixed_and_any", fixed=(1,))
    dismissed(one)

    assert query_of(offering_id, DAY, now=NOW).policy.fixed == (one,)
    assert takers(offering_id) == {}


def test_who_has_left_the_house_takes_no_slot_and_is_no_longer_waited_for(team):
    offering_id, one, two = team("all")
    dismissed(two)
    assert takers(offering_id) == {"10:30": (one,), "11:00": (one,), "11:30": (one,)}

    offering_id, one, two = team("any")
    dismissed(one)
    assert takers(offering_id) == {"10:15": (two,)}


def test_hours_without_the_skill_and_the_skill_without_hours_offer_nothing(lab):
    offering_id, other = a_consultation(), a_consultation()
    an_expert(offering_id)
    an_expert(other, MORNING)

    assert found(offering_id) == ""
    assert len(query_of(offering_id, DAY, now=NOW).hosts) == 1


def test_who_wants_a_certain_host_is_offered_the_slots_with_this_one(team):
    offering_id, one, two = team("any")
    assert takers(offering_id, host_id=two) == {"10:15": (two,)}
    assert takers(offering_id, host_id=one) == {"10:30": (one,), "11:00": (one,), "11:30": (one,)}
    assert takers(offering_id, host_id=a_host()) == {}

    offering_id, one, two = team("all")
    assert takers(offering_id, host_id=two) == {"10:30": (one, two)}
    assert takers(offering_id, host_id=a_host()) == {}

    offering_id, one, two = team("fixed_and_any", fixed=(1,))
    third = an_expert(offering_id, MORNING)
    assert takers(offering_id, host_id=third) == dict.fromkeys(("10:30", "11:00", "11:30"), (one, third))
    assert takers(offering_id, host_id=one)["10:30"] == (one, two, third)


def test_somebody_of_the_slot_speaks_the_language(lab):
    offering_id = a_consultation()
    an_expert(offering_id, MORNING, languages=("de", "en"))
    an_expert(offering_id, "wed 14:00-15:00", languages=("de", "uk"))

    assert found(offering_id, language="de") == f"{ALL_FOUR} 14:00 14:30"
    assert found(offering_id, language="uk") == "14:00 14:30"
    assert found(offering_id, language="dgs") == ""


def test_hours_can_be_for_one_offering_or_one_medium_alone(lab):
    offering_id, other = a_consultation(media=("on_site", "video")), a_consultation()
    host_id = an_expert(offering_id, "wed 10:00-10:30")
    unit_of_work(lambda: service.teach(host_id, other))
    hours_of(host_id, "wed 11:00-11:30", offering_id=other)
    hours_of(host_id, "wed 18:00-18:30", medium="video")
    hours_of(host_id, "wed 19:00-19:30", medium="video", offering_id=other)

    assert found(offering_id) == "10:00"
    assert found(offering_id, medium="video") == "10:00 18:00"
    assert found(other) == "10:00 11:00"


def test_an_offering_is_asked_for_in_a_medium_that_it_has_and_only_while_it_is_published(lab):
    asked = {"media": ("on_site", "phone")}
    offering_id, draft, by_date = (
        a_consultation(**asked),
        a_consultation(state="draft", **asked),
        a_consultation(booked_by="date", **asked),
    )

    for host_of in (offering_id, draft, by_date):
        an_expert(host_of, MORNING)

    assert found(offering_id, medium="phone") == ALL_FOUR
    for not_to_be_had, medium in ((offering_id, "video"), (draft, "phone"), (by_date, "phone")):
        with pytest.raises(KeyError):
            found(not_to_be_had, medium=medium)
