"""A citizen talks with an expert on Tuesday evening by video, and then on Wednesday: one entry in the calendar."""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from booking.db import unit_of_work
from booking.schedule import hours as deeds
from booking.schedule import service
from booking.schedule.hours import Of, Rule
from tests.builders import house_id
from tests.hours import a_consultation, an_expert
from tests.web.ways import CONTACT, details_of, path, post

BERLIN = ZoneInfo("Europe/Berlin")
MONDAYS = {
    "winter": datetime(2027, 1, 11, 9, tzinfo=UTC),
    "summer": datetime(2027, 7, 12, 9, tzinfo=UTC),
    "the clock goes forward": datetime(2027, 3, 22, 9, tzinfo=UTC),
    "the clock goes back": datetime(2027, 10, 25, 9, tzinfo=UTC),
}


class Diary:
    """A calendar program that keeps to RFC 5546: one entry for each UID, the highest SEQUENCE counts."""

    def __init__(self):
        self.entries = {}

    def receive(self, mail):
        for part in mail.walk():
            if part.get_content_type() != "text/calendar":
                continue
            calendar = Calendar.from_ical(part.get_payload(decode=True))
            (event,) = calendar.walk("VEVENT")
            assert calendar["METHOD"] == part.get_param("method")
            known = self.entries.get(str(event["UID"]))
            age = (int(str(event["SEQUENCE"])), str(event.decoded("DTSTAMP")))
            if known is None or known[0] < age:
                self.entries[str(event["UID"])] = (age, str(calendar["METHOD"]), event)

    def only(self):
        ((_, method, event),) = self.entries.values()
        return method, event


def an_ai_consultation(app, clock):
    """Friederike gives it on Tuesdays until 19:00 and all day on other days; by video, too."""
    offering_id = a_consultation(
        key="ki", media=("on_site", "video"), notice_minutes=60, address_check="off", cancel_until_minutes=60
    )
    host = an_expert(
        offering_id, "tue 16:00-19:00", "wed 15:00-19:00", first_name="Friederike", languages=("de", "en")
    )
    sunday = Rule(6, 60, 300)  # one of the nights in which a clock changes
    unit_of_work(lambda: deeds.add_rule(sunday, of=Of(host_id=host), house_id=house_id(), now=clock()))
    return host


def choose(visitor, day, wall, **filters):
    """Find a time on the list, as somebody who reads it."""
    page = visitor.get(
        path(visitor.app, "times", key="ki", **{"from": day.isoformat(), "medium": "video"} | filters)
    )
    start = datetime.combine(day, time.fromisoformat(wall), BERLIN).astimezone(UTC)
    wanted = f"{start:%Y-%m-%dT%H:%MZ}"
    (found,) = {
        href
        for href in page.links()
        if parse_qs(urlsplit(href).query).get("start") == [wanted] and "/buchen" in href
    }
    return start, visitor.get(found)


def book(visitor, first):
    form = visitor.post(first.all("form")[-1].get("action"), first.fields() | {"adults": "1"})
    action, fields = details_of(form)
    return visitor.post(action, fields | CONTACT | {"note": "Wo setzt die Stadt KI ein?"})


@pytest.mark.parametrize("season", MONDAYS)
def test_tuesday_half_past_five_by_video_becomes_wednesday(app, visitor, clock, season):
    clock.forward(seconds=(MONDAYS[season] - clock()).total_seconds())
    an_ai_consultation(app, clock)
    tuesday, diary = MONDAYS[season].date() + timedelta(days=1), Diary()

    start, first = choose(visitor, tuesday, "17:30", part="evening")
    done = book(visitor, first)

    assert "Friederike" in done.text
    secret = done.response.request.path.split("/")[3]
    for mail in reversed(post(app)):
        diary.receive(mail)
    method, event = diary.only()
    assert method == "REQUEST"
    assert event["DTSTART"].dt == start
    assert start.astimezone(BERLIN).strftime("%A %H:%M") == "Tuesday 17:30"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)

    clock.forward(minutes=5)
    wednesday = tuesday + timedelta(days=1)
    times = visitor.get(path(app, "move", secret=secret) + f"?from={wednesday.isoformat()}")
    later = start.astimezone(BERLIN).replace(tzinfo=None) + timedelta(days=1)
    new_start = later.replace(tzinfo=BERLIN).astimezone(UTC)
    (found,) = {
        href
        for href in times.links()
        if parse_qs(urlsplit(href).query).get("start") == [f"{new_start:%Y-%m-%dT%H:%MZ}"]
        and parse_qs(urlsplit(href).query).get("medium", ["video"]) == ["video"]
    }
    button = visitor.get(found)
    moved = visitor.post(button.all("form")[-1].get("action"), button.fields())

    assert moved.status == 200
    for mail in reversed(post(app)):
        diary.receive(mail)
    method, event = diary.only()
    assert (method, int(event["SEQUENCE"])) == ("REQUEST", 1)
    assert event["DTSTART"].dt == new_start
    assert new_start.astimezone(BERLIN).strftime("%A %H:%M") == "Wednesday 17:30"


def test_the_day_before_the_entry_gets_the_address_of_the_call(app, visitor, clock):
    an_ai_consultation(app, clock)
    diary = Diary()
    _, first = choose(visitor, clock().date() + timedelta(days=1), "17:30")
    book(visitor, first)
    for mail in reversed(post(app)):
        diary.receive(mail)
    _, event = diary.only()
    assert "CONFERENCE" not in event

    clock.forward(hours=10)
    for mail in reversed(post(app)):
        diary.receive(mail)

    method, event = diary.only()
    assert (method, int(event["SEQUENCE"])) == ("REQUEST", 0)
    assert str(event["CONFERENCE"]).startswith("https://video.leipzig.example/")


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_a_slot_in_the_night_of_a_clock_change_is_at_the_instant_that_was_chosen(app, visitor, clock, day):
    sunday = datetime.fromisoformat(day).date()
    clock.forward(days=(sunday - clock().date()).days - 2)
    an_ai_consultation(app, clock)
    unit_of_work(lambda: service.open_on_holiday(house_id(), sunday))  # 31 October is one in Saxony
    page = visitor.get(path(app, "times", key="ki", **{"from": day, "medium": "video"}))
    starts = [parse_qs(urlsplit(href).query)["start"][0] for href in page.links() if "/buchen?" in href]
    night = [start for start in starts if start.startswith((day, f"{sunday - timedelta(days=1)}"))]
    diary = Diary()

    # 01:00 to 05:00 are three hours in spring and five in autumn: six and ten times half an hour
    assert len(night) == {"2027-03-28": 6, "2027-10-31": 10}[day]
    chosen = night[3]
    href = next(href for href in page.links() if chosen.replace(":", "%3A") in href or chosen in href)
    assert book(visitor, visitor.get(href)).status == 200
    for mail in reversed(post(app)):
        diary.receive(mail)

    _, event = diary.only()
    assert event["DTSTART"].dt == datetime.fromisoformat(chosen)
