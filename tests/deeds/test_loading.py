"""Free times through the database: the tables of the pure rules once more, as rows of hours and bookings."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from booking.db import unit_of_work
from booking.schedule import service
from booking.schedule.hours import Of
from booking.timekit.instants import from_epoch
from booking.timekit.intervals import overlaps
from tests.builders import a_need, house_id
from tests.hours import (
    a_consultation,
    a_taken_slot,
    an_expert,
    away,
    away_between,
    busy,
    free,
    hours_of,
    on,
    take,
)
from tests.pure.test_slots import BUSY, CLOSED, DAY, GRIDS, LIMITS, WHEN, at, span
from tests.pure.test_slots_twin import CLOCKS

REFORMATION_DAY = date(2027, 10, 31)
_NAMES = {"duration": "minutes", "step": "step_minutes", "offset": "offset_minutes"}
_NAMES |= {"notice": "notice_minutes", "horizon": "horizon_days"}
ALLOCATED = [
    row for row in BUSY if not any(overlaps(*pair) for pair in combinations(map(span, row[0].split()), 2))
]


def offered(*, before: int = 0, after: int = 0, **policy: Any) -> int:
    """Write a consultation by the words of the pure tests: every half hour, if nothing else is said."""
    wanted: dict[str, Any] = {"duration": 30, "step": 30} | policy
    needs = (a_need(kind="host", before_minutes=before, after_minutes=after),)
    return a_consultation(needs=needs, **{_NAMES.get(name, name): value for name, value in wanted.items()})


def daily(*windows: str) -> list[str]:
    return [f"daily {window}" for window in windows]


def instants(text: str, day: date = DAY) -> tuple[Any, Any]:
    begin, end = span(text, day)
    return from_epoch(begin), from_epoch(end)


def found_on(offering_id: int, day: date = DAY, *, now: str = "09:00+-7", **asked: Any) -> str:
    return free(offering_id, day, now=from_epoch(at(now, day)), **asked)


@pytest.mark.parametrize(("windows", "policy", "found"), GRIDS)
def test_starts_lie_on_the_grid_of_their_window(lab, windows, policy, found):
    offering_id = offered(**policy)
    an_expert(offering_id, *daily(*windows))

    assert found_on(offering_id) == found


@pytest.mark.parametrize(("text", "before", "after", "found"), BUSY)
def test_imported_busy_times_take_slots_away_with_the_buffers_of_the_slot(lab, text, before, after, found):
    offering_id = offered(before=before, after=after)
    host_id = an_expert(offering_id, "daily 10:00-12:00")
    for begin, end in (part.split("-") for part in text.split()):
        busy(host_id, (f"{DAY} {begin}", f"{DAY} {end}"))

    assert found_on(offering_id) == found


@pytest.mark.parametrize(
    ("text", "before", "after", "found"), [r for r in ALLOCATED if "10:30-10:30" not in r]
)
def test_what_is_taken_takes_slots_away_too(lab, text, before, after, found):
    offering_id = offered(before=before, after=after)
    host_id = an_expert(offering_id, "daily 10:00-12:00")
    for part in text.split():
        take(*instants(part), host_id=host_id)

    assert found_on(offering_id) == found


@pytest.mark.parametrize(("what", "found"), [row for row in CLOSED if "closed" not in str(row[0])])
@pytest.mark.parametrize("buffer", [0, 600])
def test_absences_and_changed_days_remove_slots_and_not_the_grid(lab, what, found, buffer):
    offering_id = offered(before=buffer, after=buffer)
    of = Of(host_id=an_expert(offering_id, "daily 10:00-12:00"))
    if "override" in what:
        on(DAY, what["override"], of=of)
    if isinstance(what.get("away"), date):
        away(DAY, of=of)
    elif "away" in what:
        away_between(*(f"{DAY} {wall}" for wall in what["away"].split("-")), of=of)

    assert found_on(offering_id) == found


@pytest.mark.parametrize(("now", "notice", "horizon", "found"), [row for row in WHEN if row[2] > 0])
def test_notice_is_inclusive_and_the_horizon_is_a_local_date(lab, now, notice, horizon, found):
    offering_id = offered(notice=notice, horizon=horizon)
    an_expert(offering_id, "daily 10:00-12:00")

    assert found_on(offering_id, now=now) == found


@pytest.mark.parametrize(
    ("per_day", "per_week", "minutes", "booked", "is_free"), [r for r in LIMITS if 0 not in r[:3]]
)
@pytest.mark.parametrize("is_shared", [False, True])
def test_limits_count_local_days_iso_weeks_and_minutes(
    lab, per_day, per_week, minutes, booked, is_free, is_shared
):
    limits = {"per_day": per_day, "per_week": per_week, "minutes_per_day": minutes}
    offering_id, other = offered(is_shared=is_shared, **limits), offered()
    host_id = an_expert(offering_id, "daily 10:00-12:00")
    begin, end = (from_epoch(at(text)) for text in booked or ("06:00", "06:30"))
    slot = a_taken_slot(offering_id if booked else other, (host_id,), begin, end, is_shared=is_shared)

    assert bool(found_on(offering_id)) == is_free
    moving = slot.party_claims[0] if is_shared else slot.claim_id
    assert found_on(offering_id, moving=moving) or not booked  # what moves does not count


@pytest.fixture(scope="module")
def opened(lab) -> None:
    """The house opens on Reformation Day, on which the clocks go back."""
    house = house_id()
    unit_of_work(lambda: service.open_on_holiday(house, REFORMATION_DAY))


@pytest.mark.parametrize(("day", "window", "policy", "found"), CLOCKS)
def test_a_slot_is_as_long_as_it_says_when_the_clocks_change(opened, day, window, policy, found):
    offering_id = offered(**policy)
    an_expert(offering_id, f"daily {window}")

    assert found_on(offering_id, date.fromisoformat(day)) == found


IN_WINTER = {"valid_from": date(2027, 2, 11), "valid_until": date(2027, 2, 20)}
DATES = "2027-02-01 2027-04-30"
RULES: list[tuple[str, dict[str, Any], str]] = [  # hours, facts of the rule, the days of spring with a slot
    ("thu 10:00-10:30", {"ordinal": 1}, "02-04 03-04 04-01"),
    ("thu 10:00-10:30", {"ordinal": -1}, "02-25 03-25 04-29"),
    ("thu 10:00-10:30", {"ordinal": 5}, "04-29"),
    ("wed 10:00-10:30", {"ordinal": 5}, "03-31"),
    ("wed 10:00-10:30", {"ordinal": -1}, "02-24 03-31 04-28"),
    ("wed 10:00-10:30", {"parity": 0}, "02-10 02-24 03-10 03-24 04-07 04-21"),
    ("wed 10:00-10:30", {"parity": 1}, "02-03 02-17 03-03 03-17 03-31 04-14 04-28"),
    ("wed 10:00-10:30", {"parity": 1, "ordinal": -1}, "03-31 04-28"),
    ("sun 10:00-10:30", {"ordinal": 4}, "02-28 03-28 04-25"),
    ("tue 10:00-10:30", {"valid_from": date(2027, 4, 13)}, "04-13 04-20 04-27"),
    ("tue 10:00-10:30", {"valid_from": date(2027, 4, 14)}, "04-20 04-27"),
    ("tue 10:00-10:30", {"valid_until": date(2027, 2, 16)}, "02-02 02-09 02-16"),
    ("tue 10:00-10:30", {"valid_until": date(2027, 2, 15)}, "02-02 02-09"),
    ("tue 10:00-10:30", {"valid_from": date(2027, 3, 9), "valid_until": date(2027, 3, 9)}, "03-09"),
    ("mon 10:00-10:30", {"school_holidays": "only"}, "02-08 02-15"),  # Easter Monday is a holiday of the state
    ("mon 10:00-10:30", {"school_holidays": "never"}, "02-01 02-22 03-01 03-08 03-15 03-22 04-05 04-12 04-19 04-26"),
    ("wed 10:00-10:30", {"school_holidays": "only"}, "02-10 02-17 03-31"),
    ("wed 10:00-10:30", {"school_holidays": "only", "valid_from": date(2027, 2, 11)}, "02-17 03-31"),
    ("wed 10:00-10:30", {"school_holidays": "only", "valid_until": date(2027, 3, 30)}, "02-10 02-17"),
    ("wed 10:00-10:30", {"school_holidays": "never", "parity": 0}, "02-24 03-10 03-24 04-07 04-21"),
    ("wed 10:00-10:30", {"school_holidays": "never", **IN_WINTER}, ""),
    ("fri 10:00-10:30", {"school_holidays": "only"}, "02-12 02-19 04-02"),  # Good Friday is one of the state
    ("thu 23:50-00:20", {"ordinal": -1}, "02-25 04-29"),  # that of March runs into Good Friday
]  # fmt: skip


@pytest.mark.parametrize(("hours", "facts", "days"), RULES)
def test_hours_come_back_as_their_rule_says(lab, hours, facts, days):
    offering_id = offered(horizon=365)
    hours_of(an_expert(offering_id), hours, **facts)
    first, last = (date.fromisoformat(text) for text in DATES.split())

    found = free(offering_id, first, last, now=from_epoch(at("09:00+-7", first)))

    assert " ".join(one.partition("/")[0] for one in found.split()) == days
