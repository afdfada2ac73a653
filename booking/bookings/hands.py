"""In whose hands a deed on a booking is: the booker's, within the deadlines, or those of staff, beyond them; pure."""

from dataclasses import dataclass

from booking.errors import Stale


@dataclass(frozen=True, slots=True)
class By:
    """Who does a deed, and how.

    ``actor``      for the journal: "visitor" or "staff:<id>"
    ``is_staff``   the deadlines of visitors do not bind; the guard binds everybody
    ``overrules``  lead time, horizon and bounds of the party were overruled knowingly
    ``from_kept``  places that are held back may be used
    ``tells``      the mails leave; False: somebody tells the booker in person
    ``seen``       the version of the booking as the page showed it, or None where it does not matter
    """

    actor: str = "visitor"
    is_staff: bool = False
    overrules: bool = False
    from_kept: bool = False
    tells: bool = True
    seen: int | None = None

    def check_seen(self, version: int) -> None:
        """Raise Stale where somebody changed it after the page was shown."""
        if self.seen is not None and self.seen != version:
            raise Stale


VISITOR = By()


def staff_hands(actor: str, *, tells: bool = True, seen: int | None = None, overrules: bool = False) -> By:
    """Return the hands of staff: beyond the deadlines, with the places that are held back for them."""
    return By(actor, is_staff=True, overrules=overrules, from_kept=True, tells=tells, seen=seen)
