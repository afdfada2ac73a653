"""Zones: what the yearly rules say is what zoneinfo says, and the two odd hours are found."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.timekit import zones
from booking.timekit.zones import NoYearlyRule, Observance, exists, is_ambiguous, yearly_observances

HOUR = timedelta(hours=1)
SAID = (
    "Europe/Berlin Europe/London Europe/Dublin Europe/Lisbon Europe/Helsinki Europe/Chisinau Europe/Kyiv "
    "Europe/Istanbul Europe/Moscow Europe/Volgograd Atlantic/Azores Atlantic/Reykjavik America/New_York "
    "America/Chicago America/Los_Angeles America/Phoenix America/Halifax America/St_Johns America/Havana "
    "America/Sao_Paulo America/Mexico_City America/Port-au-Prince America/Miquelon Pacific/Easter "
    "Pacific/Auckland Pacific/Chatham Pacific/Apia Pacific/Norfolk Pacific/Kiritimati Australia/Sydney "
    "Australia/Lord_Howe Australia/Brisbane Australia/Eucla Antarctica/Troll Asia/Beirut Asia/Tokyo "
    "Asia/Kolkata Asia/Kathmandu Asia/Tehran Asia/Almaty Asia/Damascus Africa/Johannesburg Africa/Windhoek "
    "Africa/Juba UTC Etc/GMT+5"
).split()
UNSAID = (
    "Africa/Cairo Africa/Casablanca Africa/El_Aaiun America/Nuuk America/Santiago Asia/Gaza Asia/Jerusalem"
).split()
NAMELESS = ("Europe/Atlantis", "", "../../etc/passwd", "/etc/passwd", "Europe", "Europe/Ber\x00lin")

instants = st.datetimes(datetime(2024, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))


def onset_in(observance: Observance, year: int) -> datetime:
    """The slow way: look at every day of the month."""
    if observance.month is None:
        return observance.starts
    days = [datetime(year, observance.month, 1) + timedelta(days=n) for n in range(31)]
    fitting = [d for d in days if d.month == observance.month and d.weekday() == observance.weekday]
    assert observance.ordinal is not None
    day = fitting[observance.ordinal if observance.ordinal < 0 else observance.ordinal - 1]
    return datetime.combine(day, observance.starts.time())


def offset_by_observances(instant: datetime, observances: tuple[Observance, ...]) -> timedelta | None:
    """What a client makes of a VTIMEZONE: the latest onset not after the instant (RFC 5545, 3.6.5)."""
    onsets = [
        (onset_in(observance, year) - observance.offset_from, observance)
        for observance in observances
        for year in {instant.year - 1, instant.year, observance.starts.year}
        if onset_in(observance, year) >= observance.starts
    ]
    past = [(onset, o.offset_to) for onset, o in onsets if onset <= instant.replace(tzinfo=None)]
    return max(past)[1] if past else None


def known_from(observances: tuple[Observance, ...]) -> datetime:
    return max((o.starts - o.offset_from).replace(tzinfo=UTC) for o in observances)


def test_berlin_has_the_two_observances_that_calendars_expect():
    summer, winter = yearly_observances("Europe/Berlin")

    assert summer == Observance("DAYLIGHT", "CEST", datetime(1981, 3, 29, 2), HOUR, 2 * HOUR, 3, 6, -1)
    assert winter == Observance("STANDARD", "CET", datetime(1996, 10, 27, 3), 2 * HOUR, HOUR, 10, 6, -1)


def test_a_zone_whose_clocks_stand_still_has_one_observance_without_a_rule():
    (tokyo,) = yearly_observances("Asia/Tokyo")
    (istanbul,) = yearly_observances("Europe/Istanbul")

    assert tokyo == Observance("STANDARD", "JST", datetime(1970, 1, 1), 9 * HOUR, 9 * HOUR)
    assert istanbul == Observance("STANDARD", "+03", datetime(2016, 3, 27, 3), 2 * HOUR, 3 * HOUR)


def test_the_half_hour_of_lord_howe_and_the_second_sunday_of_new_york_are_said():
    lord_howe = {o.kind: o for o in yearly_observances("Australia/Lord_Howe")}
    new_york = {o.kind: o for o in yearly_observances("America/New_York")}

    assert lord_howe["DAYLIGHT"].offset_to - lord_howe["STANDARD"].offset_to == HOUR / 2
    assert (new_york["DAYLIGHT"].month, new_york["DAYLIGHT"].ordinal) == (3, 2)
    assert new_york["STANDARD"].starts == datetime(2007, 11, 4, 2)


def test_the_irish_summer_is_the_daylight_time_although_tzdata_says_otherwise():
    kinds = {o.kind: o.name for o in yearly_observances("Europe/Dublin")}

    assert kinds == {"DAYLIGHT": "IST", "STANDARD": "GMT"}


@pytest.mark.parametrize("zone", [*UNSAID, *NAMELESS])
def test_a_zone_without_a_plain_yearly_rule_says_so(zone):
    with pytest.raises(NoYearlyRule):
        yearly_observances(zone)


@settings(deadline=None)
@given(zone=st.sampled_from(SAID), instant=instants)
def test_the_observances_give_the_offset_that_zoneinfo_gives(zone, instant):
    observances = yearly_observances(zone)

    if instant >= known_from(observances):
        assert offset_by_observances(instant, observances) == instant.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", SAID)
def test_around_each_change_of_clocks_until_2037_the_offset_is_right(zone):
    observances = yearly_observances(zone)
    edges = [
        (onset_in(o, year) - o.offset_from).replace(tzinfo=UTC) + timedelta(seconds=second)
        for o in observances
        for year in range(2024, 2038)
        for second in (-1, 0)
    ]

    for edge in [edge for edge in edges if edge >= known_from(observances)]:
        assert offset_by_observances(edge, observances) == edge.astimezone(ZoneInfo(zone)).utcoffset()


def test_a_rule_that_is_broken_once_after_it_began_is_no_rule(monkeypatch):
    kept = zones._changes(ZoneInfo("Europe/Berlin"))
    broken = zones._Change(datetime(2030, 5, 1, tzinfo=UTC), 2 * HOUR, 3 * HOUR)
    monkeypatch.setattr(zones, "_changes", lambda tz: (*kept, broken))

    with pytest.raises(NoYearlyRule, match="breaks its own rule"):
        yearly_observances.__wrapped__("Europe/Berlin")


def test_nearly_every_european_zone_can_be_said_from_2024_on():
    zones = [zone for zone in zoneinfo.available_timezones() if zone.startswith("Europe/")]

    assert len(zones) > 50
    assert all(known_from(yearly_observances(zone)) < datetime(2024, 1, 1, tzinfo=UTC) for zone in zones)


def test_the_package_of_zones_serves_where_the_system_has_none(monkeypatch):
    monkeypatch.setattr(zoneinfo, "TZPATH", ())

    assert yearly_observances.__wrapped__("Europe/Berlin") == yearly_observances("Europe/Berlin")


@settings(deadline=None)
@given(zone=st.sampled_from(SAID), instant=instants)
def test_an_instant_is_ambiguous_when_another_one_shows_the_same_wall_time(zone, instant):
    tz = ZoneInfo(zone)
    wall = instant.astimezone(tz).replace(tzinfo=None)
    others = [instant + step * HOUR / 2 for step in range(-4, 5) if step]

    assert is_ambiguous(instant, zone) == any(
        other.astimezone(tz).replace(tzinfo=None, fold=0) == wall.replace(fold=0) for other in others
    )


@pytest.mark.parametrize(
    ("instant", "doubled"),
    [
        (datetime(2026, 10, 24, 23, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 1, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), False),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), True),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), False),
    ],
)
def test_the_doubled_hour_of_autumn_is_ambiguous_and_no_other(instant, doubled):
    assert is_ambiguous(instant, "Europe/Berlin") is doubled


@pytest.mark.parametrize(
    ("wall", "there"),
    [
        (datetime(2027, 3, 28, 1, 59, 59), True),
        (datetime(2027, 3, 28, 2, 0), False),
        (datetime(2027, 3, 28, 2, 59, 59), False),
        (datetime(2027, 3, 28, 3, 0), True),
        (datetime(2026, 10, 25, 2, 30), True),
    ],
)
def test_the_missing_hour_of_spring_does_not_exist_and_all_others_do(wall, there):
    assert exists(wall, "Europe/Berlin") is there


def test_naive_instants_and_aware_wall_times_are_refused():
    with pytest.raises(ValueError, match="naive"):
        is_ambiguous(datetime(2026, 5, 1), "Europe/Berlin")
    with pytest.raises(ValueError, match="aware"):
        exists(datetime(2026, 5, 1, tzinfo=UTC), "Europe/Berlin")
