"""What each role sees of a booking and may do with it: the table of the promises, in one place; pure.

``sight_queries`` says the same to the database; a test holds both against each other for every case.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.people.permissions import AUDITOR, COORDINATOR, DESK, EXPERT, HOSTS, Acting
from booking.timekit.instants import day_bounds, local_date

FACTS, FIRST_NAME, NAME, CONTACT, QUESTION = "facts", "first_name", "name", "contact", "question"
NEEDS, NOTES, MAILS, HISTORY = "needs", "notes", "mails", "history"
CHANGE, CHANGE_OWN, WRITE_NOTES, EXPORT = "change", "change_own", "write_notes", "export"
DESK_DAYS = 7

_MASKED = frozenset({FACTS, HISTORY})
_ASSIGNED = frozenset({FACTS, FIRST_NAME, NEEDS})
_WHOLE = frozenset({FACTS, FIRST_NAME, NAME, CONTACT, QUESTION, NEEDS, NOTES, MAILS, HISTORY})
_AT_THE_DESK = frozenset({CHANGE, WRITE_NOTES})
_RUNNING = frozenset({CHANGE, WRITE_NOTES, EXPORT})


@dataclass(frozen=True, slots=True)
class Whose:
    """What of a booking decides who sees it.

    ``is_assigned``  the person gives the date as a host
    """

    house_id: int
    programme_id: int | None
    kind: str
    starts_at: datetime
    is_assigned: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """Which parts of a booking somebody sees, and what that person may do with it; without parts it does not exist."""

    parts: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def sees(self, part: str) -> bool:
        """Return whether a part is shown."""
        return part in self.parts

    def may(self, deed: str) -> bool:
        """Return whether a deed is allowed."""
        return deed in self.deeds

    def __or__(self, other: "Sight") -> "Sight":
        return Sight(self.parts | other.parts, self.deeds | other.deeds)


NOTHING = Sight()


def sight(acting: Acting, of: Whose, *, exact: bool, zone: str, now: datetime) -> Sight:
    """Return what somebody sees of a booking and may do with it: the sum of what each role gives.

    ``exact``  it was asked for by its whole reference or address, and not found in a list
    """
    if of.house_id != acting.house_id:
        return NOTHING
    found = NOTHING
    if acting.runs(of.programme_id):
        found |= Sight(_WHOLE, _RUNNING)
    if DESK in acting.roles and (exact or is_near(of.starts_at, zone=zone, now=now)):
        found |= Sight(_WHOLE, _AT_THE_DESK)
    if acting.roles & HOSTS and of.is_assigned:
        is_own = EXPERT in acting.roles and of.kind == "consultation"
        found |= Sight(_ASSIGNED, frozenset({CHANGE_OWN}) if is_own else frozenset())
    if AUDITOR in acting.roles:
        found |= Sight(_MASKED)
    return found


def is_near(starts_at: datetime, *, zone: str, now: datetime) -> bool:
    """Return whether the desk sees a visit at this instant in its lists."""
    since, until = near(zone=zone, now=now)
    return since <= starts_at < until


def near(*, zone: str, now: datetime) -> tuple[datetime, datetime]:
    """Return ``[since, until)``: today with seven days before and after it, as local days of the house."""
    today, days = local_date(now, zone), timedelta(days=DESK_DAYS)
    return day_bounds(today - days, zone)[0], day_bounds(today + days, zone)[1]


def runs_something(acting: Acting) -> bool:
    """Return whether somebody coordinates any programme: who may export and book for callers there."""
    return COORDINATOR in acting.roles and (acting.programme_ids is None or bool(acting.programme_ids))


def may_book(acting: Acting, programme_id: int | None) -> bool:
    """Return whether somebody books, holds back and lets in for an offering: the desk for all, others their own."""
    return DESK in acting.roles or acting.runs(programme_id)
