"""Rules of what people tell us: how long it is kept, until when it is answered; pure."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from booking.voices.states import BARRIER, IDEA

MONTHS_KEPT: Mapping[str, int] = {IDEA: 6, BARRIER: 12}  # after the last change
ANSWER_WITHIN = timedelta(days=30)  # what the accessibility statement promises
WHO = ("citizen", "science", "business", "school", "other")
MOST_WORDS = 3000  # characters of what somebody tells
MOST_ANSWER = 5000
_MONTH = timedelta(days=365) / 12
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no look-alikes: 0 O, 1 I L


def kept_until(kind: str, changed_at: datetime) -> datetime:
    """Return when it is deleted: so many months after its last change."""
    days = round(MONTHS_KEPT[kind] * _MONTH / timedelta(days=1))
    return changed_at + timedelta(days=days)


def answer_until(created_at: datetime) -> datetime:
    """Return until when a barrier report is to be answered."""
    return created_at + ANSWER_WITHIN


def new_reference() -> str:
    """Return eight random characters without look-alikes; it opens nothing by itself."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))
