"""What a booking can be moved to, by day: other dates with places for all, or the free times of its consultation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from flask import request

from booking.bookings.moving_queries import SlotOf
from booking.bookings.queries import BookingPage
from booking.schedule import expert_queries, queries
from booking.schedule.queries import Date
from booking.timekit.instants import local_date
from booking.web.context import address, house, language
from booking.web.public import move_times
from booking.web.public.move_times import Listed, MoveDay
from booking.web.public.rows import date_row, day_heading
from booking.web.roof import roof

DATES_A_PAGE = 20  # and the rest of the last day


def listed(booking: BookingPage, slot: SlotOf, secret: str) -> Listed:
    """Return what is free for the whole party from the day on that the address names; never what is booked already."""
    today = local_date(roof().clock(), house().zone)
    first = max(today, _asked_day() or today)
    if not slot.is_slot:
        return _dates(booking, slot, secret, first)
    found = expert_queries.consultations(house().id, language=language(), key=booking.offering_key)
    if not found:
        return Listed([])
    last = today + timedelta(days=found[0].horizon_days)
    return move_times.listed(booking, slot, found[0], secret, span=(today, min(first, last), last))


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return None


def _dates(booking: BookingPage, slot: SlotOf, secret: str, first: date) -> Listed:
    now, zone = roof().clock(), house().zone
    horizon = now + timedelta(days=booking.policy.horizon_days, seconds=1)
    people = sum(booking.party.values())
    free = [
        one
        for one in queries.dates(
            house().id, language=language(), now=now, first=now, last=horizon, offering_id=slot.offering_id
        )
        if one.state in ("free", "few") and one.left >= people and one.id != booking.occurrence_id
    ]
    ahead = [one for one in free if local_date(one.starts_at, zone) >= first] or free
    days = [(day, list(dates)) for day, dates in groupby(ahead, lambda one: local_date(one.starts_at, zone))]
    shown = _whole_days(days)
    rest = days[shown:]
    return Listed(
        [_day(day, dates, secret) for day, dates in days[:shown]],
        previous_href=address("move", secret=secret) if ahead and ahead[0] != free[0] else None,
        next_href=address("move", secret=secret, **{"from": rest[0][0].isoformat()}) if rest else None,
    )


def _whole_days(days: Sequence[tuple[date, list[Date]]]) -> int:
    """Return how many days a page shows."""
    dates = 0
    for number, (_day, of_day) in enumerate(days, start=1):
        dates += len(of_day)
        if dates >= DATES_A_PAGE:
            return number
    return len(days)


def _day(day: date, dates: list[Date], secret: str) -> MoveDay:
    rows = [replace(date_row(one), href=address("move", secret=secret, to=one.id)) for one in dates]
    return MoveDay(day_heading(day), day.isoformat(), dates=rows)
