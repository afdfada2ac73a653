"""Deeds: edit somebody, deactivate, reactivate."""

from datetime import datetime

from booking.crew import queries, resetting, writing
from booking.crew.queries import DEACTIVATED, Member
from booking.crew.rules import Details, check_own, fitted, loses_admin, thread_of
from booking.errors import Stale
from booking.messages import outbox
from booking.people import signing_in
from booking.people.permissions import ADMIN
from booking.people.staff_refusals import LastAdmin, NotActive, OwnAccount


def edit(staff_id: int, details: Details, *, version: int, house_id: int, actor: str, now: datetime) -> None:
    """Change what the house knows of somebody; whose roles or scope change is signed out.

    Raises NotFound, Stale for another version, OwnRole, LastAdmin, NotActive, HostTaken and what does not fit.
    """
    before = _as_seen(staff_id, version, house_id=house_id, now=now)
    if before.state == DEACTIVATED:
        raise NotActive
    after = fitted(details)
    if actor == f"staff:{staff_id}":
        check_own(before.details, after)
    if loses_admin(before.details, after):
        _check_another_admin(before)
    writing.check_scope(after, house_id=house_id)
    writing.free_host(after.host_id)
    _write(before, after, actor=actor, now=now)


def edit_own(staff_id: int, *, name: str, language: str, version: int, house_id: int, now: datetime) -> None:
    """Change one's own name and language; raises NotFound and Stale."""
    before = _as_seen(staff_id, version, house_id=house_id, now=now)
    after = Details(name, language, *before.details.scope)  # type: ignore[arg-type]  # the scope in its order
    _write(before, after, actor=f"staff:{staff_id}", now=now)


def deactivate(staff_id: int, *, version: int, house_id: int, actor: str, now: datetime) -> None:
    """Shut somebody out at once: sign-ins and links end, mails that wait are not sent.

    Raises NotFound, Stale, OwnAccount and LastAdmin; a second time changes nothing.
    """
    before = _as_seen(staff_id, version, house_id=house_id, now=now)
    if before.state == DEACTIVATED:
        return
    if actor == f"staff:{staff_id}":
        raise OwnAccount
    if ADMIN in before.details.roles:
        _check_another_admin(before)
    writing.change(staff_id, is_active=False, now=now)
    resetting.end_access(staff_id, now=now)
    outbox.withdraw(thread_of(staff_id), now=now)
    writing.record("staff.deactivated", staff_id, house_id=house_id, actor=actor, now=now)


def reactivate(staff_id: int, *, version: int, house_id: int, actor: str, now: datetime) -> None:
    """Let somebody in again, with the roles and the password from before; raises NotFound and Stale."""
    before = _as_seen(staff_id, version, house_id=house_id, now=now)
    if before.state != DEACTIVATED:
        return
    writing.change(staff_id, is_active=True, now=now)
    writing.record("staff.reactivated", staff_id, house_id=house_id, actor=actor, now=now)


def _as_seen(staff_id: int, version: int, *, house_id: int, now: datetime) -> Member:
    member = writing.locked(staff_id, house_id=house_id, now=now)
    if member.version != version:
        raise Stale
    return member


def _check_another_admin(member: Member) -> None:
    if not queries.has_other_admin(member.id, house_id=member.house_id):
        raise LastAdmin


def _write(before: Member, after: Details, *, actor: str, now: datetime) -> None:
    changes = writing.changes(before.details, after)
    renamed = int(before.details.name != after.name)
    if not changes and not renamed:
        return
    writing.change(
        before.id,
        name=after.name,
        language=after.language,
        host_id=after.host_id,
        runs_all=after.runs_all,
        now=now,
    )
    if before.details.scope != after.scope:
        writing.write_scope(before.id, after)
        signing_in.sign_out_everywhere(before.id)
    counts = {"renamed": 1} if renamed else {}
    writing.record(
        "staff.changed", before.id, house_id=before.house_id, actor=actor, changes=changes, now=now, **counts
    )
