"""States of a walk-in ticket, the moves between them, and how long a number probably waits; pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WAITING, CALLED, SERVED = "waiting", "called", "served"
MISSED, LEFT = "missed", "left"  # called and not there; given back

MOVES: Mapping[str, frozenset[str]] = {
    WAITING: frozenset({CALLED, LEFT}),
    CALLED: frozenset({SERVED, MISSED, LEFT, WAITING}),  # waiting: called by mistake
    MISSED: frozenset({CALLED}),  # came after all
    SERVED: frozenset(),
    LEFT: frozenset(),
}

STATES = tuple(MOVES)
OPEN = frozenset({WAITING, CALLED})
ENDED = frozenset(STATES) - OPEN

ENOUGH_SERVED = 3  # so many visits of a day tell more than the plan
_STEP = 5  # minutes to which an expectation is rounded: more would be a promise


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a queue moves: minutes for one visit, and how many are served side by side."""

    minutes: float
    side_by_side: int


def may_become(state: str, wanted: str) -> bool:
    """Return whether a ticket in ``state`` may become ``wanted``; raises KeyError for an unknown state."""
    return wanted in MOVES[state]


def pace(served: Sequence[float], *, planned: int, hosts: int, called: int) -> Pace:
    """Return the pace of a queue.

    ``served``   minutes that the last visits of this day took; too few of them tell nothing
    ``planned``  minutes that the offering takes by its plan
    ``hosts``    how many are there now; at least one is reckoned with
    ``called``   how many have been called: a table that serves three at once says so by itself
    """
    minutes = sum(served) / len(served) if len(served) >= ENOUGH_SERVED else planned
    return Pace(max(1.0, minutes), max(1, hosts, called))


def minutes_until_called(before: int, *, called: int, pace: Pace) -> int:
    """Return in about how many minutes a number is called, in steps of five, rounded up; 0: at once.

    ``before``  how many wait with a smaller number; ``called``  how many are being served
    """
    ends = before + called - pace.side_by_side + 1  # so many visits must end first
    return max(0, math.ceil(ends * pace.minutes / pace.side_by_side / _STEP) * _STEP)
