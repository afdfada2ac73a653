"""Feeds: what calendars and news readers find in them, and what nobody can write into them."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.messages import feeds, news
from tests.pure.entries import content_lines
from tests.pure.feed_entries import DOUBLED, FEED, NEWS, OFF, PIECE, PUBLISHED, TOUR, tree_of

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"
ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    ["x\r\nATTENDEE:mailto:evil@example.org", "\u2028END:VEVENT", "\ud800\x00\x0b\ufffe", "]]></feed>&<!--"]
)


def written(*entries):
    return feeds.written(FEED, entries)


def read(text: bytes) -> Any:
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    return calendar


def kept_as(name: str, text: str) -> None:
    path = SNAPSHOTS / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_the_calendar_reads_as_in_its_snapshot():
    kept_as("feed.ics", "\n".join(content_lines(written(TOUR, OFF, DOUBLED))) + "\n")


def test_the_news_read_as_in_their_snapshot():
    kept_as("feed.atom", news.written(NEWS, [PIECE]).decode())


def test_other_programs_read_every_date_at_its_time():
    text = written(TOUR, OFF, DOUBLED)

    events = {str(event["UID"]): event for event in read(text).walk("VEVENT")}
    theirs = {event.uid.value: event for event in vobject.readOne(text.decode(), validate=True).vevent_list}
    for entry in (TOUR, OFF, DOUBLED):
        ours, other = events[entry.uid], theirs[entry.uid]
        for starts, ends in (
            (ours["DTSTART"].dt, ours["DTEND"].dt),
            (other.dtstart.value, other.dtend.value),
        ):
            assert (starts.astimezone(UTC), ends.astimezone(UTC)) == (entry.starts_at, entry.ends_at)


def test_a_calendar_to_subscribe_to_has_no_method_and_says_how_often_to_ask():
    calendar = read(written(TOUR))

    assert "METHOD" not in calendar
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert str(calendar["X-PUBLISHED-TTL"].to_ical().decode()) == "PT1H"
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == FEED.name
    assert str(calendar["SOURCE"]) == FEED.source
    assert str(calendar["COLOR"]) == "darkslateblue"


def test_a_date_takes_nobodys_time_names_nobody_and_stays_visible_when_it_is_cancelled():
    on, off = read(written(TOUR, OFF)).walk("VEVENT")

    assert [str(event["STATUS"]) for event in (on, off)] == ["CONFIRMED", "CANCELLED"]
    assert {str(event["TRANSP"]) for event in (on, off)} == {"TRANSPARENT"}
    assert [int(event["SEQUENCE"]) for event in (on, off)] == [0, 1]
    assert not {"ATTENDEE", "ORGANIZER", "CONFERENCE", "VALARM"} & (on.keys() | off.keys())
    assert all("@" not in str(event["UID"]) for event in (on, off))


def test_the_stamp_of_a_date_is_its_last_change_not_the_time_of_asking():
    on, off = read(written(TOUR, OFF)).walk("VEVENT")

    assert on["DTSTAMP"].dt == on["LAST-MODIFIED"].dt == on["CREATED"].dt == PUBLISHED
    assert off["DTSTAMP"].dt == off["LAST-MODIFIED"].dt == PUBLISHED + timedelta(days=9)
    assert off["CREATED"].dt == PUBLISHED
    assert written(TOUR, OFF) == written(TOUR, OFF)
    assert written(TOUR) != written(replace(TOUR, stamp=PUBLISHED + timedelta(seconds=1)))


def test_a_calendar_without_dates_is_one():
    calendar = read(written())

    assert not calendar.walk("VEVENT")
    assert not calendar.walk("VTIMEZONE")
    vobject.readOne(written().decode(), validate=True)


def test_clock_changes_are_told_once_as_yearly_rules():
    text = written(DOUBLED, TOUR, OFF)

    (zone,) = read(text).walk("VTIMEZONE")
    assert len(zone.subcomponents) == 2
    for rule in (b"FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", b"FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"):
        assert text.count(rule) == 1
    assert text.index(b"BEGIN:VTIMEZONE") < text.index(b"BEGIN:VEVENT")
    assert not read(written(DOUBLED)).walk("VTIMEZONE")


@settings(max_examples=60, deadline=None)
@given(text=NASTY)
def test_text_from_people_adds_no_line_to_a_calendar(text):
    entry = replace(
        TOUR,
        summary="S" + text,
        description="D" + text,
        location="L" + text,
        contact="C" + text,
        categories=("K" + text,),
        url="https://labor.example/" + text,
    )
    nasty = feeds.written(replace(FEED, name="N" + text, description="B" + text), [entry])

    assert names(nasty) == names(written(TOUR))
    assert max(map(len, nasty.split(b"\r\n"))) <= 75
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", nasty.decode())
    read(nasty)


def names(text: bytes) -> list[str]:
    return [re.split("[;:]", line)[0] for line in content_lines(text)]


@settings(max_examples=60, deadline=None)
@given(text=NASTY)
def test_text_from_people_adds_no_element_to_news(text):
    piece = replace(
        PIECE, title="T" + text, summary="S" + text, url="https://x.example/" + text, categories=("K" + text,)
    )
    nasty = tree_of(news.written(replace(NEWS, title="N" + text, author="A" + text), [piece]))

    assert shape(nasty) == shape(tree_of(news.written(NEWS, [PIECE])))


def shape(one: Element) -> list[tuple[str, set[str]]]:
    return [(each.tag, set(each.keys())) for each in one.iter()]


def test_a_news_feed_has_all_that_the_standard_asks_of_it():
    feed = tree_of(news.written(NEWS, [PIECE]))

    def said(parent: Element, name: str) -> str | None:
        return parent.findtext(ATOM + name)

    (entry,) = feed.findall(ATOM + "entry")
    for one in (feed, entry):
        assert all(said(one, name) for name in ("id", "title", "updated"))
    assert {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")} == {
        "self": NEWS.source,
        "alternate": NEWS.url,
    }
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == NEWS.author
    assert said(feed, "updated") == said(entry, "updated") == "2026-09-10T08:30:00Z"
    assert said(entry, "published") == "2026-09-01T08:30:00Z"
    assert said(entry, "summary") == PIECE.summary
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


def test_news_without_an_entry_say_since_when():
    feed = tree_of(news.written(NEWS, []))

    assert feed.findtext(ATOM + "updated") == "2026-09-01T08:30:00Z"


def test_an_id_lasts_and_names_the_host():
    assert news.tag("https://lab.example:8443", "dates/7") == "tag:lab.example,2026:dates/7"


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#000000", "black"), ("#008080", "teal"), ("#1d4e89", "darkslateblue"), ("#006400", "forestgreen")],
)
def test_a_colour_has_the_nearest_name(colour, name):
    assert feeds.colour_name(colour) == name


@pytest.mark.parametrize("wrong", [{"starts_at": datetime(2026, 1, 1)}, {"ends_at": TOUR.starts_at}])
def test_a_date_without_zone_or_length_is_no_date(wrong):
    with pytest.raises(ValueError, match=r"aware|after its start"):
        replace(TOUR, **wrong)
