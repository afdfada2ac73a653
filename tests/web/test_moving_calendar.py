"""A booking that moves, in a calendar program: one entry, at the right time, whatever the clocks do."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import vobject

from booking.bookings import changing, moving, moving_slots
from booking.db import unit_of_work
from tests.builders import a_booking, an_occurrence, an_offering
from tests.holds import a_slot_booking, a_slot_wanted
from tests.hours import a_consultation, an_expert, at, the_house
from tests.pure.entries import event_of
from tests.web.ways import post

HOUR = timedelta(hours=1)
TIMES = {
    "winter": "2027-01-20 10:00",
    "summer": "2027-07-14 10:00",
    "the day before the clocks go forward": "2027-03-27 23:30",
    "the hour that is followed by none": "2027-03-28 01:30",
    "the day on which they went forward": "2027-03-28 10:00",
    "the first of two equal hours": "2027-10-31 02:30",
    "the second of two equal hours": "2027-10-31 02:30*",
    "the day on which they went back": "2027-10-31 10:00",
    "winter again": "2027-12-01 10:00",
}


@dataclass
class CalendarProgram:
    """Does with the mails of one person what RFC 5546, 2.1.5 asks: a newer message of a UID replaces the older."""

    entries: dict[str, Any] = field(default_factory=dict)
    arrived: int = 0

    def read(self, mail):
        """Take in a mail, and return its event."""
        (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
        written = part.get_payload(decode=True)
        method, event = part.get_param("method"), event_of(written)
        assert f"METHOD:{method}".encode() in written
        known = self.entries.get(str(event["UID"]))
        if known is None or age(event) > age(known):
            self.entries[str(event["UID"])] = event
        if method == "CANCEL":
            del self.entries[str(event["UID"])]
        theirs = vobject.readOne(written.decode()).vevent
        assert (theirs.dtstart.value, theirs.dtend.value) == (event.start, event.end), "two programs agree"
        return event

    def read_all(self, app):
        """Let the worker send what is owed, and take it in as it arrives."""
        mails = list(reversed(post(app)))[self.arrived :]
        self.arrived += len(mails)
        return [self.read(mail) for mail in mails if has_entry(mail)]


def has_entry(mail):
    return any(part.get_content_type() == "text/calendar" for part in mail.walk())


def age(event):
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt


@pytest.fixture
def calendar() -> CalendarProgram:
    return CalendarProgram()


@pytest.mark.parametrize("when", TIMES)
def test_the_entry_moves_from_today_to_any_hour_of_the_year_and_back(app, clock, calendar, when):
    offering_id = an_offering(horizon_days=400)
    publish = partial(an_occurrence, clock, offering_id=offering_id)
    first, start = clock() + timedelta(days=1), at(TIMES[when]).astimezone(UTC)
    near, far = publish(starts_at=first), publish(starts_at=start, ends_at=start + HOUR)
    booked = a_booking(near, clock)

    for number, (occurrence_id, starts_at) in enumerate(((far, start), (near, first), (far, start)), start=1):
        now = clock.forward(minutes=1)
        unit_of_work(partial(moving.move_to_date, booked.booking_id, occurrence_id, now=now))
        events = calendar.read_all(app)

        (entry,) = calendar.entries.values()
        assert (entry.start, entry.end) == (starts_at, starts_at + HOUR)
        assert age(entry) == (number, now)
        assert age(events[-1]) == age(entry)

    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock.forward(minutes=1)))
    calendar.read_all(app)
    assert calendar.entries == {}


def test_every_change_of_a_booking_is_a_newer_message_of_the_same_entry(app, clock, calendar):
    offering_id = an_offering(seats=5, party_max=5)
    dates = [
        an_occurrence(clock, offering_id=offering_id, seats=5, starts_at=clock() + timedelta(days=day))
        for day in (1, 2, 3)
    ]
    booked = a_booking(dates[0], clock)
    deeds = (
        partial(moving.move_to_date, booked.booking_id, dates[1]),
        partial(moving.change_party, booked.booking_id, {"adults": 5}),
        partial(moving.move_to_date, booked.booking_id, dates[2]),
        partial(changing.change_address, booked.booking_id, "zoe@example.org"),
        partial(moving.change_party, booked.booking_id, {"adults": 1}),
    )

    events = calendar.read_all(app)
    for deed in deeds:
        unit_of_work(partial(deed, now=clock.forward(minutes=1)))
        events += calendar.read_all(app)

    assert len({str(event["UID"]) for event in events}) == 1
    ages = [age(event) for event in events]
    assert ages == sorted(ages)
    assert [number for number, _ in ages] == [0, 1, 2, 3, 3, 4]
    assert len({stamp for _, stamp in ages}) == len(ages)
    assert "1 Erwachsene" in events[-1]["DESCRIPTION"] or "1 erwachsene Person" in events[-1]["DESCRIPTION"]


def test_mails_that_wait_for_a_broken_mail_server_arrive_in_the_order_of_the_changes(app, clock, calendar):
    offering_id = an_offering()
    dates = [
        an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=day))
        for day in (1, 2, 3)
    ]
    booked = a_booking(dates[0], clock)
    for occurrence_id in (dates[1], dates[2], dates[0], dates[2]):
        now = clock.forward(minutes=1)
        unit_of_work(partial(moving.move_to_date, booked.booking_id, occurrence_id, now=now))

    events = calendar.read_all(app)

    assert [int(event["SEQUENCE"]) for event in events] == [0, 1, 2, 3, 4]
    (entry,) = calendar.entries.values()
    assert entry.start == clock() + timedelta(days=3, minutes=-4)


def test_a_consultation_that_becomes_a_video_call_keeps_its_entry(app, clock, calendar):
    offering_id = a_consultation(media=("on_site", "video"))
    an_expert(offering_id, "wed 15:00-16:00")
    booked = a_slot_booking(offering_id, at("2027-01-13 15:00"), clock)
    wanted = a_slot_wanted(offering_id, at("2027-01-13 15:30"), medium="video")
    deed = partial(moving_slots.move_to_slot, booked.booking_id, wanted, house=the_house())

    unit_of_work(partial(deed, now=clock.forward(minutes=1)))
    on_site, video = calendar.read_all(app)

    (entry,) = calendar.entries.values()
    assert entry.start == datetime(2027, 1, 13, 14, 30, tzinfo=UTC)
    assert (int(on_site["SEQUENCE"]), int(video["SEQUENCE"])) == (0, 1)
    assert video["DTSTART"].to_ical().endswith(b"Z"), "online, in UTC"
