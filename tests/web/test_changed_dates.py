"""What visitors notice when the house changes a date: feeds say so, and nobody books another time unseen."""

from datetime import timedelta

import icalendar

from booking.bookings.models import Booking
from tests.builders import a_booking, an_occurrence
from tests.dates import a_change, a_draft, changed
from tests.deeds.reading import mails, rows_of
from tests.web.ways import post

AMINA = {"name": "Amina Kaya", "email": "amina@example.org", "phone": "", "note": ""}
HOUR = timedelta(hours=1)


def entry(visitor):
    answer = visitor.client.get("/de/programm.ics")
    found = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    return found[0] if found else None


def test_a_feed_tells_that_a_date_was_moved_and_nothing_of_drafts(visitor, clock):
    occurrence_id = an_occurrence(clock)
    a_draft(clock)
    before = entry(visitor)
    clock.forward(minutes=5)

    changed(clock, a_change(occurrence_id, later=HOUR))
    clock.forward(seconds=2)
    after = entry(visitor)

    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt == before["DTSTART"].dt + HOUR
    assert after["DTSTAMP"].dt - before["DTSTAMP"].dt == timedelta(minutes=5)
    assert int(after["SEQUENCE"]) == int(before.get("SEQUENCE", 0)) + 1


def test_who_types_while_the_date_moves_is_told_and_can_go_on(visitor, clock):
    occurrence_id = an_occurrence(clock)
    form = visitor.get(f"/de/termine/{occurrence_id}/buchen")
    details = visitor.post(f"/de/termine/{occurrence_id}/buchen", form.fields() | {"adults": "2"})
    changed(clock, a_change(occurrence_id, later=HOUR))
    here = details.response.request.path
    number = next(n for n, one in enumerate(details.all("form")) if one.get("id") == "details")

    refused = visitor.post(here, details.fields(number) | AMINA)

    assert refused.status == 409
    assert rows_of(Booking.id) == []
    number = next(n for n, one in enumerate(refused.all("form")) if one.get("id") == "details")
    assert visitor.post(here, refused.fields(number) | AMINA).status == 200
    assert rows_of(Booking.starts_at) == [(clock() + timedelta(days=1) + HOUR,)]


def test_the_mail_of_a_change_leaves_with_the_entry_that_replaces_the_older_one(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    changed(clock, a_change(occurrence_id, later=HOUR))

    newest, first = post(app)

    assert [mail[2] for mail in mails()] == ["sent", "sent"]
    entries = [
        icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
        for mail in (first, newest)
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert entries[0]["UID"] == entries[-1]["UID"]
    assert [int(str(one["SEQUENCE"])) for one in (entries[0], entries[-1])] == [0, 1]
