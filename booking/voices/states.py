"""States of what somebody has told us, and the moves between them; pure."""

from collections.abc import Mapping

NEW, READ, ANSWERED, INVITED = "new", "read", "answered", "invited"
TAKEN_UP, DECLINED, CLOSED = "taken_up", "declined", "closed"
IDEA, BARRIER = "idea", "barrier"

_WITH_WORDS = frozenset({ANSWERED, INVITED, TAKEN_UP, DECLINED})

MOVES: Mapping[str, frozenset[str]] = {
    NEW: _WITH_WORDS | {READ, CLOSED},
    READ: _WITH_WORDS | {CLOSED},
    ANSWERED: _WITH_WORDS | {CLOSED},
    INVITED: _WITH_WORDS | {CLOSED},
    TAKEN_UP: _WITH_WORDS | {CLOSED},
    DECLINED: _WITH_WORDS | {CLOSED},
    CLOSED: frozenset(),
}

STATES = tuple(MOVES)
KINDS = (IDEA, BARRIER)
ANSWERS = tuple(state for state in STATES if state in _WITH_WORDS)
OPEN = frozenset({NEW, READ})
ONLY_IDEAS = frozenset({INVITED})  # nobody is invited to talk about a door that does not open


def may_become(state: str, wanted: str, *, kind: str) -> bool:
    """Return whether what somebody told may become ``wanted``; raises KeyError for an unknown state."""
    return wanted in MOVES[state] and (kind == IDEA or wanted not in ONLY_IDEAS)
