"""Whether a deed would be refused: it is done, and undone in the same breath."""

from collections.abc import Callable

from booking.db import REHEARSED, db


def rehearse(deed: Callable[[], object]) -> None:
    """Do a deed with its units of work, and leave no trace; raises what the deed would raise.

    What a page asks before it offers to tell people: nobody shall be shown a mail of something that cannot be.
    """
    db.session.info[REHEARSED] = True
    try:
        deed()
    finally:
        del db.session.info[REHEARSED]
