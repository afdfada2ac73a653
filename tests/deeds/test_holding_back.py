"""Places held back for phone and desk: the guard counts them, the public does not see them, staff use them."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import changing_dates, holding_back, retention
from booking.bookings.changing_dates import Change
from booking.bookings.staff_models import HeldBack
from booking.bookings.staff_refusals import (
    DateNotOpen,
    NotEnoughToHoldBack,
    ReleaseOver,
    TooManyToHoldBack,
)
from booking.db import db, unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from booking.reports import invariants
from booking.schedule import planning, queries
from booking.schedule.models import Claim
from booking.schedule.refusals import Taken
from booking.timekit.instants import to_epoch
from tests.builders import a_booking, an_occurrence, house_id
from tests.calls import a_called_booking, hold_back
from tests.deeds.reading import load_of, rows_of
from tests.staff import a_staff


@pytest.fixture
def desk(app):
    return a_staff("desk")


@pytest.fixture
def date(app, clock):
    return an_occurrence(clock, seats=5)


def left(occurrence_id, *, now):
    found = unit_of_work(partial(queries.date, occurrence_id, house_id=house_id(), language="de", now=now))
    return found.left


def broken():
    return unit_of_work(lambda: invariants.broken(db.session.connection()))


def journal():
    wanted = (Event.deed, Event.actor, Event.changes)
    return [row for row in rows_of(*wanted) if row[0].startswith("places.")]


def test_the_public_does_not_see_them_and_cannot_have_them(date, desk, clock):
    hold_back(date, 3, desk, clock)

    assert left(date, now=clock()) == 2
    with pytest.raises(Taken):
        a_booking(date, clock)
    assert broken() == []


def test_without_them_the_same_booking_is_accepted(date, desk, clock):
    hold_back(date, 3, desk, clock)
    hold_back(date, 0, desk, clock, seen=1)

    a_booking(date, clock)

    assert left(date, now=clock()) == 2
    assert rows_of(HeldBack.id) == []


def test_a_caller_gets_what_is_held_back_before_what_is_free(date, desk, clock):
    hold_back(date, 4, desk, clock)

    a_called_booking(date, desk, clock)

    assert rows_of(HeldBack.places) == [(1,)]
    assert left(date, now=clock()) == 1
    assert load_of(occurrence_id=date) == 4
    assert broken() == []


def test_a_large_party_takes_the_rest_of_what_is_free_and_the_row_ends(date, desk, clock):
    hold_back(date, 2, desk, clock)

    a_called_booking(date, desk, clock, party={"adults": 5})

    assert rows_of(HeldBack.id) == []
    assert load_of(occurrence_id=date) == 5
    assert broken() == []


def test_staff_get_no_more_than_the_seats(date, desk, clock):
    hold_back(date, 2, desk, clock)
    a_booking(date, clock)

    with pytest.raises(Taken):
        a_called_booking(date, desk, clock, party={"adults": 3}, by={"overrules": True})
    assert rows_of(HeldBack.places) == [(2,)], "what failed has drawn nothing"


def test_they_are_free_from_the_instant_on_that_was_said_though_no_worker_came(date, desk, clock):
    hold_back(date, 4, desk, clock, minutes_before=120)
    assert left(date, now=clock.forward(hours=22, seconds=-1)) == 1

    assert left(date, now=clock.forward(seconds=1)) == 5
    a_booking(date, clock)
    assert load_of(occurrence_id=date) == 3


def test_the_worker_ends_them_once_however_often_it_comes(date, desk, clock):
    hold_back(date, 4, desk, clock, minutes_before=120)
    clock.forward(hours=22)

    retention.run(now=clock())
    retention.run(now=clock())
    unit_of_work(partial(holding_back.release_due, date, now=clock()))

    assert rows_of(HeldBack.id) == []
    ends = [row for row in journal() if row[0] == "places.released"]
    assert ends == [("places.released", "system", {"places": [4, 0]})]
    assert broken() == []


def test_a_moment_earlier_the_worker_leaves_them(date, desk, clock):
    hold_back(date, 4, desk, clock, minutes_before=120)

    retention.run(now=clock.forward(hours=22, seconds=-1))

    assert rows_of(HeldBack.places) == [(4,)]


def test_who_held_how_many_back_stands_in_the_journal(date, desk, clock):
    hold_back(date, 2, desk, clock)
    hold_back(date, 3, desk, clock, seen=1)

    assert journal() == [
        ("places.held_back", desk.actor, {"places": [0, 2]}),
        ("places.held_back", desk.actor, {"places": [2, 3]}),
    ]


def test_more_than_are_free_cannot_be_held_back(date, desk, clock):
    a_booking(date, clock)

    with pytest.raises(NotEnoughToHoldBack) as refused:
        hold_back(date, 3, desk, clock)
    assert refused.value.facts == {"most": 2}


def test_more_than_there_are_seats_is_a_mistake(date, desk, clock):
    with pytest.raises(TooManyToHoldBack):
        hold_back(date, 6, desk, clock)


def test_a_moment_that_is_over_is_refused(date, desk, clock):
    with pytest.raises(ReleaseOver):
        hold_back(date, 2, desk, clock, minutes_before=24 * 60)


def test_two_desks_do_not_overwrite_each_other(date, desk, clock):
    hold_back(date, 2, desk, clock)

    with pytest.raises(Stale):
        hold_back(date, 4, desk, clock, seen=0)
    assert rows_of(HeldBack.places) == [(2,)]


def test_a_date_that_is_over_and_one_of_another_house_hold_nothing_back(date, desk, clock):
    with pytest.raises(NotFound):
        hold_back(date, 1, desk, clock, house_id=house_id("library"))
    clock.forward(days=2)
    with pytest.raises(DateNotOpen):
        hold_back(date, 1, desk, clock)


def test_what_nothing_is_held_back_of_leaves_no_claim(date, desk, clock):
    before = rows_of(Claim.id)
    hold_back(date, 2, desk, clock)
    hold_back(date, 0, desk, clock, seen=1)

    assert rows_of(Claim.id) == before


def test_after_a_date_was_moved_they_end_as_long_before_the_new_start(date, desk, clock):
    hold_back(date, 2, desk, clock, minutes_before=60)
    later = clock() + timedelta(days=3)
    plan = replace(unit_of_work(partial(a_plan, date)), starts_at=later, ends_at=later + timedelta(hours=1))
    change = Change(date, 1, plan)

    deed = partial(changing_dates.change_dates, [change], house_id=house_id(), actor=desk.actor, tells=False)
    unit_of_work(partial(deed, now=clock()))

    assert load_of(occurrence_id=date) == 2
    assert rows_of(Claim.expires_at, where=Claim.expires_at.is_not(None)) == [
        (to_epoch(later - timedelta(hours=1)),)
    ]


def a_plan(occurrence_id):
    ((plan, _row),) = planning.plans_of([occurrence_id], house_id=house_id())
    return plan
