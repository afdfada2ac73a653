"""States of what people tell us: what may become what, and how long it is kept."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.voices import rules, states
from booking.voices.states import BARRIER, CLOSED, IDEA, INVITED, MOVES, NEW, READ, may_become

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)


def test_every_state_that_can_be_reached_is_one():
    assert set().union(*MOVES.values()) <= set(states.STATES)
    assert NEW not in set().union(*MOVES.values()), "nothing becomes new again"


def test_what_is_closed_stays_closed():
    assert MOVES[CLOSED] == frozenset()
    assert all(CLOSED in moves for state, moves in MOVES.items() if state != CLOSED)


@pytest.mark.parametrize("state", states.ANSWERS)
def test_an_answer_can_be_followed_by_any_other_but_is_never_unread_again(state):
    assert set(states.ANSWERS) <= MOVES[state]
    assert not {NEW, READ} & MOVES[state]


def test_nobody_is_invited_to_talk_about_a_barrier():
    assert may_become(NEW, INVITED, kind=IDEA)
    assert not may_become(NEW, INVITED, kind=BARRIER)


def test_an_unknown_state_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        may_become("lost", CLOSED, kind=IDEA)


def test_ideas_are_kept_half_a_year_and_barrier_reports_a_year():
    assert rules.kept_until(IDEA, NOW) - NOW == timedelta(days=182)
    assert rules.kept_until(BARRIER, NOW) - NOW == timedelta(days=365)


def test_a_reference_can_be_read_out_on_the_phone():
    found = {rules.new_reference() for _ in range(50)}

    assert len(found) == 50
    assert all(len(one) == 8 and not set(one) & set("0O1IL") for one in found)
