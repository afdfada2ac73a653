"""Questions about the staff of a house, for those who edit it and for the person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, ScalarSelect, func, or_, select

from booking.catalogue.models import Programme
from booking.crew.rules import INVITATION, Details, thread_of
from booking.db import execute
from booking.errors import NotFound
from booking.links.models import Link
from booking.messages.models import FAILED, PARKED, OutgoingMail
from booking.people.models import Host, SignIn, Staff, StaffRole
from booking.people.permissions import ADMIN
from booking.people.queries import IDLE, LONGEST
from booking.schedule.models import StaffProgramme

ACTIVE, INVITED, LAPSED, DEACTIVATED = "active", "invited", "lapsed", "deactivated"
STATES = (ACTIVE, INVITED, LAPSED, DEACTIVATED)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff; ``invited_until`` is the end of an invitation that is still open.

    ``state``  active; invited (has not accepted yet); lapsed (the invitation is over); deactivated
    """

    id: int
    house_id: int
    email: str
    details: Details
    state: str
    version: int
    created_at: datetime
    changed_at: datetime
    invited_until: datetime | None


@dataclass(frozen=True, slots=True)
class OwnSignIn:
    """A sign-in of somebody; ``id`` opens nothing."""

    id: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people a list shows: those with a role, in a state, whose name or address has these letters."""

    role: str = ""
    state: str = ""
    words: str = ""
    page: int = 1


def members(house_id: int, wanted: Wanted, *, now: datetime) -> tuple[list[Member], int]:
    """Return a page of the staff of a house by name, and how many there are in all; those erased are gone."""
    asked = _asked(house_id, wanted, now=now)
    many = int(execute(select(func.count(Staff.id)).where(*asked)).scalar_one())
    page = _MEMBER.where(*asked).order_by(func.lower(Staff.name), Staff.id)
    rows = execute(page.limit(PAGE).offset(PAGE * (wanted.page - 1))).all()
    return _read(rows, now=now), many


def member(staff_id: int, *, house_id: int, now: datetime) -> Member:
    """Return a member of the staff of a house; raises NotFound for another house's, and for one who is erased."""
    rows = execute(
        _MEMBER.where(Staff.id == staff_id, Staff.house_id == house_id, Staff.erased_at.is_(None))
    ).all()
    if not rows:
        raise NotFound
    return _read(rows, now=now)[0]


def by_address(email: str, *, house_id: int, now: datetime) -> Member | None:
    """Return whose normalised address this is, or None."""
    rows = execute(_MEMBER.where(Staff.email == email, Staff.house_id == house_id)).all()
    return _read(rows, now=now)[0] if rows else None


def names(staff_ids: Iterable[int], *, house_id: int) -> dict[int, str]:
    """Return the names of staff of a house by id; those erased have an empty one."""
    wanted = select(Staff.id, Staff.name).where(Staff.house_id == house_id, Staff.id.in_(list(staff_ids)))
    return {row.id: row.name for row in execute(wanted)}


def hosts(house_id: int) -> list[tuple[int, str]]:
    """Return the hosts of a house who can have a sign-in: id and whole name, by name."""
    wanted = select(Host.id, Host.first_name, Host.last_name).where(
        Host.house_id == house_id, Host.is_active, Host.kind != "interpreter"
    )
    found = [(row.id, f"{row.first_name} {row.last_name}".strip()) for row in execute(wanted)]
    return sorted(found, key=lambda one: one[1].casefold())


def programmes(house_id: int) -> list[tuple[int, dict[str, str]]]:
    """Return id and names, by language, of every programme of a house."""
    wanted = select(Programme.id, Programme.names).where(Programme.house_id == house_id)
    return [(row.id, row.names) for row in execute(wanted.order_by(Programme.id))]


def undelivered(staff_ids: Iterable[int]) -> frozenset[int]:
    """Return to whom of these the newest mail could not be delivered, or not be written."""
    threads = {thread_of(one): one for one in staff_ids}
    newest = select(func.max(OutgoingMail.id)).where(OutgoingMail.thread.in_(list(threads)))
    lost = select(OutgoingMail.thread).where(
        OutgoingMail.id.in_(newest.group_by(OutgoingMail.thread)), OutgoingMail.state.in_((FAILED, PARKED))
    )
    return frozenset(threads[thread] for thread in execute(lost).scalars())


def sign_ins(staff_id: int, *, now: datetime) -> list[OwnSignIn]:
    """Return where somebody is signed in just now, the latest first."""
    going_on = (SignIn.staff_id == staff_id, SignIn.seen_at > now - IDLE, SignIn.created_at > now - LONGEST)
    wanted = select(SignIn.id, SignIn.created_at, SignIn.seen_at).where(*going_on)
    rows = execute(wanted.order_by(SignIn.created_at.desc(), SignIn.id))
    return [OwnSignIn(row.id, row.created_at, row.seen_at) for row in rows]


def has_other_admin(staff_id: int, *, house_id: int) -> bool:
    """Return whether a house has an admin beside this one who can sign in."""
    wanted = (
        select(Staff.id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(
            Staff.house_id == house_id,
            Staff.id != staff_id,
            Staff.is_active,
            Staff.password_hash != "",
            StaffRole.role == ADMIN,
        )
    )
    return execute(wanted.limit(1)).scalar() is not None


def _asked(house_id: int, wanted: Wanted, *, now: datetime) -> list[ColumnElement[bool]]:
    asked = [Staff.house_id == house_id, Staff.erased_at.is_(None)]
    if wanted.role:
        asked.append(Staff.id.in_(select(StaffRole.staff_id).where(StaffRole.role == wanted.role)))
    if wanted.state:
        asked.append(_in_state(wanted.state, now=now))
    asked += [_says(word) for word in wanted.words.split()]
    return asked


def _says(word: str) -> ColumnElement[bool]:
    """Return whether name or address has the letters; SQLite knows the two cases of ASCII letters alone."""
    readings = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(
        *(Staff.name.contains(reading, autoescape=True) for reading in sorted(readings)),
        Staff.email.contains(word.lower(), autoescape=True),
    )


def _in_state(state: str, *, now: datetime) -> ColumnElement[bool]:
    if state == DEACTIVATED:
        return Staff.is_active.is_(False)
    if state == ACTIVE:
        return Staff.is_active & (Staff.password_hash != "")
    waits = Staff.is_active & (Staff.password_hash == "")
    if state == INVITED:
        return waits & (_invited_until > now)
    return waits & (_invited_until.is_(None) | (_invited_until <= now))


_invited_until: ScalarSelect[Any] = (
    select(func.max(Link.expires_at))
    .where(Link.purpose == INVITATION, Link.subject_id == Staff.id, Link.revoked_at.is_(None))
    .correlate(Staff)
    .scalar_subquery()
)
_MEMBER: Any = select(
    Staff.id,
    Staff.house_id,
    Staff.email,
    Staff.name,
    Staff.language,
    Staff.host_id,
    Staff.runs_all,
    Staff.is_active,
    (Staff.password_hash != "").label("has_joined"),
    Staff.version,
    Staff.created_at,
    Staff.changed_at,
    _invited_until.label("invited_until"),
)


def _read(rows: Sequence[Any], *, now: datetime) -> list[Member]:
    ids = [row.id for row in rows]
    roles = _of_each(select(StaffRole.staff_id, StaffRole.role).where(StaffRole.staff_id.in_(ids)))
    runs = _of_each(
        select(StaffProgramme.staff_id, StaffProgramme.programme_id).where(StaffProgramme.staff_id.in_(ids))
    )
    return [_member(row, frozenset(roles[row.id]), frozenset(runs[row.id]), now=now) for row in rows]


def _of_each(pairs: Executable) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = defaultdict(set)
    for staff_id, value in execute(pairs):
        found[staff_id].add(value)
    return found


def _member(row: Any, roles: frozenset[str], runs: frozenset[int], *, now: datetime) -> Member:
    until = row.invited_until
    state = DEACTIVATED
    if row.is_active:
        is_open = until is not None and until > now
        state = ACTIVE if row.has_joined else INVITED if is_open else LAPSED
    return Member(
        id=row.id,
        house_id=row.house_id,
        email=row.email,
        details=Details(row.name, row.language, roles, row.host_id, row.runs_all, runs),
        state=state,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        invited_until=until if state == INVITED else None,
    )
