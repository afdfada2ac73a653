"""Rules of bookings that staff make: what they may overrule, and what nobody may; pure."""

from collections.abc import Mapping
from datetime import datetime

from booking.bookings import refusals, rules, staff_refusals
from booking.bookings.hands import By
from booking.bookings.rules import Policy
from booking.timekit.instants import local_date


def check(
    policy: Policy, party: Mapping[str, int], *, by: By, ends_at: datetime | None, now: datetime
) -> None:
    """Raise what forbids staff to book a date or slot for a party now.

    ``ends_at``  until then a date that has begun can be booked; None: it cannot
    NobodyComes, Cancelled, Past; LeadTimeOver and PartyOutOfBounds unless both are overruled knowingly.
    """
    if sum(party.values()) < 1:
        raise staff_refusals.NobodyComes
    if policy.state != "published":
        raise refusals.Cancelled
    if (ends_at or policy.starts_at) <= now:
        raise refusals.Past
    if by.overrules:
        return
    try:
        rules.check_time(policy, now=now)
    except (refusals.TooLate, refusals.TooEarly) as bound:
        raise staff_refusals.LeadTimeOver from bound
    check_party(policy, party)


def check_party(policy: Policy, party: Mapping[str, int]) -> None:
    """Raise PartyOutOfBounds, in words for staff, by the bounds of the offering."""
    try:
        rules.check_party(policy, party)
    except (refusals.PartyTooLarge, refusals.PartyTooSmall) as bound:
        raise staff_refusals.PartyOutOfBounds(fewest=policy.party_min, most=policy.party_max) from bound


def check_today(starts_at: datetime, ends_at: datetime, *, zone: str, now: datetime) -> None:
    """Raise NotYetToday or DateNotOpen for a date to which nobody who stands here now can be let in."""
    if ends_at <= now:
        raise staff_refusals.DateNotOpen
    if local_date(starts_at, zone) > local_date(now, zone):
        raise staff_refusals.NotYetToday
