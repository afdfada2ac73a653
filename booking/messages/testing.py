"""Deed: send a mail to oneself, to see how it reads."""

import secrets
from dataclasses import replace
from datetime import datetime

from booking.journal import service as journal
from booking.messages import outbox
from booking.messages.facts import BookingFacts

REFERENCE = "TESTTEST"
"""Stands where a mail names a booking: the test names none."""


def owe(
    kind: str,
    language: str,
    facts: BookingFacts,
    *,
    recipient: str,
    house_id: int,
    actor: str,
    staff_id: int,
    now: datetime,
) -> int:
    """Owe a mail that says of itself that it is a test, without a calendar object, and return its id.

    It belongs to no booking: nothing waits for it, nobody becomes unreachable by it, and it is forgotten once sent.
    """
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
    mail_id = outbox.owe(mail, now=now)
    journal.record(
        "mail.tested",
        house_id=house_id,
        actor=actor,
        object_kind="staff",
        object_id=staff_id,
        now=now,
    )
    return mail_id
