"""Deeds: ask for a way to a new password, choose one by its link, or with the present one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from booking.crew import queries, telling, writing
from booking.crew.queries import ACTIVE, DEACTIVATED, Member
from booking.crew.rules import INVITATION, RESET, RESET_WITHIN
from booking.errors import Gone, NotFound
from booking.links import queries as link_queries
from booking.links import service as links
from booking.messages.facts import STAFF_WARNED, StaffFacts
from booking.people import passwords, signing_in
from booking.people.rules import check_password
from booking.people.staff_refusals import LinkOver, NotActive, NotJoined, WrongPassword
from booking.timekit.instants import from_epoch


def ask(email: str, *, house_id: int, language: str, request_id: str = "", now: datetime) -> None:
    """Owe a mail with a one-time link; the worker finds out whether the address is one of ours.

    The page that calls this does the same for every address, in the same time.
    """
    telling.owe_reset(email, house_id=house_id, language=language, request_id=request_id, now=now)


def send(staff_id: int, *, house_id: int, actor: str, request_id: str = "", now: datetime) -> None:
    """Owe somebody the mail with a way to a new password because an administrator wants it; nothing else changes.

    Raises NotFound, NotActive for somebody who has left, and NotJoined for somebody who was invited only.
    """
    member = writing.locked(staff_id, house_id=house_id, now=now)
    if member.state == DEACTIVATED:
        raise NotActive
    if member.state != ACTIVE:
        raise NotJoined
    ask(
        member.email,
        house_id=house_id,
        language=member.details.language,
        request_id=request_id,
        now=now,
    )
    writing.record("staff.reset_sent", staff_id, house_id=house_id, actor=actor, now=now)


def warn(email: str, *, house_id: int, language: str, request_id: str = "", now: datetime) -> None:
    """Owe a warning that somebody tried to sign in often; as ``ask``, alike for every address."""
    telling.owe_warning_of_throttle(
        email, house_id=house_id, language=language, request_id=request_id, now=now
    )


def told(
    kind: str, email: str, said: Mapping[str, Any], *, house_id: int, now: datetime
) -> StaffFacts | None:
    """Return what a mail that was owed to an address alone says, or None if no active member of staff has it.

    The way to a new password gets its link here.
    """
    member = queries.by_address(email, house_id=house_id, now=now)
    if member is None or member.state == DEACTIVATED:
        return None
    if kind == STAFF_WARNED:
        return telling.facts(member, event=str(said["event"]), now=from_epoch(int(said["at"])))
    link_id = link(member.id, house_id=house_id, now=now)
    return telling.facts(member, link_id=link_id, until=now + RESET_WITHIN, now=now)


def link(staff_id: int, *, house_id: int, now: datetime) -> str:
    """Make a one-time link to a new password; the older ones end.  Raises NotFound and NotActive."""
    member = writing.locked(staff_id, house_id=house_id, now=now)
    if member.state == DEACTIVATED:
        raise NotActive
    links.revoke(RESET, subject_id=staff_id, now=now)
    expires_at = now + RESET_WITHIN
    return links.make(RESET, house_id=house_id, subject_id=staff_id, expires_at=expires_at, now=now)


def choose(
    staff_id: int, password: str, *, link_id: str, house_id: int, request_id: str = "", now: datetime
) -> None:
    """Set a password by a one-time link; every sign-in and every link to the account ends.

    Raises LinkOver for somebody who has left and for a link that another browser has used in between, and what
    ``check_password`` raises.
    """
    try:
        member = writing.locked(staff_id, house_id=house_id, now=now)
        link_queries.subject_of(link_id, purpose=RESET, house_id=house_id, now=now)
    except (NotFound, Gone) as over:
        raise LinkOver from over
    if member.state == DEACTIVATED:
        raise LinkOver
    _set(member, password, deed="staff.password_reset", request_id=request_id, now=now)


def change(
    staff_id: int, present: str, password: str, *, house_id: int, request_id: str = "", now: datetime
) -> None:
    """Set a new password with the present one; every sign-in of the account ends, and every link to it.

    Raises WrongPassword, and what ``check_password`` raises.
    """
    member = writing.locked(staff_id, house_id=house_id, now=now)
    kept = signing_in.password_of(member.email, house_id=house_id)
    if kept is None or not passwords.fits(present, kept[1]):
        raise WrongPassword
    _set(member, password, deed="staff.password_changed", request_id=request_id, now=now)


def _set(member: Member, password: str, *, deed: str, request_id: str, now: datetime) -> None:
    check_password(password, email=member.email, name=member.details.name)
    writing.change(member.id, password_hash=passwords.hashed(password), now=now)
    end_access(member.id, now=now)
    writing.record(deed, member.id, house_id=member.house_id, actor=f"staff:{member.id}", now=now)
    if member.state == ACTIVE:  # else this was how an invitation was accepted
        telling.owe_warning(member, telling.PASSWORD_CHANGED, request_id=request_id, now=now)


def end_access(staff_id: int, *, now: datetime) -> None:
    """End every sign-in of somebody, and every one-time link to the account."""
    signing_in.sign_out_everywhere(staff_id)
    for purpose in (INVITATION, RESET):
        links.revoke(purpose, subject_id=staff_id, now=now)
