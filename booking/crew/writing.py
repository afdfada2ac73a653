"""Rows of staff: lock, replace roles and programmes, record; for the deeds beside."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from booking.catalogue.models import Programme
from booking.crew import queries
from booking.crew.queries import Member
from booking.crew.rules import Details
from booking.db import execute
from booking.houses.models import House
from booking.journal import service as journal
from booking.people.models import Staff, StaffRole
from booking.people.staff_refusals import UnknownHost, UnknownProgramme
from booking.schedule.models import StaffProgramme


def locked(staff_id: int, *, house_id: int, now: datetime) -> Member:
    """Return a member of staff whom nobody else edits until this transaction ends; raises NotFound.

    The house is locked first: whether somebody is its last admin is a question about all of them.
    """
    execute(select(House.id).where(House.id == house_id).with_for_update(key_share=True))
    mine = select(Staff.id).where(Staff.id == staff_id, Staff.house_id == house_id)
    execute(mine.with_for_update())
    return queries.member(staff_id, house_id=house_id, now=now)


def change(staff_id: int, *, now: datetime, **values: Any) -> None:
    """Set columns of somebody, and raise the version."""
    mine = update(Staff).where(Staff.id == staff_id)
    execute(mine.values(version=Staff.version + 1, changed_at=now, **values))


def check_scope(details: Details, *, house_id: int) -> None:
    """Let hosts and programmes pass that are of this house; raises UnknownHost and UnknownProgramme."""
    if details.host_id is not None and details.host_id not in dict(queries.hosts(house_id)):
        raise UnknownHost
    wanted = select(Programme.id).where(Programme.house_id == house_id)
    if not details.programme_ids <= set(execute(wanted).scalars()):
        raise UnknownProgramme


def free_host(host_id: int | None) -> None:
    """Take a host from whoever is deactivated: the successor may have it."""
    if host_id is not None:
        left = (Staff.host_id == host_id) & Staff.is_active.is_(False)
        execute(update(Staff).where(left).values(host_id=None))


def write_scope(staff_id: int, details: Details) -> None:
    """Replace roles and programmes of somebody."""
    execute(delete(StaffRole).where(StaffRole.staff_id == staff_id))
    execute(delete(StaffProgramme).where(StaffProgramme.staff_id == staff_id))
    if details.roles:
        execute(insert(StaffRole), [{"staff_id": staff_id, "role": role} for role in sorted(details.roles)])
    if details.programme_ids:
        rows = [{"staff_id": staff_id, "programme_id": one} for one in sorted(details.programme_ids)]
        execute(insert(StaffProgramme), rows)


def changes(before: Details | None, after: Details) -> dict[str, list[Any]]:
    """Return old and new of what differs, but for the name, which has no place in the journal."""
    old, new = (_said(one) if one else {} for one in (before, after))
    return {name: [old.get(name), value] for name, value in new.items() if old.get(name) != value}


def record(
    deed: str,
    staff_id: int,
    *,
    house_id: int,
    actor: str,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
    **counts: int,
) -> None:
    """Append an event about somebody to the journal."""
    journal.record(
        deed,
        house_id=house_id,
        actor=actor,
        object_kind="staff",
        object_id=staff_id,
        now=now,
        changes=changes,
        **counts,
    )


def _said(details: Details) -> dict[str, Any]:
    return {
        "language": details.language,
        "roles": sorted(details.roles),
        "host_id": details.host_id,
        "runs_all": details.runs_all,
        "programmes": sorted(details.programme_ids),
    }
