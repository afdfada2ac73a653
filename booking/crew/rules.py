"""Rules of staff: how long links last, how long those who left are kept, what fits together; pure."""

from dataclasses import dataclass, replace
from datetime import timedelta

from booking.people.permissions import ADMIN, COORDINATOR, HOSTS
from booking.people.staff_refusals import NoProgramme, NoRole, OwnRole

INVITATION, RESET = "invite", "reset"  # purposes of their one-time links
INVITED_FOR = timedelta(days=7)
RESET_WITHIN = timedelta(hours=1)
KEPT_AFTER_LEAVING = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Details:
    """What an admin enters of a member of staff.

    ``host_id``        the person of the programme who this is, for guides and experts
    ``runs_all``       runs every programme, those to come, too; otherwise ``programme_ids``
    """

    name: str
    language: str
    roles: frozenset[str]
    host_id: int | None = None
    runs_all: bool = False
    programme_ids: frozenset[int] = frozenset()

    @property
    def scope(self) -> tuple[object, ...]:
        """Return what decides what the person may do."""
        return (self.roles, self.host_id, self.runs_all, self.programme_ids)


def thread_of(staff_id: int) -> str:
    """Return the name under which mails to somebody leave."""
    return f"staff:{staff_id}"


def fitted(details: Details) -> Details:
    """Return the details without what no role of theirs asks for; raises NoRole and NoProgramme."""
    if not details.roles:
        raise NoRole
    is_host, runs = bool(details.roles & HOSTS), COORDINATOR in details.roles
    if runs and not details.runs_all and not details.programme_ids:
        raise NoProgramme
    return replace(
        details,
        host_id=details.host_id if is_host else None,
        runs_all=runs and details.runs_all,
        programme_ids=details.programme_ids if runs and not details.runs_all else frozenset(),
    )


def check_own(before: Details, after: Details) -> None:
    """Let people change their own name and language, not what they may do; raises OwnRole."""
    if before.scope != after.scope:
        raise OwnRole


def loses_admin(before: Details, after: Details) -> bool:
    """Return whether somebody is no admin any more."""
    return ADMIN in before.roles and ADMIN not in after.roles
