"""Mails to staff: an invitation, a way to a new password, a warning."""

import secrets
from datetime import datetime

from booking.crew.queries import Member
from booking.crew.rules import thread_of
from booking.messages import outbox
from booking.messages.facts import STAFF_INVITED, STAFF_RESET, STAFF_WARNED, StaffFacts
from booking.timekit.instants import to_epoch

PASSWORD_CHANGED, THROTTLED = "password_changed", "throttled"


def owe_invitation(
    member: Member, link_id: str, *, until: datetime, request_id: str = "", now: datetime
) -> None:
    """Owe the mail with the one-time link; an older one that has not left is not sent any more."""
    outbox.withdraw(thread_of(member.id), now=now)
    _owe(member, STAFF_INVITED, facts(member, link_id=link_id, until=until, now=now), request_id, now=now)


def owe_warning(member: Member, event: str, *, request_id: str = "", now: datetime) -> None:
    """Owe a mail that something happened to the account: PASSWORD_CHANGED or THROTTLED."""
    _owe(member, STAFF_WARNED, facts(member, event=event, now=now), request_id, now=now)


def owe_reset(email: str, *, house_id: int, language: str, request_id: str = "", now: datetime) -> None:
    """Owe a mail to an address, whoever typed it and whosesoever it is: the worker finds out."""
    _owe_to_anybody(email, STAFF_RESET, {}, house_id, language, request_id, now=now)


def owe_warning_of_throttle(
    email: str, *, house_id: int, language: str, request_id: str = "", now: datetime
) -> None:
    """Owe a warning to an address with which somebody tried to sign in often; the worker finds out whose it is."""
    said: dict[str, str | int] = {"event": THROTTLED, "at": to_epoch(now)}
    _owe_to_anybody(email, STAFF_WARNED, said, house_id, language, request_id, now=now)


def _owe_to_anybody(
    email: str,
    kind: str,
    said: dict[str, str | int],
    house_id: int,
    language: str,
    request_id: str,
    *,
    now: datetime,
) -> None:
    mail = outbox.Owed(
        house_id=house_id,
        thread=f"asked:{secrets.token_hex(8)}",
        kind=kind,
        language=language,
        recipient=email,
        facts=said,
        forget_when_sent=True,
    )
    outbox.owe(mail, request_id=request_id, now=now)


def facts(
    member: Member, *, link_id: str = "", until: datetime | None = None, event: str = "", now: datetime
) -> StaffFacts:
    """Return what a mail to somebody tells."""
    return StaffFacts(
        staff_id=member.id,
        name=member.details.name,
        roles=tuple(sorted(member.details.roles)),
        event=event,
        link_id=link_id,
        until=to_epoch(until) if until else None,
        at=to_epoch(now),
    )


def _owe(member: Member, kind: str, told: StaffFacts, request_id: str, *, now: datetime) -> None:
    mail = outbox.Owed(
        house_id=member.house_id,
        thread=thread_of(member.id),
        kind=kind,
        language=member.details.language,
        recipient=member.email,
        facts=told.to_json(),
    )
    outbox.owe(mail, request_id=request_id, now=now)
