"""What an offering lacks before visitors may see it."""

from dataclasses import replace

import pytest

from booking.catalogue.drafts import Draft, NeedGroup, Thing
from booking.catalogue.readiness import FAULTS, HINTS, faults, hints
from booking.web.staff.catalogue.words import FAULT_PAGES
from booking.web.staff.catalogue.words import FAULTS as FAULT_WORDS
from booking.web.staff.catalogue.words import HINTS as HINT_WORDS

TEXT = {"title": "T", "summary": "S", "description": "D", "bring": "B"}
ROOM = Thing(1, {"de": "Saal"}, 20, is_active=True, kind="room")
SMALL = Thing(2, {"de": "Kammer"}, 4, is_active=True, kind="room")
SETS = Thing(3, {"de": "Brillen"}, 8, is_active=True)


def need(kind, *things, quantity=1, people_per_unit=None):
    return NeedGroup(1, kind, things, quantity, people_per_unit, 0, 0, None)


WHOLE = Draft(
    id=1,
    key="x",
    kind="tour",
    state="draft",
    minutes=60,
    seats=15,
    party_min=1,
    party_max=5,
    notice_minutes=60,
    horizon_days=180,
    cancel_until_minutes=60,
    age_min=0,
    grade_first=None,
    grade_last=None,
    groups_max=1,
    is_step_free=True,
    is_walk_in=False,
    address_check="off",
    version=1,
    booked_by="date",
    host_mode="any",
    step_minutes=None,
    offset_minutes=0,
    is_shared=False,
    per_day=None,
    per_week=None,
    minutes_per_day=None,
    programme_id=None,
    sign_video="",
    texts={"de": TEXT, "en": TEXT, "ls": TEXT},
    audiences=("everyone",),
    media=("on_site",),
    topic_ids=(1,),
    needs=(need("host"), need("room", ROOM), need("pool", SETS, people_per_unit=2)),
)


def test_what_is_whole_lacks_nothing():
    assert (faults(WHOLE, skilled=1), hints(WHOLE)) == ((), ())


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"texts": {"de": TEXT | {"title": ""}}}, "title"),
        ({"texts": {"de": TEXT | {"summary": ""}}}, "summary"),
        ({"texts": {"de": TEXT | {"description": ""}}}, "description"),
        ({"audiences": ()}, "audience"),
        ({"media": ()}, "medium"),
        ({"needs": (need("room", ROOM),)}, "host"),
        ({"needs": (need("host"), need("room", SMALL))}, "room_small"),
        ({"needs": (need("host"), need("room", ROOM, SMALL))}, "room_small"),
        ({"needs": (need("host"), need("pool", SETS, quantity=9))}, "pool_small"),
        (
            {"needs": (need("host"), need("pool", SETS, people_per_unit=1)), "party_min": 9, "party_max": 9},
            "pool_small",
        ),
        ({"needs": (need("host"), need("room", replace(ROOM, is_active=False)))}, "thing_retired"),
        ({"horizon_days": 2, "notice_minutes": 2880}, "never"),
        ({"kind": "school"}, "grades"),
    ],
)
def test_what_is_missing_is_named_alone(changed, fault):
    assert faults(replace(WHOLE, **changed), skilled=1) == (fault,)


def test_two_rooms_together_take_the_people_of_both():
    both = replace(WHOLE, needs=(need("host"), need("room", ROOM), need("room", SMALL)), seats=24)

    assert faults(both) == ()
    assert faults(replace(both, seats=25)) == ("room_small",)


def test_a_small_room_does_not_matter_where_nobody_comes():
    assert faults(replace(WHOLE, media=("video",), needs=(need("host"), need("room", SMALL)))) == ()


def test_nobody_who_can_give_it_is_a_fault_once_somebody_has_counted():
    assert faults(WHOLE) == ()
    assert faults(WHOLE, skilled=0) == ("skill",)


@pytest.mark.parametrize(
    ("changed", "hint"),
    [
        ({"texts": {"de": TEXT, "ls": TEXT}}, "english"),
        ({"texts": {"de": TEXT, "en": TEXT, "ls": TEXT | {"summary": ""}}}, "easy"),
        ({"topic_ids": ()}, "topic"),
        ({"needs": (need("host"),)}, "room"),
        ({"needs": (need("host"), need("room", ROOM), need("pool", SETS, people_per_unit=1))}, "pool_few"),
    ],
)
def test_what_visitors_would_miss_is_named_alone(changed, hint):
    assert hints(replace(WHOLE, **changed)) == (hint,)


def test_every_code_has_its_words_and_the_page_that_mends_it():
    assert (set(FAULT_WORDS), set(FAULT_PAGES), set(HINT_WORDS)) == (set(FAULTS), set(FAULTS), set(HINTS))
