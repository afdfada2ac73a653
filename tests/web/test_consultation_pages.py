"""What the pages of a booked consultation tell: how people meet, and to whom the number is told."""

import pytest

from booking.web.public.secrets import secret_of
from tests.holds import a_slot_booking, a_slot_hold, booked
from tests.hours import a_consultation, an_expert, at
from tests.web.ways import LANGUAGES, path, post, said

both_languages = pytest.mark.parametrize("language", LANGUAGES)
THREE = at("2027-01-13 15:00")
ROOM = "https://video.leipzig.example/"
NUMBER = "0341 7654321"


@pytest.fixture
def talk(app):
    offering_id = a_consultation(key="ki", media=("on_site", "video", "phone"))
    an_expert(offering_id, "wed 15:00-17:00")
    return offering_id


def pages(visitor, booking, language):
    secret = secret_of(booking.link_id)
    return [visitor.get(path(visitor.app, name, language, secret=secret)) for name in ("done", "manage")]


@both_languages
def test_both_pages_lead_to_the_video_call_and_say_how_it_goes(visitor, clock, talk, language):
    booking = a_slot_booking(talk, THREE, clock, slot={"medium": "video"})
    how = "By video. We send you the address the day before; it is also on your booking's page."

    rooms = set()
    for page in pages(visitor, booking, language):
        rooms |= {link for link in page.links() if link.startswith(ROOM)}
        assert said(how, language) in page.text
        assert said("Join the video call", language) in page.text

    (room,) = rooms
    assert len(room) > len(ROOM) + 12, "nobody guesses it"


@both_languages
def test_both_pages_say_which_number_we_call(visitor, clock, talk, language):
    held = a_slot_hold(talk, THREE, clock, slot={"medium": "phone"})
    booking = booked(held, clock, phone=NUMBER)

    for page in pages(visitor, booking, language):
        assert said("By phone. We call you: %(phone)s", language, phone=NUMBER) in page.text
        assert ROOM not in str(page.links())


def test_who_comes_to_the_house_reads_of_neither(visitor, clock, talk):
    for page in pages(visitor, a_slot_booking(talk, THREE, clock), "en"):
        assert "By phone. We call you" not in page.text
        assert not [link for link in page.links() if link.startswith(ROOM)]


def test_a_calendar_is_told_no_phone_number(app, visitor, clock, talk):
    """Calendars are shared: neither the entry of the mail nor the file says it."""
    held = a_slot_hold(talk, THREE, clock, slot={"medium": "phone"})
    booking = booked(held, clock, phone=NUMBER)
    (mail,) = post(app)
    entry = next(one for one in mail.walk() if one.get_content_type() == "text/calendar").get_content()
    file = visitor.client.get(path(app, "calendar", secret=secret_of(booking.link_id))).text

    for text in (entry, file):
        unfolded = text.replace("\r\n ", "").replace("\n ", "")
        assert "Wir rufen Sie an" in unfolded
        assert not [one for one in (NUMBER, NUMBER.replace(" ", ""), "7654321") if one in unfolded]
    assert NUMBER in mail.get_body(("plain",)).get_content(), "its booker is told"
