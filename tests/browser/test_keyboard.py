"""By keyboard alone: every page can be walked, and a visit can be booked and cancelled."""

import itertools

import pytest

from tests.browser.demo import an_address
from tests.browser.surfer import SUBMIT, Surfer
from tests.browser.views import MAIN, View
from tests.browser.walking import is_focused, reachable, tab_to, walk

PHONE = 390
WALKED = [view for view in MAIN if view.name != "mail"]  # its frame is another document
# Every page wide and on a phone; on the phone its variants take turns: what is focused is the same in all.
TURNS = ("en", "ls")
WALKS = [(view, "de", 1280) for view in WALKED]
WALKS += [(view, TURNS[number % len(TURNS)], PHONE) for number, view in enumerate(WALKED)]


def press(surfer: Surfer, selector: str, key: str = "Enter") -> None:
    """Tab to something and press it."""
    tab_to(surfer.page, selector)
    with surfer.page.expect_navigation():
        surfer.page.keyboard.press(key)
    surfer.settle()


@pytest.mark.parametrize(("view", "language", "width"), WALKS, ids=[f"{a.name}-{b}-{c}" for a, b, c in WALKS])
def test_the_focus_reaches_everything_and_is_always_seen(surf, view: View, language, width):
    surfer = surf(language, width=width)
    view.open(surfer)
    if language == "en":  # with everything open that can be opened
        surfer.look("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")

    stops = walk(surfer.page)

    assert len(stops) == reachable(surfer.page)
    assert [fault for stop in stops for fault in stop.faults()] == []
    assert [stop.number for stop in stops] == sorted({stop.number for stop in stops})
    if width == PHONE:  # one column: what comes next does not stand above
        pairs = itertools.pairwise(stops[1:])
        assert [(a.name, b.name) for a, b in pairs if b.bottom <= a.top] == []


def test_the_walk_sees_a_focus_that_is_hidden_or_covered(surf):
    """A control: what the walk is for is found when it is there."""
    surfer = surf()
    surfer.visit("contact")
    surfer.restyle("*:focus { outline: none !important; box-shadow: none !important }")
    assert all(any("is not marked" in fault for fault in stop.faults()) for stop in walk(surfer.page))
    surfer.restyle("body::after { content: ''; position: fixed; inset: 0; background: red; z-index: 9 }")
    assert all(any("is covered" in fault for fault in stop.faults()) for stop in walk(surfer.page))


def test_the_focus_goes_back_the_way_that_it_came(surf):
    surfer = surf(width=PHONE)
    surfer.hold(surfer.demo.with_room().id)
    there = [stop.number for stop in walk(surfer.page)]
    surfer.page.reload()
    surfer.settle()

    back = walk(surfer.page, "Shift+Tab")

    assert [stop.number for stop in back] == there[::-1]
    assert [fault for stop in back for fault in stop.faults()] == []


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(surf):
    surfer = surf()
    surfer.visit("programme")
    surfer.page.keyboard.press("Tab")
    assert is_focused(surfer.page, ".skip-link")
    box = surfer.page.locator(".skip-link").bounding_box()
    assert box is not None
    assert box["height"] >= 24
    assert box["y"] >= 0

    surfer.page.keyboard.press("Enter")
    assert is_focused(surfer.page, "main")
    surfer.page.keyboard.press("Tab")

    assert surfer.look(
        "() => document.activeElement === document.querySelector('main :is(a, button, input)')"
    )


def test_mistakes_are_reached_by_keyboard(surf):
    surfer = surf(width=PHONE)
    surfer.hold(surfer.demo.with_room().id)
    tab_to(surfer.page, "[name=email]")
    surfer.page.keyboard.type("amina")
    press(surfer, SUBMIT)
    assert is_focused(surfer.page, "[data-error-summary]")

    tab_to(surfer.page, '[data-error-summary] a[href="#email"]', most=3)
    surfer.page.keyboard.press("Enter")

    assert is_focused(surfer.page, "[name=email]")
    described = surfer.look("() => document.activeElement.getAttribute('aria-describedby').split(' ')")
    assert "email-error" in described
    assert surfer.text("#email-error")


def test_a_visit_is_booked_and_cancelled_by_keyboard_on_a_phone_in_german(surf):
    surfer = surf("de", width=PHONE, height=844)
    page, email = surfer.page, an_address()
    surfer.visit("start")
    press(surfer, f'.hero a[href="{surfer.path("programme")}"]')
    press(surfer, '.chips a[href*="kind=tour"]')
    press(surfer, ".date:has(.kern-badge--success) .date__link" + surfer.demo.links())
    press(surfer, 'main a[href$="/buchen"]')
    for form in ({"adults": "2", "children": "1"}, {"name": "Amina Kaya", "email": email}):
        for name, text in form.items():
            tab_to(page, f"[name={name}]")
            page.keyboard.type(text)
        press(surfer, SUBMIT, "Space")
    assert surfer.is_at("done", secret=surfer.secret())
    assert surfer.demo.bookings_of(email) == ["confirmed"]

    press(surfer, f'main a[href="{surfer.path("manage", secret=surfer.secret())}"]')
    press(surfer, 'main a[href$="/absagen"]')
    press(surfer, SUBMIT)

    assert surfer.text("[role=status]")
    assert surfer.demo.bookings_of(email) == ["cancelled_by_visitor"]
