"""Deeds: enter somebody, invite by a one-time link, invite again, accept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from booking.crew import telling, writing
from booking.crew.queries import INVITED, LAPSED, Member
from booking.crew.rules import INVITATION, INVITED_FOR, Details, fitted
from booking.db import execute
from booking.links import service as links
from booking.people import passwords
from booking.people.models import Staff
from booking.people.rules import check_password
from booking.people.staff_refusals import LinkOver, NotInvited


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who may join, and the id of the one-time link that lets them."""

    staff_id: int
    link_id: str


def enter(details: Details, *, email: str, house_id: int, actor: str, now: datetime) -> Invited:
    """Write somebody with roles and a one-time link, without a mail.

    Raises what does not fit together, and AddressInUse and HostTaken.
    """
    wanted = fitted(details)
    writing.check_scope(wanted, house_id=house_id)
    writing.free_host(wanted.host_id)
    row = {
        "house_id": house_id,
        "email": email.lower(),
        "name": wanted.name,
        "password_hash": "",
        "language": wanted.language,
        "host_id": wanted.host_id,
        "runs_all": wanted.runs_all,
        "is_active": True,
        "version": 1,
        "created_at": now,
        "changed_at": now,
    }
    staff_id = int(execute(insert(Staff).returning(Staff.id), row).scalar_one())
    writing.write_scope(staff_id, wanted)
    changes = writing.changes(None, wanted)
    writing.record("staff.invited", staff_id, house_id=house_id, actor=actor, changes=changes, now=now)
    return Invited(staff_id, _link(staff_id, house_id=house_id, now=now))


def invite(
    details: Details, *, email: str, house_id: int, actor: str, request_id: str = "", now: datetime
) -> Invited:
    """Write somebody with roles, and owe the mail with the one-time link; raises what ``enter`` raises."""
    invited = enter(details, email=email, house_id=house_id, actor=actor, now=now)
    member = writing.locked(invited.staff_id, house_id=house_id, now=now)
    until = now + INVITED_FOR
    telling.owe_invitation(member, invited.link_id, until=until, request_id=request_id, now=now)
    return invited


def link_again(staff_id: int, *, house_id: int, actor: str, now: datetime) -> Invited:
    """Make a new one-time link without a mail; the older ones end.  Raises NotFound and NotInvited."""
    member = _waiting(staff_id, house_id=house_id, now=now)
    links.revoke(INVITATION, subject_id=staff_id, now=now)
    writing.record("staff.invited_again", staff_id, house_id=house_id, actor=actor, now=now)
    return Invited(member.id, _link(staff_id, house_id=house_id, now=now))


def invite_again(staff_id: int, *, house_id: int, actor: str, request_id: str = "", now: datetime) -> Invited:
    """Make a new one-time link and owe its mail; the older links end.  Raises NotFound and NotInvited."""
    invited = link_again(staff_id, house_id=house_id, actor=actor, now=now)
    member = writing.locked(staff_id, house_id=house_id, now=now)
    until = now + INVITED_FOR
    telling.owe_invitation(member, invited.link_id, until=until, request_id=request_id, now=now)
    return invited


def accept(staff_id: int, password: str, *, house_id: int, now: datetime) -> None:
    """Let somebody who was invited choose a password: from now on it signs in, and the link is used up.

    Raises LinkOver for somebody who has joined or left, and what ``check_password`` raises.
    """
    try:
        member = _waiting(staff_id, house_id=house_id, now=now)
    except NotInvited as over:
        raise LinkOver from over
    check_password(password, email=member.email, name=member.details.name)
    writing.change(staff_id, password_hash=passwords.hashed(password), now=now)
    links.revoke(INVITATION, subject_id=staff_id, now=now)
    writing.record("staff.joined", staff_id, house_id=house_id, actor=f"staff:{staff_id}", now=now)


def _waiting(staff_id: int, *, house_id: int, now: datetime) -> Member:
    member = writing.locked(staff_id, house_id=house_id, now=now)
    if member.state not in (INVITED, LAPSED):
        raise NotInvited
    return member


def _link(staff_id: int, *, house_id: int, now: datetime) -> str:
    expires_at = now + INVITED_FOR
    return links.make(INVITATION, house_id=house_id, subject_id=staff_id, expires_at=expires_at, now=now)
