"""The list of ideas and barrier reports for staff: what waits, what was answered, found and leafed through."""

import pytest
from sqlalchemy import update

from booking.db import execute, unit_of_work
from booking.messages.models import OutgoingMail
from tests.builders import a_topic
from tests.voices import answer, shown, tell
from tests.web.staff.voice_ways import LIST, told
from tests.web.ways import statements


@pytest.fixture
def coordinator(staff):
    return staff("coordinator")


def test_the_list_shows_what_waits_oldest_first_with_the_deadline_of_a_barrier(staff, clock):
    tell(clock, kind="barrier", words="The door is too heavy.")
    clock.forward(days=1)
    tell(clock, words="Benches with sensors.")
    clock.forward(days=30)

    page = staff("coordinator").get(LIST)

    text = page.text
    assert text.index("The door is too heavy.") < text.index("Benches with sensors.")
    assert "Overdue since Wednesday, 10 February 2027" in text
    assert "waits for 31 days" in text
    assert "2 wait for an answer." in text


def test_what_is_answered_stands_in_its_own_list_and_can_be_found_by_word_and_reference(coordinator, clock):
    _href, voice_id = told(clock, words="Benches with sensors.")
    told(clock, words="A lamp for the yard.")
    answer(voice_id, "taken_up", clock)
    reference = shown(voice_id).reference

    assert "Benches" not in coordinator.get(LIST).text
    assert "Benches" in coordinator.get(f"{LIST}?show=done").text
    assert "Benches" in coordinator.get(f"{LIST}?show=all&q=sensors").text
    assert "lamp" not in coordinator.get(f"{LIST}?show=all&q=sensors").text
    assert "Benches" in coordinator.get(f"{LIST}?show=all&q={reference.lower()}").text
    assert "Benches" in coordinator.get(f"{LIST}?state=taken_up").text
    assert "Nothing was found" in coordinator.get(f"{LIST}?show=all&q=100%25").text


def test_the_list_goes_on_where_it_ended(coordinator, clock):
    for number in range(35):
        tell(clock, words=f"Idea number {number:02}.")
        clock.forward(minutes=number % 2)

    first = coordinator.get(LIST)
    (more,) = {href for href in first.links() if "after=" in href}
    second = coordinator.get(more)

    found = [f"Idea number {number:02}." for number in range(35)]
    assert [one for one in found if one in first.text] == found[:30]
    assert [one for one in found if one in second.text] == found[30:]


def test_the_list_asks_as_often_for_thirty_as_for_three(coordinator, clock):
    topic = a_topic(key="sensors")
    assert topic

    def asked():
        coordinator.get(LIST)
        with statements() as seen:
            coordinator.get(LIST)
        return len([one for one in seen if one.startswith("SELECT")])

    for _ in range(3):
        tell(clock, topic="sensors")
    few = asked()
    for _ in range(27):
        tell(clock, topic="sensors")

    assert asked() == few <= 10


def test_an_empty_list_says_so(coordinator):
    assert "Nothing waits for an answer." in coordinator.get(LIST).text
    assert "Nobody has told the house anything yet." in coordinator.get(f"{LIST}?show=all").text


def test_what_came_back_is_said(coordinator, clock):
    href, voice_id = told(clock)
    unit_of_work(
        lambda: execute(
            update(OutgoingMail).where(OutgoingMail.thread == f"voice:{voice_id}").values(state="failed")
        )
    )

    assert "Our mail did not arrive." in coordinator.get(href).text
    assert "Our mail did not arrive." in coordinator.get(LIST).text
