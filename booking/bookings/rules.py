"""Rules of bookings: who may come, until when, what is kept how long; pure."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.bookings import refusals, states

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no look-alikes: 0 O, 1 I L
KEPT_AFTER_VISIT = timedelta(days=7)
KEPT_UNCONFIRMED = timedelta(days=1)  # after its time to confirm was over
MAIL_KEPT = timedelta(days=7)
HOLDS_REMEMBERED = timedelta(days=1)
ADULTS_KINDS = ("consultation",)
MOST_EXTENSIONS = 12


@dataclass(frozen=True, slots=True)
class Policy:
    """What decides whether a party may book a date."""

    state: str
    starts_at: datetime
    notice_minutes: int
    horizon_days: int
    party_min: int
    party_max: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be held: by one client at once and in ten minutes, and by all before it is a rush.

    ``share``  percent of a date's seats that one client may hold, but always a party of the largest size;
               100 for no bound
    """

    at_once: int
    per_client: int
    rush: int
    share: int = 100

    def most_of(self, seats: int, *, party_max: int) -> int:
        """Return how many people one client may hold places for on a date with so many seats."""
        return max(party_max, seats * self.share // 100) if self.share < 100 else seats + party_max


def suspicion(*, of_house: int, of_client: int, bounds: Bounds) -> str:
    """Return what asks for a confirmed address: "rush", "client" (a quarter of what one may hold), or ""."""
    if of_house >= bounds.rush:
        return "rush"
    return "client" if of_client >= max(3, bounds.per_client // 4) else ""


def asks_for_address(mode: str, *, suspicion: str) -> bool:
    """Return whether an address must be confirmed: always ("on"), never ("off"), or "when_suspicious"."""
    return mode == "on" or (mode == "when_suspicious" and suspicion != "")


def categories(kind: str, *, age_min: int) -> tuple[str, ...]:
    """Return the categories that the party of an offering is counted in."""
    if kind == "school":
        return ("pupils", "companions")
    return ("adults",) if kind in ADULTS_KINDS or age_min >= 18 else ("adults", "children")


def check(policy: Policy, party: Mapping[str, int], *, now: datetime) -> None:
    """Raise the refusal that forbids this party to book this date now, if one does."""
    check_time(policy, now=now)
    check_party(policy, party)


def check_party(policy: Policy, party: Mapping[str, int]) -> None:
    """Raise PartyTooSmall or PartyTooLarge by the offering's bounds, which still count where they are reached."""
    people = sum(party.values())
    if people < policy.party_min:
        raise refusals.PartyTooSmall(fewest=policy.party_min)
    if people > policy.party_max:
        raise refusals.PartyTooLarge(most=policy.party_max)


def check_ahead(policy: Policy, *, starts_at: datetime, now: datetime) -> None:
    """Raise Cancelled, Past, or DateMoved for a date that is not what was held any more."""
    if policy.state != "published":
        raise refusals.Cancelled
    if policy.starts_at <= now:
        raise refusals.Past
    if policy.starts_at != starts_at:
        raise refusals.DateMoved


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


def check_firm(state: str) -> None:
    """Raise NotFirm, or NotConfirmable once it is over, for a booking whose address nobody has confirmed."""
    if state == states.TO_BE_CONFIRMED:
        raise refusals.NotFirm
    if state == states.EXPIRED:
        raise refusals.NotConfirmable


def new_reference() -> str:
    """Return eight random characters without look-alikes; it opens nothing by itself."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))


def kept_until(ends_at: datetime) -> datetime:
    """Return when a booking's personal data is erased: seven days after the visit."""
    return ends_at + KEPT_AFTER_VISIT


def cancel_until(starts_at: datetime, *, minutes: int) -> datetime:
    """Return the last instant at which a visitor may cancel."""
    return starts_at - timedelta(minutes=minutes)
