"""States of a booking and the moves between them; pure."""

from collections.abc import Mapping

HELD, TO_BE_CONFIRMED, WAITING, REQUESTED = "held", "to_be_confirmed", "waiting", "requested"
CONFIRMED, DECLINED_IN_CALENDAR = "confirmed", "declined_in_calendar"
CANCELLED_BY_VISITOR, CANCELLED_BY_HOUSE = "cancelled_by_visitor", "cancelled_by_house"
EXPIRED, LEFT, DECLINED, WITHDRAWN, OFFERED = "expired", "left", "declined", "withdrawn", "offered"
ATTENDED, NO_SHOW = "attended", "no_show"

_CANCELLED = frozenset({CANCELLED_BY_VISITOR, CANCELLED_BY_HOUSE})

MOVES: Mapping[str, frozenset[str]] = {
    HELD: frozenset({CONFIRMED, TO_BE_CONFIRMED, EXPIRED}),
    TO_BE_CONFIRMED: frozenset({CONFIRMED, EXPIRED}),
    WAITING: frozenset({OFFERED, LEFT}),
    OFFERED: frozenset({CONFIRMED, WAITING, LEFT, EXPIRED}),
    REQUESTED: frozenset({CONFIRMED, DECLINED, WITHDRAWN}),
    CONFIRMED: _CANCELLED | {DECLINED_IN_CALENDAR, ATTENDED, NO_SHOW},
    DECLINED_IN_CALENDAR: _CANCELLED | {CONFIRMED, ATTENDED, NO_SHOW},
    ATTENDED: frozenset({CONFIRMED, NO_SHOW}),
    NO_SHOW: frozenset({CONFIRMED, ATTENDED}),
    **{over: frozenset[str]() for over in (*_CANCELLED, EXPIRED, LEFT, DECLINED, WITHDRAWN)},
}

STATES = tuple(sorted(MOVES))
TAKES_PLACES = frozenset({HELD, TO_BE_CONFIRMED, CONFIRMED, DECLINED_IN_CALENDAR})
CANCELLABLE = frozenset({CONFIRMED, DECLINED_IN_CALENDAR})
AT_THE_DOOR = frozenset({CONFIRMED, DECLINED_IN_CALENDAR, ATTENDED, NO_SHOW})
"""Whom staff await, have checked in, or have missed: the states on the list of a date."""
STANDS = TAKES_PLACES | AT_THE_DOOR
"""What counts as a booking of a date: who has come, or was missed, had booked all the same."""


def may_become(state: str, wanted: str) -> bool:
    """Return whether a booking in ``state`` may become ``wanted``; raises KeyError for an unknown state."""
    return wanted in MOVES[state]
