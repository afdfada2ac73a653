"""The timer of a hold: it counts, speaks up at a few marks, is extended by a button, and says when it is over."""

import re

import pytest
from playwright.sync_api import expect

from booking.bookings.rules import MOST_EXTENSIONS
from tests.browser import holds
from tests.browser.demo import an_address
from tests.browser.holds import EXTEND, GIVE_UP, press
from tests.browser.surfer import SUBMIT, Surfer
from tests.browser.walking import is_focused, tab_to

PHONE = 390
MINUTES = "[data-left]"


@pytest.fixture
def patient(surf) -> Surfer:
    """Somebody whose clock a test can set forward."""
    found: Surfer = surf("en", width=PHONE, height=844)
    found.page.clock.install()
    return found


def heard(surfer: Surfer) -> str:
    """Return what a screen reader has just been told."""
    return surfer.page.locator("[data-announce]").inner_text()


def test_the_time_is_extended_without_script_until_it_cannot_be_any_more(surf):
    surfer = surf(java_script_enabled=False, width=PHONE)
    surfer.hold(surfer.demo.take().id)
    ends = surfer.text("[data-clock]")
    email = surfer.fill(name="Langsam Aber Sicher")

    for _time in range(MOST_EXTENSIONS):
        press(surfer, EXTEND)
        assert surfer.values()["email"] == email
        assert is_focused(surfer.page, "[data-message]"), "nobody is told that it worked"
    assert surfer.text("[data-clock]") != ends
    expect(surfer.page.locator(EXTEND)).to_have_count(0)

    surfer.send()
    assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_a_page_that_was_open_too_long_to_be_extended_says_so(surf):
    surfer = surf(width=PHONE)

    holds.without_more_time(surfer)

    assert is_focused(surfer.page, "[data-error-summary]")
    expect(surfer.page.locator(EXTEND)).to_have_count(0)
    surfer.send()


def test_the_timer_counts_down_and_speaks_up_at_a_few_marks_alone(patient):
    patient.hold(patient.demo.take().id)
    clock, left = patient.page.clock, patient.page.locator(MINUTES)
    expect(left).to_have_text(re.compile(r"\((15:00|14:5\d)\)"))
    said: list[str] = []
    for _half_minute in range(29):
        clock.run_for(30_000)
        # for a moment there is nothing, so that it is read anew
        said.append(heard(patient) or (said[-1] if said else ""))

    expect(left).to_have_text(re.compile(r"\(0:\d\d\)"))
    marks = [text for number, text in enumerate(said) if text != (said[number - 1] if number else "")]
    assert marks == [
        "Still 10 minutes.",
        "Still 5 minutes.",
        "Still 2 minutes.",
        "Only one minute left. You can extend the time.",
    ]
    expect(patient.page.locator(".timer--soon")).to_have_count(1)
    assert patient.page.locator("[role=status]").count() == 1


def test_when_the_time_is_over_the_page_says_so_keeps_all_and_still_books(patient):
    date = patient.demo.take()
    patient.hold(date.id)
    email = patient.fill()
    patient.type(note="Half a sentence")
    patient.page.focus(GIVE_UP)

    patient.page.clock.run_for(15 * 60_000)

    assert "The time is over." in heard(patient)
    assert "The time is over." in patient.text("[data-clock]")
    assert patient.text("#timer") == "The time is over"
    assert is_focused(patient.page, "[data-clock]"), "the button that had the focus is gone"
    expect(patient.page.locator(GIVE_UP)).to_be_hidden()
    assert patient.values()["note"] == "Half a sentence"
    patient.demo.end_holds(date)
    patient.send()
    assert patient.demo.bookings_of(email) == ["confirmed"]


def test_a_device_that_slept_knows_the_time_when_it_wakes_up(patient):
    patient.hold(patient.demo.take().id)

    patient.page.clock.fast_forward(14 * 60_000 + 20_000)

    expect(patient.page.locator(MINUTES)).to_have_text(re.compile(r"\(0:\d\d\)"))
    assert heard(patient)


def test_the_time_is_extended_by_fetch_without_losing_a_letter_or_the_focus(patient):
    patient.hold(patient.demo.take().id)
    email = patient.fill()
    patient.type(note="Half a sentence")
    patient.page.clock.run_for(5 * 60_000)
    asked: list[str] = []
    patient.page.on("request", lambda request: asked.append(request.resource_type))

    tab_to(patient.page, EXTEND)
    with patient.page.expect_response("**/hold/*"):
        patient.page.keyboard.press("Enter")
    expect(patient.page.locator(MINUTES)).to_have_text(re.compile(r"\((25:00|24:5\d)\)"))
    patient.page.clock.run_for(100)

    assert asked == ["fetch"]
    assert heard(patient) == "The time has been extended."
    assert is_focused(patient.page, EXTEND)
    assert patient.values() | {"email": email, "note": "Half a sentence"} == patient.values()
    assert "11" in patient.text("[data-extensions]")
    patient.send()
    assert patient.demo.bookings_of(email) == ["confirmed"]


def test_the_button_goes_when_the_time_cannot_be_extended_any_more(patient):
    date = patient.demo.take()
    patient.hold(date.id)
    last = f"UPDATE hold SET extensions = {MOST_EXTENSIONS - 1} WHERE occurrence_id = {date.id}"
    patient.demo.machine.change(last)

    tab_to(patient.page, EXTEND)
    patient.page.keyboard.press("Enter")

    expect(patient.page.locator(EXTEND)).to_be_hidden()
    assert "call us" in patient.text("[data-extensions]")
    assert is_focused(patient.page, "[data-extensions]")


def test_when_extending_fails_it_is_said_and_the_next_press_sends_the_form(patient):
    """The connection is gone for a moment, then the places: each time it is told what is the matter."""
    date = patient.demo.take("few")
    patient.hold(date.id)
    patient.fill(name="Without Luck")
    patient.page.route("**/hold/*", lambda route: route.abort())
    patient.page.click(EXTEND)
    patient.page.clock.run_for(100)
    expect(patient.page.locator("[data-announce]")).to_contain_text("did not work")
    patient.faults.clear()  # the browser complains about the connection, and rightly so
    patient.page.unroute("**/hold/*")
    patient.demo.end_holds(date)
    patient.demo.book("de", date, adults=date.left)

    press(patient, EXTEND, 409)

    assert patient.values()["name"] == "Without Luck"
    assert is_focused(patient.page, "[data-error-summary]")


def test_a_double_click_on_the_button_extends_once_and_never_books(patient):
    date, email = patient.demo.take(), an_address()
    patient.hold(date.id)
    patient.fill(email)

    patient.page.dblclick(EXTEND)
    expect(patient.page.locator("[data-extensions]")).to_contain_text("11")

    assert patient.demo.machine.rows(
        "SELECT extensions FROM hold WHERE occurrence_id = :id ORDER BY id DESC LIMIT 1", id=date.id
    ) == [(1,)]
    assert patient.demo.bookings_of(email) == []
    assert patient.page.locator(SUBMIT).count() == 1
