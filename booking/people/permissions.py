"""Who may what: the roles of a house, one list of permissions, and who acts; pure (the table of the promises)."""

from collections.abc import Mapping
from dataclasses import dataclass

GUIDE, EXPERT, DESK, COORDINATOR, ADMIN, AUDITOR = (
    "guide",
    "expert",
    "desk",
    "coordinator",
    "admin",
    "auditor",
)
ROLES = (GUIDE, EXPERT, DESK, COORDINATOR, ADMIN, AUDITOR)
HOSTS = frozenset({GUIDE, EXPERT})

_EVERYBODY = frozenset(ROLES)
_RUN = frozenset({COORDINATOR})
_MEET = frozenset({GUIDE, EXPERT, DESK, COORDINATOR})
_FRONT = frozenset({DESK, COORDINATOR})

PERMISSIONS: Mapping[str, frozenset[str]] = {
    "home.see": _EVERYBODY,
    "account.own": _EVERYBODY,
    "hours.own": HOSTS,
    "hours.edit": _RUN,
    "hosts.edit": _RUN,
    "closures.edit": _RUN,
    "programme.edit": _RUN,
    "things.edit": _RUN,
    "dates.see": _MEET | {AUDITOR},
    "dates.edit": _RUN,
    "bookings.see": _MEET | {AUDITOR},
    "bookings.change": _FRONT,
    "bookings.change_own": frozenset({EXPERT}),
    "bookings.book": _FRONT,
    "bookings.notes": _FRONT,
    "bookings.export": _RUN,
    "places.hold_back": _FRONT,
    "day.see": _MEET,
    "day.list": _MEET,
    "day.check_in": _MEET,
    "messages.edit": _RUN,
    "outbox.see": frozenset({COORDINATOR, ADMIN}),
    "people.edit": frozenset({ADMIN}),
    "log.read": frozenset({COORDINATOR, ADMIN, AUDITOR}),
    "voices.answer": _RUN,
    "queue.serve": _FRONT,
    "needs.arrange": _RUN,
}
"""Every permission with the roles that have it; what stands in no list is denied."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody signed in; ``programme_ids`` None: runs every programme of the house."""

    staff_id: int
    house_id: int
    name: str
    language: str
    roles: frozenset[str]
    host_id: int | None
    programme_ids: frozenset[int] | None

    @property
    def actor(self) -> str:
        """Who it was, for the journal."""
        return f"staff:{self.staff_id}"

    def may(self, permission: str) -> bool:
        """Return whether a role of this person has the permission; an unknown one nobody has."""
        return bool(PERMISSIONS.get(permission, frozenset()) & self.roles)

    def runs(self, programme_id: int | None) -> bool:
        """Return whether a programme is the person's own; what has none belongs to those who run all."""
        if COORDINATOR not in self.roles:
            return False
        return self.programme_ids is None or programme_id in self.programme_ids
