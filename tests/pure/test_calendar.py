"""Calendar objects: what other programs read in them, also at the odd hours of the year."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import vobject
from dateutil.tz import tzical  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.messages.calendar import cancel, publish, request
from tests.pure.entries import BERLIN, HOUR, TALK, TOUR, at, content_lines, event_of, names_of

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("place_request", request(TOUR)),
        ("place_moved", request(replace(TOUR, sequence=1, stamp=TOUR.stamp + HOUR, location="Raum 2"))),
        ("place_cancel", cancel(replace(TOUR, sequence=2, stamp=TOUR.stamp + 2 * HOUR))),
        ("place_publish", publish(TOUR)),
        ("online_request", request(TALK)),
        (
            "doubled_hour_request",
            request(at(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC))),
        ),
    ],
)
def test_the_object_reads_as_in_its_snapshot(name, written):
    path = SNAPSHOTS / f"{name}.ics"
    text = "\n".join(content_lines(written)) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")

    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("write", [request, cancel, publish])
@pytest.mark.parametrize("entry", [TOUR, TALK], ids=["place", "online"])
def test_two_other_programs_read_the_same_start_and_end(write, entry):
    written = write(entry)
    theirs = vobject.readOne(written.decode())
    theirs.validate(raiseException=True)

    assert (event_of(written).start, event_of(written).end) == (entry.starts_at, entry.ends_at)
    assert (theirs.vevent.dtstart.value, theirs.vevent.dtend.value) == (entry.starts_at, entry.ends_at)


@pytest.mark.parametrize(
    ("start", "in_zone"),
    [
        (datetime(2026, 10, 24, 10, tzinfo=BERLIN), True),
        (datetime(2026, 10, 24, 23, tzinfo=BERLIN), True),  # ends before the doubled hour
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), False),  # the hour itself, both of it
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), False),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), False),  # ends in it
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 10, tzinfo=BERLIN), True),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), True),  # across the missing hour
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 28, 10, tzinfo=BERLIN), True),
        (datetime(2027, 10, 31, 0, 0, tzinfo=UTC), False),
        (datetime(2027, 10, 31, 10, tzinfo=BERLIN), True),
    ],
)
def test_around_the_changes_of_clocks_the_instants_survive(start, in_zone):
    entry = at(start, start.astimezone(UTC) + HOUR)
    written = request(entry)

    assert ("TZID:Europe/Berlin" in content_lines(written)) is in_zone
    assert (event_of(written).start, event_of(written).end) == (entry.starts_at, entry.ends_at)
    assert vobject.readOne(written.decode()).vevent.dtstart.value == entry.starts_at


def offset_by_timezone_of(written: bytes, wall: datetime) -> timedelta | None:
    """What a reader makes of the VTIMEZONE alone; most programs look the zone's name up instead."""
    offset: timedelta | None = tzical(StringIO(written.decode())).get().utcoffset(wall)
    return offset


@settings(deadline=None)
@given(start=st.datetimes(datetime(2024, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC)))
def test_a_reader_of_the_rules_alone_finds_every_start(start):
    written = request(at(start.replace(microsecond=0), start.replace(microsecond=0) + HOUR))

    if "BEGIN:VTIMEZONE" in content_lines(written):
        wall = event_of(written)["DTSTART"].dt.replace(tzinfo=None)
        assert offset_by_timezone_of(written, wall) == start.astimezone(BERLIN).utcoffset()


def test_a_reader_of_wrong_rules_would_be_noticed():
    october = request(at(datetime(2026, 10, 28, 9, tzinfo=UTC), datetime(2026, 10, 28, 10, tzinfo=UTC)))

    assert offset_by_timezone_of(october, datetime(2026, 10, 28, 10)) == HOUR
    wrong = october.replace(b"BYMONTH=10", b"BYMONTH=11")
    assert offset_by_timezone_of(wrong, datetime(2026, 10, 28, 10)) == 2 * HOUR


@pytest.mark.parametrize(
    "zone", ["Africa/Cairo", "Africa/Casablanca", "America/Santiago", "Europe/Nowhere", ""]
)
def test_a_zone_without_a_yearly_rule_is_sent_in_utc(zone):
    lines = content_lines(request(replace(TOUR, zone=zone)))

    assert "DTSTART:20261022T140000Z" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_before_the_rules_of_a_zone_began_times_are_sent_in_utc():
    entry = at(
        datetime(2015, 6, 1, 10, tzinfo=UTC), datetime(2015, 6, 1, 11, tzinfo=UTC), zone="Europe/Istanbul"
    )

    assert "DTSTART:20150601T100000Z" in content_lines(request(entry))


def test_clock_changes_are_rules_and_never_lists_of_dates():
    names = names_of(request(TOUR))

    assert names.count("RRULE") == 2
    assert "RDATE" not in names
    assert content_lines(request(TOUR)).count("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU") == 1


def test_the_guest_is_the_only_attendee_has_accepted_and_is_not_asked():
    attendee = event_of(request(TOUR))["ATTENDEE"]

    assert attendee == "mailto:amina@example.org"
    assert dict(attendee.params) == {
        "CN": "Amina Öztürk",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }


def test_the_download_names_no_guest():
    assert "ATTENDEE" not in names_of(publish(TOUR))
    assert b"mina" not in publish(TOUR)


def test_no_object_rings_an_alarm_or_floats():
    for written in (request(TOUR), cancel(TOUR), publish(TOUR), request(TALK)):
        assert b"VALARM" not in written
        assert all(
            line.endswith("Z") or "TZID=" in line for line in content_lines(written) if "DTEND" in line
        )


def test_the_same_entry_gives_the_same_bytes():
    assert request(TOUR) == request(replace(TOUR))


def test_easy_language_is_marked_as_german():
    assert "SUMMARY;LANGUAGE=de:Digitallabor: Führung" in content_lines(request(replace(TOUR, language="ls")))


def test_an_entry_that_ends_before_it_starts_or_floats_cannot_be_made():
    with pytest.raises(ValueError, match="ends"):
        replace(TOUR, ends_at=TOUR.starts_at)
    with pytest.raises(ValueError, match="aware"):
        replace(TOUR, starts_at=datetime(2026, 10, 22, 14))
