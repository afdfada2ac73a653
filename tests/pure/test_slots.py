"""Slots: the rules of the specification one by one, as tables; times are those of Leipzig unless said."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from booking.schedule.openings import Calendar, Closure, Days, Hours, Need, Override, Resource, Taken, Weekly
from booking.schedule.slots import Host, HostMode, Policy, Shared, SlotQuery, free_slots

BERLIN = "Europe/Berlin"
DAY = date(2027, 1, 13)  # a Wednesday
EVERY_DAY = frozenset(range(7))
MINUTE, HOUR = 60, 3600


def at(text: str, day: date = DAY, zone: str = BERLIN) -> int:
    """`10:30`, `10:30+1` for the next day."""
    clock, _, later = text.partition("+")
    return int(datetime.fromisoformat(f"{day + timedelta(days=int(later or 0))} {clock}").replace(
        tzinfo=ZoneInfo(zone)).timestamp())  # fmt: skip


def span(text: str, day: date = DAY) -> tuple[int, int]:
    begin, end = text.split("-")
    return at(begin, day), at(end, day)


def works(*windows: str, zone: str = BERLIN, **more: Any) -> Calendar:
    rules = []
    for window in windows:
        begin, end = ((int(part[:2]) * 60 + int(part[3:])) for part in window.split("-"))
        rules.append(Weekly(Hours(begin, end), EVERY_DAY))
    return Calendar(zone, tuple(rules), **more)


def a_host(id_: int = 1, *windows: str, busy: str = "", **more: Any) -> Host:
    calendar = more.pop("calendar", works(*(windows or ("10:00-12:00",))))
    return Host(id_, calendar, busy=tuple(span(part) for part in busy.split()), **more)


def asked(*hosts: Host, day: date = DAY, days: int = 1, **wanted: Any) -> SlotQuery:
    """Half-hours of one day, asked a week before; whatever is no part of a question is one of the policy."""
    fields = SlotQuery.__dataclass_fields__
    policy = {"duration": 30, "step": 30} | {key: value for key, value in wanted.items() if key not in fields}
    defaults = {"now": at("09:00+-7", day), "since": at("00:00", day), "until": at(f"00:00+{days}", day)}
    more = defaults | {key: value for key, value in wanted.items() if key in fields}
    return SlotQuery(Policy(**policy), hosts or (a_host(),), BERLIN, **more)


def times(query: SlotQuery) -> str:
    """`10:00 10:30`; a time that the clock shows twice is marked with a star the second time."""
    local = [datetime.fromtimestamp(slot.start, ZoneInfo(BERLIN)) for slot in free_slots(query)]
    return " ".join(f"{start:%H:%M}{'*' * start.fold}" for start in local)


GRIDS = [
    (("10:00-12:00",), {}, "10:00 10:30 11:00 11:30"), (("10:00-12:00",), {"step": 60}, "10:00 11:00"),
    (("10:00-12:00",), {"duration": 60}, "10:00 10:30 11:00"),
    (("10:00-12:00",), {"offset": 10}, "10:10 10:40 11:10"),
    (("10:00-12:00",), {"offset": 10, "step": 45}, "10:10 10:55"),
    (("10:00-12:00",), {"duration": 120}, "10:00"), (("10:00-12:00",), {"duration": 121}, ""),
    (("10:00-12:00",), {"offset": 90}, "11:30"), (("10:00-12:00",), {"offset": 120}, ""),
    (("10:00-10:20",), {}, ""), (("10:05-11:10",), {}, "10:05 10:35"),
    (("10:00-11:00", "11:00-12:00"), {"step": 45}, "10:00 10:45 11:00"),  # touching: the grid begins anew
    (("10:00-11:00", "11:00-12:00"), {"duration": 60, "step": 45}, "10:00 10:45 11:00"),  # and is joined
    (("10:00-11:10", "11:00-12:00"), {"step": 45}, "10:00 10:45 11:30"),  # strictly inside: no anchor
    (("10:00-11:00", "10:00-12:00"), {"step": 45}, "10:00 10:45 11:30"),
    (("10:00-12:00", "10:20-10:40"), {}, "10:00 10:30 11:00 11:30"),
    (("10:00-10:30", "11:15-12:00"), {}, "10:00 11:15"), (("22:30-00:30",), {}, "00:00 22:30 23:00 23:30"),
    (("23:15-01:15",), {"duration": 60}, "00:15 23:15 23:45"),
    (("22:00-24:00",), {"duration": 60}, "22:00 22:30 23:00"),
    (("22:00-24:00", "00:00-01:00"), {"duration": 90, "step": 60}, "22:00 23:00"),
    (("00:00-24:00",), {"duration": 600, "step": 480}, "00:00 08:00 16:00"), ( ("00:00-24:00",),
    {"duration": 1440, "step": 60, "offset": 60}, " ".join(f"{h:02}:00" for h in range(1, 24)), ),
]  # fmt: skip


@pytest.mark.parametrize(("windows", "policy", "found"), GRIDS)
def test_starts_lie_on_the_grid_of_their_window(windows, policy, found):
    assert times(asked(a_host(1, *windows), **policy)) == found


BUSY = [  # of a host who works from ten to twelve; buffers before and after
    ("", 0, 0, "10:00 10:30 11:00 11:30"), ("10:00-10:30", 0, 0, "10:30 11:00 11:30"),
    ("10:29-10:31", 0, 0, "11:00 11:30"),
    ("10:30-10:30", 0, 0, "10:00 10:30 11:00 11:30"),  # no length: no conflict
    ("10:30-11:00", 0, 0, "10:00 11:00 11:30"), ("10:30-11:00", 10, 0, "10:00 11:30"),
    ("10:30-11:00", 0, 10, "11:00 11:30"), ("10:30-11:00", 10, 10, "11:30"),
    ("10:30-11:00", 30, 0, "10:00 11:30"), ("10:30-11:00", 31, 0, "10:00"),
    ("09:00-10:00", 1, 0, "10:30 11:00 11:30"),  # outside the hours, and yet in the way of a buffer
    ("12:00-13:00", 0, 1, "10:00 10:30 11:00"),
    ("", 90, 90, "10:00 10:30 11:00 11:30"),  # buffers may lie outside the hours
    ("10:00-10:10 11:50-12:00", 0, 0, "10:30 11:00"), ("10:00-11:00 10:30-11:30", 0, 0, "11:30"),
    ("00:00-23:00", 0, 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("busy", "before", "after", "found"), BUSY)
@pytest.mark.parametrize("as_allocations", [False, True])
def test_buffers_add_up_and_touching_is_no_conflict(busy, before, after, found, as_allocations):
    rows = tuple(Taken(*span(part)) for part in busy.split())
    taken: dict[str, Any] = {"allocations": rows} if as_allocations else {"busy": busy}

    assert times(asked(a_host(**taken), before=before, after=after)) == found


CLOSED = [  # whole days or hours of the host or the house; nothing moves the grid
    ({"away": "10:10-10:20"}, "10:30 11:00 11:30"), ({"away": "09:00-10:05"}, "10:30 11:00 11:30"),
    ({"away": DAY}, ""), ({"closed": "11:15-11:20"}, "10:00 10:30 11:30"), ({"closed": DAY}, ""),
    ({"closed": DAY, "opened": DAY}, "10:00 10:30 11:00 11:30"),
    ({"closed": DAY, "override": "09:00-10:00"}, ""),  # a host's hours open no house
    ({"closed": DAY, "opened": DAY, "away": DAY}, ""), ({"override": "09:00-10:00"}, "09:00 09:30"),
    ({"override": "09:00-10:00", "away": "09:00-09:30"}, "09:30"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "found"), CLOSED)
@pytest.mark.parametrize("buffer", [0, 600])
def test_closed_minutes_remove_slots_and_not_the_grid_and_buffers_may_overlap_them(what, found, buffer):
    def when(key: str) -> tuple[Any, ...]:
        value = what.get(key)
        return () if value is None else (Days(value, value) if isinstance(value, date) else span(value),)

    windows = [Hours(9 * 60, 10 * 60)] if "override" in what else []
    overrides = tuple(Override(DAY, (window,)) for window in windows)
    host = a_host(calendar=works("10:00-12:00", overrides=overrides, absences=when("away")))
    closures = tuple(Closure(value) for value in when("closed"))
    opened = frozenset({what["opened"]} if "opened" in what else ())

    assert times(asked(host, closures=closures, opened=opened, before=buffer, after=buffer)) == found


ALL_FOUR = "10:00 10:30 11:00 11:30"
WHEN = [  # now, notice in minutes, horizon in days, starts of that day
    ("09:00", 60, 9, ALL_FOUR), ("09:01", 60, 9, "10:30 11:00 11:30"),  # inclusive
    ("11:30", 0, 9, "11:30"), ("11:31", 0, 9, ""),
    ("10:00+-1", 1440, 9, ALL_FOUR), ("10:01+-1", 1440, 9, "10:30 11:00 11:30"),
    ("23:59+-3", 0, 3, ALL_FOUR), ("00:00+-3", 0, 3, ALL_FOUR), ("23:59+-4", 0, 3, ""),  # dates, not hours
    ("08:00", 0, 0, ALL_FOUR), ("23:59+-1", 0, 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("now", "notice", "horizon", "found"), WHEN)
def test_notice_is_inclusive_and_the_horizon_is_a_local_date(now, notice, horizon, found):
    assert times(asked(now=at(now), notice=notice, horizon=horizon)) == found


LIMITS = [  # per day, per week, minutes a day; a booking; whether Wednesday is free
    (1, None, None, (), True), (1, None, None, ("08:00", "08:30"), False), (2, None, None, ("08:00", "08:30"), True),
    (1, None, None, ("23:45", "00:15+1"), False), (1, None, None, ("23:45+-1", "00:15"), True),
    (None, 1, None, ("08:00+-2", "09:00+-2"), False), (None, 1, None, ("08:00+-3", "09:00+-3"), True),  # Mo, Su
    (None, 1, None, ("08:00+4", "09:00+4"), False), (None, 1, None, ("08:00+5", "09:00+5"), True),
    (None, None, 60, ("08:00", "08:30"), True), (None, None, 59, ("08:00", "08:30"), False),
    (None, None, 29, (), False), (None, None, 30, (), True), (0, None, None, (), False), (None, 0, None, (), False),
]  # fmt: skip


@pytest.mark.parametrize(("per_day", "per_week", "minutes", "booked", "is_free"), LIMITS)
def test_limits_count_local_days_iso_weeks_and_minutes(per_day, per_week, minutes, booked, is_free):
    bookings = (Taken(at(booked[0]), at(booked[1]), 1, 5),) if booked else ()
    query = asked(per_day=per_day, per_week=per_week, minutes_per_day=minutes, bookings=bookings)

    assert bool(times(query)) == is_free
    assert times(replace(query, moving=5)) or not booked  # the booking that moves does not count


TWO = (a_host(1, busy="10:00-10:30"), a_host(2, "10:15-12:00", busy="11:00-12:00"))
TEAMS = [  # on the grid of the first; of the second 10:15 is busy for the other, and 10:45 runs into eleven
    (HostMode.ANY, (), {"10:15": (2,), "10:30": (1,), "11:00": (1,), "11:30": (1,)}),
    (HostMode.ALL, (), {"10:30": (1, 2)}), (HostMode.FIXED_AND_ANY, (1,), {"10:30": (1, 2)}),
    (HostMode.FIXED_AND_ANY, (2,), {}), (HostMode.FIXED_AND_ANY, (9,), {}),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "fixed", "found"), TEAMS)
def test_who_takes_a_slot_together(mode, fixed, found):
    query = asked(*TWO, mode=mode, fixed=fixed)

    assert dict(zip(times(query).split(), (slot.hosts for slot in free_slots(query)), strict=True)) == found


def test_no_slot_is_stitched_together_from_two_people():
    assert times(asked(a_host(1, "10:00-11:00"), a_host(2, "11:00-12:00"), duration=90)) == ""


def test_each_host_is_read_in_its_own_zone_and_each_instant_comes_once():
    tokyo = a_host(2, calendar=works("18:00-20:00", zone="Asia/Tokyo"))  # ten to twelve in Leipzig
    slots = free_slots(asked(a_host(), tokyo))

    assert [slot.hosts for slot in slots] == [(1, 2)] * 4
    assert [slot.start for slot in slots] == sorted({slot.start for slot in slots})


def a_group(text: str, people: int, *, seats: int = 4, **more: Any) -> Host:
    begin, end = span(text)
    shared = Shared(7, begin, end, seats, (Taken(begin, end, people, 5, **more), Taken(begin, end, 1, 6)))
    return a_host(shared=(shared,), allocations=(Taken(begin - 600, end, 1, 7),))


SEATS = [  # a group of so many and one, of four; party; starts with the places left
    (a_group("10:30-11:00", 1), 1, {}, "10:30=2 11:00=4 11:30=4"),
    (a_group("10:30-11:00", 1), 2, {}, "10:30=2 11:00=4 11:30=4"),
    (a_group("10:30-11:00", 1), 3, {}, "11:00=4 11:30=4"),
    (a_group("10:30-11:00", 3), 1, {}, "11:00=4 11:30=4"),
    (a_group("10:30-11:00", 1), 5, {}, ""),
    (a_group("10:30-11:00", 3), 3, {"moving": 5}, "10:30=3 11:00=4 11:30=4"),
    (a_group("10:30-11:00", 3, expires_at=at("09:00+-7")), 3, {}, "10:30=3 11:00=4 11:30=4"),
    (a_group("10:30-11:30", 1), 1, {}, "11:30=4"),  # of another length
    (replace(a_group("10:30-11:00", 1), busy=(span("10:45-10:50"),)), 1, {}, "11:00=4 11:30=4"),
]


@pytest.mark.parametrize(("host", "party", "more", "found"), SEATS)
def test_parties_share_an_occurrence_of_the_same_start_and_length(host, party, more, found):
    query = asked(host, party=party, capacity=4, **more)
    left = [slot.left for slot in free_slots(query)]

    assert " ".join(f"{text}={n}" for text, n in zip(times(query).split(), left, strict=True)) == found


ROOM, OTHER = (
    Resource(1, allocations=(Taken(*span("10:00-10:45")),)),
    Resource(2, allocations=(Taken(*span("10:30-12:00")),)),
)
POOL = Resource(3, 8, (Taken(*span("10:00-11:00"), 5), Taken(*span("10:30-11:30"), 2, 5)))
NEEDS = [
    (Need("room", (ROOM,)), "11:00 11:30"), (Need("room", (ROOM, OTHER)), "10:00 11:00 11:30"),
    (Need("room", (ROOM, OTHER), before=30), "10:00 11:30"), (Need("room", ()), ""),
    (Need("room", (ROOM, OTHER), after=1), "11:00 11:30"),
    (Need("room", (Resource(1, calendar=works("10:30-11:30")),)), "10:30 11:00"),
    (Need("equipment", (POOL,), 1), ALL_FOUR), (Need("equipment", (POOL,), 2), "10:00 11:00 11:30"),
    (Need("equipment", (POOL,), 4), "11:00 11:30"), (Need("equipment", (POOL,), 7), "11:30"),
    (Need("equipment", (POOL,), 9), ""),
]  # fmt: skip


@pytest.mark.parametrize(("need", "found"), NEEDS)
def test_rooms_and_units_must_be_free_and_open_as_many_as_are_needed(need, found):
    assert times(asked(needs=(need,))) == found


@pytest.mark.parametrize("wrong", [{"duration": 0}, {"step": 0}, {"notice": -1}, {"fixed": (1,)}])
def test_a_policy_that_makes_no_slot_is_refused(wrong):
    with pytest.raises(ValueError, match=r"slot|fixed"):
        asked(**wrong)
