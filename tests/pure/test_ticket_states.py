"""Tickets: which move leads where, and how long a number probably waits."""

import pytest

from booking.bookings.ticket_states import (
    CALLED,
    ENDED,
    LEFT,
    MISSED,
    MOVES,
    OPEN,
    SERVED,
    STATES,
    WAITING,
    may_become,
    minutes_until_called,
    pace,
)


def reachable(state, seen=frozenset()):
    new = MOVES[state] - seen
    return new.union(*(reachable(one, seen | new) for one in new))


def test_every_move_leads_to_a_state_that_there_is():
    assert set().union(*MOVES.values()) <= set(STATES)
    assert sorted([*OPEN, *ENDED]) == sorted(STATES)


def test_a_waiting_number_can_come_to_every_end():
    assert reachable(WAITING) >= ENDED


def test_only_who_was_called_has_had_a_turn():
    for state in (SERVED, MISSED):
        assert {one for one in STATES if may_become(one, state)} == {CALLED}


@pytest.mark.parametrize("state", [SERVED, LEFT])
def test_what_is_over_stays_over(state):
    assert not any(may_become(state, other) for other in STATES)


def test_who_missed_the_call_may_come_after_all():
    assert may_become(MISSED, CALLED)
    assert not may_become(MISSED, SERVED)


def test_an_unknown_state_is_a_fault():
    with pytest.raises(KeyError):
        may_become("asleep", CALLED)


def wait(before, *, served=(), planned=30, hosts=1, called=0):
    speed = pace(served, planned=planned, hosts=hosts, called=called)
    return minutes_until_called(before, called=called, pace=speed)


def test_where_nobody_waits_and_somebody_is_free_the_wait_is_nothing():
    assert wait(0) == 0
    assert wait(0, hosts=2, called=1) == 0
    assert wait(1, hosts=2) == 0


def test_by_the_plan_each_one_before_takes_the_minutes_of_the_offering():
    assert wait(0, called=1) == 30
    assert wait(3, called=1) == 120
    assert wait(3, called=0) == 90
    assert wait(3, hosts=2, called=2) == 60


def test_the_visits_of_the_day_tell_more_than_the_plan_once_there_are_enough():
    assert wait(3, served=[8, 12], called=1) == 120
    assert wait(3, served=[8, 12, 10], called=1) == 40
    assert wait(0, served=[50, 50, 50], called=1) == 50


def test_a_table_that_serves_several_at_once_moves_as_many_times_faster():
    assert wait(2, called=3) == 30
    assert wait(2, hosts=3, called=3) == 30


def test_an_expectation_is_told_in_steps_of_five_minutes_and_rounded_up():
    assert wait(0, served=[7, 7, 7], called=1) == 10
    assert wait(0, served=[0, 0, 0], called=1) == 5


def test_where_no_host_is_known_to_be_there_one_is_reckoned_with():
    assert wait(1, hosts=0, called=0) == 30
