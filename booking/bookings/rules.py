"""Rules of bookings: who may come, until when, what is kept how long; pure."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.bookings import refusals

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no look-alikes: 0 O, 1 I L
KEPT_AFTER_VISIT = timedelta(days=7)
MAIL_KEPT = timedelta(days=7)
ADULTS_KINDS = ("consultation",)


@dataclass(frozen=True, slots=True)
class Policy:
    """What decides whether a party may book a date."""

    state: str
    starts_at: datetime
    notice_minutes: int
    horizon_days: int
    party_min: int
    party_max: int


def categories(kind: str, *, age_min: int) -> tuple[str, ...]:
    """Return the categories that the party of an offering is counted in."""
    if kind == "school":
        return ("pupils", "companions")
    return ("adults",) if kind in ADULTS_KINDS or age_min >= 18 else ("adults", "children")


def check(policy: Policy, party: Mapping[str, int], *, now: datetime) -> None:
    """Raise the refusal that forbids this party to book this date now, if one does."""
    check_time(policy, now=now)
    people = sum(party.values())
    if people < policy.party_min:
        raise refusals.PartyTooSmall(fewest=policy.party_min)
    if people > policy.party_max:
        raise refusals.PartyTooLarge(most=policy.party_max)


def check_time(policy: Policy, *, now: datetime) -> None:
    """Raise Cancelled, Past, TooLate or TooEarly; the last minute of the notice still counts."""
    if policy.state != "published":
        raise refusals.Cancelled
    if policy.starts_at <= now:
        raise refusals.Past
    if policy.starts_at - timedelta(minutes=policy.notice_minutes) < now:
        raise refusals.TooLate
    if policy.starts_at - timedelta(days=policy.horizon_days) > now:
        raise refusals.TooEarly


def new_reference() -> str:
    """Return eight random characters without look-alikes; it opens nothing by itself."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))


def kept_until(ends_at: datetime) -> datetime:
    """Return when a booking's personal data is erased: seven days after the visit."""
    return ends_at + KEPT_AFTER_VISIT


def cancel_until(starts_at: datetime, *, minutes: int) -> datetime:
    """Return the last instant at which a visitor may cancel."""
    return starts_at - timedelta(minutes=minutes)
