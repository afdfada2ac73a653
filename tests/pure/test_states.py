"""States of a booking: which may follow which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.bookings.states import CANCELLABLE, MOVES, STATES, TAKES_PLACES, may_become

TABLE = """
held                  confirmed to_be_confirmed expired
to_be_confirmed       confirmed expired
waiting               offered left
offered               confirmed waiting left expired
requested             confirmed declined withdrawn
confirmed             cancelled_by_visitor cancelled_by_house declined_in_calendar attended no_show
declined_in_calendar  cancelled_by_visitor cancelled_by_house confirmed attended no_show
attended              no_show confirmed
no_show               attended confirmed
cancelled_by_visitor
cancelled_by_house
expired
left
declined
withdrawn
"""
WANTED = {words[0]: set(words[1:]) for words in map(str.split, TABLE.strip().splitlines())}


@pytest.mark.parametrize("state", WANTED)
def test_the_moves_from_a_state_are_those_of_the_table(state):
    assert {wanted for wanted in STATES if may_become(state, wanted)} == WANTED[state]


def test_there_is_no_state_beside_the_table():
    assert set(STATES) == set(WANTED)
    assert list(STATES) == sorted(STATES)


@given(st.sampled_from(STATES))
def test_no_state_follows_itself(state):
    assert not may_become(state, state)


def test_what_is_over_stays_over():
    over = {state for state, moves in MOVES.items() if not moves}

    assert over == {"cancelled_by_visitor", "cancelled_by_house", "expired", "left", "declined", "withdrawn"}
    assert not over & (TAKES_PLACES | CANCELLABLE)


def test_what_can_be_cancelled_takes_places_and_may_become_cancelled():
    assert CANCELLABLE < TAKES_PLACES
    assert {state for state in STATES if may_become(state, "cancelled_by_visitor")} == CANCELLABLE
    assert {state for state in STATES if may_become(state, "cancelled_by_house")} == CANCELLABLE


def test_an_unknown_state_is_an_error_and_no_refusal():
    with pytest.raises(KeyError):
        may_become("unheard of", "confirmed")
