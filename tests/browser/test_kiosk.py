"""The screen on the wall goes on by itself, through every fault of the line, and fits the screens that hang there."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

MARK = "() => { document.querySelector('[data-wall]').dataset.seen = 'before'; }"
LEIPZIG = ZoneInfo("Europe/Berlin")
MINUTE, AGAIN = 61_000, 11_000


# Other tests open queues of their own in the same demo; a house has one or two, and two must fit.
TWO_QUEUES = "() => [...document.querySelectorAll('.wall__queues > *')].slice(2).forEach(one => one.remove())"


@pytest.fixture
def screen(surf):
    surfer = surf("de", width=1920, height=1080)
    surfer.page.clock.install()
    surfer.visit("today")
    surfer.look(MARK)
    return surfer


def is_old(screen) -> bool:
    return bool(screen.page.locator("[data-wall][data-seen]").count() == 1)


def test_it_asks_for_itself_every_minute(screen):
    with screen.page.expect_response("**/de/heute"):
        screen.page.clock.run_for(MINUTE)

    expect(screen.page.locator("[data-wall]:not([data-seen])")).to_be_visible()
    expect(screen.page.locator("[data-stale]")).to_be_hidden()


def test_while_nobody_answers_it_keeps_what_it_shows_and_says_since_when(screen):
    titles = screen.page.locator(".wall__title").all_inner_texts()
    screen.page.route("**/de/heute", lambda route: route.fulfill(status=503, body="away"))
    screen.page.clock.run_for(MINUTE)

    expect(screen.page.locator("[data-stale]")).to_be_visible()
    assert "Uhr" in screen.text("[data-stale]")
    assert is_old(screen)
    assert screen.page.locator(".wall__title").all_inner_texts() == titles != []
    expect(screen.page.locator(".wall__as-of")).to_be_hidden()

    screen.page.unroute("**/de/heute")
    screen.page.clock.run_for(AGAIN)

    expect(screen.page.locator("[data-wall]:not([data-seen])")).to_be_visible()
    expect(screen.page.locator("[data-stale]")).to_be_hidden()
    screen.faults = [fault for fault in screen.faults if "503" not in fault]


def test_its_clock_is_that_of_the_house(surf):
    """The screen's own clock is a year behind; nobody answers, so that no fresh page sets the time back."""
    screen = surf("de", width=1920, height=1080)
    screen.page.clock.install(time="2025-07-01T03:17:00Z")
    screen.visit("today")
    screen.page.route("**/de/heute", lambda route: route.fulfill(status=503, body="away"))
    shown = screen.text("[data-clock]")
    drawn = screen.look("() => document.querySelector('[data-wall]').dataset.now")
    screen.page.clock.run_for(MINUTE)

    assert shown.startswith(datetime.fromisoformat(drawn).astimezone(LEIPZIG).strftime("%H:%M"))
    assert shown != screen.text("[data-clock]")
    assert screen.text("[data-clock]").endswith("Uhr")
    screen.faults = [fault for fault in screen.faults if "503" not in fault]


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (3840, 2160)])
def test_it_fits_the_screen_in_letters_that_are_read_from_four_metres(surf, width, height):
    surfer = surf("de", width=width, height=height)
    surfer.visit("today")
    surfer.look(TWO_QUEUES)
    sizes = surfer.look(
        """() => ['.wall__clock', '.wall__heading', '.wall__time', '.wall__title'].map(
            one => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"""
    )

    assert surfer.look("() => document.documentElement.scrollWidth") <= width
    assert surfer.look("() => document.documentElement.scrollHeight") <= height
    assert min(sizes) >= 0.03 * min(width, height)
    assert surfer.page.locator("a, nav, button, footer").count() == 0


def test_without_script_the_browser_asks_again_by_itself(surf):
    surfer = surf("de", java_script_enabled=False)
    surfer.visit("today")

    assert surfer.page.locator("meta[http-equiv=refresh]").get_attribute("content") == "60"
