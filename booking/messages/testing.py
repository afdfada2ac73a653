"""Deed: send a mail to oneself, to see how it reads."""

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from booking.db import execute
from booking.errors import NotFound
from booking.journal import service as journal
from booking.messages import outbox
from booking.messages.facts import BookingFacts
from booking.people.models import Staff

REFERENCE = "TESTTEST"
"""Stands where a mail names a booking: the test names none."""


def owe(
    kind: str,
    language: str,
    facts: BookingFacts,
    *,
    staff_id: int,
    house_id: int,
    actor: str,
    now: datetime,
) -> None:
    """Owe a member of staff a mail that says of itself that it is a test, without a calendar object.

    It goes to that person's own address alone.  It belongs to no booking:
    nothing waits for it, nobody becomes unreachable by it, and it is forgotten
    once it is sent.  Raises NotFound for somebody who is not of this house, or
    not active.
    """
    mine = select(Staff.email).where(Staff.id == staff_id, Staff.house_id == house_id, Staff.is_active)
    recipient = execute(mine).scalar()
    if not recipient:
        raise NotFound
    mail = outbox.Owed(
        house_id=house_id,
        thread=f"test:{secrets.token_hex(8)}",
        kind=kind,
        language=language,
        recipient=recipient,
        facts=replace(facts, is_test=True).to_json(),
        method=None,
        forget_when_sent=True,
    )
    outbox.owe(mail, now=now)
    journal.record(
        "mail.tested",
        house_id=house_id,
        actor=actor,
        object_kind="staff",
        object_id=staff_id,
        now=now,
    )
