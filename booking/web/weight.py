"""What a web process costs the machine: one that has grown beyond its bound makes room for a fresh one.

Pages that are drawn for the first time leave templates, statements and texts behind, and pages shared with the
others become its own.  A fresh process shares all of that again.
"""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

MOST_MEGABYTES = 90  # of memory, what processes share divided among them
MARGIN = 4  # megabytes that the requests between two looks may take
SECONDS_BETWEEN = 1.0
MOST_AT_FIRST = (
    2 / 3
)  # of the bound: who weighs more before the first request shares too little to be worth replacing
LEAST_SECONDS = 5.0  # a process lives, so that a bound which is too low does not stop the house
VARIABLE = "WEB_PROCESS_MEGABYTES"
_ROLLED_UP = Path("/proc/self/smaps_rollup")
_SHARE = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)


def bound() -> int:
    """Return how many megabytes a web process may cost; anything but a positive number is the default."""
    asked = os.environ.get(VARIABLE, "")
    return int(asked) if asked.isdecimal() and int(asked) else MOST_MEGABYTES


def megabytes(rolled_up: Path = _ROLLED_UP) -> float:
    """Return what this process costs (its proportional set size), or 0 where the machine does not tell."""
    try:
        found = _SHARE.search(rolled_up.read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


class Scales:
    """Looks at the weight of this process now and then."""

    def __init__(
        self, *, weigh: Callable[[], float] = megabytes, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._weigh, self._clock, self._bound = weigh, clock, bound()
        self._next = clock() + LEAST_SECONDS
        self._at_first: float | None = None

    def too_heavy(self) -> float:
        """Return the weight in megabytes where a fresh process should take over, or else 0.

        To be asked from the first moment on: where the program is not shared (no ``--preload``), a fresh process
        would be as heavy soon, and the next one, too.
        """
        now = self._clock()
        if self._at_first is None:
            self._at_first = self._weigh()
        if now < self._next or self._at_first > self._bound * MOST_AT_FIRST:
            return 0.0
        self._next = now + SECONDS_BETWEEN
        weight = self._weigh()
        return weight if weight > self._bound - MARGIN else 0.0
